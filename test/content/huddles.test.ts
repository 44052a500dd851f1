import assert from "node:assert/strict";
import fc from "fast-check";
import { huddlesOf } from "../../src/content/huddles.ts";
import type { Answer, ToolWord } from "../../src/types.ts";
import { id, person, said, shuffled, talk } from "./tools.ts";

const plan = (minutes: number, off = false) => ({ place: "Corridor B", starts: 60_000, minutes, off });
const huddle: ToolWord = { kind: "huddle", text: "who speaks", plan: plan(10) };
const answer = (to: number, word: Answer): ToolWord => ({ kind: "answer", to: id(to), answer: word });
const word: fc.Arbitrary<ToolWord> = fc.oneof(
  fc.constant(huddle),
  fc
    .tuple(fc.nat(39), fc.nat(480), fc.boolean())
    .map(([to, minutes, off]): ToolWord => ({ kind: "plan", to: id(to), plan: plan(minutes, off) })),
  fc
    .tuple(fc.nat(39), fc.constantFrom<Answer>("coming", "late", "absent", "has", "read"))
    .map(([to, one]) => answer(to, one)),
);

describe("huddles", () => {
  it("come to the same in any order, with words twice, and out of parts that met late", () => {
    fc.assert(
      fc.property(talk(word, 30), fc.infiniteStream(fc.nat(1_000_000)), fc.nat(40), (all, dice, at) => {
        const whole = huddlesOf(all);
        assert.deepEqual(huddlesOf(shuffled(all, dice)), whole);
        assert.deepEqual(huddlesOf([...all.slice(at), ...all.slice(0, at + 5)]), whole);
      }),
      { numRuns: 300, seed: 24 },
    );
  });

  it("have the plan that their author gave last, and of everybody their last answer", () => {
    const after = (...words: readonly (readonly [number, ToolWord])[]) =>
      huddlesOf([said(0, 0, 0, huddle), ...words.map(([by, one], n) => said(n + 1, n + 1, by, one))])[0]!;
    const moved: ToolWord = { kind: "plan", to: id(0), plan: plan(20) };
    assert.deepEqual([after([1, moved]).plan.minutes, after([1, moved]).changedAt], [10, undefined]);
    assert.deepEqual([after([0, moved]).plan.minutes, after([0, moved]).changedAt], [20, 1]);
    const answers = after(
      [1, answer(0, "coming")],
      [2, answer(0, "late")],
      [1, answer(0, "absent")],
      [2, answer(0, "has")],
    ).answers;
    assert.deepEqual(
      answers.map(({ by, answer: one }) => [by, one]),
      [
        [person(2), "late"],
        [person(1), "absent"],
      ],
    );
    assert.equal(huddlesOf([said(0, 5, 0, huddle), said(1, 4, 1, answer(0, "coming"))])[0]?.answers.length, 0);
  });
});
