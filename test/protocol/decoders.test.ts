import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bytes,
  codec,
  concat,
  fromCbor,
  hex,
  list,
  optional,
  struct,
  text,
  toCbor,
  uint,
  union,
  word,
} from "../../src/protocol/codec.ts";
import type { Sample } from "./sample.ts";
import { hostileCbor, samples } from "./samples.ts";

/** How a structure's first byte is spelled less briefly: the same value, not the one encoding of it. */
const longer = (given: Uint8Array): Uint8Array => {
  const first = given[0] as number;
  assert.ok(first >= 0x80 && first < 0x98, "a short array");
  return concat(Uint8Array.of(0x98, first & 0x1f), given.subarray(1));
};

/** Bytes of which nobody takes a piece. */
class Untouched extends Uint8Array {
  override subarray(): never {
    throw new Error("looked at");
  }
  override slice(): never {
    throw new Error("looked at");
  }
}

describe("decoders", () => {
  let all: readonly Sample[];
  before(async () => {
    all = await samples();
  });

  it("read what was written, and write it again to the byte", () => {
    assert.ok(new Set(all.map(({ name }) => name)).size >= 32, "every kind has a specimen");
    for (const { name, bytes, read, write } of all) {
      const value = read(bytes);
      assert.ok(value !== undefined, name);
      if (write) assert.equal(hex(write(value as never)), hex(bytes), name);
    }
  });

  it("refuse another spelling of the same value, and anything before or after it", () => {
    for (const { name, bytes, read } of all) {
      if (name.endsWith(" code")) continue;
      assert.ok(read(bytes) !== undefined, name);
      assert.equal(read(longer(bytes)), undefined, name);
      assert.equal(read(concat(bytes, Uint8Array.of(0))), undefined, name);
      assert.equal(read(concat(Uint8Array.of(0), bytes)), undefined, name);
    }
  });

  it("refuse every truncation", () => {
    for (const { name, bytes, read } of all)
      for (let end = 0; end < bytes.length; end += bytes.length > 600 ? 7 : 1)
        assert.equal(read(bytes.subarray(0, end)), undefined, `${name}, first ${end} of ${bytes.length}`);
  });

  it("never read a signed structure or a code of which a bit was flipped", () => {
    const guarded = all.filter(({ name }) =>
      /^(device list|card|distribution|operation|invite code|verify code)/.test(name),
    );
    fc.assert(
      fc.property(fc.constantFrom(...guarded), fc.nat(), fc.nat(7), ({ name, bytes, read }, at, bit) => {
        const flipped = bytes.slice();
        const index = at % bytes.length;
        // The words before a code's body are not part of it.
        fc.pre(name !== "invite code" || index > 8);
        flipped[index] = (flipped[index] as number) ^ (1 << bit);
        assert.equal(read(flipped), undefined, `${name}: bit ${bit} of byte ${index}`);
      }),
      { numRuns: 600, seed: 1 },
    );
  });

  it("take any bytes without failing: noise, flips, splices", () => {
    const splice = fc.record({
      sample: fc.constantFrom(...all),
      other: fc.constantFrom(...all),
      from: fc.nat(),
      cut: fc.nat(60),
      noise: fc.uint8Array({ maxLength: 40 }),
      borrow: fc.boolean(),
    });
    fc.assert(
      fc.property(splice, ({ sample, other, from, cut, noise, borrow }) => {
        const at = from % sample.bytes.length;
        const middle = borrow ? other.bytes.subarray(0, 64) : noise;
        const given = concat(sample.bytes.subarray(0, at), middle, sample.bytes.subarray(at + cut));
        const value = sample.read(given);
        // What is accepted is canonical: it can only have been written so.
        if (value !== undefined && sample.write) assert.equal(hex(sample.write(value as never)), hex(given));
      }),
      { numRuns: 1500, seed: 2 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.uint8Array({ maxLength: 400 }), ({ read }, noise) => {
        assert.equal(read(noise), undefined);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  it("take deep nesting, huge counts and strange values without failing", () => {
    for (const { name, read } of all)
      for (const [i, hostile] of hostileCbor().entries()) assert.equal(read(hostile), undefined, `${name}, case ${i}`);
  });

  it("refuse what is larger than its cap before they look at it", () => {
    for (const { name, bytes, read } of all) {
      const large = Untouched.from(concat(bytes, new Uint8Array(200_000)));
      assert.equal(read(large), undefined, name);
    }
  });
});

describe("shapes", () => {
  const shape = struct({
    kind: word(["a", "b"]),
    number: uint(300),
    key: bytes(2),
    name: text(4),
    maybe: optional(uint()),
    some: list(uint(9), 3),
    one: union({ first: struct({}), second: struct({ n: uint() }) }),
  });
  const coded = codec(shape, 64);
  const good = [0, 300, Uint8Array.of(1, 2), "four", null, [1, 2, 3], [1, 7]];
  const read = (...changes: [number, unknown][]): unknown => {
    const raw: unknown[] = [...good];
    for (const [at, value] of changes) raw[at] = value;
    return coded.decode(toCbor(raw));
  };

  it("lie in CBOR as positional arrays, words and variants as numbers, absence as null", () => {
    assert.deepEqual(read(), {
      kind: "a",
      number: 300,
      key: Uint8Array.of(1, 2),
      name: "four",
      some: [1, 2, 3],
      one: { kind: "second", n: 7 },
    });
    assert.deepEqual((read([4, 5]) as { maybe: number }).maybe, 5);
  });

  it("hold to every bound, exactly", () => {
    const bad: [number, unknown][] = [
      [0, 2],
      [0, "a"],
      [1, 301],
      [1, -1],
      [1, 1.5],
      [2, Uint8Array.of(1)],
      [2, Uint8Array.of(1, 2, 3)],
      [2, "12"],
      [3, "fives"],
      [3, "ééé"],
      [4, "x"],
      [5, [1, 2, 3, 4]],
      [5, [10]],
      [5, null],
      [6, [2]],
      [6, [1]],
      [6, [1, 7, 7]],
      [6, 1],
    ];
    for (const [at, value] of bad) assert.equal(read([at, value]), undefined, `field ${at}: ${JSON.stringify(value)}`);
    assert.equal(coded.decode(toCbor(good.slice(0, 6))), undefined);
    assert.equal(coded.decode(toCbor([...good, 1])), undefined);
    assert.equal(codec(shape, 10).decode(toCbor(good)), undefined, "over its cap");
  });

  it("refuse text with a lone surrogate, which no encoder of ours writes", () => {
    assert.equal(fromCbor(Uint8Array.of(0x63, 0xed, 0xa0, 0x80)), undefined);
  });
});
