/** Deterministic CBOR (RFC 8949 §4.2.1), of the kinds that the protocol uses, SPEC.md §1. */

/** What CBOR can say here: no maps, tags, floats or negative numbers occur in any structure. */
export type Value = number | string | boolean | null | Uint8Array | readonly Value[];

/** Bytes that a reader has to refuse. */
export class Refused extends Error {}

const DEEPEST = 16;
const [UINT, BYTES, TEXT, ARRAY, SIMPLE] = [0, 2, 3, 4, 7];
const SIMPLES = new Map<number, Value>([
  [20, false],
  [21, true],
  [22, null],
]);

export const refuse = (why: string): never => {
  throw new Refused(why);
};

/** The one encoding of a value. @throws Refused if it has none. */
export const encode = (value: Value): Uint8Array => Uint8Array.from(encoded(value));

const encoded = (value: Value): Uint8Array => {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "boolean") return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === "number") return head(UINT!, value);
  if (typeof value === "string") {
    if (!value.isWellFormed()) refuse("text that is not well-formed");
    const bytes = Buffer.from(value);
    return Buffer.concat([head(TEXT!, bytes.length), bytes]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(BYTES!, value.length), value]);
  return Buffer.concat([head(ARRAY!, value.length), ...value.map(encoded)]);
};

const head = (major: number, count: number): Uint8Array => {
  if (!Number.isSafeInteger(count) || count < 0) refuse("a number that is no uint");
  const first = major << 5;
  if (count < 24) return Uint8Array.of(first | count);
  const [code, size] = count < 2 ** 8 ? [24, 1] : count < 2 ** 16 ? [25, 2] : count < 2 ** 32 ? [26, 4] : [27, 8];
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(BigInt(count), 1);
  return Buffer.concat([Uint8Array.of(first | code!), bytes.subarray(9 - size!)]);
};

/** The value of exactly these bytes. @throws Refused if they are not its one encoding, or more than the cap. */
export const decode = (bytes: Uint8Array, cap: number): Value => {
  if (bytes.length > cap) refuse("more bytes than the cap");
  const reader = new Reader(Buffer.from(bytes));
  const value = reader.value(0);
  return reader.ended ? value : refuse("bytes after the value");
};

class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(depth: number): Value {
    if (depth > DEEPEST) refuse("deeper than any structure");
    const first = this.#take(1)[0]!;
    const [major, low] = [first >> 5, first & 31];
    if (major === SIMPLE) return SIMPLES.get(low) ?? (low === 22 ? null : refuse("a simple value of no use"));
    const count = this.#count(low);
    if (major === UINT) return count;
    if (major === BYTES) return Uint8Array.from(this.#take(count));
    if (major === TEXT) return this.#text(count);
    if (major !== ARRAY) return refuse("a kind of no use");
    if (count > this.#bytes.length) refuse("more items than bytes");
    return Array.from({ length: count }, () => this.value(depth + 1));
  }

  #count(low: number): number {
    if (low < 24) return low;
    const size = [1, 2, 4, 8][low - 24] ?? refuse("no definite length");
    const padded = Buffer.concat([Buffer.alloc(8 - size), this.#take(size)]);
    const count = Number(padded.readBigUInt64BE());
    const least = size === 1 ? 24 : 2 ** (4 * size);
    return count >= least && Number.isSafeInteger(count) ? count : refuse("not the shortest form, or no uint");
  }

  #text(count: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.#take(count));
    } catch {
      return refuse("text that is not UTF-8");
    }
  }

  #take(count: number): Buffer {
    if (count > this.#bytes.length - this.#at) refuse("ends too early");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}
