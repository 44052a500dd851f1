import assert from "node:assert/strict";
import fc from "fast-check";
import { cut, pieces, plainFileName, plainName, plainText } from "../../web/app/text.ts";

describe("what others wrote", () => {
  it("a name is one line without what cannot be seen", () => {
    assert.equal(plainName("  Léa\n\tMartin  "), "Léa Martin");
    assert.equal(plainName("Ana\u202egnp.exe"), "Anagnp.exe");
    assert.equal(plainName("A\u200bn\u2060a\ufeff\u00ad"), "Ana");
    assert.equal(plainName("\u2067\u200f\u3164\u{e0041}"), "");
    assert.equal(plainName("A\u200dna\u200c"), "Ana");
  });

  it("a name keeps what its script and its emoji need", () => {
    assert.equal(plainName("می‌خواهم"), "می‌خواهم");
    assert.equal(plainName("हालाँकि क्‍ष"), "हालाँकि क्‍ष");
    assert.equal(plainName("Ana 👩🏽‍⚖️"), "Ana 👩🏽‍⚖️");
    assert.equal(plainName("هالة منصور"), "هالة منصور");
  });

  it("towers of marks are cut down, and huge names are cut", () => {
    assert.equal(plainName(`e${"\u0301".repeat(40)}`).normalize("NFD").length, 5);
    assert.ok(plainName("W".repeat(100_000)).length <= 61);
    assert.ok(plainName("W".repeat(100_000)).endsWith("…"));
  });

  it("a file's name shows its ending and is no path", () => {
    const name = plainFileName(`../${"a".repeat(300)}.jpg\u202e.exe`);
    assert.ok(name.endsWith(".exe"), name);
    assert.ok(!name.includes("/") && name.length < 70, name);
  });

  it("a text loses overrides and controls, and keeps its lines and isolates", () => {
    assert.equal(plainText("a\u202eb\u0007\r\nc\u2066d\u2069"), "ab\nc\u2066d\u2069");
    assert.equal(plainText("a\n\n\n\n\n\nb"), "a\n\n\nb");
  });

  it("is cut between characters, not within them", () => {
    assert.equal(cut("👩🏽‍⚖️👩🏽‍⚖️👩🏽‍⚖️", 2), "👩🏽‍⚖️👩🏽‍⚖️…");
    assert.equal(cut("abc", 3), "abc");
  });

  it("any string comes out without harm", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        assert.doesNotMatch(plainName(text), /[\u202a-\u202e\u2066-\u2069\n]/);
        assert.doesNotMatch(plainText(text), /[\u202a-\u202e\0]/);
        assert.equal(
          pieces(text)
            .map((piece) => piece.text)
            .join(""),
          text,
        );
      }),
    );
  });
});

describe("addresses in a text", () => {
  const links = (text: string) => pieces(text).flatMap((piece) => (piece.href ? [piece] : []));

  it("become links, less the sentence around them", () => {
    assert.deepEqual(links("See http://192.168.8.20/agenda."), [
      { text: "http://192.168.8.20/agenda", href: "http://192.168.8.20/agenda" },
    ]);
    assert.equal(links("(http://a.example/x)")[0]?.href, "http://a.example/x");
    assert.equal(links("«http://a.example/x»، then")[0]?.href, "http://a.example/x");
    assert.equal(links("http://a.example/w_(x)")[0]?.href, "http://a.example/w_(x)");
  });

  it("say where they lead when they do not look like it", () => {
    assert.equal(links("https://аpple.example/")[0]?.host, "xn--pple-43d.example");
    assert.equal(links("http://0x7f.1/")[0]?.host, "127.0.0.1");
    assert.equal(links("http://a.example/")[0]?.host, undefined);
  });

  it("are nothing else", () => {
    for (const text of [
      "javascript:alert(1)",
      "http://user:secret@a.example/",
      "http://bank.example@evil.example/",
      "data:text/html,x",
      "http://",
      "file:///etc/passwd",
    ]) {
      assert.deepEqual(links(text), [], text);
    }
    assert.equal(links("http://a.example/\u202egnp")[0]?.href, "http://a.example/");
  });
});
