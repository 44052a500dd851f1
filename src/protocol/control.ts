/** What travels sealed besides the envelope itself: placed messages, and frames that serve the group. SPEC.md §9. */
import type { ChainId, FileId, GroupId, MemberId, MessageId, OpId, Tag } from "../types.ts";
import type { Codec, Shape, ShapeOf } from "./codec.ts";
import { bytes, bytesUpTo, codec, concat, hex, id, list, optional, struct, text, uint, union, unhex } from "./codec.ts";
import { MAX_PLAINTEXT } from "./envelope.ts";
import { prekeyShape } from "./identity.ts";
import {
  CHAIN_LENGTH,
  MAX_ACKS,
  MAX_ADDRESSES,
  MAX_CARD_BYTES,
  MAX_CONTENT,
  MAX_NAMED_FILES,
  MAX_OP_BYTES,
  MAX_OP_PARENTS,
  MAX_OWN_FRAME,
  MAX_PARENTS,
  MAX_TIME,
} from "./limits.ts";
import { label, sha256, u16, u32 } from "./primitives.ts";

/** `got`: messages of the chain that came without a gap; `read`: of these, how many a person has seen. */
const ack = struct({ chain: id<ChainId>(16), got: uint(CHAIN_LENGTH), read: uint(CHAIN_LENGTH) });
export type Ack = ShapeOf<typeof ack>;

/** A message where it stands: what its author signs. */
const placed = struct({
  index: uint(CHAIN_LENGTH - 1),
  nonce: bytes(16),
  time: uint(MAX_TIME),
  parents: list(id<MessageId>(16), MAX_PARENTS),
  acks: list(ack, MAX_ACKS),
  content: bytesUpTo(MAX_CONTENT),
});
export type Placed = ShapeOf<typeof placed>;
export const placedMessages: Codec<Placed> = codec(placed, MAX_CONTENT + 4096);

const signedBytes = struct({ body: bytesUpTo(MAX_PLAINTEXT), signature: bytes(64) });
/** A body and its author's signature, as an envelope holds them. */
export const signedBodies = codec(signedBytes, MAX_PLAINTEXT);

/** What a message's signature covers: everything that places it. */
export const messageSigned = (distribution: Uint8Array, slot: number, tag: Tag, body: Uint8Array): Uint8Array =>
  concat(label("message signature"), distribution, u16(slot), unhex(tag), body);
/** What a meta frame's signature covers. */
export const controlSigned = (distribution: Uint8Array, slot: number, number: number, body: Uint8Array): Uint8Array =>
  concat(label("control signature"), distribution, u16(slot), u32(number), body);

/**
 * A message's id: nobody else can make one that collides with it, its author cannot give two texts one id, and it
 * survives being sealed again.
 */
export const messageId = (author: MemberId, nonce: Uint8Array, content: Uint8Array): MessageId =>
  hex(sha256(label("message id"), unhex(author), nonce, content).subarray(0, 16)) as MessageId;

const opList = list(bytesUpTo(MAX_OP_BYTES + 80), 512);
const heads = list(id<OpId>(32), MAX_OP_PARENTS);

const files = list(id<FileId>(16), MAX_NAMED_FILES);
/** Multiaddrs. */
const addresses = list(text(256), MAX_ADDRESSES);

const control = union({
  /** A new chain, and the operations that its view needs. */
  distribution: struct({ distribution: bytesUpTo(MAX_PLAINTEXT), ops: opList }),
  ops: struct({ ops: opList }),
  /** Where a distribution lies that was sealed for others; only ever pairwise. */
  pointer: struct({ tag: id<Tag>(16), key: bytes(32) }),
  acks: struct({ acks: list(ack, MAX_ACKS), heads }),
  /** Missing operations and chains; `heads` are the asker's. */
  want: struct({ heads, chains: list(id<ChainId>(16), 32) }),
  /** A box that the chain's own sender sealed anew for one device. */
  box: struct({ distribution: bytesUpTo(MAX_PLAINTEXT), box: bytesUpTo(128) }),
  /** Message keys that any member hands on: `distribution` says whose they are. */
  keys: struct({
    distribution: bytesUpTo(MAX_PLAINTEXT),
    keys: list(
      struct({ index: uint(CHAIN_LENGTH - 1), key: bytes(32), envelope: optional(bytesUpTo(32_768)) }),
      CHAIN_LENGTH,
    ),
  }),
  prekey: struct({ prekey: prekeyShape }),
  /** Files that the sender's device has whole, and where it can be asked for them. */
  holds: struct({ files, addresses }),
  /** Files that the sender looks for and finds with nobody. */
  seek: struct({ files }),
  /** Among the devices of one person, in their own group: see `own.ts`. */
  own: struct({ body: bytesUpTo(MAX_OWN_FRAME) }),
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
  refused: struct({ reason: uint(2) }),
  wait: struct({}),
});
export type Answer = ShapeOf<typeof answer>;
export const answers: Codec<Answer> = codec(answer as Shape<Answer>, MAX_PLAINTEXT);
export const REFUSALS = ["expired", "used", "revoked"] as const;
