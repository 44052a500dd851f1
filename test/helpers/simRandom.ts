/**
 * Seeded randomness for simulated runs: sfc32, seeded with a hash, so that one number replays a whole run. It is fast
 * and well spread and predictable: for tests only.
 */
import { createHash } from "node:crypto";

/** A stream of numbers that depends on nothing but its seed. */
export class SimRandom {
  readonly #seed: string;
  readonly #state: Uint32Array;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    const hash = createHash("sha256").update(`couloir sim ${this.#seed}`).digest();
    this.#state = Uint32Array.from([0, 4, 8, 12], (at) => hash.readUInt32LE(at));
    for (let i = 0; i < 12; i += 1) this.next();
  }

  /** A stream of its own under a label: what one consumer draws never shifts what another sees. */
  fork(label: string): SimRandom {
    return new SimRandom(`${this.#seed}/${label}`);
  }

  /** The next 32 bits (sfc32, Chris Doty-Humphrey's PractRand). */
  next(): number {
    const s = this.#state;
    const [a = 0, b = 0, c = 0, counter = 0] = s;
    const result = (a + b + counter) >>> 0;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + result;
    s[3] = counter + 1;
    return result;
  }

  /** In `[0, 1)`. */
  float(): number {
    return this.next() / 2 ** 32;
  }

  /** A whole number in `[low, high]`. */
  between(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  /** True with probability `p`. A certain answer draws nothing. */
  chance(p: number): boolean {
    return p > 0 && (p >= 1 || this.float() < p);
  }

  /** One of them; `undefined` of none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.between(0, Math.max(0, items.length - 1))];
  }

  /** A copy in random order. */
  shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, key: this.next() }))
      .toSorted((x, y) => x.key - y.key)
      .map(({ item }) => item);
  }

  /** `n` bytes; what a node gets as its `Random`. */
  readonly bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => this.next() & 0xff);
}
