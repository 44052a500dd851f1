/** What travels sealed besides the envelope itself: placed messages, and frames that serve the group. SPEC.md §9. */
import type { ChainId, FileId, GroupId, MemberId, MessageId, OpId, PersonId, Tag } from "../types.ts";
import type { Codec, Shape, ShapeOf } from "./codec.ts";
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
} from "./codec.ts";
import { deviceIds } from "./deviceHistory.ts";
import { MAX_PLAINTEXT } from "./envelope.ts";
import { KEM_CIPHER_BYTES, KEM_KEY_BYTES } from "./hybrid.ts";
import { prekeyShape } from "./identity.ts";
import { lastsShape } from "./lasts.ts";
import {
  CHAIN_LENGTH,
  MAX_ACKS,
  MAX_ADDRESSES,
  MAX_CARD_BYTES,
  MAX_CONTENT,
  MAX_HANDED_CHAINS,
  MAX_HEAD,
  MAX_KEM_CIPHERS,
  MAX_KEM_NAMES,
  MAX_LIST_BYTES,
  MAX_NAMED_FILES,
  MAX_OP_BYTES,
  MAX_OP_PARENTS,
  MAX_OWN_FRAME,
  MAX_PARENTS,
  MAX_PROOF,
  MAX_RECIPIENTS,
  MAX_TIME,
  MAX_VOUCHES,
} from "./limits.ts";
import { label, sha256, u16, u32 } from "./primitives.ts";

/** `got`: messages of the chain that came without a gap; `read`: of these, how many a person has seen. */
const ack = struct({ chain: id<ChainId>(16), got: uint(CHAIN_LENGTH), read: uint(CHAIN_LENGTH) });
export type Ack = ShapeOf<typeof ack>;

/** Where a message stands in the one order of all: by time, then by id. */
export const standShape = struct({ message: id<MessageId>(16), time: uint(MAX_TIME) });
export type Stand = ShapeOf<typeof standShape>;

/** A message where it stands: what its author signs. */
const placedShape = struct({
  index: uint(CHAIN_LENGTH - 1),
  nonce: bytes(16),
  time: uint(MAX_TIME),
  parents: list(standShape, MAX_PARENTS),
  acks: list(ack, MAX_ACKS),
  content: bytesUpTo(MAX_CONTENT),
  /** Seconds after which everybody lets go of it; absent: it stays. */
  lasts: optional(lastsShape),
});
export type Placed = ShapeOf<typeof placedShape>;
/** Above all that it names, or it is no message: whoever reads it need not have those to know. */
const placed: Shape<Placed> = {
  to: (value) => placedShape.to(value),
  from: (raw) => {
    const read = placedShape.from(raw);
    return read?.parents.every(({ time }) => time < read.time) ? read : undefined;
  },
};
export const placedMessages: Codec<Placed> = codec(placed, MAX_CONTENT + 4096);

const signedBytes = struct({ body: bytesUpTo(MAX_PLAINTEXT), signature: bytes(64) });
/** A body and its author's signature, as an envelope holds them. */
export const signedBodies = codec(signedBytes, MAX_PLAINTEXT);

/** What stands for a message's body in its signature: a proof that somebody said two things shows neither. */
export const bodyHash = (body: Uint8Array): Uint8Array => sha256(label("message body"), body);
/** What a message's signature covers: everything that places it. @param hash of the body */
export const placeSigned = (distribution: Uint8Array, slot: number, tag: Tag, hash: Uint8Array): Uint8Array =>
  concat(label("message signature"), distribution, u16(slot), unhex(tag), hash);
export const messageSigned = (distribution: Uint8Array, slot: number, tag: Tag, body: Uint8Array): Uint8Array =>
  placeSigned(distribution, slot, tag, bodyHash(body));
/** What a meta frame's signature covers. */
export const controlSigned = (distribution: Uint8Array, slot: number, number: number, body: Uint8Array): Uint8Array =>
  concat(label("control signature"), distribution, u16(slot), u32(number), body);

/**
 * A message's id: nobody else can make one that collides with it, its author cannot give two texts one id, and it
 * survives being sealed again.
 */
