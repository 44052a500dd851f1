/**
 * The air and the wires of a venue: access points, each with a channel of its own whose airtime all its stations share,
 * and a wired backbone between them. Says when a packet arrives, if it does.
 */
import type { SimRandom } from "../helpers/simRandom.ts";
import type { Millis } from "../../src/types.ts";
import type { VenueClock } from "./venueClock.ts";

/** How the air behaves. */
export interface RadioOptions {
  readonly accessPoints: number;
  /** Packets lost on their way, after the radio's own retries. */
  readonly loss: number;
  /** Guests are kept apart: stations reach wired hosts only, and multicast does not leave a station. */
  readonly isolation: boolean;
  /** The access points drop multicast. */
  readonly noMulticast: boolean;
}

/** A machine: on an access point, or on the wire. */
export interface Place {
  readonly ip: string;
  accessPoint: number | undefined;
  /** Powered and there. */
  up: boolean;
  /** Between two access points until then. */
  roamingUntil: Millis;
  /** Which side of a partition it is on. */
  side: number;
}

interface AccessPoint {
  freeAt: Millis;
  unicast: Millis;
  multicast: Millis;
}

/** Airtime per frame, and rates in bits a millisecond: reference figures for 802.11ac with stations at middling range. */
const FRAME_OVERHEAD: Millis = 0.15;
const UNICAST = 200_000;
const BASIC = 6000;
const MTU = 1400;
/** Packets that go out in one frame when many wait: 802.11n and later send up to 64 so. */
const AGGREGATE = 16;
const ROUND_TRIP: Millis = 10;
const WIRE_DELAY: Millis = 0.3;
/** Contention: up to so long before a station gets the channel. */
const CONTENTION: Millis = 3;
/** A channel with a longer queue drops what comes. */
const LONGEST_QUEUE: Millis = 400;

/** The airtime used since some moment, as parts of the time that passed. */
export interface Airtime {
  readonly unicast: number;
  readonly multicast: number;
  /** Of the busiest access point, all together. */
  readonly busiest: number;
}

/** The medium. */
export class Radio {
  readonly clock: VenueClock;
  readonly places: Place[] = [];
  bytes = 0;
  /** Packets sent by multicast. */
  multicasts = 0;
  /** Packets that a channel's queue had no room for. */
  overflowed = 0;
  /** Bytes by protocol. */
  readonly said = new Map<string, number>();
  readonly #options: RadioOptions;
  readonly #random: SimRandom;
  readonly #points: AccessPoint[];
  readonly #stations: Place[][];
  #since: Millis;

  constructor(clock: VenueClock, random: SimRandom, options: RadioOptions) {
    this.clock = clock;
    this.#random = random;
    this.#options = options;
    this.#points = Array.from({ length: options.accessPoints }, () => ({ freeAt: 0, unicast: 0, multicast: 0 }));
    this.#stations = this.#points.map(() => []);
    this.#since = clock.now();
  }

  get accessPoints(): number {
    return this.#points.length;
  }

  add(place: Place): void {
    this.places.push(place);
    if (place.accessPoint !== undefined) this.#stations[place.accessPoint]?.push(place);
  }

  roam(place: Place, to: number, outage: Millis): void {
    const from = this.#stations[place.accessPoint ?? -1];
    from?.splice(from.indexOf(place), 1);
    place.accessPoint = to;
    place.roamingUntil = this.clock.now() + outage;
    this.#stations[to]?.push(place);
  }

