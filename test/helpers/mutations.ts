/** Good bytes made bad: as a fuzzer does it that knows no format, and by CBOR's own structure, signed bodies included. */
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { concat } from "../../src/protocol/codec.ts";
import type { SimRandom } from "./simRandom.ts";

/** First bytes of every kind of CBOR, at the edges of its lengths; zeros, ones, signs. */
const BYTES = [
  0, 1, 0x17, 0x18, 0x1b, 0x20, 0x40, 0x5b, 0x5f, 0x60, 0x7f, 0x80, 0x9b, 0x9f, 0xa0, 0xc2, 0xf6, 0xf7, 0xfb,
];
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 53 - 1,
  0xffff_ffff,
  "",
  "__proto__",
  [],
  {},
  new Uint8Array(0),
  [[[[[[[[]]]]]]]],
  "\u{1F54A}".repeat(300),
  new Uint8Array(5000),
  Array.from({ length: 600 }, () => 0),
];

/** One to three changes of `seed`; `others` are borrowed from. */
export const mutated = (seed: Uint8Array, others: readonly Uint8Array[], random: SimRandom): Uint8Array => {
  let out = seed;
  for (let left = random.between(1, 3); left > 0; left--)
    out = random.chance(0.4)
      ? (byStructure(out, random) ?? byBytes(out, others, random))
      : byBytes(out, others, random);
  return out;
};

const byBytes = (given: Uint8Array, others: readonly Uint8Array[], random: SimRandom): Uint8Array => {
  const at = random.between(0, given.length);
  const end = random.between(at, Math.min(given.length, at + 64));
  const [before, after] = [given.subarray(0, at), given.subarray(end)];
  const borrowed = random.pick(others) ?? given;
  const from = random.between(0, borrowed.length);
  switch (random.between(0, 8)) {
    case 0:
      return flipped(given, at, random);
    case 1:
      return concat(before, Uint8Array.of(random.pick(BYTES) ?? 0), given.subarray(at + 1));
    case 2:
      return before;
    case 3:
      return concat(before, after);
    case 4:
      return concat(before, random.bytes(random.between(0, 40)), after);
    case 5:
      return concat(before, borrowed.subarray(from, from + random.between(0, 300)), after);
    case 6:
      return concat(before, given.subarray(at, end), given.subarray(at, end), after);
    case 7:
      return random.bytes(random.between(0, 400));
    default:
      // Now and then far more than any cap.
      return random.chance(0.05) ? concat(given, new Uint8Array(700_000)) : flipped(given, at, random);
  }
};

const flipped = (given: Uint8Array, at: number, random: SimRandom): Uint8Array => {
  const out = given.slice();
  if (at < out.length) out[at] = (out[at] as number) ^ (1 << random.between(0, 7));
  return out;
};

/** A change inside of well-formed CBOR, which is well-formed afterwards too; `undefined` for other bytes. */
const byStructure = (given: Uint8Array, random: SimRandom): Uint8Array | undefined => {
  try {
    return encode(changed(decode(given) as unknown, random), rfc8949EncodeOptions);
  } catch {
    return undefined;
  }
};

const changed = (node: unknown, random: SimRandom): unknown => {
  if (Array.isArray(node) && node.length > 0 && random.chance(0.85)) {
    const items: readonly unknown[] = node;
    const at = random.between(0, items.length - 1);
    const one = items[at];
    switch (random.between(0, 9)) {
      case 0:
        return items.toSpliced(at, 1);
      case 1:
        return items.toSpliced(at, 0, one);
      case 2:
        return items.toReversed();
      case 3:
        return [...items, ...Array.from({ length: random.between(1, 600) }, () => one)];
      default:
        return items.with(at, changed(one, random));
    }
  }
  if (node instanceof Uint8Array) {
    const inner = random.chance(0.7) ? byStructure(node, random) : undefined;
    return inner ?? (random.chance(0.5) ? flipped(node, random.between(0, node.length), random) : random.pick(STRANGE));
  }
  if (typeof node === "number" && random.chance(0.6)) return node + random.between(-3, 3);
  return random.pick(STRANGE);
};
