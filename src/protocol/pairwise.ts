/**
 * Tags and keys between two devices of one group, one direction each: for what not everybody may read (pointers, boxes
 * sealed anew, answers). SPEC.md §5.
 */
import type { GroupId } from "../types.ts";
import { hex, unhex } from "./codec.ts";
import type { EnvelopeKey } from "./envelope.ts";
import type { Pair } from "./identity.ts";
import { PAIR_WINDOW } from "./limits.ts";
import { derive, label, mac, u32 } from "./primitives.ts";
import type { Tag } from "../types.ts";

/** The counters of a pair, as one device keeps them. */
export interface PairState {
  readonly sendNext: number;
  readonly receiveNext: number;
  readonly receiveSkipped: ReadonlySet<number>;
}
export const newPair: PairState = { sendNext: 0, receiveNext: 0, receiveSkipped: new Set() };

/** @param from the sending device's X25519 public key */
export const pairFrameKey = (pair: Pair, group: GroupId, from: Uint8Array, number: number): EnvelopeKey => {
  const secret = mac(pair.key, label("pair mail"), unhex(group), from);
  const both = derive(mac(secret, u32(number)), unhex(group), "pair frame", 48);
  return { key: both.subarray(0, 32), tag: hex(both.subarray(32)) as Tag };
};

/** Marks `number` as received in a window of numbers; `undefined` when it was already or is out of the window. */
export const receiveNumber = (
  next: number,
  skipped: ReadonlySet<number>,
  number: number,
  window: number,
): { readonly next: number; readonly skipped: ReadonlySet<number> } | undefined => {
  const rest = new Set(skipped);
  if (number < next) return rest.delete(number) ? { next, skipped: rest } : undefined;
  if (number >= next + window) return undefined;
  for (let i = next; i < number; i++) rest.add(i);
  // What fell far behind never came; forgetting it bounds the set.
  for (const old of rest) if (old < number - 4 * window) rest.delete(old);
  return { next: number + 1, skipped: rest };
};

/** The numbers that may still come. */
export const expected = (
  next: number,
  skipped: ReadonlySet<number>,
  window: number = PAIR_WINDOW,
): readonly number[] => [...skipped, ...Array.from({ length: window }, (_, i) => next + i)];