export const messageId = (author: MemberId, nonce: Uint8Array, content: Uint8Array): MessageId =>
  hex(sha256(label("message id"), unhex(author), nonce, content).subarray(0, 16)) as MessageId;

/** What a line does not keep anyway of a message as its author signed it: with it, others can verify the original. */
const originalFields = struct({
  slot: uint(0xffff),
  tag: id<Tag>(16),
  nonce: bytes(16),
  acks: list(ack, MAX_ACKS),
  signature: bytes(64),
});
export type Original = ShapeOf<typeof originalFields>;
export const originalShape: Shape<Original> = originalFields;

/** Where a message lies in its group's order. */
const place = struct({ time: uint(MAX_TIME), message: id<MessageId>(16) });
export type HistoryPlace = ShapeOf<typeof place>;
export const historyPlaceShape: Shape<HistoryPlace> = place;

/** One message that is handed on: its key and, where the envelope may be gone, what its author signed and for which slot. */
const handed = struct({
  index: uint(CHAIN_LENGTH - 1),
  tag: id<Tag>(16),
  key: bytes(32),
  signed: optional(struct({ slot: uint(0xffff), body: bytesUpTo(MAX_PLAINTEXT) })),
});
export type Handed = ShapeOf<typeof handed>;

const opList = list(bytesUpTo(MAX_OP_BYTES + 80), 512);
/** Operations as they lie sealed beside a distribution. */
export const opLists: Codec<readonly Uint8Array[]> = codec(opList, MAX_PLAINTEXT);

const heads = list(id<OpId>(32), MAX_OP_PARENTS);

const files = list(id<FileId>(16), MAX_NAMED_FILES);
/** Multiaddrs. */
const addresses = list(text(256), MAX_ADDRESSES);

const signedList = bytesUpTo(MAX_LIST_BYTES);
/** Two who compare emoji: who asks commits, the other answers with a nonce, the first opens theirs. */
const pairWord = union({
  commit: struct({ commit: bytes(32), list: signedList, until: uint(MAX_TIME) }),
  nonce: struct({ nonce: bytes(32), list: signedList }),
  reveal: struct({ nonce: bytes(32) }),
  stop: struct({}),
});
export type PairWord = ShapeOf<typeof pairWord>;
/** A caucus that compares: all commit, whoever began names those who take part, these open. */
const roomWord = union({
  commit: struct({ startedBy: id<MemberId>(32), commit: bytes(32), until: uint(MAX_TIME) }),
  close: struct({ members: list(id<MemberId>(32), MAX_RECIPIENTS) }),
  open: struct({ nonce: bytes(32), digest: bytes(32) }),
  stop: struct({}),
});
export type RoomWord = ShapeOf<typeof roomWord>;
/** "I have looked at the app on these devices of theirs"; none takes it back. A later one counts. */
const vouch = struct({ person: id<PersonId>(32), devices: deviceIds, at: uint(MAX_TIME) });
export type Vouch = ShapeOf<typeof vouch>;

