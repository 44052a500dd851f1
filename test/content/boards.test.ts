import assert from "node:assert/strict";
import fc from "fast-check";
import { boardsOf, type BoardOf, MAX_ROWS } from "../../src/content/boards.ts";
import type { ToolSaid } from "../../src/content/toolOrder.ts";
import type { Stand, ToolWord } from "../../src/types.ts";
import { id, person, said, shuffled, talk } from "./tools.ts";

const terms = { needs: 3, delegations: ["KE", "BR", "FR", "EG"], closed: false };
const board: ToolWord = { kind: "board", text: "“should” for “shall”", terms };
const own = (delegation: string, stand: Stand): ToolWord => ({ kind: "stand", to: id(0), delegation, stand });
const heard = (delegation: string, stand: Stand): ToolWord =>
  ({ ...own(delegation, stand), told: { by: "KE" } }) as ToolWord;
const asking = (delegation: string, on: boolean): ToolWord => ({ kind: "asking", to: id(0), delegation, on });

/** The board after these words, by time in the order given. */
const after = (...words: readonly (readonly [by: number, ToolWord])[]): BoardOf =>
  boardsOf([said(0, 0, 0, board), ...words.map(([by, word], n) => said(n + 1, n + 1, by, word))])[0]!;
const row = (one: BoardOf, delegation: string) => one.rows.find((of) => of.delegation === delegation)!;
const stands = (one: BoardOf, delegation: string) => {
  const { stand, firstHand, said: word } = row(one, delegation);
  return [stand, firstHand, word?.by];
};

const delegation = fc.constantFrom("KE", "BR", "FR", "EG", "CL");
const stand = fc.constantFrom<Stand>("sponsor", "support", "leaning", "awaiting", "silent", "against", "none");
const to = fc.nat(4).map(id);
const word: fc.Arbitrary<ToolWord> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(board) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("terms"),
      to,
      terms: fc.record({ needs: fc.nat(9), delegations: fc.subarray(["KE", "BR"]), closed: fc.boolean() }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record(
      { kind: fc.constant("stand"), to, delegation, stand, told: fc.record({ by: delegation }) },
      { requiredKeys: ["kind", "to", "delegation", "stand"] },
    ),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("asking"), to, delegation, on: fc.boolean() }) },
);

