import assert from "node:assert/strict";
import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { fromCbor, toCbor } from "../../src/protocol/codec.ts";
import {
  addId,
  answerRanges,
  compareIds,
  differingSlots,
  emptySum,
  fingerprint,
  fingerprintOf,
  idSet,
  NAME_BYTES,
  openRanges,
  type Range,
  rangesShape,
  removeId,
  type SlotDigest,
  takeRanges,
} from "../../src/protocol/reconcile.ts";

const hex = (id: Uint8Array): string => Buffer.from(id).toString("hex");
const sorted = (ids: Iterable<Uint8Array>): string[] => Array.from(ids, hex).sort();
/** As names stand in sets: what is said of them on the wire, followed by zeros. */
const named = (start: Uint8Array): Uint8Array => {
  const name = new Uint8Array(32);
  name.set(start.subarray(0, NAME_BYTES));
  return name;
};
const numbered = (n: number): Uint8Array => named(sha256(new Uint8Array(new Uint32Array([n]).buffer)));
const without = (ids: readonly Uint8Array[], others: readonly Uint8Array[]): string[] => {
  const gone = new Set(others.map(hex));
  return sorted(ids.filter((id) => !gone.has(hex(id))));
};

/** Runs both sides to the end, through the wire format. */
const reconcile = (mine: readonly Uint8Array[], theirs: readonly Uint8Array[], maxBytes: number) => {
  const initiator = idSet(mine);
  const responder = idSet(theirs);
  const shape = rangesShape(maxBytes);
  const wire = (ranges: readonly Range[]): readonly Range[] => {
    const encoded = toCbor(shape.to(ranges));
    assert.ok(encoded.length <= maxBytes, `${encoded.length} bytes in a message of at most ${maxBytes}`);
    const decoded = shape.from(fromCbor(encoded));
    assert.ok(decoded !== undefined);
    return decoded;
  };
  const have: Uint8Array[] = [];
  const need: Uint8Array[] = [];
  let rounds = 0;
  for (let next: readonly Range[] | undefined = openRanges(initiator, maxBytes); next !== undefined; rounds++) {
    assert.ok(rounds < 2000, "too many rounds");
    const answer = answerRanges(responder, wire(next), maxBytes);
    assert.ok(answer !== undefined);
    const step = takeRanges(initiator, wire(answer), maxBytes);
    assert.ok(step !== undefined);
    have.push(...step.have);
    need.push(...step.need);
    next = step.next;
  }
  return { have: sorted(have), need: sorted(need), rounds };
};

/** Ids with many common prefixes, so that bounds of every length occur. */
const anyId = fc.oneof(
  fc.uint8Array({ minLength: NAME_BYTES, maxLength: NAME_BYTES }).map(named),
  fc
    .tuple(fc.integer({ min: 0, max: NAME_BYTES - 1 }), fc.constantFrom(0, 1, 127, 255))
    .map(([at, value]) => Uint8Array.from({ length: 32 }, (_, i) => (i === at ? value : 0))),
);
const anySet = fc.uniqueArray(anyId, { maxLength: 120, selector: hex });

