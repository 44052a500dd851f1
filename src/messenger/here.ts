/** Who is here: of each device the newest frame in which it showed itself, and for how long that counts. In memory. */
import { concat, hex } from "../protocol/codec.ts";
import { label, sha256 } from "../protocol/primitives.ts";
import type { DeviceId, Millis, PersonId } from "../types.ts";
import { holdsFor } from "./presencePace.ts";

const MAX_DEVICES = 2048;
/** For so long others are told that somebody has gone: they may have heard it last as here. */
const TELL_GONE: Millis = 300_000;
const MARK = 2;

/** What a device has shown. */
export interface Shown {
  readonly person: PersonId;
  readonly device: DeviceId;
  /** By its own clock. */
  readonly at: Millis;
  readonly next: Millis;
  readonly frame: Uint8Array;
}

interface Seen extends Shown {
  readonly id: Uint8Array;
  /** When it came here. */
  readonly came: Millis;
  /** When it was first heard, by whoever says so latest, and never after it came here. */
  heardAt: Millis;
  /** Whether gossip has brought it. */
  gossiped: boolean;
}

const until = ({ heardAt, next }: Seen): Millis => heardAt + holdsFor(next);
/** What stands for a frame, by its hash, in the question who is here: two bytes, others under each salt. */
export const presenceMark = (salt: Uint8Array, id: Uint8Array): Uint8Array =>
  sha256(label("presence mark"), salt, id).subarray(0, MARK);

/** See above. */
export class Here {
  readonly #seen = new Map<DeviceId, Seen>();
  readonly #devices = new Map<PersonId, Set<DeviceId>>();

  /** When a device last showed itself, by its own clock. */
  at(device: DeviceId): Millis | undefined {
    return this.#seen.get(device)?.at;
  }

  /** Takes what a device has shown and somebody heard `age` ago; older than what is known, it changes nothing. */
  hear(shown: Shown, now: Millis, age: Millis = 0): void {
    const before = this.#seen.get(shown.device);
    const heardAt = now - age;
    if (before !== undefined && shown.at <= before.at) {
      // Whoever says that it was long ago makes nobody gone, and whoever says that it is now keeps nobody here.
      if (shown.at === before.at) before.heardAt = Math.min(before.came, Math.max(before.heardAt, heardAt));
      return;
    }
    if (before === undefined && this.#seen.size >= MAX_DEVICES) this.#makeRoom();
    this.#seen.delete(shown.device);
    this.#seen.set(shown.device, { ...shown, id: sha256(shown.frame), came: now, heardAt, gossiped: false });
    const devices = this.#devices.get(shown.person) ?? new Set();
    this.#devices.set(shown.person, devices.add(shown.device));
  }

  /** Gossip brings what a device showed at that time; whether it does so for the first time. */
  gossiped(device: DeviceId, at: Millis): boolean {
    const seen = this.#seen.get(device);
    if (seen === undefined || seen.at !== at || seen.gossiped) return false;
    seen.gossiped = true;
    return true;
  }

  online(person: PersonId, now: Millis): boolean {
    for (const device of this.#devices.get(person) ?? []) {
      const seen = this.#seen.get(device);
      if (seen !== undefined && until(seen) > now) return true;
    }
    return false;
  }

  /** How many devices are here. */
  count(now: Millis): number {
    let count = 0;
    for (const seen of this.#seen.values()) if (until(seen) > now) count++;
    return count;
  }

  /** What this device knows, so that nobody tells it again; under a salt, so that others collide each time. */
  marks(salt: Uint8Array, most: number): Uint8Array {
    const newest = [...this.#seen.values()].slice(-Math.floor(most / MARK));
    return concat(...newest.map(({ id }) => presenceMark(salt, id)));
  }

  /** Who is here, or has just gone, of whom somebody with these marks does not know it; the latest first. */
  *beyond(salt: Uint8Array, marks: Uint8Array, now: Millis): Generator<{ age: Millis; frame: Uint8Array }> {
    const known = new Set<string>();
    for (let i = 0; i + MARK <= marks.length; i += MARK) known.add(hex(marks.subarray(i, i + MARK)));
    for (const seen of [...this.#seen.values()].reverse()) {
      const tells = until(seen) > now || (seen.next === 0 && now - seen.heardAt < TELL_GONE);
      if (tells && !known.has(hex(presenceMark(salt, seen.id))))
        yield { age: Math.max(0, now - seen.heardAt), frame: seen.frame };
    }
  }

  /** Lets go of who is gone longest, or will be first. */
  #makeRoom(): void {
    let first: Seen | undefined;
    for (const seen of this.#seen.values()) if (first === undefined || until(seen) < until(first)) first = seen;
    if (first === undefined) return;
    this.#seen.delete(first.device);
    const devices = this.#devices.get(first.person);
    devices?.delete(first.device);
    if (devices?.size === 0) this.#devices.delete(first.person);
  }
}
