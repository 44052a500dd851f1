/**
 * Virtual time. Timers fire in the order of their time, then of their making; between two of them every promise that
 * can settle does. Real time passes only while there is something to compute, so hours take seconds, and the same
 * inputs give the same run.
 */
import type { Clock, Millis } from "../../src/types.ts";

/** Something whose work has to be done before time moves on. */
export interface Idler {
  /** Resolves when nothing is left to do before the next timer or call. */
  idle(): Promise<void>;
}

interface Timer {
  readonly at: Millis;
  readonly sequence: number;
  readonly fn: () => void;
  live: boolean;
}

const START = Date.UTC(2026, 10, 23, 9);
/** Real milliseconds that one settling may take: beyond, something waits for what never comes. */
const STUCK_MS = 30_000;
/** Loop turns without work before the world counts as settled; a promise chain may cross one turn (thread pool). */
const QUIET_TURNS = 2;

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const earlier = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/** The clock of a simulated world, and the one loop that drives it. */
export class SimClock implements Clock {
  #now: Millis;
  #sequence = 0;
  #outstanding = 0;
  #started = 0;
  #failure: unknown;
  readonly #heap: Timer[] = [];
  readonly #idlers = new Set<Idler>();

  constructor(start: Millis = START) {
    this.#now = start;
  }

  now(): Millis {
    return this.#now;
  }

  after(ms: number, fn: () => void): () => void {
    const at = this.#now + Math.max(0, Number.isFinite(ms) ? Math.ceil(ms) : 0);
    const timer: Timer = { at, sequence: (this.#sequence += 1), fn, live: true };
    this.#push(timer);
    return () => {
      timer.live = false;
    };
  }

  /** Time does not move on while this one is busy; the result forgets it. */
  watch(idler: Idler): () => void {
    this.#idlers.add(idler);
    return () => void this.#idlers.delete(idler);
  }

  /** Time does not move on before this promise has settled. What it rejects with fails the run. */
  track(work: Promise<unknown>): void {
    this.#outstanding += 1;
    this.#started += 1;
    work
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#outstanding -= 1;
      });
  }

  /** Lets everything happen that needs no passing of time. */
  async settle(): Promise<void> {
    let alarm: NodeJS.Timeout | undefined;
    const stuck = new Promise<never>((_, reject) => {
      alarm = setTimeout(() => reject(new Error(`stuck: ${this.#outstanding} calls never come back`)), STUCK_MS);
    });
    try {
      for (let quiet = 0; quiet < QUIET_TURNS;) {
        const before = this.#started;
        await Promise.race([turn(), stuck]);
        for (const idler of this.#idlers) await Promise.race([idler.idle(), stuck]);
        quiet = this.#outstanding === 0 && this.#started === before ? quiet + 1 : 0;
      }
    } finally {
      clearTimeout(alarm);
    }
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  /** Lets `ms` of virtual time pass. */
  async pass(ms: number): Promise<void> {
    await this.#run(this.#now + ms, () => false);
  }

  /** Runs until `done()` holds, asked after every event; false when `ms` have passed without it. */
  async until(done: () => boolean, ms: number): Promise<boolean> {
    return this.#run(this.#now + ms, done);
  }

  /** Runs until the promise settles and gives what it gives; throws when `ms` of virtual time were not enough. */
  async wait<T>(work: Promise<T>, ms: number): Promise<T> {
    let settled = false;
    const mark = (): void => {
      settled = true;
    };
    work.then(mark, mark);
    if (!(await this.until(() => settled, ms))) throw new Error(`not done within ${ms} virtual milliseconds`);
    return work;
  }

  async #run(end: Millis, done: () => boolean): Promise<boolean> {
    await this.settle();
    for (;;) {
      if (done()) return true;
      const timer = this.#next(end);
      if (timer === undefined) break;
      this.#now = timer.at;
      timer.live = false;
      timer.fn();
      await this.settle();
    }
    this.#now = Math.max(this.#now, end);
    return false;
  }

  /** Takes the earliest living timer that is due by `end`. */
  #next(end: Millis): Timer | undefined {
    for (;;) {
      const top = this.#heap[0];
      if (top === undefined || (top.live && top.at > end)) return undefined;
      this.#pop();
      if (top.live) return top;
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !earlier(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const child = right !== undefined && earlier(right, left) ? right : left;
      if (!earlier(child, last)) break;
      heap[at] = child;
      at = 2 * at + (child === left ? 1 : 2);
    }
    heap[at] = last;
  }
}

/** One program's view of the clock: its own skew, and timers that die with it. */
export class ProgramClock implements Clock {
  readonly #clock: SimClock;
  readonly #skew: Millis;
  readonly #cancels = new Set<() => void>();
  #alive = true;

  constructor(clock: SimClock, skew: Millis = 0) {
    this.#clock = clock;
    this.#skew = skew;
  }

  now(): Millis {
    return this.#clock.now() + this.#skew;
  }

  after(ms: number, fn: () => void): () => void {
    if (!this.#alive) return () => undefined;
    const stop = (): void => {
      cancel();
      this.#cancels.delete(stop);
    };
    const cancel = this.#clock.after(ms, () => {
      this.#cancels.delete(stop);
      fn();
    });
    this.#cancels.add(stop);
    return stop;
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#cancels.size;
  }

  /** The program is gone; none of its timers fires any more. */
  kill(): void {
    this.#alive = false;
    for (const cancel of this.#cancels) cancel();
  }
}