describe("boards", () => {
  it("come to the same in any order, with words twice, and out of parts that met late", () => {
    fc.assert(
      fc.property(talk(word, 30), fc.infiniteStream(fc.nat(1_000_000)), fc.nat(40), (all, dice, at) => {
        const whole = boardsOf(all);
        assert.deepEqual(boardsOf(shuffled(all, dice)), whole);
        assert.deepEqual(boardsOf([...all.slice(at), ...all.slice(0, at + 5)]), whole);
      }),
      { numRuns: 300, seed: 22 },
    );
  });

  it("show nobody's word changed by anybody else", () => {
    fc.assert(
      fc.property(talk(word, 30), (all) => {
        for (const { message } of boardsOf(all)) {
          const of = (words: readonly ToolSaid[]) => boardsOf(words).find((one) => one.message === message)!;
          const last = (words: readonly ToolSaid[], by: number) =>
            of(words)
              .history.filter((one) => one.by === person(by))
              .map((one) => one.message);
          // Without what the others said of stands, what this person said is as it was.
          const alone = all.filter((one) => one.word.kind !== "stand" || one.by === person(1));
          assert.deepEqual(last(all, 1), last(alone, 1));
        }
      }),
      { numRuns: 200, seed: 23 },
    );
  });

  it("put a delegation's own word before hearsay, and the newest before the others", () => {
    assert.deepEqual(stands(after(), "BR"), ["silent", false, undefined]);
    assert.deepEqual(stands(after([1, heard("BR", "support")]), "BR"), ["support", false, person(1)]);
    const both = after([2, own("BR", "against")], [1, heard("BR", "support")]);
    assert.deepEqual(stands(both, "BR"), ["against", true, person(2)]);
    assert.deepEqual(stands(after([1, heard("BR", "leaning")], [2, heard("BR", "support")]), "BR")[0], "support");
    assert.deepEqual(stands(after([2, own("BR", "leaning")], [3, own("BR", "support")]), "BR")[0], "support");
    const back = after([1, heard("BR", "leaning")], [2, heard("BR", "support")], [2, heard("BR", "none")]);
    assert.deepEqual(stands(back, "BR"), ["leaning", false, person(1)], "one's own is taken back, not another's");
    assert.equal(back.history.length, 3, "and was said");
    assert.equal(row(back, "BR").changes, 3);
  });

  it("let a person speak as their own for one delegation, the last", () => {
    const two = after([1, own("BR", "support")], [1, own("FR", "against")]);
    assert.deepEqual(stands(two, "BR"), ["support", false, person(1)], "hearsay now");
    assert.deepEqual(stands(two, "FR"), ["against", true, person(1)]);
    const liar = after([2, own("BR", "against")], [1, own("BR", "support")], [1, own("FR", "support")]);
    assert.deepEqual(stands(liar, "BR"), ["against", true, person(2)]);
  });

  it("have the terms that their author gave last, and nothing counts after a closing", () => {
    const change = (closed: boolean): ToolWord => ({
      kind: "terms",
      to: id(0),
      terms: { needs: 9, delegations: ["NO"], closed },
    });
    assert.equal(after([1, change(false)]).terms.needs, 3, "somebody else's");
    assert.equal(after([0, change(false)]).terms.needs, 9);
    assert.deepEqual(
      after([1, own("BR", "support")], [0, change(false)]).rows.map((one) => one.delegation),
      ["NO", "BR"],
      "those of whom something was said stay",
    );
    const closed = after(
      [1, own("BR", "support")],
      [0, change(true)],
      [1, own("BR", "against")],
      [2, asking("BR", true)],
    );
    assert.deepEqual(
      [stands(closed, "BR")[0], closed.history.length, row(closed, "BR").askedBy.length],
      ["support", 1, 0],
    );
    const reopened = after([0, change(true)], [0, change(false)], [1, own("BR", "against")]);
    assert.equal(stands(reopened, "BR")[0], "against");
  });

  it("say who asks whom, whoever began first", () => {
    const asked = after(
      [2, asking("EG", true)],
      [1, asking("EG", true)],
      [2, asking("EG", true)],
      [3, asking("EG", true)],
      [3, asking("EG", false)],
    );
    assert.deepEqual(row(asked, "EG").askedBy, [person(2), person(1)]);
  });

  it("take no more delegations than they can hold, the same ones everywhere", () => {
    const flood = Array.from({ length: MAX_ROWS + 50 }, (_, n) => [1, heard(`X${n}`, "support")] as const);
    const full = after(...flood);
    assert.equal(full.rows.length, MAX_ROWS + terms.delegations.length);
    assert.equal(full.history.length, MAX_ROWS);
    const stands = after(...flood, [2, own("EG", "support")], [2, own("CL", "support")]);
    assert.deepEqual([row(stands, "EG").stand, stands.rows.some((one) => one.delegation === "CL")], ["support", false]);
    const names = ["__proto__", "constructor", ""];
    assert.deepEqual(
      after(...names.map((name) => [1, heard(name, "support")] as const))
        .rows.slice(4)
        .map((one) => one.delegation),
      names,
    );
  });

  it("look at each of 3000 words a few times, and not at each other", () => {
    const delegations = Array.from({ length: 195 }, (_, n) => `D${n}`);
    const words = (count: number): { said: ToolSaid[]; reads: () => number } => {
      let reads = 0;
      const counted = (one: ToolSaid): ToolSaid =>
        new Proxy(one, { get: (target, name) => (reads++, Reflect.get(target, name) as unknown) });
      const all = Array.from({ length: count }, (_, n) =>
        said(n + 1, n + 1, n % 28, heard(delegations[n % 195]!, "support")),
      );
      return {
        said: [said(0, 0, 0, { kind: "board", text: "", terms: { ...terms, delegations } }), ...all].map(counted),
        reads: () => reads,
      };
    };
    const large = words(3000);
    const [one] = boardsOf(large.said);
    assert.deepEqual([one?.rows.length, one?.history.length], [195, 3000]);
    assert.ok(large.reads() < 3001 * 25, `${large.reads()} reads`);
    const larger = words(6000);
    boardsOf(larger.said);
    assert.ok(larger.reads() < 2.2 * large.reads(), "linear");
  });
});
