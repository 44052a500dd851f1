/** Shapes of structures, SPEC.md §1: struct, union, word, list, and what is in them. */
import { decode, encode, refuse, type Value } from "./cbor.ts";

/** Both ways between a CBOR value and what a program handles. @typeParam T - what a program handles. */
export interface Shape<T> {
  /** @throws Refused unless the value is exactly of this shape. */
  read(value: Value): T;
  write(thing: T): Value;
}

export type Of<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Struct<F> = { readonly [K in keyof F]: F[K] extends Shape<infer T> ? T : never };
type Union<V> = { [K in keyof V]: { readonly kind: K } & Struct<V[K]> }[keyof V];

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

export const uint = (most: number = Number.MAX_SAFE_INTEGER): Shape<number> => ({
  read: (value) => (typeof value === "number" && value <= most ? value : refuse("no such number")),
  write: (number) => number,
});

export const bool: Shape<boolean> = {
  read: (value) => (typeof value === "boolean" ? value : refuse("no bool")),
  write: (value) => value,
};

/** `bstr≤most`, of exactly that length if `least` says so. */
export const bstr = (most: number, least = 0): Shape<Uint8Array> => ({
  read: (value) =>
    value instanceof Uint8Array && value.length <= most && value.length >= least ? value : refuse("no such bytes"),
  write: (bytes) => bytes,
});

export const bytes = (length: number): Shape<Uint8Array> => bstr(length, length);

/** Bytes on the wire and lower-case hex in programs. */
export const id = (length: number): Shape<string> => ({
  read: (value) => hex(bytes(length).read(value)),
  write: unhex,
});

export const text = (most: number): Shape<string> => ({
  read: (value) => (typeof value === "string" && Buffer.byteLength(value) <= most ? value : refuse("no such text")),
  write: (value) => value,
});

export const word = <const W extends string>(...words: readonly W[]): Shape<W> => ({
  read: (value) => words[uint().read(value)] ?? refuse("no such word"),
  write: (value) => words.indexOf(value),
});

export const list = <T>(item: Shape<T>, most: number): Shape<readonly T[]> => ({
  read: (value) => arrayOf(value, most).map((each) => item.read(each)),
  write: (items) => items.map((each) => item.write(each)),
});

export const optional = <T>(shape: Shape<T>): Shape<T | null> => ({
  read: (value) => (value === null ? null : shape.read(value)),
  write: (thing) => (thing === null ? null : shape.write(thing)),
});

export const struct = <F extends Fields>(fields: F): Shape<Struct<F>> => ({
  read: (value) => readFields(fields, arrayOf(value)) as Struct<F>,
  write: (thing) => writeFields(fields, thing),
});

/** A struct that may have one field more; things without it lack the name. */
export const longer = <F extends Fields, M extends Fields>(
  fields: F,
  more: M,
): Shape<Struct<F> & Partial<Struct<M>>> => {
  const [short, long] = [struct(fields), struct({ ...fields, ...more })];
  return {
    read: (value) => (arrayOf(value).length > Object.keys(fields).length ? long : short).read(value) as never,
    write: (thing) => (Object.keys(more).some((name) => name in thing) ? long : short).write(thing as never),
  };
};

/** `[number of the variant, …fields]`; the variants in the order of their numbers. */
export const union = <V extends Readonly<Record<string, Fields>>>(variants: V): Shape<Union<V>> => {
  const names = Object.keys(variants);
  return {
    read: (value) => {
      const [number, ...rest] = arrayOf(value);
      const kind = names[uint().read(number ?? null)] ?? refuse("no such variant");
      return { kind, ...readFields(variants[kind]!, rest) } as Union<V>;
    },
    write: (thing) => {
      const kind = thing.kind as string;
      return [names.indexOf(kind), ...writeFields(variants[kind]!, thing)];
    },
  };
};

/** @throws Refused unless the bytes are the one encoding of a thing of this shape, within the cap. */
export const parse = <T>(shape: Shape<T>, from: Uint8Array, cap: number = from.length): T =>
  shape.read(decode(from, cap));

export const format = <T>(shape: Shape<T>, thing: T): Uint8Array => encode(shape.write(thing));

const arrayOf = (value: Value, most = Infinity): readonly Value[] =>
  value instanceof Array && value.length <= most ? value : refuse("no such array");

const readFields = (fields: Fields, values: readonly Value[]): object => {
  const entries = Object.entries(fields);
  if (entries.length !== values.length) refuse("not as many fields");
  return Object.fromEntries(entries.map(([name, shape], i) => [name, shape.read(values[i]!)]));
};

const writeFields = (fields: Fields, thing: object): readonly Value[] =>
  Object.entries(fields).map(([name, shape]) => shape.write((thing as Record<string, unknown>)[name]));

/** How long a message stays, in seconds. */
export const lasts: Shape<number> = {
  read: (value) => {
    const number = uint(2_592_000).read(value);
    return number >= 300 ? number : refuse("no such while");
  },
  write: (number) => number,
};
