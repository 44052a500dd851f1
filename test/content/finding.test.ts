/** What a search takes for the same words, and where it finds them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { foundIn, holdsAll, soughtWords } from "../../src/content/finding.ts";

const finds = (sought: string, ...texts: string[]): boolean => holdsAll(soughtWords(sought), texts);
const marks = (text: string, sought: string): string =>
  foundIn(text, soughtWords(sought))
    .map((one) => (one.found ? `[${one.text}]` : one.text))
    .join("");

describe("a search", () => {
  it("takes words for the same whatever their case, accents, width and script's habits", () => {
    const pairs: readonly (readonly [string, string])[] = [
      ["KOVAC", "Ana Kovač"],
      ["señor", "SENOR"],
      ["strasse", "Straße"],
      ["istanbul", "İSTANBUL"],
      ["ИВАН", "иван"],
      ["елка", "Ёлка"],
      ["σοφος", "ΣΟΦΌΣ"],
      ["annex", "ａｎｎｅｘ"],
      ["file", "ﬁle"],
      ["احمد", "أَحْمَد"],
      ["الاتحاد", "الإتّحـــاد"],
      ["مدرسه", "مدرسة"],
      ["علي", "على"],
      ["2026", "٢٠٢٦"],
      ["fluchtlinge", "Flüchtlinge"],
      ["l'annexe", "l’annexe"],
      ["oeuvre", "œuvre"],
    ];
    for (const [sought, text] of pairs) assert.ok(finds(sought, text), `${sought} in ${text}`);
  });

  it("finds Chinese by any part of it, and wants every word, in whichever of the texts", () => {
    assert.ok(finds("气候", "联合国气候变化大会"));
    assert.ok(!finds("候气", "联合国气候变化大会"));
    assert.ok(finds("annex ana", "the annex", "", "Ana Kovač"));
    assert.ok(!finds("annex bo", "the annex", "", "Ana Kovač"));
    assert.ok(!finds("theannex", "the annex"));
  });

  it("looks for nothing where there are no words, and for eight of many", () => {
    assert.deepEqual(soughtWords(" \u200b\u0301\u0640 "), []);
    assert.deepEqual(soughtWords("a a b"), ["a", "b"]);
    assert.equal(soughtWords("a b c d e f g h i j").length, 8);
    assert.equal(soughtWords("x".repeat(1_000_000))[0]?.length, 200);
  });

  it("marks what was found, with the marks on its letters", () => {
    assert.equal(marks("Ana Kovac\u030c said", "kovač"), "Ana [Kovac\u030c] said");
    assert.equal(marks("Straße", "ass"), "Str[aß]e");
    assert.equal(marks("أَحْمَد هنا", "احمد"), "[أَحْمَد] هنا");
    assert.equal(marks("气候变化", "候变"), "气[候变]化");
    assert.equal(marks("none of it", "xyz"), "none of it");
    assert.equal(marks("aXbX", "x b"), "a[XbX]");
    assert.equal(marks("👍🏽 yes", "yes"), "👍🏽 [yes]");
  });

  it("gives back any text whole, and finds it in itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const words = soughtWords(text);
        assert.equal(
          foundIn(text, words)
            .map((one) => one.text)
            .join(""),
          text,
        );
        assert.ok(holdsAll(words, [text]));
      }),
      { seed: 31 },
    );
  });
});
