/**
 * How often a device shows that it is here. A room bears so many such frames a second, however many are in it: each comes to
 * everybody, so that what one costs a Wi-Fi cell grows with its people already. SPEC.md §12.
 */
import type { Millis } from "../types.ts";

/** Frames of all devices together, a second: about a twentieth of a cell's airtime. */
const ROOM_FRAMES = 2;
const SHORTEST: Millis = 60_000;
/** Above 2,000 devices, or where somebody pretends so. */
const LONGEST: Millis = 1_000_000;

/** The longest that a device may announce until it shows itself again. */
export const MAX_NEXT: Millis = 3_600_000;
/** Past the time that was announced: for a frame that was lost, and comes by another's answer. */
const GRACE: Millis = 90_000;

/** Until the next time, where so many devices are here; `lot` is in 0..1, so that they do not all speak at once. */
export const pauseFor = (devices: number, lot: number): Millis =>
  Math.round(Math.min(LONGEST, Math.max(SHORTEST, (devices * 1000) / ROOM_FRAMES)) * (0.75 + lot / 2));

/** For how long what was said counts; a device that goes says 0. */
export const holdsFor = (next: Millis): Millis => (next === 0 ? 0 : next + GRACE);
