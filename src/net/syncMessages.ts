/**
 * The messages of `/couloir/sync/1`. The initiator asks, the responder answers, one at a time:
 *
 *     hello → hello (or busy)      what each keeps and wants
 *     compare → ranges             some slots at once, until nothing differs in them
 *     want → frames                what the initiator lacks of them
 *     give → took                  what the responder lacks; `took` comes after commit
 *     bye → bye                    both are caught up
 */
import {
  bool,
  bytes,
  bytesUpTo,
  codec,
  list,
  struct,
  text,
  uint,
  union,
  type Codec,
  type ShapeOf,
} from "../protocol/codec.ts";
import { FINGERPRINT_BYTES, NAME_BYTES, rangesShape, SALT_BYTES } from "../protocol/reconcile.ts";
import { MAX_FRAME } from "./link.ts";

/** Largest message; a stream that announces a longer one is cut. */
export const MAX_MESSAGE = 640 * 1024;
/** Frames are packed up to here, then sent. */
export const BATCH_BYTES = 352 * 1024;
/** Room for ranges in one message. */
export const RANGES_BYTES = 128 * 1024;
/** Most ids asked for at once. */
export const MAX_WANT = 1024;
/** Most slots and topics that a hello may carry. */
export const MAX_SLOTS = 4096;
export const MAX_TOPICS = 1024;
/** Most frames of one slot in a message. */
export const MAX_BATCH = 4096;
/** Most slots that one message speaks of. */
export const MAX_PARTS = 16;

const topic = text(128);
const slot = uint(0xffff);
const frames = list(bytesUpTo(MAX_FRAME), MAX_BATCH);

const message = union({
  hello: struct({
    topics: list(topic, MAX_TOPICS),
    /** Bytes of frames that the sender takes in this session. */
    quota: uint(),
    /** By place in `topics`. */
    slots: list(
      struct({
        topic: uint(MAX_TOPICS - 1),
        slot,
        count: uint(),
        fingerprint: bytes(FINGERPRINT_BYTES),
        /** The sender takes no more of it. */
        closed: bool,
      }),
      MAX_SLOTS,
    ),
  }),
  busy: struct({}),
  /** `salt`: of this comparison; all ids of these slots are under it from here on. */
  compare: struct({
    salt: bytes(SALT_BYTES),
    parts: list(struct({ topic, slot, ranges: rangesShape(RANGES_BYTES) }), MAX_PARTS),
  }),
  /**
   * For each slot that was asked about, in that order. `getting`: another neighbour is just bringing this slot; give
   * nothing of it now.
   */
  ranges: struct({ parts: list(struct({ ranges: rangesShape(RANGES_BYTES), getting: bool }), MAX_PARTS) }),
  /** `MAX_WANT` ids at most, of all slots together. */
  want: struct({ parts: list(struct({ topic, slot, ids: bytesUpTo(MAX_WANT * NAME_BYTES) }), MAX_PARTS) }),
  /**
   * For the first of the slots that something is wanted of, in that order. `done`: so many of the wanted ids are dealt
   * with; those among them without a frame are gone.
   */
  frames: struct({ parts: list(struct({ done: uint(MAX_WANT), frames }), MAX_PARTS) }),
  give: struct({ parts: list(struct({ topic, slot, frames }), MAX_PARTS) }),
  /** `more`: there is room for further frames in this session. */
  took: struct({ more: bool }),
  /** `complete`: nothing was left out; both are caught up with each other. */
  bye: struct({ complete: bool }),
});

/** One message of the catch-up protocol. */
export type SyncMessage = ShapeOf<typeof message>;

/** Its bytes. */
export const syncMessage: Codec<SyncMessage> = codec(message, MAX_MESSAGE);
