/**
 * Membership operations: signed, hash-linked, each with the heads that its author knew as parents. SPEC.md §7.
 * This file is what an operation *is*; `resolve.ts` is what a set of them *means*.
 */
import type { ChainId, GroupId, MemberId, Millis, OpId, PersonId } from "../types.ts";
import type { Shape, ShapeOf } from "./codec.ts";
import {
  bool,
  bytes,
  bytesUpTo,
  codec,
  concat,
  hex,
  id,
  list,
  optional,
  struct,
  text,
  uint,
  union,
  unhex,
  word,
} from "./codec.ts";
import type { DeviceList } from "./devices.ts";
import { deviceLists } from "./devices.ts";
import type { Card } from "./identity.ts";
import { prekeyShape, readCard } from "./identity.ts";
import { lastsShape } from "./lasts.ts";
import {
  CHAIN_LENGTH,
  MAX_CARD_BYTES,
  MAX_CUT,
  MAX_GRANT,
  MAX_LIST_BYTES,
  MAX_OP_BYTES,
  MAX_OP_PARENTS,
  MAX_TIME,
} from "./limits.ts";
import { label, sha256 } from "./primitives.ts";
import { sign, signingPair, verify } from "./signature.ts";
import { signed } from "./signed.ts";

const role = word(["admin", "member"]);

/**
 * What everybody must agree on. `invite`: who may bring people in. `guests`: whether persons with that mark may come in. `lasts`:
 * how many seconds what is said from then on lasts; absent: it stays.
 */
const policy = struct({
  open: bool,
  direct: bool,
  invite: word(["members", "admins"]),
  guests: word(["ask", "refuse"]),
  lasts: optional(lastsShape),
});
export type Policy = ShapeOf<typeof policy>;

/** Of each chain of somebody who goes, how many messages count. */
const cut = list(struct({ chain: id<ChainId>(16), count: uint(CHAIN_LENGTH) }), MAX_CUT);
export type Cut = ShapeOf<typeof cut>;

/** What a motion is for: that somebody goes, or takes a role. */
const destiny = word(["out", "member", "admin"]);
export type Destiny = "out" | "member" | "admin";

const card = bytesUpTo(MAX_CARD_BYTES);

const opBody = union({
  /** `bucket`: secret that chooses the gossip bucket; 16 bytes. */
  create: struct({ nonce: bytes(16), name: text(256), bucket: bytes(16), policy, card, prekey: prekeyShape }),
  /** By card (`card`: that person is invited, their device served at once) or by secret (`hail`: whoever holds it). */
  invite: struct({
    key: bytes(32),
    card: optional(card),
    hail: optional(bytes(32)),
    role,
    uses: uint(10_000),
    expires: uint(MAX_TIME),
    approval: bool,
    /** What of the past whoever comes in by it may read, and of `last` how many lines. */
    history: word(["none", "pinned", "last", "all"]),
    last: optional(uint(MAX_GRANT)),
  }),
  /** `proof`: signature by the invite's key over this author and person. */
  join: struct({ invite: id<OpId>(32), card, prekey: prekeyShape, proof: bytes(64) }),
  /** Lets the holder of an invite with approval in. */
  admit: struct({ invite: id<OpId>(32), member: id<MemberId>(32), person: id<PersonId>(32) }),
  /** Everything by which a person is in: members, open invitations; and what of theirs counts. */
  remove: struct({
    person: id<PersonId>(32),
    members: list(id<MemberId>(32), 16),
    invites: list(id<OpId>(32), 16),
    cut,
  }),
  leave: struct({ cut }),
  role: struct({ member: id<MemberId>(32), role }),
  /** Nobody may come in by this invite any more. */
  revoke: struct({ invite: id<OpId>(32) }),
  /** Everybody starts a new chain. */
  rekey: struct({}),
  policy: struct({ policy }),
  /** Another device of the author's person. */
  device: struct({ member: id<MemberId>(32), card, prekey: prekeyShape, proof: bytes(64) }),
  /** An admin's word for what takes two, about the seats of a line: by the seat that began it. */
  motion: struct({ line: id<MemberId>(32), to: destiny }),
  /** Seats of the author's person whose devices this list names as revoked; what of theirs counts; and that person's word for it. */
  unseat: struct({ devices: bytesUpTo(MAX_LIST_BYTES), members: list(id<MemberId>(32), 16), cut, proof: bytes(64) }),
});
export type OpBody = ShapeOf<typeof opBody>;

export interface Op {
  /** Absent in CREATE, whose hash is the group. */
  readonly group?: GroupId;
  readonly parents: readonly OpId[];
  readonly author: MemberId;
  /** How many operations of this author came before; all of them must be ancestors. */
  readonly seq: number;
  readonly at: Millis;
  readonly body: OpBody;
}

