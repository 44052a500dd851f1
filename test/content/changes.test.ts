import assert from "node:assert/strict";
import fc from "fast-check";
import { type ChainChanges, type Changed, takenBack, withChange, wordings } from "../../src/content/changes.ts";
import type { ChainId, MemberId, MessageId } from "../../src/types.ts";

const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
const chain = (n: number): ChainId => id(n) as string as ChainId;
const author = "a".repeat(64) as MemberId;

/** As they lie after they came in this order. */
const gathered = (changes: readonly Changed[]): readonly ChainChanges[] => {
  const out = new Map<ChainId, ChainChanges>();
  for (const one of changes)
    out.set(one.chain, withChange(out.get(one.chain) ?? { chain: one.chain, author, changes: [] }, one));
  return [...out.values()];
};
const all = { caption: false, counts: () => true };

describe("changes of a message", () => {
  const HOWS = ["revise", "revise", "empty", "withdraw"] as const;
  const change: fc.Arbitrary<Changed> = fc
    .record({ on: fc.nat(3), index: fc.nat(20), time: fc.integer({ min: 95, max: 120 }), named: fc.nat(30) })
    .map(({ on, index, time, named }) => ({
      chain: chain(on),
      author,
      index,
      time,
      message: id(named),
      // What a message says is in its id.
      how: HOWS[named % HOWS.length] ?? "revise",
    }));
  const changes = fc.uniqueArray(change, { selector: (one) => `${one.chain} ${one.index}`, maxLength: 30 });
  const shuffled = <T>(list: readonly T[], dice: fc.Stream<number>): readonly T[] =>
    list
      .map((one) => [dice.next().value as number, one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);

  it("come to the same in whatever order they came, however often, and whatever does not count", () => {
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), fc.nat(20), (said, dice, cut) => {
        const counts = (one: Changed): boolean => one.chain !== chain(0) || one.index < cut;
        const options = { caption: true, counts };
        const read = (list: readonly Changed[]) =>
          wordings(gathered(list), options).map(({ message, time }) => ({ message, time }));
        const found = read(said);
        assert.deepEqual(read(shuffled([...said, ...said], dice)), found);
        const heard = said.filter((one) => counts(one) || (dice.next().value as number) % 2 === 0);
        assert.deepEqual(read(heard), found, "who never got what does not count");
        assert.equal(takenBack(gathered(shuffled(said, dice))), takenBack(gathered(said)));
        for (const [i, one] of found.entries()) {
          const next = found[i + 1];
          assert.ok(!next || next.time > one.time || (next.time === one.time && next.message > one.message));
        }
      }),
      { numRuns: 300, seed: 15 },
    );
  });

  const said = (index: number, how: Changed["how"], time = 100 + index): Changed => ({
    chain: chain(1),
    author,
    index,
    time,
    message: id(index),
    how,
  });

  it("leave a text with words, and a file without where its author wants that", () => {
    assert.deepEqual(wordings(gathered([said(1, "empty")]), all), []);
    assert.deepEqual(wordings(gathered([said(1, "empty")]), { ...all, caption: true }), [said(1, "empty")]);
  });

  it("take it back as of the first that does, and for ever", () => {
    assert.equal(takenBack(gathered([said(1, "revise")])), undefined);
    assert.equal(takenBack(gathered([said(3, "withdraw"), said(1, "revise"), said(2, "withdraw")])), 102);
  });

  it("are one where they were sealed at several places, as of the first", () => {
    const twice = [said(1, "revise", 130), { ...said(2, "revise", 110), message: id(1) }, said(3, "revise", 120)];
    assert.deepEqual(
      wordings(gathered(twice), all).map(({ message }) => message),
      [id(1), id(3)],
    );
  });
});
