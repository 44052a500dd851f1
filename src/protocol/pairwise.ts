/**
 * Tags and keys between two devices of one group, one direction each: for what not everybody may read (pointers, boxes
 * sealed anew, answers). SPEC.md §5.
 */
import type { GroupId, Millis } from "../types.ts";
import { hex, unhex } from "./codec.ts";
import type { EnvelopeKey } from "./envelope.ts";
import type { Pair } from "./identity.ts";
import { EPOCH, HOUR, PAIR_DAY_WINDOW, PAIR_DAYS, PAIR_WINDOW } from "./limits.ts";
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

/** Numbers of one day; a pair's numbers begin anew with each, above all that went before. */
const A_DAY = 0x1_0000;
/** Days since the epoch. */
export const dayOf = (now: Millis): number => Math.max(0, Math.min(0xfffe, Math.floor((now - EPOCH) / (24 * HOUR))));

/** The number of a pair's next frame: the next one, or the first of today. */
export const nextNumber = ({ sendNext }: Pick<PairState, "sendNext">, now: Millis): number =>
  Math.max(sendNext, dayOf(now) * A_DAY);

/** Where the numbers of days that may still be heard begin, as far as they are beyond `next`. */
const daysBeyond = (next: number, now: Millis): readonly number[] => {
  const today = dayOf(now);
  const out: number[] = [];
  for (let day = Math.max(0, today - PAIR_DAYS.before); day <= today + PAIR_DAYS.ahead; day++)
    if (day * A_DAY >= next) out.push(day * A_DAY);
  return out;
};

/** A window of numbers: the next ones, and those below that did not come. */
interface Window {
  readonly next: number;
  readonly skipped: ReadonlySet<number>;
}

/** What a window leaves behind is forgotten beyond so many numbers. */
const bounded = (skipped: ReadonlySet<number>, window: number): ReadonlySet<number> =>
  new Set([...skipped].slice(-5 * window));

/** Marks `number` as received in a window of numbers; `undefined` when it was already or is out of the window. */
export const receiveNumber = (
  next: number,
  skipped: ReadonlySet<number>,
  number: number,
  window: number,
): Window | undefined => {
  const rest = new Set(skipped);
  if (number < next) return rest.delete(number) ? { next, skipped: rest } : undefined;
  if (number >= next + window) return undefined;
  for (let i = next; i < number; i++) rest.add(i);
  // What fell far behind never came; forgetting it bounds the set.
  for (const old of rest) if (old < number - 4 * window) rest.delete(old);
  return { next: number + 1, skipped: rest };
};

/** The numbers that may still come. */
export const expected = (next: number, skipped: ReadonlySet<number>, window: number): readonly number[] => [
  ...skipped,
  ...Array.from({ length: window }, (_, i) => next + i),
];

/**
 * The same for a pair: besides the window, the first numbers of each day are expected. However many frames expired unread,
 * the two hear each other again with the first of a new day.
 */
export const receivePairNumber = (state: PairState, number: number, now: Millis): Window | undefined => {
  const { receiveNext: next, receiveSkipped: skipped } = state;
  const near = receiveNumber(next, skipped, number, PAIR_WINDOW);
  if (near) return near;
  const day = daysBeyond(next, now).find((first) => number >= first && number < first + PAIR_DAY_WINDOW);
  if (day === undefined) return undefined;
  const rest = new Set(expected(next, skipped, PAIR_WINDOW).filter((one) => one < day));
  for (let i = day; i < number; i++) rest.add(i);
  return { next: number + 1, skipped: bounded(rest, PAIR_WINDOW) };
};

export const expectedOfPair = (state: PairState, now: Millis): readonly number[] => {
  const { receiveNext: next, receiveSkipped: skipped } = state;
  const out = new Set(expected(next, skipped, PAIR_WINDOW));
  for (const first of daysBeyond(next, now)) for (let i = 0; i < PAIR_DAY_WINDOW; i++) out.add(first + i);
  return [...out];
};
