/**
 * What one of a person's devices compared in person, signed by that device: the others hand it on, and none can say it in
 * another's name. SPEC.md §16.
 */
import type { DeviceId, PersonId } from "../types.ts";
import type { ShapeOf } from "./codec.ts";
import { bytesUpTo, codec, id, struct, text, uint, unhex, word } from "./codec.ts";
import { MAX_LIST_BYTES, MAX_TIME } from "./limits.ts";
import { signed } from "./signed.ts";

const shape = struct({
  /** That compared. */
  device: id<DeviceId>(32),
  person: id<PersonId>(32),
  /** Its clock. */
  at: uint(MAX_TIME),
  by: word(["code", "emoji"]),
  /** What they called themselves then. */
  name: text(128),
  /** Their signed device list. */
  list: bytesUpTo(MAX_LIST_BYTES),
});
export type Checked = ShapeOf<typeof shape>;

const MAX_BODY = MAX_LIST_BYTES + 256;
const checks = signed("checked", codec(shape, MAX_BODY), MAX_BODY, ({ device }) => unhex(device));

/** Signs with the device's seed. */
export const makeChecked = (body: Checked, seed: Uint8Array): Uint8Array => checks.sign(body, seed).bytes;

/** `undefined` for anything that the device which it names has not signed. The list inside is not read. */
export const readChecked = (raw: Uint8Array): Checked | undefined => checks.open(raw)?.body;
