/** A message whose author gave it several places: what becomes of it is the same in whatever order they come. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { contents } from "../../src/content/message.ts";
import { goesIn, isDue } from "../../src/messenger/fades.ts";
import { type Line, sealedAgain } from "../../src/messenger/lines.ts";
import { slotFor } from "../../src/protocol/envelope.ts";
import type { Received } from "../../src/protocol/receiving.ts";
import type { ChainId, MemberId, MessageId, PersonId, Tag } from "../../src/types.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 23, 9, 20);
const content = contents.encode({ kind: "text", text: "once so, once so" });

interface Place {
  readonly time: number;
  readonly lasts: number | undefined;
}

const received = ({ time, lasts }: Place, index: number): Received => {
  const nonce = new Uint8Array(16);
  const original = { slot: slotFor(NOW), tag: "0".repeat(32) as Tag, nonce, acks: [], signature: new Uint8Array(64) };
  return {
    message: "0".repeat(32) as MessageId,
    author: "1".repeat(64) as MemberId,
    person: "2".repeat(64) as PersonId,
    chain: "3".repeat(32) as ChainId,
    placed: { index, nonce, time, parents: [], acks: [], content, ...(lasts !== undefined && { lasts }) },
    audience: [],
    heads: [],
    key: new Uint8Array(32).fill(1),
    original,
  };
};

/** The line that these come to, in this order. */
const lineOf = ([first, ...more]: readonly Received[]): Line => {
  const { message, author, person, chain, placed, key, original } = first!;
  const goes = goesIn({ ...placed, original }, NOW);
  const { index, time, lasts } = placed;
  const line: Line = {
    message,
    author,
    person,
    chain,
    index,
    time,
    content,
    key,
    original,
    heads: [],
    again: [],
    parents: [],
    audience: [],
    reached: [],
    read: [],
    ...(lasts !== undefined && { lasts }),
    ...(goes !== undefined && { goes }),
  };
  return more.reduce((before, one) => sealedAgain(before, one, NOW), line);
};

describe("a message of several places", () => {
  const place = fc.record({
    time: fc.integer({ min: NOW - 2 * HOUR, max: NOW + 30 * HOUR }),
    lasts: fc.option(fc.integer({ min: 300, max: 2_592_000 }), { nil: undefined }),
  });

  it("goes when the first of them says so, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { minLength: 1, maxLength: 9, selector: ({ time }) => time }), (places) => {
        const all = places.map(received);
        const line = lineOf(all);
        const other = lineOf(all.toReversed());
        assert.deepEqual([other.goes, other.time, other.lasts], [line.goes, line.time, line.lasts]);
        const single = all.flatMap((one) => lineOf([one]).goes ?? []);
        assert.equal(line.goes, single.length === 0 ? undefined : Math.min(...single));
      }),
    );
  });

  it("is signed with how long it lasts at the place that it is shown at", () => {
    const line = lineOf([received({ time: NOW, lasts: 600 }, 0), received({ time: NOW - 1, lasts: undefined }, 1)]);
    assert.deepEqual([line.index, line.lasts, line.goes], [1, undefined, NOW + 600_000]);
    assert.equal(isDue(line, NOW + 599_999), false);
    assert.equal(isDue(line, NOW + 600_000), true);
  });

  it("stays, whatever its author says, where it is on record or on the table", () => {
    for (const said of [
      contents.encode({ kind: "record", record: new Uint8Array(3) }),
      contents.encode({ kind: "call", act: "floor", text: "", seconds: 60 }),
      contents.encode({ kind: "rollCall", text: "where are you" }),
    ]) {
      const { placed, original } = received({ time: NOW, lasts: 600 }, 0);
      assert.equal(goesIn({ ...placed, original, content: said }, NOW), undefined);
    }
  });
});
