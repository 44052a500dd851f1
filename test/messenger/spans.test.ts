/** How what is missing of a file is shared out among its holders. */
import assert from "node:assert/strict";
import { Marks } from "../../src/messenger/marks.ts";
import { Spans } from "../../src/messenger/spans.ts";
import { SimRandom } from "../helpers/simRandom.ts";

describe("marks of chunks", () => {
  it("are those that were set, and survive as bits", () => {
    const marks = new Marks().with([0, 9, 3124]);
    const read = new Marks(marks.bits);
    assert.deepEqual(
      [read.count, read.has(9), read.has(8), read.has(3124), read.has(9999)],
      [3, true, false, true, false],
    );
    assert.equal(read.with([9]).count, 3);
    assert.equal(Marks.all(3125).count, 3125);
    assert.equal(Marks.all(3125).bits.length, 391);
  });
});

describe("spans of what is missing", () => {
  it("go to nobody twice, and around what is here", () => {
    const spans = new Spans(10, (index) => index === 2);
    const taken = [spans.take(4), spans.take(4), spans.take(4)].map((one) => [one?.from, one?.to]);
    assert.deepEqual(taken, [
      [0, 2],
      [3, 7],
      [7, 10],
    ]);
  });

  it("are halved behind a slow holder until one chunk is left, which two may bring", () => {
    const spans = new Spans(8, () => false);
    const slow = spans.take(8)!;
    slow.at = 2;
    const second = spans.take(8)!;
    assert.deepEqual([slow.to, second.from, second.to], [5, 5, 8]);
    second.at = 8;
    spans.end(second);
    const here = (index: number): boolean => index < 2 || index >= 5;
    const rest = new Spans(8, here);
    const stuck = rest.take(8)!;
    const ends = [rest.take(8)!, rest.take(8)!, rest.take(8)!].map(({ from, to }) => [from, to]);
    assert.deepEqual(
      [stuck.at, stuck.to, ends],
      [
        2,
        3,
        [
          [4, 5],
          [3, 4],
          [2, 3],
        ],
      ],
    );
    assert.deepEqual([rest.take(8)?.from, rest.take(8)?.from, rest.take(8)], [4, 3, undefined]);
  });

  it("come to the whole, whoever is slow and whoever goes", () => {
    const random = new SimRandom("spans");
    for (let run = 0; run < 50; run += 1) {
      const total = 1 + (random.bytes(1)[0] as number);
      const here = new Set<number>();
      const spans = new Spans(total, (index) => here.has(index));
      const open = new Set<NonNullable<ReturnType<Spans["take"]>>>();
      for (let steps = 0; here.size < total; steps += 1) {
        assert.ok(steps < 20_000, `run ${run}: ${here.size} of ${total}`);
        const [what = 0, which = 0] = random.bytes(2);
        const one = [...open][which % Math.max(1, open.size)];
        if (!one || (what < 40 && open.size < 4)) {
          const span = spans.take(16);
          if (span) open.add(span);
        } else if (what < 60 || one.at >= one.to) {
          open.delete(one);
          spans.end(one);
        } else {
          here.add(one.at);
          one.at += 1;
        }
      }
    }
  });
});
