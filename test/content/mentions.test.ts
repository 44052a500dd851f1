import assert from "node:assert/strict";
import fc from "fast-check";
import { called, mentionsIn, namedPieces, standing } from "../../src/content/mentions.ts";
import { contents, show } from "../../src/content/message.ts";
import type { PersonId } from "../../src/types.ts";

const id = (letter: string): PersonId => letter.repeat(64) as PersonId;
const person = (letter: string, name: string, flag = "") => ({ person: id(letter), name, flag });

const ANA = person("a", "Ana Silva", "BR");
const BO = person("b", "Bo");
const CHEN = person("c", "陈静", "CN");
const HALA = person("d", "هالة", "EG");
const all = [ANA, BO, CHEN, HALA];
const named = (text: string, people = all) => mentionsIn(text, people).map(({ person: who, as }) => [who[0], as]);

describe("mentions", () => {
  it("are whoever is called so after @, in letters of any size and any script", () => {
    assert.deepEqual(named("@Ana Silva, and @bo!"), [
      ["a", "Ana Silva"],
      ["b", "bo"],
    ]);
    assert.deepEqual(named("@陈静请看,@هالة"), [
      ["c", "陈静"],
      ["d", "هالة"],
    ]);
  });

  it("are no address of mail, no longer word, and nobody who is not there", () => {
    for (const text of ["ana@Bo", "@Bob", "@Boé", "@Ana", "@Zoe", "Bo", "@ Bo", "@"])
      assert.deepEqual(named(text), [], text);
  });

  it("are the longest name that stands there", () => {
    assert.deepEqual(named("@Bo Lee and @Bo", [...all, person("e", "Bo Lee")]), [
      ["e", "Bo Lee"],
      ["b", "Bo"],
    ]);
  });

  it("tell apart who has the same name: by country, else by key, and never by what somebody calls themselves", () => {
    const other = person("f", "ana  silva", "PT");
    const third = person("9", "Ana\u200b Silva", "PT");
    const names = called([ANA, other, third, person("e", "Ana Silva (BR)")]);
    assert.equal(new Set([...names.values()].map((name) => name.toLowerCase())).size, names.size);
    assert.deepEqual(named("@Ana Silva", [ANA, other]), []);
    assert.deepEqual(named("@Ana Silva (BR) @ana silva (PT)", [ANA, other]), [
      ["a", "Ana Silva (BR)"],
      ["f", "ana silva (PT)"],
    ]);
    // Of those who look alike whoever took the words as a name has them for nobody but themselves.
    assert.notEqual(names.get(ANA.person), "Ana Silva (BR)");
    assert.equal(called([person("7", "\u202e@ \u200b")]).size, 0);
  });

  it("come back from the wire as a text, with what stands in it and nothing else", () => {
    const text = "@Ana and @Bo";
    const said = {
      kind: "naming",
      text,
      mentions: [
        { person: ANA.person, as: "Ana" },
        { person: CHEN.person, as: "Chen" },
        { person: BO.person, as: "Ana" },
        { person: HALA.person, as: "" },
      ],
    } as const;
    assert.deepEqual(show(contents.encode(said)), {
      kind: "text",
      text,
      mentions: [{ person: ANA.person, as: "Ana" }],
    });
    assert.deepEqual(show(contents.encode({ ...said, mentions: said.mentions.slice(1, 2) })), { kind: "text", text });
    const many = Array.from({ length: 33 }, () => said.mentions[0]!);
    assert.equal(show(contents.encode({ ...said, mentions: many })).kind, "notice");
  });

  it("split a text without losing any of it, whatever is in it", () => {
    const word = fc.constantFrom("@", "Ana", "An", "Bo", " ", "陈", "🕊️", "@Ana", "@An");
    const text = fc.array(word, { maxLength: 20 }).map((words) => words.join(""));
    const mentions = fc.array(
      fc.record({ person: fc.constantFrom(ANA.person, BO.person), as: fc.constantFrom("Ana", "An", "Bo", "陈", "") }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(text, mentions, (given, those) => {
        const stand = standing(given, those);
        const pieces = namedPieces(given, stand);
        assert.equal(pieces.map((piece) => piece.text).join(""), given);
        for (const piece of pieces.filter((one) => one.person))
          assert.ok(stand.some(({ person: who, as }) => piece.person === who && piece.text === `@${as}`));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
