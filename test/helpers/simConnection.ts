/** One connection of two simulated links: what is sent on it comes late, twice, out of order, or never. */
import type { SimClock } from "./simClock.ts";
import type { SimRandom } from "./simRandom.ts";

/** How one direction between two hosts behaves. */
export interface EdgeOptions {
  /** Virtual milliseconds under way, lowest and highest. */
  readonly delay: readonly [low: number, high: number];
  /** The probability that a frame is lost, or that a catch-up breaks off at a message. */
  readonly drop: number;
  /** The probability that a frame comes a second time, long after the first. */
  readonly duplicate: number;
  /** The probability that a frame may overtake those before it. */
  readonly reorder: number;
}

/** A network on a good day. */
export const CALM: EdgeOptions = { delay: [2, 30], drop: 0, duplicate: 0, reorder: 0 };
/** A network on a bad day: one frame in ten is lost. */
export const ROUGH: EdgeOptions = { delay: [5, 800], drop: 0.1, duplicate: 0.1, reorder: 0.3 };

/** How much later than the first a duplicate may come. */
const ECHO_MS = 150_000;
/** A cut line is noticed within this time. */
const NOTICE_MS = 10_000;

/** What a connection tells one of its ends. */
export interface ConnectionEnd {
  readonly host: string;
  /** This end has learned that the connection is gone. */
  onGone(connection: SimConnection): void;
}

interface Direction {
  readonly to: ConnectionEnd;
  lastArrival: number;
  /** The sender has not noticed yet that nobody is there. */
  believed: boolean;
}

/** What to send and what becomes of it. */
export interface Parcel {
  /** A stream keeps its order and has nothing twice; a frame is for itself. */
  readonly stream: boolean;
  readonly arrive: (again: boolean) => void;
  readonly lost?: () => void;
}

export class SimConnection {
  /** Stable for the life of the connection, and unlike every other. */
  readonly id: string;
  #alive = true;
  readonly #clock: SimClock;
  readonly #random: SimRandom;
  readonly #edge: (from: string, to: string) => EdgeOptions;
  readonly #directions: ReadonlyMap<ConnectionEnd, Direction>;

  constructor(options: {
    readonly id: string;
    readonly ends: readonly [ConnectionEnd, ConnectionEnd];
    readonly clock: SimClock;
    readonly random: SimRandom;
    readonly edge: (from: string, to: string) => EdgeOptions;
  }) {
    const [left, right] = options.ends;
    this.id = options.id;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#edge = options.edge;
    this.#directions = new Map([
      [left, { to: right, lastArrival: 0, believed: true }],
      [right, { to: left, lastArrival: 0, believed: true }],
    ]);
  }

  /** Whether anything still gets through. Either end may believe so for a while longer. */
  get alive(): boolean {
    return this.#alive;
  }

  /** The end across. */
  across(from: ConnectionEnd): ConnectionEnd {
    return this.#direction(from).to;
  }

  /** Sends; false when it will not arrive. A sender learns that from `lost` alone, when it comes to be known. */
  send(from: ConnectionEnd, parcel: Parcel): boolean {
    const direction = this.#direction(from);
    const edge = this.#edge(from.host, direction.to.host);
    const random = this.#random;
    const arrive = (at: number, again: boolean): void => {
      this.#clock.after(at - this.#clock.now(), () => {
        if (this.#alive) parcel.arrive(again);
        else parcel.lost?.();
      });
    };
    const soonest = this.#clock.now() + random.between(...edge.delay);
    if (!this.#alive || random.chance(edge.drop)) {
      if (parcel.lost !== undefined) this.#clock.after(random.between(1000, NOTICE_MS), parcel.lost);
      return false;
    }
    const overtakes = !parcel.stream && random.chance(edge.reorder);
    const at = overtakes ? soonest : Math.max(soonest, direction.lastArrival);
    direction.lastArrival = Math.max(direction.lastArrival, at);
    arrive(at, false);
    if (!parcel.stream && random.chance(edge.duplicate)) arrive(at + random.between(1, ECHO_MS), true);
    return true;
  }

  /** Nothing gets through from now on. Both ends find out by themselves, each in its own time; at once when `abrupt`. */
  cut(abrupt = false): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const end of this.#directions.keys()) {
      const late = abrupt ? this.#random.between(0, 50) : this.#random.between(0, NOTICE_MS);
      this.#clock.after(late, () => this.forget(end));
    }
  }

  /** This end gives the connection up. */
  forget(end: ConnectionEnd): void {
    const direction = this.#direction(end);
    if (!direction.believed) return;
    direction.believed = false;
    end.onGone(this);
  }

  #direction(from: ConnectionEnd): Direction {
    const direction = this.#directions.get(from);
    if (direction === undefined) throw new Error(`${from.host} is no end of ${this.id}`);
    return direction;
  }
}
