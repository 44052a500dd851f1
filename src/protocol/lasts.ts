/** How long a message stays: what its author signed, and when a device lets go of it. SPEC.md §9. */
import type { Millis } from "../types.ts";
import type { Shape } from "./codec.ts";
import { uint } from "./codec.ts";
import { hoursLeft } from "./envelope.ts";
import { EPOCH, HOUR, LASTS, LIFETIME_HOURS } from "./limits.ts";

/** Seconds. */
export const lastsShape: Shape<number> = {
  to: (value) => value,
  from: (raw) => {
    const value = uint(LASTS.most).from(raw);
    return value !== undefined && value >= LASTS.least ? value : undefined;
  },
};

/** What is signed that says when a message goes. `slot`: of its envelope. */
export interface Signed {
  readonly time: Millis;
  /** In seconds. */
  readonly lasts: number;
  readonly slot: number;
}

/**
 * When a message is due, by what is signed: nothing was sealed after the hour of its slot, so a later time is a clock that is
 * ahead, and counts as the end of that hour. @param now to know which of the slots of that number it is
 */
export const dueBy = ({ time, lasts, slot }: Signed, now: Millis): Millis => {
  const hour = Math.floor((now - EPOCH) / HOUR) + hoursLeft(slot, now) - LIFETIME_HOURS;
  return Math.min(time, EPOCH + (hour + 1) * HOUR) + 1000 * lasts;
};

/**
 * When a device lets go of what it has from `since` on: when it is due, but it is here for the shortest time there is, so that a
 * clock that is ahead takes nothing away that has just come, and not for longer than it lasts, so that one that is behind keeps
 * nothing.
 */
export const goesAt = (signed: Signed, since: Millis): Millis =>
  Math.min(Math.max(dueBy(signed, since), since + 1000 * LASTS.least), since + 1000 * signed.lasts);