const opShape: Shape<Op> = struct({
  group: optional(id<GroupId>(32)),
  parents: list(id<OpId>(32), MAX_OP_PARENTS),
  author: id<MemberId>(32),
  seq: uint(100_000),
  at: uint(MAX_TIME),
  body: opBody,
});
const ops = signed("operation", codec(opShape, MAX_OP_BYTES), MAX_OP_BYTES, (op) => unhex(op.author));

/** Where a list of devices is given to a group. */
export interface ListPlace extends Pick<Op, "group" | "author" | "parents"> {
  readonly devices: Uint8Array;
}

const unseatProof = ({ group, author, parents, devices }: ListPlace): Uint8Array => {
  const heads = [...parents].sort().map(unhex);
  return concat(label("unseat proof"), unhex(group as GroupId), unhex(author), sha256(devices), ...heads);
};

/** The word of a person's root key, whose list is public: that this seat says so, and on top of what. */
export const proveUnseat = (root: Uint8Array, place: ListPlace): Uint8Array => sign(unseatProof(place), root);
const unseatProved = (
  { group, author, parents }: Op,
  { devices, proof }: Extract<OpBody, { kind: "unseat" }>,
  person: PersonId,
): boolean => group !== undefined && verify(proof, unseatProof({ group, author, parents, devices }), unhex(person));

/** An operation with its id; signature, parents' form and nested card are checked. */
export interface SignedOp {
  readonly id: OpId;
  readonly op: Op;
  readonly bytes: Uint8Array;
  /** The card inside, if the body has one. */
  readonly card?: Card;
  /** The list of devices inside, if the body has one. */
  readonly devices?: DeviceList;
  /** Whether the proof inside holds, if that is decided already; of a JOIN, by which key. See `proving.ts`. */
  readonly proof?: { readonly key?: Uint8Array; readonly good: boolean };
}

const sorted = (ids: readonly string[]): boolean => ids.every((one, i) => i === 0 || (ids[i - 1] as string) < one);

const cardBytes = (body: OpBody): Uint8Array | undefined => ("card" in body ? body.card : undefined);

/** The id of an operation's bytes, before anything is known of them. */
export const opId = (raw: Uint8Array): OpId => hex(sha256(label("operation id"), raw)) as OpId;

/** Total: `undefined` for anything that is not a well-formed, signed operation. */
export const readOp = (raw: Uint8Array): SignedOp | undefined => {
  const opened = ops.open(raw);
  if (!opened) return undefined;
  const op = opened.body;
  const isCreate = op.body.kind === "create";
  if (isCreate !== (op.group === undefined) || isCreate !== (op.parents.length === 0)) return undefined;
  if (!sorted(op.parents)) return undefined;
  if (op.body.kind === "invite" && (op.body.card === undefined) === (op.body.hail === undefined)) return undefined;
  const inner = cardBytes(op.body);
  const read = inner && readCard(inner);
  if (inner && !read) return undefined;
  const devices = op.body.kind === "unseat" ? deviceLists.open(op.body.devices)?.body : undefined;
  if (op.body.kind === "unseat" && !(devices && unseatProved(op, op.body, devices.person))) return undefined;
  return { id: opId(raw), op, bytes: raw, ...(read && { card: read }), ...(devices && { devices }) };
};

/** Signs an operation with the author's `GK` seed. */
export const makeOp = (op: Omit<Op, "author">, seed: Uint8Array): SignedOp => {
  const author = hex(signingPair(seed).public) as MemberId;
  const made = readOp(ops.sign({ ...op, author, parents: [...op.parents].sort() }, seed).bytes);
  if (!made) throw new RangeError("an operation does not fit its own format");
  return made;
};

/** The group that an operation belongs to. */
export const groupOf = (op: SignedOp): GroupId => op.op.group ?? (op.id as string as GroupId);

const joinProof = (group: GroupId, member: MemberId, person: PersonId): Uint8Array =>
  concat(label("join proof"), unhex(group), unhex(member), unhex(person));

/** Proof, by an invite's key pair, that its holder comes in as `member`. */
export const proveJoin = (inviteSeed: Uint8Array, group: GroupId, member: MemberId, person: PersonId): Uint8Array =>
  sign(joinProof(group, member, person), inviteSeed);

export const joinProved = (
  proof: Uint8Array,
  inviteKey: Uint8Array,
  group: GroupId,
  member: MemberId,
  person: PersonId,
): boolean => verify(proof, joinProof(group, member, person), inviteKey);

const deviceProof = (group: GroupId, author: MemberId): Uint8Array =>
  concat(label("device proof"), unhex(group), unhex(author));

/** The new device's own consent, signed by its `GK`. */
export const proveDevice = (seed: Uint8Array, group: GroupId, author: MemberId): Uint8Array =>
  sign(deviceProof(group, author), seed);
export const deviceProved = (proof: Uint8Array, member: MemberId, group: GroupId, author: MemberId): boolean =>
  verify(proof, deviceProof(group, author), unhex(member));
