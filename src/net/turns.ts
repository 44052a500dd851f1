/**
 * Whose turn it is to make a slot the same, among the catch-ups of one device. After a partition many neighbours bring
 * the same mail at once: one of them does, and the others then find nothing missing. A turn ends by itself, so that a
 * neighbour that dawdles holds up nobody for long.
 */
import type { Clock, Millis } from "../types.ts";

/**
 * Without a step, and without a byte of one, for so long, a turn is over; and after so long in any case. A packet that
 * is lost at the end of a message comes again after 200 ms: a neighbour that has lost two in a row has others before it.
 */
const IDLE: Millis = 400;
const LONGEST: Millis = 5000;
const MAX_TURNS = 4096;

/** Who takes turns. */
export interface Holder {
  /** Of a neighbour that nobody vouches for: it keeps nobody else waiting who is vouched for. */
  readonly stranger?: boolean;
  /** When something came from it last, be it a part of a message: large ones take long on a slow link. */
  readonly heardAt?: Millis | undefined;
}

interface Turn {
  readonly holder: Holder;
  readonly since: Millis;
  /** Its last step. */
  readonly at: Millis;
  /** It went on to other slots. */
  readonly rests: boolean;
}

const endOf = ({ holder, since, at, rests }: Turn): Millis =>
  rests ? -Infinity : Math.min(Math.max(at, holder.heardAt ?? at) + IDLE, since + LONGEST);

/** The turns of one device. */
export class Turns {
  readonly #clock: Clock;
  readonly #turns = new Map<string, Turn>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes or keeps the turn at a slot; `false`: it is another's. */
  take(slot: string, holder: Holder): boolean {
    const now = this.#clock.now();
    const turn = this.#turns.get(slot);
    const gives = turn?.holder.stranger === true && holder.stranger !== true;
    if (turn !== undefined && turn.holder !== holder && now < endOf(turn) && !gives) return false;
    const since = turn?.holder === holder ? turn.since : now;
    if (turn === undefined && this.#turns.size >= MAX_TURNS) this.#turns.clear();
    this.#turns.set(slot, { holder, since, at: now, rests: false });
    return true;
  }

  /** This holder goes on to other slots. Those behind it are anybody's, and were it to come back, its time there goes on. */
  rest(holder: Holder): void {
    for (const [slot, turn] of this.#turns) if (turn.holder === holder) this.#turns.set(slot, { ...turn, rests: true });
  }

  /** This holder has no more to do at any slot. */
  release(holder: Holder): void {
    for (const [slot, turn] of this.#turns) if (turn.holder === holder) this.#turns.delete(slot);
  }
}
