import assert from "node:assert/strict";
import fc from "fast-check";
import { IndexSet } from "../../src/protocol/indexSet.ts";

const some = fc.uniqueArray(fc.nat(300), { maxLength: 60 });

describe("a set of small numbers", () => {
  it("is the set that it stands for, whatever is made of two of them", () => {
    fc.assert(
      fc.property(some, some, some, (first, second, third) => {
        const [a, b, c] = [new Set(first), new Set(second), new Set(third)];
        const [one, other, more] = [new IndexSet(first), new IndexSet(second), new IndexSet(third)];
        const sorted = (all: Iterable<number>): readonly number[] => [...all].sort((x, y) => x - y);
        const within = a.intersection(b).difference(c);
        assert.deepEqual([...one], sorted(a));
        assert.equal(one.size, a.size);
        assert.equal(one.isEmpty, a.size === 0);
        assert.ok([...Array(320).keys()].every((i) => one.has(i) === a.has(i)));
        assert.deepEqual([...one.and(other)], sorted(a.intersection(b)));
        assert.deepEqual([...one.without(other)], sorted(a.difference(b)));
        assert.deepEqual([...new IndexSet(one).addAll(other)], sorted(a.union(b)));
        assert.equal(one.meets(other), !a.isDisjointFrom(b));
        assert.deepEqual(one.within(other, more), sorted(within));
        assert.equal(one.hasWithin(other, more), within.size > 0);
        assert.deepEqual([...one], sorted(a), "and neither is another by it");
      }),
    );
  });

  it("has one name, however it came to be", () => {
    fc.assert(
      fc.property(some, some, (first, second) => {
        const one = new IndexSet([...first].reverse());
        const grown = new IndexSet([...first, 999]).and(new IndexSet(first));
        assert.equal(one.name, grown.name);
        const same = new Set(first).symmetricDifference(new Set(second)).size === 0;
        assert.equal(one.name === new IndexSet(second).name, same);
      }),
    );
  });

  it("has a name that says where it ends, so that two in a row are not two others", () => {
    const bits = (word: number, value: number): IndexSet =>
      new IndexSet(
        Array.from({ length: 32 }, (_, i) => i)
          .filter((i) => (value >>> i) & 1)
          .map((i) => 32 * word + i),
      );
    const nothing = new IndexSet();
    for (const apart of ["\n", ""]) {
      const first = bits(10, 12 + 3 * 65_536).name + apart + nothing.name;
      assert.notEqual(first, nothing.name + apart + bits(12, 3 + 10 * 65_536).name);
    }
  });
});
