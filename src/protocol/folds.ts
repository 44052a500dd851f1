/** What each member has made this device work for views of heads that it named. SPEC.md §5, §8. */
import type { MemberId, Millis } from "../types.ts";
import { FOLD_UNITS } from "./limits.ts";

const MINUTE = 60_000;

interface Spent {
  readonly since: Millis;
  readonly units: number;
}

/** Of those who never were in, all are one. Forgotten with the process: nothing is lost by it but time. */
export class Folds {
  readonly #spent = new Map<MemberId | undefined, Spent>();

  #now(member: MemberId | undefined, now: Millis): Spent {
    const last = this.#spent.get(member);
    // A clock that was put back begins anew.
    return last && now >= last.since && now < last.since + MINUTE ? last : { since: now, units: 0 };
  }

  /** Whether nothing is left of this minute's. */
  isSpent(member: MemberId, now: Millis): boolean {
    return this.#now(member, now).units >= FOLD_UNITS;
  }

  /** Counts what was done in vain. */
  charge(member: MemberId, units: number, now: Millis): void {
    const spent = this.#now(member, now);
    this.#spent.set(member, { since: spent.since, units: spent.units + units });
  }

  /** Takes so much of this minute's; `false` where too little is left of it. */
  spend(member: MemberId | undefined, units: number, now: Millis): boolean {
    const spent = this.#now(member, now);
    if (spent.units + units > FOLD_UNITS) return false;
    this.#spent.set(member, { since: spent.since, units: spent.units + units });
    return true;
  }
}
