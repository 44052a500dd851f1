/**
 * What the devices of one person tell one another, in the group that they alone are in. SPEC.md §9. Its frames are the
 * bodies of control frames.
 */
import type { DeviceId, GroupId, MemberId } from "../types.ts";
import type { Codec, Shape, ShapeOf } from "./codec.ts";
import { bytes, bytesUpTo, codec, hex, id, list, optional, struct, text, uint, union, unhex, utf8 } from "./codec.ts";
import { prekeyShape } from "./identity.ts";
import {
  MAX_CONTENT,
  MAX_OP_BYTES,
  MAX_OWN_FRAME,
  MAX_OWN_PLACES,
  MAX_SHARED,
  MAX_SHARED_BYTES,
  MAX_TIME,
} from "./limits.ts";
import { label, sha256 } from "./primitives.ts";

/** A value that is shared. Of two under one name the later counts; of one time, that of the higher device. */
const entry = struct({
  name: text(136),
  time: uint(MAX_TIME),
  device: id<DeviceId>(32),
  /** JSON; absent for one that was forgotten. */
  value: optional(text(MAX_SHARED_BYTES)),
});
export type SharedEntry = ShapeOf<typeof entry>;

const stamp = struct({ name: bytes(8), time: uint(MAX_TIME), device: bytes(8) });
/** How new a device's value is. */
export type SharedStamp = ShapeOf<typeof stamp>;

const place = struct({ group: id<GroupId>(32), member: id<MemberId>(32) });
/** Groups that a device is in, and as whom. */
export const placeList = list(place, MAX_OWN_PLACES);
export type OwnPlace = ShapeOf<typeof place>;

const own = union({
  /** Values, as they are now. */
  values: struct({ entries: list(entry, 256) }),
  /** How new all values of the sender are. */
  have: struct({ stamps: list(stamp, MAX_SHARED) }),
  /** Groups that the sender's device is in, and as whom. */
  places: struct({ places: placeList }),
  /** Asks the device that is `author` in that group for a seat in it. */
  ask: struct({
    group: id<GroupId>(32),
    author: id<MemberId>(32),
    member: id<MemberId>(32),
    prekey: prekeyShape,
    proof: bytes(64),
  }),
  /** Operations of a group, for the device that has been seated in it. */
  seated: struct({
    group: id<GroupId>(32),
    ops: list(bytesUpTo(MAX_OP_BYTES + 80), 512),
    part: uint(63),
    parts: uint(64),
  }),
  /** What was said in a group before, for a device that was given it; oldest last. */
  lines: struct({ to: id<DeviceId>(32), group: id<GroupId>(32), lines: list(bytesUpTo(MAX_CONTENT), 512) }),
});
export type Own = ShapeOf<typeof own>;
export const ownFrames: Codec<Own> = codec(own as Shape<Own>, MAX_OWN_FRAME);

const after = (a: number, b: number, one: string, other: string): boolean => a > b || (a === b && one > other);

/** Whether the first of two values under one name is the newer. */
export const newer = (a: SharedEntry, b: SharedEntry | undefined): boolean =>
  !b || after(a.time, b.time, a.device, b.device);

/** Names are not told again and again: eight bytes of a hash stand for one. */
const stampName = (name: string): Uint8Array => sha256(label("shared name"), utf8(name)).subarray(0, 8);

export const stampOf = ({ name, time, device }: SharedEntry): SharedStamp => ({
  name: stampName(name),
  time,
  device: unhex(device.slice(0, 16)),
});

/** Which of two stamps of one name is the newer: more than 0 the first, less the second. */
export const compareStamps = (a: SharedStamp, b: SharedStamp): number => {
  const [one, other] = [hex(a.device), hex(b.device)];
  if (after(a.time, b.time, one, other)) return 1;
  return after(b.time, a.time, other, one) ? -1 : 0;
};
