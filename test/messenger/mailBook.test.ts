/** What a device keeps of the mail that passes, and what it lets go of when there is no more room. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Kept, levelFor, MailBook, type MailRef } from "../../src/messenger/mailBook.ts";
import { slotFor } from "../../src/protocol/envelope.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import type { EnvelopeId, Tag, Topic } from "../../src/types.ts";
import { NOW } from "../protocol/room.ts";

const topic = "couloir/1/0011223344556677" as Topic;
/** What an envelope of 256 bytes takes up. */
const ONE = 1024;
let serial = 0;
const refAt = (hours = 0): MailRef => ({
  topic,
  slot: slotFor(NOW) - hours,
  envelope: (serial++).toString(16).padStart(64, "0") as EnvelopeId,
});
const kept = (more: Partial<Kept> = {}): Kept => ({
  tag: (serial++).toString(16).padStart(32, "0") as Tag,
  size: 256,
  rank: "vouched",
  source: "ana",
  ...more,
});
const put = (book: MailBook, count: number, more: Partial<Kept> = {}, hours = 0): MailRef[] =>
  Array.from({ length: count }, () => {
    const ref = refAt(hours);
    book.keep(ref, kept(more));
    return ref;
  });
const here = (book: MailBook, refs: readonly MailRef[]): number => {
  const held = new Set(refs.flatMap(({ slot }) => book.held(topic, slot)));
  return refs.filter(({ envelope }) => held.has(envelope)).length;
};

