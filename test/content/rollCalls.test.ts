import assert from "node:assert/strict";
import fc from "fast-check";
import { rollCallsOf } from "../../src/content/rollCalls.ts";
import type { ToolWord } from "../../src/types.ts";
import { id, person, said, shuffled, talk } from "./tools.ts";

const call = (text: string, again?: number): ToolWord => ({
  kind: "rollCall",
  text,
  ...(again !== undefined && { again: id(again) }),
});
const read = (to: number): ToolWord => ({ kind: "answer", to: id(to), answer: "read" });
const word: fc.Arbitrary<ToolWord> = fc.oneof(
  fc.constantFrom("at four", "at five").map((text) => call(text)),
  fc.tuple(fc.constantFrom("at four", "at five"), fc.nat(39)).map(([text, again]) => call(text, again)),
  fc.nat(39).map(read),
);

describe("roll calls", () => {
  it("come to the same in any order, with words twice, and out of parts that met late", () => {
    fc.assert(
      fc.property(talk(word, 30), fc.infiniteStream(fc.nat(1_000_000)), fc.nat(40), (all, dice, at) => {
        const whole = rollCallsOf(all);
        assert.deepEqual(rollCallsOf(shuffled(all, dice)), whole);
        assert.deepEqual(rollCallsOf([...all.slice(at), ...all.slice(0, at + 5)]), whole);
      }),
      { numRuns: 300, seed: 25 },
    );
  });

  it("are one when their author says them once more in the same words, and nobody else's are", () => {
    const after = (...words: readonly (readonly [number, ToolWord])[]) =>
      rollCallsOf([said(0, 0, 0, call("at four")), ...words.map(([by, one], n) => said(n + 1, n + 1, by, one))]);
    const [one, ...others] = after([0, call("at four", 0)], [1, read(1)], [2, read(0)], [0, read(0)], [2, read(1)]);
    assert.deepEqual([one?.again, [...one!.read.keys()], others], [[id(1)], [person(1), person(2)], []]);
    assert.equal(one?.read.get(person(2)), 3, "since they first said so");
    assert.equal(after([1, call("at four", 0)]).length, 2, "somebody else");
    assert.equal(after([0, call("at five", 0)]).length, 2, "in other words");
    assert.equal(after([0, call("at four", 9)]).length, 2, "of what is not here");
    assert.equal(after([0, call("at four", 0)], [0, call("at four", 1)]).length, 2, "once more of once more");
  });
});
