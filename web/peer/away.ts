/**
 * "You were away 14 minutes, 32 messages fetched." A page that sleeps or is closed notices it afterwards, by the time that
 * is missing; what others wrote in that time and what arrives now came by catch-up.
 */
import type { Clock, MessageView, Millis, PersonId } from "../../src/types.ts";
import { QUIET } from "../../src/content/quiet.ts";
import type { Away } from "./backend.ts";

/** Between two signs of life in the store. */
const BEAT: Millis = 20_000;
/** Browsers slow the timers of a page that nobody looks at to one a minute; longer than this is sleep. */
const ASLEEP: Millis = 90_000;
const SHORTEST: Millis = 60_000;
/**
 * What is fetched comes with the first links. By a clock that is wrong, here or elsewhere, what is said now may seem to be
 * from then: so counting ends when nothing was fetched for a while, and after a longer one in any case.
 */
const LULL: Millis = 30_000;
const LONGEST: Millis = 3 * 60_000;

/** What `AwayWatch` is made of. */
export interface AwayParts {
  readonly clock: Clock;
  readonly person: PersonId;
  /** When the page, or the tab before it, was last alive; `undefined` in a new profile. */
  readonly aliveAt: Millis | undefined;
  /** Keeps that for the next start. */
  readonly save: (aliveAt: Millis) => void;
  readonly onChange: () => void;
}

/** Counts what came while nobody looked. */
export class AwayWatch {
  readonly #parts: AwayParts;
  #beat: Millis;
  #cancel: () => void = () => {};
  #from: Millis | undefined;
  #until = 0;
  #messages = 0;
  #linked = false;
  /** When fetching began, and when something came last; absent until there is a link. */
  #fetching: { readonly began: Millis; last: Millis } | undefined;
  /** Whether that has ended: a clock that is set back later does not begin it anew. */
  #fetched = false;

  constructor(parts: AwayParts) {
    this.#parts = parts;
    const now = parts.clock.now();
    this.#beat = parts.aliveAt ?? now;
    if (now - this.#beat >= SHORTEST) this.#slept(this.#beat, now);
    this.beat();
  }

  /** A sign of life; to be given at once when the page wakes. */
  beat(): void {
    const { clock, save } = this.#parts;
    const now = clock.now();
    this.#endFetching(now);
    if (now - this.#beat > ASLEEP) this.#slept(this.#beat, now);
    this.#beat = now;
    save(now);
    this.#cancel();
    this.#cancel = clock.after(BEAT, () => this.beat());
  }

  /** A message was committed. */
  take({ sender, kind, sentAt }: MessageView): void {
    // A lid that is opened tells nobody: the first that the page hears may be a message, long before the next beat.
    if (this.#parts.clock.now() - this.#beat > ASLEEP) this.beat();
    if (this.#from === undefined || sender === this.#parts.person || QUIET.has(kind) || sentAt >= this.#until) return;
    if (!this.#stillFetches()) return;
    this.#messages += 1;
    this.#parts.onChange();
  }

  /** There are links now, or none. */
  linked(now: boolean): void {
    if (now && !this.#linked) this.#fetch();
    this.#linked = now;
  }

  /** The person has seen it. */
  seen(): void {
    this.#from = undefined;
    this.#messages = 0;
    this.#parts.onChange();
  }

  get away(): Away | undefined {
    if (this.#from === undefined || this.#messages === 0) return undefined;
    return { minutes: Math.floor((this.#until - this.#from) / 60_000), messages: this.#messages };
  }

  stop(): void {
    this.#cancel();
  }

  #slept(from: Millis, until: Millis): void {
    this.#from ??= from;
    this.#until = until;
    this.#fetching = undefined;
    this.#fetched = false;
    if (this.#linked) this.#fetch();
  }

  #fetch(): void {
    const now = this.#parts.clock.now();
    this.#fetching = { began: now, last: now };
    this.#fetched = false;
  }

  /** Where it is time. By a clock that was set back nobody knows; better to count too few than all that is said from now on. */
  #endFetching(now: Millis): void {
    if (this.#fetching === undefined) return;
    const { began, last } = this.#fetching;
    if (Math.abs(now - last) > LULL || now - began > LONGEST) this.#fetched = true;
  }

  /** Notes that something came. */
  #stillFetches(): boolean {
    const now = this.#parts.clock.now();
    this.#endFetching(now);
    if (this.#fetched) return false;
    if (this.#fetching !== undefined) this.#fetching.last = now;
    return true;
  }
}