describe("reconcile", () => {
  it("finds exactly the difference of two sets, in either direction and at any message size", () => {
    fc.assert(
      fc.property(anySet, anySet, anySet, fc.integer({ min: 400, max: 20_000 }), (common, left, right, maxBytes) => {
        const mine = [...common, ...left];
        const theirs = [...common, ...right];
        const result = reconcile(mine, theirs, maxBytes);
        assert.deepEqual(result.have, without(idSet(mine).ids, theirs));
        assert.deepEqual(result.need, without(idSet(theirs).ids, mine));
      }),
      { numRuns: 300 },
    );
  });

  it("needs few rounds and bytes for large sets that hardly differ", () => {
    const common = Array.from({ length: 20_000 }, (_, i) => numbered(i));
    const mine = [...common, numbered(100_001)];
    const theirs = [...common, numbered(100_002), numbered(100_003)];
    const result = reconcile(mine, theirs, 65_536);
    assert.deepEqual(result.have, [hex(numbered(100_001))]);
    assert.deepEqual(result.need, sorted([numbered(100_002), numbered(100_003)]));
    assert.ok(result.rounds <= 5, `${result.rounds} rounds`);
  });

  it("fetches a whole large set in messages of the agreed size", () => {
    const theirs = Array.from({ length: 5000 }, (_, i) => numbered(i));
    const result = reconcile([], theirs, 65_536);
    assert.deepEqual(result.need, sorted(theirs));
    assert.ok(result.rounds <= 4, `${result.rounds} rounds`);
    assert.deepEqual(reconcile(theirs, [], 65_536).have, sorted(theirs));
  });

  it("keeps a fingerprint incrementally: adding and removing in any order", () => {
    fc.assert(
      fc.property(anySet, anySet, (kept, gone) => {
        let sum = emptySum;
        for (const id of [...kept, ...gone]) sum = addId(sum, id);
        for (const id of gone.toReversed()) sum = removeId(sum, id);
        assert.deepEqual(fingerprintOf(sum), fingerprint(kept));
        assert.deepEqual(fingerprint(kept), fingerprint(kept.toReversed()));
      }),
    );
  });

  it("has the fingerprint that its description says", () => {
    const id = new Uint8Array(32).fill(0xff);
    const one = new Uint8Array(32);
    one[0] = 1;
    // 2^256 − 1 and 1 sum to zero: what is left is the count.
    const preimage = new Uint8Array(40);
    preimage[32] = 2;
    assert.deepEqual(fingerprint([id, one]), sha256(preimage).slice(0, 16));
  });

  it("answers or refuses any ranges, within the message size, and never throws", () => {
    const bound = fc.option(fc.uint8Array({ maxLength: 32 }), { nil: undefined });
    const anyRange: fc.Arbitrary<Range> = fc.oneof(
      fc.record({ kind: fc.constant("skip" as const), to: bound }),
      fc.record({ kind: fc.constant("list" as const), to: bound }),
      fc.record({
        kind: fc.constant("fingerprint" as const),
        to: bound,
        value: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      }),
      fc.record({ kind: fc.constant("ids" as const), to: bound, ids: fc.uint8Array({ maxLength: 200 }) }),
    ) as fc.Arbitrary<Range>;
    const ascending = (ranges: Range[]): Range[] =>
      ranges
        .filter((range, i, all) => range.to !== undefined || i === all.length - 1)
        .sort((a, b) => (a.to && b.to ? compareIds(a.to, b.to) : a.to ? -1 : 1));
    const shape = rangesShape(4096);
    fc.assert(
      fc.property(anySet, fc.array(anyRange, { maxLength: 60 }), fc.boolean(), (ids, any, tidy) => {
        const set = idSet(ids);
        const ranges = tidy ? ascending(any) : any;
        const answer = answerRanges(set, ranges, 4096);
        if (answer !== undefined) assert.ok(toCbor(shape.to(answer)).length <= 4096);
        const step = takeRanges(set, ranges, 4096);
        if (step?.next !== undefined) assert.ok(toCbor(shape.to(step.next)).length <= 4096);
        for (const id of step?.have ?? []) assert.ok(ids.some((own) => hex(own) === hex(id)));
      }),
      { numRuns: 500 },
    );
  });

  it("leaves out what is no id, and sorts and deduplicates the rest", () => {
    const set = idSet([numbered(2), new Uint8Array(31), numbered(1), numbered(2)]);
    assert.deepEqual(set.ids.map(hex), sorted([numbered(1), numbered(2)]));
  });
});

describe("differing slots", () => {
  const digest = (topic: string, slot: number, ids: readonly number[]): SlotDigest => ({
    topic,
    slot,
    count: ids.length,
    fingerprint: fingerprint(ids.map(numbered)),
  });

  it("names those that differ in wanted topics, newest expiry first", () => {
    const mine = [digest("a", 10, [1]), digest("a", 11, [1, 2]), digest("b", 12, [3]), digest("a", 13, [4])];
    const theirs = [digest("a", 10, [1]), digest("a", 11, [1]), digest("b", 12, [4]), digest("a", 14, [5])];
    const out = differingSlots(mine, theirs, new Set(["a"]));
    assert.deepEqual(out, [
      { topic: "a", slot: 14, mine: 0, theirs: 1 },
      { topic: "a", slot: 13, mine: 1, theirs: 0 },
      { topic: "a", slot: 11, mine: 2, theirs: 1 },
    ]);
  });

  it("orders across the wrap of the 16-bit hour", () => {
    const out = differingSlots([digest("a", 65_534, [1]), digest("a", 3, [2])], [digest("a", 0, [3])], new Set(["a"]));
    assert.deepEqual(
      out.map(({ slot }) => slot),
      [3, 0, 65_534],
    );
  });
});
