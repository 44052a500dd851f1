import assert from "node:assert/strict";
import fc from "fast-check";
import { callsOf, inTime, openUntil } from "../../src/content/calls.ts";
import type { Answer, ToolWord } from "../../src/types.ts";
import { id, person, said, shuffled, talk } from "./tools.ts";

const call = (seconds = 60): ToolWord => ({ kind: "call", act: "floor", text: "paragraph 4", seconds });
const answer = (to: number, word: Answer): ToolWord => ({ kind: "answer", to: id(to), answer: word });
const word: fc.Arbitrary<ToolWord> = fc.oneof(
  fc.integer({ min: 60, max: 120 }).map(call),
  fc.tuple(fc.nat(39), fc.constantFrom<Answer>("has", "cannot", "over")).map(([to, one]) => answer(to, one)),
);

describe("calls", () => {
  it("come to the same in any order, with words twice, and out of parts that met late", () => {
    fc.assert(
      fc.property(talk(word, 100_000), fc.infiniteStream(fc.nat(1_000_000)), fc.nat(40), (all, dice, at) => {
        const whole = callsOf(all);
        assert.deepEqual(callsOf(shuffled(all, dice)), whole);
        assert.deepEqual(callsOf([...all.slice(at), ...all.slice(0, at + 5)]), whole);
        for (const one of whole) {
          assert.ok(!one.answers.some(({ by }) => by === one.by), "nobody answers their own call");
          assert.ok(one.answers.every((given) => given.at >= one.at));
        }
      }),
      { numRuns: 300, seed: 21 },
    );
  });

  it("are had by the first who says so and does not take it back", () => {
    const has = (...words: readonly (readonly [number, number, Answer])[]) =>
      callsOf([
        said(0, 1000, 0, call()),
        ...words.map(([time, by, one], n) => said(n + 1, time, by, answer(0, one))),
      ])[0];
    assert.equal(has()?.taken, undefined);
    assert.equal(has([2000, 1, "has"], [2000, 2, "has"])?.taken?.by, person(1), "the lower id of two at once");
    assert.equal(has([2000, 1, "has"], [1500, 2, "has"])?.taken?.by, person(2));
    assert.equal(has([1500, 1, "cannot"], [2000, 2, "has"])?.taken?.by, person(2));
    const back = has([1500, 1, "has"], [1600, 2, "has"], [1700, 1, "cannot"], [1800, 1, "has"]);
    assert.equal(back?.taken?.by, person(2), "who had it meanwhile has it");
    const again = has([1500, 1, "has"], [1600, 2, "has"], [1700, 1, "has"]);
    assert.deepEqual([again?.taken?.by, again?.taken?.at], [person(1), 1500], "said twice is said once");
    assert.equal(has([999, 1, "has"])?.taken, undefined, "before the call");
  });

  it("are over only by their caller, who answers them in no other way", () => {
    const by = (who: number, one: Answer) => callsOf([said(0, 1000, 0, call()), said(1, 2000, who, answer(0, one))])[0];
    assert.equal(by(0, "over")?.over, true);
    assert.equal(by(1, "over")?.over, false);
    assert.equal(by(0, "has")?.taken, undefined);
  });

  it("ring once a minute a person, whatever comes late", () => {
    const soon = (...times: readonly number[]) =>
      callsOf(times.map((time, n) => said(n, time, 0, call()))).map(({ tooSoon }) => tooSoon);
    assert.deepEqual(soon(0, 59_999, 60_000, 100_000, 120_000), [false, true, false, true, false]);
    assert.deepEqual(soon(60_000, 59_999), [false, true], "in order of time");
    const two = callsOf([said(0, 0, 0, call()), said(1, 1, 1, call())]);
    assert.ok(
      two.every(({ tooSoon }) => !tooSoon),
      "another's minute is their own",
    );
  });

  it("are in time by one's own clock, and never for longer than they say", () => {
    const one = { at: 1_000_000, seconds: 90 };
    for (const [now, is] of [
      [939_999, false],
      [940_000, true],
      [1_089_999, true],
      [1_090_000, false],
    ] as const)
      assert.equal(inTime(one, now), is, `${now}`);
    assert.equal(openUntil(one, 1_010_000), 1_090_000);
    assert.equal(openUntil(one, 950_000), 1_040_000, "a caller's clock that is ahead gives no more");
  });
});
