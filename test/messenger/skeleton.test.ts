/** Which names look alike, and which do not. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { skeletons } from "../../src/messenger/skeleton.ts";

const alike = (a: string, b: string): boolean => {
  const [one, other] = [skeletons(a), skeletons(b)];
  return one.some((shape) => other.includes(shape));
};

describe("names", () => {
  it("look alike in other letters, cases, spaces, accents and with what cannot be seen", () => {
    const pairs: readonly (readonly [string, string])[] = [
      ["Ana", "ANA"],
      ["Ana Kovač", "ana  kovac"],
      ["Ana", "Аnа"],
      ["Ana", "Α\u200bna\u202e"],
      ["Ana", "Ａｎａ"],
      ["Ana", "Ana ✅"],
      ["Ana", "⁦Ana⁩"],
      ["Ana-Maria", "Ana Maria"],
      ["Ivan", "lvan"],
      ["Ivan", "Іvan"],
      ["Bob", "Вob"],
      ["Bob", "B0b"],
      ["Carmen", "Carrnen"],
      ["Νίκος", "Νικος"],
      ["НИНА", "Нина"],
      ["OMAR", "ΟΜΑΡ".replace("Ρ", "R")],
      ["فیصل", "فيصل"],
      ["أحمد", "احمد"],
      ["Łukasz", "Lukasz"],
    ];
    for (const [a, b] of pairs) assert.ok(alike(a, b), `${a} and ${b}`);
  });

  it("do not look alike when they are merely near", () => {
    const pairs: readonly (readonly [string, string])[] = [
      ["Ana", "Anna"],
      ["Ana", "Aha"],
      ["Bob", "Rob"],
      ["Chen Jing", "Chen Jin"],
      ["王秀英", "王秀兰"],
      ["Тимур", "Тамара"],
      ["नीना", "नैना"],
      ["", "\u200b"],
    ];
    for (const [a, b] of pairs) assert.ok(!alike(a, b), `${a} and ${b}`);
  });

  it("show nothing where there is nothing, and something where there is only a sign", () => {
    assert.deepEqual([skeletons(""), skeletons(" \u200b\u202e ")], [[], []]);
    assert.ok(alike("🦁", "🦁") && !alike("🦁", "🐼"));
  });

  it("of any text are like itself, in capitals and small letters, and with spaces", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), (name) => {
        if (skeletons(name).length === 0) return;
        assert.ok(alike(name, ` ${name}\u200b`));
        assert.ok(alike(name, name.normalize("NFD")));
      }),
      { seed: 18 },
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Zа-яА-Я ]{1,20}$/u), (name) => {
        assert.ok(skeletons(name).length === 0 || alike(name, name.toUpperCase()));
      }),
      { seed: 19 },
    );
  });
});
