/** Which chunks of a file are here: a bit for each, the lowest of the first byte for the first. */
export class Marks {
  /** As it lies on disk. */
  readonly bits: Uint8Array;
  readonly count: number;

  constructor(bits: Uint8Array = new Uint8Array(0)) {
    this.bits = bits;
    let count = 0;
    for (const byte of bits) for (let rest = byte; rest > 0; rest >>>= 1) count += rest & 1;
    this.count = count;
  }

  /** All of so many. */
  static all(chunks: number): Marks {
    return new Marks().with(Array.from({ length: chunks }, (_, index) => index));
  }

  has(index: number): boolean {
    return (((this.bits[index >>> 3] ?? 0) >>> (index & 7)) & 1) === 1;
  }

  with(indexes: readonly number[]): Marks {
    const last = Math.max(-1, ...indexes);
    const bits = new Uint8Array(Math.max(this.bits.length, (last >>> 3) + 1));
    bits.set(this.bits);
    for (const index of indexes) bits[index >>> 3] = (bits[index >>> 3] as number) | (1 << (index & 7));
    return new Marks(bits);
  }
}
