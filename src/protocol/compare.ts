/**
 * What people read aloud: seven emoji of two, eight of a room. Everybody commits to a nonce before anybody's nonce is
 * opened, so nobody can look for one that makes two different things look the same. SPEC.md §16.
 */
import type { GroupId, MemberId, PersonId } from "../types.ts";
import { concat, unhex } from "./codec.ts";
import { derive, label, sha256, u32 } from "./primitives.ts";

/** Emoji that two persons compare (42 bits), and a room (48). */
const PAIR = 7;
const ROOM = 8;

/** `count` numbers of six bits each. */
export const sixes = (bytes: Uint8Array, count: number): readonly number[] => {
  const bits = [...bytes].map((one) => one.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: count }, (_, at) => Number.parseInt(bits.slice(6 * at, 6 * at + 6), 2));
};

/** One of two who compare. */
export interface Side {
  readonly person: PersonId;
  /** Hash of the device list that they sent. */
  readonly list: Uint8Array;
}

/** Two who compare, as one of them knows it. `starter` asked. */
export interface PairSession {
  readonly group: GroupId;
  /** 16 bytes, hex. */
  readonly session: string;
  readonly starter: Side;
  readonly other: Side;
}

const started = ({ group, session, starter }: Pick<PairSession, "group" | "session" | "starter">): Uint8Array =>
  concat(unhex(group), unhex(session), unhex(starter.person), starter.list);

/** What the starter sends before it has seen the other's nonce. */
export const pairCommit = (
  about: Pick<PairSession, "group" | "session" | "starter"> & { readonly other: Pick<Side, "person"> },
  nonce: Uint8Array,
): Uint8Array => sha256(label("compare commit"), started(about), unhex(about.other.person), nonce);

/** Seven numbers below 64. */
export const pairEmoji = (
  about: PairSession,
  nonces: { readonly starter: Uint8Array; readonly other: Uint8Array },
): readonly number[] => {
  const { person, list } = about.other;
  const salt = sha256(label("compare transcript"), started(about), unhex(person), list);
  return sixes(derive(concat(nonces.starter, nonces.other), salt, "compare emoji", 6), PAIR);
};

/** A round of one room. */
export interface RoomRound {
  readonly group: GroupId;
  /** 16 bytes, hex. */
  readonly round: string;
}

/** What a member sends before anybody opens: binds its nonce and what its device shows. */
export const roomCommit = (
  { group, round }: RoomRound,
  member: MemberId,
  { nonce, digest }: { readonly nonce: Uint8Array; readonly digest: Uint8Array },
): Uint8Array => sha256(label("room commit"), unhex(group), unhex(round), unhex(member), digest, nonce);

/** One member's part of a round that is open. */
export interface RoomPart {
  readonly member: MemberId;
  readonly commit: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Eight numbers below 64, from everybody's nonce and what *this* device shows. */
export const roomEmoji = (
  { group, round }: RoomRound,
  digest: Uint8Array,
  parts: readonly RoomPart[],
): readonly number[] => {
  const ordered = parts.toSorted((a, b) => (a.member < b.member ? -1 : 1));
  const rows = ordered.map(({ member, commit }) => concat(unhex(member), commit));
  const salt = sha256(label("room transcript"), unhex(group), unhex(round), digest, u32(rows.length), ...rows);
  return sixes(derive(concat(...ordered.map(({ nonce }) => nonce)), salt, "room emoji", 6), ROOM);
};