const control = union({
  /** A new chain, and the operations that its view needs; only ever where a pointer says. */
  distribution: struct({ distribution: bytesUpTo(MAX_PLAINTEXT), ops: opList }),
  ops: struct({ ops: opList }),
  /** Where a distribution lies that was sealed for others; only ever pairwise. */
  pointer: struct({ tag: id<Tag>(16), key: bytes(32) }),
  acks: struct({ acks: list(ack, MAX_ACKS), heads }),
  /** Missing operations and chains; `heads` are the asker's. */
  want: struct({ heads, chains: list(id<ChainId>(16), 32) }),
  /** A box that the chain's own sender sealed anew for one device; of the distribution the head. */
  box: struct({ distribution: bytesUpTo(MAX_HEAD), box: bytesUpTo(128) }),
  /** Message keys that any member hands on, pairwise: `head`, of a distribution, says whose they are. */
  keys: struct({
    chains: list(struct({ head: bytesUpTo(MAX_HEAD), keys: list(handed, CHAIN_LENGTH) }), MAX_HANDED_CHAINS),
    /** Of a grant of history: all that is granted between two places, and whether there is more. */
    grant: optional(struct({ after: optional(place), to: optional(place), more: bool })),
  }),
  prekey: struct({ prekey: prekeyShape }),
  /** Files that the sender's device has whole, and where it can be asked for them. */
  holds: struct({ files, addresses }),
  /** Files that the sender looks for and finds with nobody. */
  seek: struct({ files }),
  /** Two things that one key signed where an honest device signs one. SPEC.md §6. */
  proof: struct({ proof: bytesUpTo(MAX_PROOF) }),
  /** Keys of these chains went to a member that had asked: others need not send them. */
  given: struct({ member: id<MemberId>(32), chains: list(id<ChainId>(16), 32) }),
  /** A newcomer asks one member, pairwise, for what its invite grants, from a place on. */
  recall: struct({ after: optional(place) }),
  /** An exchange against a later quantum computer: the sender's key, who lacks a secret with it, answers to others' keys. */
  kem: struct({
    key: optional(bytes(KEM_KEY_BYTES)),
    wanted: list(bytes(16), MAX_KEM_NAMES),
    ciphers: list(struct({ name: bytes(16), cipher: bytes(KEM_CIPHER_BYTES) }), MAX_KEM_CIPHERS),
    got: list(bytes(16), MAX_KEM_NAMES),
  }),
  /** Only ever pairwise. */
  compare: struct({ session: id<string>(16), say: pairWord as Shape<PairWord> }),
  room: struct({ round: id<string>(16), say: roomWord as Shape<RoomWord> }),
  vouch: struct({ vouches: list(vouch, MAX_VOUCHES) }),
  /** Among the devices of one person, in their own group: see `own.ts`. */
  own: struct({ body: bytesUpTo(MAX_OWN_FRAME) }),
  /** Somebody who asked to come in by an invite with approval was turned away. */
  declined: struct({ invite: id<OpId>(32), member: id<MemberId>(32) }),
  /** The chain after this one; its operations are sealed, for those whom it serves. */
  successor: struct({ distribution: bytesUpTo(MAX_PLAINTEXT), nonce: bytes(24), ops: bytesUpTo(MAX_PLAINTEXT) }),
});
export type Control = ShapeOf<typeof control>;
export const controls: Codec<Control> = codec(control as Shape<Control>, MAX_PLAINTEXT);

/** A first contact: all that an invited device needs. */
const welcome = struct({
  group: id<GroupId>(32),
  ops: opList,
  from: id<MemberId>(32),
  attestation: bytes(16),
  invite: id<OpId>(32),
  /** A large group's operations come in several frames: this one is `part` of `parts`. */
  part: uint(63),
  parts: uint(64),
  /** Seed of the invite's key; absent where the newcomer holds it already. */
  secret: optional(bytes(32)),
});
export type Welcome = ShapeOf<typeof welcome>;
export const welcomes: Codec<Welcome> = codec(welcome, MAX_PLAINTEXT);

/** Under an invite's hail: somebody asks to come in, or tells the members, who do not know their device, that they have. */
const hail = union({
  ask: struct({ card: bytesUpTo(MAX_CARD_BYTES + 80), member: id<MemberId>(32), proof: bytes(64) }),
  joined: struct({ ops: opList }),
});
export type Hail = ShapeOf<typeof hail>;
export const hails: Codec<Hail> = codec(hail as Shape<Hail>, MAX_PLAINTEXT);

/** The answer to a hail: a welcome in an HPKE box to the asker's prekey, or why not. */
const answer = union({
  welcome: struct({ prekey: uint(0xffff_ffff), box: bytesUpTo(MAX_PLAINTEXT) }),
  refused: struct({ reason: uint(4) }),
  wait: struct({}),
});
export type Answer = ShapeOf<typeof answer>;
export const answers: Codec<Answer> = codec(answer as Shape<Answer>, MAX_PLAINTEXT);
export const REFUSALS = ["expired", "used", "revoked", "guest", "declined"] as const;
