/**
 * Virtual time for thousands of peers. Unlike `SimClock`, which lets every promise settle between two timers, this one
 * lets promises settle once a virtual millisecond: a hundred times faster, exact to that millisecond, and just as
 * repeatable.
 */
import type { Clock, Millis } from "../../src/types.ts";

interface Timer {
  readonly at: Millis;
  readonly sequence: number;
  fn: (() => void) | undefined;
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const earlier = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/** The clock of a simulated venue, and the one loop that drives it. Times are fractions of milliseconds. */
export class VenueClock implements Clock {
  #now: Millis;
  #sequence = 0;
  readonly #heap: Timer[] = [];

  constructor(start: Millis = Date.UTC(2026, 10, 23, 9)) {
    this.#now = start;
  }

  now(): Millis {
    return this.#now;
  }

  /** Timers that are to come, cancelled ones among them. */
  get pending(): number {
    return this.#heap.length;
  }

  after(ms: number, fn: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), sequence: (this.#sequence += 1), fn };
    if (timer.at < Infinity) this.#push(timer);
    return () => {
      timer.fn = undefined;
    };
  }

  /** Lets `ms` pass. */
  async pass(ms: Millis): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await turn();
      const top = this.#heap[0];
      if (top === undefined || top.at > end) break;
      const until = Math.min(end, Math.max(this.#now, top.at) + 1);
      for (let next = this.#heap[0]; next !== undefined && next.at <= until; next = this.#heap[0]) {
        this.#pop();
        this.#now = Math.max(this.#now, next.at);
        next.fn?.();
      }
    }
    this.#now = end;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up] as Timer;
      if (!earlier(timer, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      if (left === undefined) break;
      const right = heap[2 * at + 2];
      const child = right !== undefined && earlier(right, left) ? right : left;
      if (!earlier(child, last)) break;
      heap[at] = child;
      at = 2 * at + (child === left ? 1 : 2);
    }
    heap[at] = last;
  }
}

/** One program's clock: its timers die with it. */
export class LifeClock implements Clock {
  readonly #clock: VenueClock;
  #alive = true;

  constructor(clock: VenueClock) {
    this.#clock = clock;
  }

  now(): Millis {
    return this.#clock.now();
  }

  after(ms: number, fn: () => void): () => void {
    return this.#clock.after(ms, () => {
      if (this.#alive) fn();
    });
  }

  end(): void {
    this.#alive = false;
  }
}
