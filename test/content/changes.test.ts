import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_REVISIONS, REVISED_WITHIN, type Revising, wordings } from "../../src/content/changes.ts";
import type { MessageId } from "../../src/types.ts";

const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
const first = { time: 100, message: id(500) };
const text = { ...first, caption: false };

describe("wordings", () => {
  const revision: fc.Arbitrary<Revising> = fc
    .tuple(fc.integer({ min: 95, max: 120 }), fc.nat(1000), fc.constantFrom("", "a", "b"))
    .map(([time, message, said]) => ({ time, message: id(message), text: said }));

  it("are the same in whatever order they came, however often, and the last one is the newest", () => {
    const all = fc.uniqueArray(revision, { selector: ({ message }) => message, maxLength: 30 });
    fc.assert(
      fc.property(all, fc.infiniteStream(fc.nat()), (revisions, dice) => {
        const twice = [...revisions, ...revisions]
          .map((one) => [dice.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        const found = wordings(text, revisions);
        assert.deepEqual(wordings(text, twice), found);
        assert.ok(found.length <= MAX_REVISIONS);
        for (const [i, one] of found.entries()) {
          assert.ok(one.time > first.time || (one.time === first.time && one.message > first.message));
          const next = found[i + 1];
          assert.ok(!next || next.time > one.time || (next.time === one.time && next.message > one.message));
        }
      }),
      { numRuns: 300, seed: 15 },
    );
  });

  const said = (time: number, words = "other"): Revising => ({ time, message: id(time), text: words });

  it("count for a day, and ten of them", () => {
    const end = first.time + REVISED_WITHIN;
    assert.deepEqual(wordings(text, [said(end), said(end + 1)]), [said(end)]);
    const many = Array.from({ length: 30 }, (_, n) => said(101 + n));
    assert.deepEqual(wordings(text, many.toReversed()), many.slice(0, 10));
  });

  it("leave a text with words, and a file without where its author wants that", () => {
    assert.deepEqual(wordings(text, [said(101, "")]), []);
    assert.deepEqual(wordings({ ...text, caption: true }, [said(101, "")]), [said(101, "")]);
  });
});