describe("the room for mail", () => {
  it("is nine parts for members and one for strangers, whoever comes first", () => {
    const book = new MailBook(100 * ONE);
    const mail = put(book, 90);
    const garbage = put(book, 500, { rank: "stranger", source: "mallory" });
    assert.ok(book.over());
    book.shed(NOW);
    assert.equal(here(book, mail), 90);
    assert.equal(here(book, garbage), 9);
    const more = put(book, 500, { source: "ben" });
    book.shed(NOW);
    assert.equal(here(book, garbage), 9, "nor do members take from strangers");
    assert.ok(here(book, [...mail, ...more]) <= 90);
  });

  it("is taken from the sources that have most, and of these what expires soonest", () => {
    const book = new MailBook(100 * ONE);
    const few = put(book, 10, { source: "ben" }, 60);
    const old = put(book, 60, {}, 30);
    const young = put(book, 60);
    book.shed(NOW);
    assert.equal(here(book, few), 10);
    assert.equal(here(book, young), 60);
    // 85.5 of the 90 parts stay, and of those 10 and 60 are others'.
    assert.equal(here(book, old), 15);
  });

  it("leaves this device's own mail for last, and does not let a copied tag count for it", () => {
    const book = new MailBook(100 * ONE);
    const own = put(book, 40, { rank: "own", source: "" }, 60);
    const tag = "ab".repeat(16) as Tag;
    const opened = put(book, 1, { tag }, 60);
    const copies = put(book, 50, { tag });
    assert.equal(book.claim(tag).length, 4);
    put(book, 300, { source: "ben" });
    book.shed(NOW);
    assert.equal(here(book, own), 40);
    assert.equal(here(book, opened), 1);
    assert.ok(here(book, copies) < 50);
    const alone = new MailBook(10 * ONE);
    const mine = put(alone, 20, { rank: "own", source: "" });
    alone.shed(NOW);
    assert.equal(here(alone, mine), 8, "where there is nothing else, it is its turn");
  });

  it("remembers what it let go of, so that it does not come again, unless it turns out to be for this device", () => {
    const book = new MailBook(100 * ONE);
    const tag = "cd".repeat(16) as Tag;
    const [first] = put(book, 1, { tag }, 60) as [MailRef];
    const rest = put(book, 110);
    const { gone } = book.shed(NOW);
    assert.equal(here(book, [first]), 0);
    assert.ok(gone.some(({ envelope }) => envelope === first.envelope));
    for (const ref of [first, ...rest]) assert.ok(book.has(ref));
    const told = (): number => book.slots().reduce((sum, { count }) => sum + count, 0);
    assert.equal(told(), 111, "nobody offers it again");
    assert.deepEqual(
      book.revive([tag]).map(({ envelope }) => envelope),
      [first.envelope],
    );
    assert.ok(!book.has(first));
    book.keep(first, kept({ tag }));
    assert.equal(here(book, [first]), 1);
  });

  it("closes an hour of which it cannot even remember what it let go of, once all of that was looked at", () => {
    const book = new MailBook(100 * ONE, 50);
    put(book, 300, {}, 60);
    put(book, 100);
    book.shed(NOW);
    const closed = (): number[] =>
      book
        .slots()
        .filter((slot) => slot.closed)
        .map(({ slot }) => slot);
    assert.ok(book.slots().reduce((sum, { count }) => sum + count, 0) <= 90 + 50, "its memory has an end");
    assert.deepEqual(closed(), []);
    for (const { slot } of book.slots()) book.passed(topic, slot);
    assert.deepEqual(closed(), [slotFor(NOW) - 60], "and no other");
    put(book, 300, { rank: "stranger", source: "mallory" }, 30);
    book.shed(NOW);
    for (const { slot } of book.slots()) book.passed(topic, slot);
    assert.equal(closed().length, 1, "strangers close nothing");
  });

  it("lets all go that has expired", () => {
    const book = new MailBook(100 * ONE);
    const old = put(book, 5, {}, 71);
    const young = put(book, 5);
    assert.equal(book.shed(NOW + 2 * HOUR).erased.length, 5);
    assert.equal(here(book, old), 0);
    assert.equal(here(book, young), 5);
    assert.equal(book.slots().length, 1);
  });

  it("is never passed, never lets a source below its part lose anything, and keeps its sums, whatever comes", () => {
    const source = fc.constantFrom("ana", "ben", "cy", "dee");
    const rank = fc.constantFrom("vouched", "stranger", "own");
    const size = fc.constantFrom(256, 1024, 16_384);
    const arrival = fc.record({ source, rank, size, hours: fc.integer({ min: 0, max: 71 }) });
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 400 }), fc.integer({ min: 20, max: 400 }), (arrivals, room) => {
        const book = new MailBook(room * ONE);
        const all = arrivals.map(({ hours, ...more }) => {
          const [ref] = put(book, 1, more as Partial<Kept>, hours) as [MailRef];
          return { ...more, weight: more.size + 768, ref };
        });
        const before = new Map<string, number>();
        for (const one of all) {
          const account = one.rank === "own" ? "own" : `${one.rank} ${one.source}`;
          before.set(account, (before.get(account) ?? 0) + one.weight);
        }
        book.shed(NOW);
        assert.ok(!book.over());
        const left = (of: (one: (typeof all)[number]) => boolean): number =>
          all.filter(of).reduce((sum, one) => sum + (here(book, [one.ref]) > 0 ? one.weight : 0), 0);
        assert.ok(left(({ rank: of }) => of === "stranger") <= room * ONE * 0.1);
        assert.ok(left(({ rank: of }) => of !== "stranger") <= room * ONE * 0.9);
        // No source below an even part of what members have loses anything to another.
        const own = before.get("own") ?? 0;
        const even = Math.max(0, room * ONE * 0.9 * 0.95 - own) / 4;
        for (const name of ["ana", "ben", "cy", "dee"]) {
          const had = before.get(`vouched ${name}`) ?? 0;
          if (had <= even)
            assert.equal(
              left((one) => one.rank === "vouched" && one.source === name),
              had,
              name,
            );
        }
        // Nothing is let go of that expires later than something of the same source that stays.
        for (const name of ["ana", "ben"]) {
          const of = all.filter((one) => one.rank === "vouched" && one.source === name);
          const slots = of.map((one) => ({ slot: one.ref.slot, stays: here(book, [one.ref]) > 0 }));
          const oldest = Math.min(...slots.filter(({ stays }) => stays).map(({ slot }) => slot));
          assert.ok(slots.every(({ slot, stays }) => stays || slot <= oldest));
        }
        const ids = book.slots().map(({ slot, count }) => book.ids(topic, slot).length === count);
        assert.ok(ids.every(Boolean));
      }),
      { numRuns: 60 },
    );
  });

  it("is shared level: who has less keeps all, and all others the same", () => {
    assert.equal(levelFor([1, 2, 3], 10), Infinity);
    assert.equal(levelFor([10, 10], 10), 5);
    assert.equal(levelFor([1, 20, 30], 21), 10);
    assert.equal(levelFor([], 5), Infinity);
    assert.equal(levelFor([7], 0), 0);
  });
});