  /** Whether packets can pass at all now. */
  passes(a: Place, b: Place): boolean {
    const now = this.clock.now();
    if (!a.up || !b.up || a.side !== b.side || a.roamingUntil > now || b.roamingUntil > now) return false;
    return !(this.#options.isolation && a.accessPoint !== undefined && b.accessPoint !== undefined);
  }

  /** Sends a packet (or a few that make up one message) and says when it is there; `undefined`: lost. */
  unicast(a: Place, b: Place, bytes: number): Millis | undefined {
    const packets = Math.max(1, Math.ceil(bytes / MTU));
    const air = Math.ceil(packets / AGGREGATE) * FRAME_OVERHEAD + (bytes * 8) / UNICAST;
    this.bytes += bytes;
    if (!a.up) return undefined;
    const up = this.#transmit(a, air);
    if (up === undefined || !this.passes(a, b)) return undefined;
    const down = this.#transmit(b, air);
    if (down === undefined || this.#random.chance(this.#options.loss)) return undefined;
    // What is lost in the middle of a message is sent again at once; at its end only a timer notices.
    const again = packets > 1 && this.#random.chance(packets * this.#options.loss) ? ROUND_TRIP : 0;
    return this.clock.now() + up + WIRE_DELAY + down + again;
  }

  /** Sends to everybody; `hear` is called for each that hears it, when it does. */
  multicast(from: Place, bytes: number, hear: (place: Place) => void): void {
    if (!from.up || from.roamingUntil > this.clock.now()) return;
    const wait = this.#transmit(from, FRAME_OVERHEAD + (bytes * 8) / UNICAST);
    if (wait === undefined) return;
    const up = this.clock.now() + wait;
    this.multicasts++;
    const air = FRAME_OVERHEAD + (bytes * 8) / BASIC;
    const reaches = (place: Place): boolean =>
      place !== from && this.passes(from, place) && !this.#random.chance(this.#options.loss);
    const wired = this.places.filter(({ accessPoint }) => accessPoint === undefined);
    this.clock.after(up + WIRE_DELAY - this.clock.now(), () => {
      for (const place of wired) if (reaches(place)) hear(place);
    });
    if (this.#options.noMulticast || (this.#options.isolation && from.accessPoint !== undefined)) return;
    for (const [index, point] of this.#points.entries()) {
      const starts = Math.max(point.freeAt, this.clock.now());
      if (starts - this.clock.now() > LONGEST_QUEUE) {
        this.overflowed++;
        continue;
      }
      point.freeAt = starts + air;
      point.multicast += air;
      this.clock.after(point.freeAt - this.clock.now() + wait, () => {
        for (const place of this.#stations[index] ?? []) if (reaches(place)) hear(place);
      });
    }
  }

  /** Counts what a protocol says, once and not with what is sent again. */
  count(protocol: string, bytes: number): void {
    this.said.set(protocol, (this.said.get(protocol) ?? 0) + bytes);
  }

  /** Begins to count the air's use anew. */
  reset(): void {
    for (const point of this.#points) Object.assign(point, { unicast: 0, multicast: 0 });
    this.#since = this.clock.now();
    this.bytes = 0;
    this.multicasts = 0;
    this.overflowed = 0;
    this.said.clear();
  }

  airtime(): Airtime {
    const passed = Math.max(1, this.clock.now() - this.#since);
    const part = (of: (point: AccessPoint) => Millis): number =>
      this.#points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, this.#points.length) / passed;
    const busiest = Math.max(0, ...this.#points.map(({ unicast, multicast }) => (unicast + multicast) / passed));
    return { unicast: part((one) => one.unicast), multicast: part((one) => one.multicast), busiest };
  }

  /** How long one leg over the air of a machine's access point takes; next to nothing on the wire. */
  #transmit(place: Place, air: Millis): Millis | undefined {
    const point = place.accessPoint === undefined ? undefined : this.#points[place.accessPoint];
    if (point === undefined) return WIRE_DELAY;
    const now = this.clock.now();
    // Both legs queue at once, as if the second came now: else a leg that is still to come would block the channel.
    const starts = Math.max(point.freeAt, now);
    if (starts - now > LONGEST_QUEUE) {
      this.overflowed++;
      return undefined;
    }
    point.freeAt = starts + air;
    point.unicast += air;
    return point.freeAt - now + this.#random.float() * CONTENTION;
  }
}
