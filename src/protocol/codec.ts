/**
 * Deterministic CBOR (RFC 8949 §4.2.1) behind small shapes. Every structure on the wire or on disk is one positional
 * array, described once; encoder and decoder come from the description.
 *
 * Decoding is total: any bytes give a value or `undefined`, never a throw, and never more work than the size cap allows.
 * Only the one canonical encoding of a value is accepted, so bytes that decode are bytes that we could have written.
 */
import { hexToBytes } from "@noble/hashes/utils.js";
import { decode as cborDecode, encode as cborEncode, rfc8949EncodeOptions } from "cborg";

/** How a value lies in CBOR's data model. `from` returns `undefined` for anything that is not exactly of the shape. */
export interface Shape<T> {
  to(value: T): unknown;
  from(raw: unknown): T | undefined;
}
export type ShapeOf<S> = S extends Shape<infer T> ? T : never;

/** A shape with its size cap, as bytes. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  /** `undefined` for anything that is not the canonical encoding of a `T` within the cap. */
  decode(bytes: Uint8Array): T | undefined;
}

const decodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
};

/** Deterministic CBOR of plain data (numbers, strings, bytes, booleans, null, arrays, string-keyed objects). */
export const toCbor = (value: unknown): Uint8Array => cborEncode(value, rfc8949EncodeOptions);

/** The value of canonical CBOR, or `undefined`. */
export const fromCbor = (bytes: Uint8Array): unknown => {
  try {
    const value: unknown = cborDecode(bytes, decodeOptions);
    return equalBytes(toCbor(value), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
};

export const codec = <T>(shape: Shape<T>, maxBytes: number): Codec<T> => ({
  encode: (value) => toCbor(shape.to(value)),
  decode: (bytes) => {
    if (bytes.length > maxBytes) return undefined;
    const raw = fromCbor(bytes);
    return raw === undefined ? undefined : shape.from(raw);
  },
});

/** Exactly `length` bytes. */
export const bytes = (length: number): Shape<Uint8Array> => ({
  to: (value) => value,
  from: (raw) => (raw instanceof Uint8Array && raw.length === length ? raw : undefined),
});

/** At most `max` bytes. */
export const bytesUpTo = (max: number): Shape<Uint8Array> => ({
  to: (value) => value,
  from: (raw) => (raw instanceof Uint8Array && raw.length <= max ? raw : undefined),
});

/** An id: `length` bytes on the wire, lower-case hex in the program. */
export const id = <T extends string>(length: number): Shape<T> => ({
  to: (value) => hexToBytes(value),
  from: (raw) => (raw instanceof Uint8Array && raw.length === length ? (hex(raw) as T) : undefined),
});

/** An integer in `0..max`; the default is the largest that a double holds exactly. */
export const uint = (max: number = Number.MAX_SAFE_INTEGER): Shape<number> => ({
  to: (value) => value,
  from: (raw) => (typeof raw === "number" && Number.isSafeInteger(raw) && raw >= 0 && raw <= max ? raw : undefined),
});

export const bool: Shape<boolean> = {
  to: (value) => value,
  from: (raw) => (typeof raw === "boolean" ? raw : undefined),
};

/** Well-formed text of at most `maxBytes` of UTF-8. */
export const text = (maxBytes: number): Shape<string> => ({
  to: (value) => value,
  from: (raw) =>
    typeof raw === "string" && raw.isWellFormed() && new TextEncoder().encode(raw).length <= maxBytes ? raw : undefined,
});

/** One of a few words. */
export const word = <const W extends readonly string[]>(words: W): Shape<W[number]> => ({
  to: (value) => words.indexOf(value),
  from: (raw) => (typeof raw === "number" ? words[raw] : undefined),
});

/** A list of at most `max` items. */
export const list = <T>(item: Shape<T>, max: number): Shape<readonly T[]> => ({
  to: (value) => value.map((one) => item.to(one)),
  from: (raw) => {
    if (!Array.isArray(raw) || raw.length > max) return undefined;
    const out: T[] = [];
    for (const one of raw) {
      const value = item.from(one);
      if (value === undefined) return undefined;
      out.push(value);
    }
    return out;
  },
});

/** `null` on the wire, absent in the program. */
export interface Optional<T> {
  readonly optional: Shape<T>;
}
export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape });

type Field = Shape<never> | Optional<never> | Shape<unknown> | Optional<unknown>;
type Flat<T> = { [K in keyof T]: T[K] };
type StructOf<F> = Flat<
  { readonly [K in keyof F as F[K] extends Optional<unknown> ? never : K]: F[K] extends Shape<infer T> ? T : never } & {
    readonly [K in keyof F as F[K] extends Optional<unknown> ? K : never]?: F[K] extends Optional<infer T> ? T : never;
  }
>;

/** A record: its fields in the order given, as one array. Absent optional fields are `null`. */
export const struct = <const F extends Record<string, unknown>>(fields: F): Shape<StructOf<F>> => {
  const entries = Object.entries(fields) as [string, Field][];
  return {
    to: (value) =>
      entries.map(([name, field]) => {
        const one = (value as Record<string, unknown>)[name];
        if ("optional" in field) return one === undefined ? null : (field.optional as Shape<unknown>).to(one);
        return (field as Shape<unknown>).to(one);
      }),
    from: (raw) => {
      if (!Array.isArray(raw) || raw.length !== entries.length) return undefined;
      const out: Record<string, unknown> = {};
      for (const [index, [name, field]] of entries.entries()) {
        const one: unknown = raw[index];
        if ("optional" in field) {
          if (one === null) continue;
          const value = (field.optional as Shape<unknown>).from(one);
          if (value === undefined) return undefined;
          out[name] = value;
        } else {
          const value = (field as Shape<unknown>).from(one);
          if (value === undefined) return undefined;
          out[name] = value;
        }
      }
      return out as StructOf<F>;
    },
  };
};

type UnionOf<V> = { [K in keyof V]: V[K] extends Shape<infer T> ? Flat<{ readonly kind: K } & T> : never }[keyof V];

/** A union tagged by `kind`: `[number of the variant, …its fields]`. The order of the variants is the wire format. */
export const union = <const V extends Record<string, Shape<never> | Shape<unknown>>>(
  variants: V,
): Shape<UnionOf<V>> => {
  const names = Object.keys(variants);
  return {
    to: (value) => {
      const kind = (value as { kind: string }).kind;
      return [names.indexOf(kind), ...((variants[kind] as Shape<unknown>).to(value) as unknown[])];
    },
    from: (raw) => {
      if (!Array.isArray(raw) || typeof raw[0] !== "number") return undefined;
      const kind = names[raw[0]];
      if (kind === undefined) return undefined;
      const value = (variants[kind] as Shape<unknown>).from(raw.slice(1));
      return value === undefined ? undefined : ({ ...(value as object), kind } as UnionOf<V>);
    },
  };
};

/** Bytes of a nested structure, kept as bytes so that hashes and signatures are over what was received. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
};

/** All the parts in one array. */
export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

const DIGITS = new TextEncoder().encode("0123456789abcdef");
const asciiDecoder = new TextDecoder();

/** In one piece: put together digit by digit, V8 keeps it as a rope of ten times its size for as long as it is a name. */
export const hex = (bytes: Uint8Array): string => {
  const digits = new Uint8Array(2 * bytes.length);
  for (let at = 0; at < digits.length; at += 1)
    digits[at] = DIGITS[((bytes[at >> 1] as number) >> (at & 1 ? 0 : 4)) & 15] as number;
  return asciiDecoder.decode(digits);
};
export const unhex = hexToBytes;
export const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);
