import { strict as assert } from "node:assert";
import fc from "fast-check";
import { cut, jsonText, pad, plainLine, plainText, width, wrap } from "../../src/daemon/terminal.ts";

const HARMFUL = /[[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]--\n]|\p{Cs}/v;
/** What may stay although parts of it are invisible: emoji as Unicode lists them, and joiners inside some scripts. */
const ALLOWED =
  /\p{RGI_Emoji}|(?<=[[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tamil}]&&\p{L}]\p{M}?)[\u200c\u200d]/gv;

const nasty = fc.constantFrom(
  "\u001b[31m",
  "\u001b]0;title\u0007",
  "\u001b]8;;http://x\u001b\\",
  "\u001b",
  "\u009b",
  "\u009b2J",
  "\u0007",
  "\b",
  "\r",
  "\n",
  "\r\n",
  "\u007f",
  "\u0085",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u2066",
  "\u2069",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u061c",
  "\ufeff",
  "\u2060",
  "\u00ad",
  "\u034f",
  "\u3164",
  "\ufe0f",
  "\u{e0041}",
  "\u{e007f}",
  "\u{e0100}",
  "\ud800",
  "\udc00",
  "\t",
  "👩",
  "🏽",
  "👩‍🚀",
  "🏴",
  "🇨",
  "🇭",
  "❤",
  "❤️",
  "1️⃣",
  "س",
  "ل",
  "क",
  "्",
  "́",
  "e",
  "[",
  "0m",
  ";",
  " ",
  "漢",
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(nasty, { maxLength: 30 }).map((parts) => parts.join("")),
  fc
    .array(fc.oneof(nasty, fc.string({ unit: "grapheme", maxLength: 4 })), { maxLength: 20 })
    .map((parts) => parts.join("")),
);

describe("terminal: what peers write, made harmless", () => {
  it("leaves nothing that a terminal obeys or that cannot be seen", () => {
    fc.assert(
      fc.property(text, (given) => {
        assert.doesNotMatch(plainText(given).replaceAll(ALLOWED, ""), HARMFUL);
        assert.doesNotMatch(plainLine(given).replaceAll(/\p{RGI_Emoji}/gv, ""), HARMFUL);
        assert.doesNotMatch(plainLine(given), /\n/u);
      }),
      { numRuns: 2000 },
    );
  });

  it("changes nothing more when it is done again", () => {
    fc.assert(
      fc.property(text, (given) => {
        assert.equal(plainText(plainText(given)), plainText(given));
        assert.equal(plainLine(plainLine(given)), plainLine(given));
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves ordinary words of any script as they are", () => {
    for (const words of [
      "Speak in support of §4(b), please.",
      "Ça va? Größe, naïve, Łódź, İstanbul",
      "مرحبا بالعالم",
      "می‌خواهم",
      "क्‍ष",
      "你好，世界",
      "日本語 テスト",
      "Привет",
      "👩‍🚀 👍🏽 🇨🇭 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 1️⃣ 🕊️ 🤝",
      "two\nlines",
    ])
      assert.equal(plainText(words), words);
  });

  it("takes whole escape sequences away, not only their first character", () => {
    assert.equal(plainText("\u001b[31mred\u001b[0m"), "red");
    assert.equal(plainText("a\u001b]0;owned\u0007b"), "ab");
    assert.equal(plainText("a\u009b2Jb"), "ab");
  });

  it("undoes overrides, isolates and look-alikes that hide in names", () => {
    assert.equal(plainLine("Ana\u202egnp.exe\u202c"), "Anagnp.exe");
    assert.equal(plainLine("An\u200ba"), "Ana");
    assert.equal(plainLine("  An a\n\tB "), "An a B");
    assert.equal(plainLine("A\u{e0041}na"), "Ana");
    assert.equal(plainLine(`A${"\u0301".repeat(50)}`), `A${"\u0301".repeat(4)}`);
  });

  it("makes one kind of line end of all", () => {
    assert.equal(plainText("a\r\nb\rc\u0085d\u2028e\u2029f"), "a\nb\nc\nd\ne\nf");
  });

  it("writes JSON that means the same and that a terminal can show", () => {
    fc.assert(
      fc.property(text, (given) => {
        const json = jsonText({ [given]: [given] });
        assert.deepEqual(JSON.parse(json), { [given]: [given] });
        assert.doesNotMatch(json, HARMFUL);
        assert.doesNotMatch(json, /\n/u);
      }),
      { numRuns: 1000 },
    );
    assert.equal(jsonText("\u009b\u2028\u202e\u007f"), '"\\u009b\\u2028\\u202e\\u007f"');
  });

  it("counts columns, not characters", () => {
    assert.deepEqual(["abc", "漢字", "é", "e\u0301", "👩‍🚀", "🇨🇭", ""].map(width), [3, 4, 1, 1, 2, 2, 0]);
    assert.equal(pad("漢", 4), "漢  ");
    assert.equal(cut("abcdef", 4), "abc…");
    assert.equal(cut("漢字漢字", 4), "漢…");
    assert.equal(cut("abcd", 4), "abcd");
  });

  it("breaks lines at blanks, keeps every word, and is never too wide", () => {
    assert.deepEqual(wrap("one two three", 8), ["one two", "three"]);
    assert.deepEqual(wrap("a\n\nb", 20), ["a", "", "b"]);
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 60 }), (given, columns) => {
        const plain = plainText(given);
        const lines = wrap(plain, columns);
        for (const line of lines) assert.ok(width(line) <= columns, `${width(line)} > ${columns}`);
        assert.equal(lines.join("").replaceAll(/\s/gu, ""), plain.replaceAll(/\s/gu, ""));
      }),
    );
  });
});
