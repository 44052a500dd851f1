/**
 * Sets of small numbers, a bit each. What rests on what in a group of thousands of operations is as many sets of thousands: so
 * it takes megabytes, and a union or an intersection is some hundreds of steps.
 */

const WORD = 32;
const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** Grows as numbers are added; what another one has beyond it counts all the same. */
export class IndexSet {
  #words: Uint32Array;

  constructor(some: Iterable<number> = []) {
    this.#words = some instanceof IndexSet ? some.#words.slice() : new Uint32Array(0);
    if (!(some instanceof IndexSet)) for (const i of some) this.add(i);
  }

  has(i: number): boolean {
    return ((this.#words[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0;
  }
  get size(): number {
    let sum = 0;
    for (let at = 0; at < this.#words.length; at++) sum += bitsIn(this.#words[at] as number);
    return sum;
  }
  get isEmpty(): boolean {
    for (let at = 0; at < this.#words.length; at++) if (this.#words[at] !== 0) return false;
    return true;
  }
  [Symbol.iterator](): ArrayIterator<number> {
    return this.all.values();
  }
  /** In ascending order. */
  get all(): readonly number[] {
    const out: number[] = [];
    for (let at = 0; at < this.#words.length; at++)
      for (let rest = this.#words[at] as number; rest !== 0; rest &= rest - 1)
        out.push(at * WORD + 31 - Math.clz32(rest & -rest));
    return out;
  }

  #grow(words: number): Uint32Array {
    if (words > this.#words.length) {
      const grown = new Uint32Array(Math.max(words, 2 * this.#words.length));
      grown.set(this.#words);
      this.#words = grown;
    }
    return this.#words;
  }
  add(i: number): this {
    const at = i >>> 5;
    const words = this.#grow(at + 1);
    words[at] = (words[at] as number) | (1 << (i & 31));
    return this;
  }
  addAll(other: IndexSet): this {
    const more = other.#words;
    const words = more.length > this.#words.length ? this.#grow(more.length) : this.#words;
    for (let at = 0; at < more.length; at++) words[at] = (words[at] as number) | (more[at] as number);
    return this;
  }

  /** What both have. */
  and(other: IndexSet): IndexSet {
    const out = new IndexSet();
    const more = other.#words;
    const words = this.#words.slice(0, more.length);
    for (let at = 0; at < words.length; at++) words[at] = (words[at] as number) & (more[at] as number);
    out.#words = words;
    return out;
  }
  /** What the other has not. */
  without(other: IndexSet): IndexSet {
    const out = new IndexSet(this);
    const words = out.#words;
    const less = other.#words;
    const length = Math.min(words.length, less.length);
    for (let at = 0; at < length; at++) words[at] = (words[at] as number) & ~(less[at] as number);
    return out;
  }
  meets(other: IndexSet): boolean {
    const [words, more] = [this.#words, other.#words];
    const length = Math.min(words.length, more.length);
    for (let at = 0; at < length; at++) if (((words[at] as number) & (more[at] as number)) !== 0) return true;
    return false;
  }

  /** What it has within one set and not in another, in ascending order. */
  within(other: IndexSet, less: IndexSet): readonly number[] {
    const out: number[] = [];
    const [words, more, fewer] = [this.#words, other.#words, less.#words];
    const length = Math.min(words.length, more.length);
    for (let at = 0; at < length; at++) {
      let rest = (words[at] as number) & (more[at] as number) & ~(at < fewer.length ? (fewer[at] as number) : 0);
      for (; rest !== 0; rest &= rest - 1) out.push(at * WORD + 31 - Math.clz32(rest & -rest));
    }
    return out;
  }
  /** Whether there is any of that. */
  hasWithin(other: IndexSet, less: IndexSet): boolean {
    const [words, more, fewer] = [this.#words, other.#words, less.#words];
    const length = Math.min(words.length, more.length);
    for (let at = 0; at < length; at++) {
      const rest = (words[at] as number) & (more[at] as number);
      if (rest !== 0 && (rest & ~(at < fewer.length ? (fewer[at] as number) : 0)) !== 0) return true;
    }
    return false;
  }

  /** The same for two sets iff they hold the same. It says where it ends: of names in a row, each is known. */
  get name(): string {
    let out = "";
    let words = 0;
    for (let at = 0; at < this.#words.length; at++) {
      const word = this.#words[at] as number;
      if (word === 0) continue;
      out += String.fromCharCode(at, word & 0xffff, word >>> 16);
      words++;
    }
    return String.fromCharCode(words) + out;
  }
}
