/** Comparing by seven emoji and by a room code, SPEC.md §16. */
import { concat, H, KDF, label, u32 } from "./crypto.ts";
import { sixes } from "./codes.ts";
import { unhex } from "./shapes.ts";

type Bytes = Uint8Array;

/** One of two who compare: S asked. */
export interface Side {
  readonly person: string;
  /** The hash of the device list. */
  readonly list: Bytes;
  readonly nonce: Bytes;
}

/** Two who compare, in a session of a group. */
export interface Session {
  readonly group: string;
  readonly session: Bytes;
  readonly S: Side;
  readonly O: Side;
}

export const pairCommit = ({ group, session, S, O }: Session): Bytes => {
  const parts = [unhex(group), session, unhex(S.person), S.list, unhex(O.person), S.nonce];
  return H(label("compare commit"), ...parts);
};

export const pairEmoji = ({ group, session, S, O }: Session): readonly number[] => {
  const sides = [S, O].flatMap(({ person, list }) => [unhex(person), list]);
  const transcript = H(label("compare transcript"), unhex(group), session, ...sides);
  return sixes(KDF(concat(S.nonce, O.nonce), transcript, ["compare emoji", 6]), 7);
};

/** A device of a view. */
export interface Row {
  readonly key: string;
  readonly person: string;
  readonly device: string;
}

export const roomDigest = (group: string, rows: readonly Row[]): Bytes => {
  const each = rows
    .map(({ key, person, device }) => unhex(key + person + device))
    .toSorted((a, b) => Buffer.compare(a, b));
  return H(label("room view"), unhex(group), u32(rows.length), ...each);
};

/** A round of a group's, and what one's own view is in it. */
export interface Round {
  readonly group: string;
  readonly round: Bytes;
  readonly digest: Bytes;
}

export const roomCommit = ({ group, round, digest }: Round, member: string, nonce: Bytes): Bytes =>
  H(label("room commit"), unhex(group), round, unhex(member), digest, nonce);

/** Somebody who took part. */
export interface Part {
  readonly member: string;
  readonly nonce: Bytes;
  readonly commit: Bytes;
}

export const roomEmoji = ({ group, round, digest }: Round, parts: readonly Part[]): readonly number[] => {
  const all = parts.toSorted((a, b) => (a.member < b.member ? -1 : 1));
  const said = all.flatMap(({ member, commit }) => [unhex(member), commit]);
  const transcript = H(label("room transcript"), unhex(group), round, digest, u32(all.length), ...said);
  return sixes(KDF(concat(...all.map(({ nonce }) => nonce)), transcript, ["room emoji", 6]), 8);
};
