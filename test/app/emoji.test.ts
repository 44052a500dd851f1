/** The emoji that can be picked: their data in six languages, finding them, skin tones, flags, and what is kept of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { COUNTRIES } from "../../web/app/countries.ts";
import { readSet, type Emoji, type EmojiSet } from "../../web/app/emoji/emojiSet.ts";
import { findEmoji } from "../../web/app/emoji/findEmoji.ts";
import { Handy } from "../../web/app/emoji/handy.ts";
import { isoOf } from "../../web/app/emoji/isoOf.ts";
import { plainWords } from "../../web/app/emoji/plainWords.ts";
import { QUICK } from "../../web/app/emoji/quick.ts";
import { toned, TONES } from "../../web/app/emoji/skinTone.ts";
import { LANGUAGES, type Language } from "../../web/app/i18n/index.ts";
import { isEmoji } from "../../web/app/reading.ts";

const data = (name: string): string =>
  readFileSync(new URL(`../../web/app/emoji/data/${name}.txt`, import.meta.url), "utf8");
const read = (language: Language, draws: (emoji: string) => boolean = () => true): EmojiSet => {
  const locale = LANGUAGES.find((one) => one.language === language)!.tag;
  return readSet({ set: data("set"), names: data(language), locale, draws });
};
const sets = new Map(LANGUAGES.map(({ language }) => [language, read(language)]));
const allIn = (set: EmojiSet): readonly Emoji[] => Array.from(set.groups.values()).flat();
const firstFound = (language: Language, sought: string): string | undefined =>
  findEmoji(sets.get(language)!, sought)[0]?.emoji;

describe("the emoji that can be picked", () => {
  it("are each named once in every language, and found by that name", () => {
    for (const [language, set] of sets) {
      const all = allIn(set);
      assert.equal(new Set(all.map(({ emoji }) => emoji)).size, all.length);
      assert.equal(all.length, 1870);
      for (const one of all) {
        assert.ok(isEmoji(one.emoji), one.emoji);
        assert.ok(one.name !== "" && one.name !== one.emoji && one.name !== one.iso, `${language}: ${one.emoji}`);
        const words = plainWords(one.name).split(" ");
        assert.ok(
          words.every((word) => one.words.includes(` ${word}`)),
          `${language}: ${one.name}`,
        );
      }
      assert.equal(new Set(set.tones).size, 5);
      assert.ok(!set.tones.includes(""));
      assert.ok(Array.from(set.groups.values()).every((group) => group.length > 80));
    }
  });

  it("are in the script of their language", () => {
    const scripts = { ar: /\p{Script=Arabic}/u, zh: /\p{Script=Han}/u, ru: /\p{Script=Cyrillic}/u } as const;
    for (const [language, script] of Object.entries(scripts)) {
      const strange = allIn(sets.get(language as Language)!).filter(({ name }) => !script.test(name));
      assert.ok(strange.length < 40, strange.map(({ name }) => name).join());
    }
  });

  it("have those of the quick row among them", () => {
    const all = new Set(allIn(sets.get("en")!).map(({ emoji }) => emoji));
    assert.deepEqual(
      QUICK.filter((emoji) => !all.has(emoji)),
      [],
    );
  });

  it("leave out what this system cannot draw, a year at once", () => {
    const asked: string[] = [];
    read("ru", (emoji) => asked.push(emoji) > 0);
    assert.equal(asked.length, 4);
    const old = allIn(read("ru", (emoji) => emoji !== asked[0]));
    const none = allIn(read("ru", () => false)).map(({ emoji }) => emoji);
    const has = (emoji: string) => old.some((one) => one.emoji === emoji);
    // Of four years one.
    assert.equal(["🥱", "🥲", "🫠", "🫨"].filter(has).length, 3);
    assert.equal(["🦧", "🏳️‍⚧️", "❤️‍🔥", "🫎"].filter(has).length, 3);
    assert.ok(none.includes("🕊️") && none.includes("🏳️‍🌈") && !none.includes("🏳️‍⚧️") && !none.includes("🫠"));
    // Whatever is left out, names stay with their own.
    assert.equal(old.find(({ emoji }) => emoji === "🕊️")?.name, "голубь");
    assert.equal(old.find(({ emoji }) => emoji === "🏴‍☠️")?.name, "пиратский флаг");
  });
});

describe("finding emoji", () => {
  it("goes by names in every language", () => {
    for (const [language, dove, hands] of [
      ["en", "dove", "handshake"],
      ["es", "paloma", "apretón"],
      ["fr", "colombe", "poignée"],
      ["ru", "голубь", "рукопожатие"],
      ["zh", "鸽", "握手"],
      ["ar", "حمامة", "مصافحة"],
    ] as const) {
      assert.equal(firstFound(language, dove), "🕊️", dove);
      assert.equal(firstFound(language, hands), "🤝", hands);
    }
  });

  it("takes no notice of case, accents, Arabic vowels and the seats of hamza", () => {
    assert.equal(firstFound("es", "APRETON"), "🤝");
    assert.equal(firstFound("fr", "poignee  de MAIN"), "🤝");
    assert.equal(firstFound("ar", "حَمَامَه"), "🕊️");
    assert.equal(firstFound("ar", "المانيا"), "🇩🇪");
    assert.equal(firstFound("ru", "ГОЛУБЬ"), "🕊️");
  });

  it("asks of every word that a word begins with it, in the name or beside it", () => {
    assert.equal(firstFound("en", "pea bird"), "🕊️");
    assert.equal(firstFound("zh", "象征"), "🕊️");
    assert.equal(firstFound("fr", "marche conclu main"), "🤝");
    assert.deepEqual(findEmoji(sets.get("en")!, "ove dove"), []);
    assert.deepEqual(findEmoji(sets.get("en")!, " ."), []);
    assert.deepEqual(findEmoji(sets.get("en")!, "zzzz"), []);
  });

  it("puts first what is called so", () => {
    const names = findEmoji(sets.get("en")!, "heart").map(({ name }) => name);
    const last = names.findLastIndex((name) => /\bheart/u.test(name));
    const other = names.findIndex((name) => !/\bheart/u.test(name));
    assert.ok(other > 10 && last < other, names.join());
    assert.equal(firstFound("en", "cat"), "🐈");
  });

  it("goes by the names of countries in every language, and by their letters", () => {
    for (const [language, words] of [
      ["en", "switz flag"],
      ["es", "bandera suiza"],
      ["fr", "drapeau suisse"],
      ["ru", "швейцария"],
      ["zh", "瑞士"],
      ["ar", "علم سويسرا"],
    ] as const)
      assert.equal(firstFound(language, words), "🇨🇭", words);
    for (const { language } of LANGUAGES) assert.equal(firstFound(language, "ch"), "🇨🇭");
    assert.equal(firstFound("fr", "ecosse"), "🏴󠁧󠁢󠁳󠁣󠁴󠁿");
  });
});

describe("flags", () => {
  it("are there for every country, with its letters, in the order of the language", () => {
    for (const [language, set] of sets) {
      const flags = set.groups.get("flags")!;
      const letters = flags.flatMap(({ iso }) => iso ?? []);
      assert.deepEqual(
        COUNTRIES.filter((iso) => !letters.includes(iso)),
        [],
      );
      const { compare } = new Intl.Collator(language, { sensitivity: "base" });
      const names = flags.slice(0, letters.length).map(({ name }) => name);
      assert.deepEqual(names, names.toSorted(compare));
    }
  });

  it("tell their letters, and others have none", () => {
    assert.equal(isoOf("🇫🇷"), "FR");
    assert.equal(isoOf("🏴󠁧󠁢󠁳󠁣󠁴󠁿"), "GB-SCT");
    for (const other of ["🏴‍☠️", "🏳️", "🕊️", "🇫", "FR", ""]) assert.equal(isoOf(other), undefined);
  });
});

describe("skin tones", () => {
  it("are given to hands and persons, and to nothing else", () => {
    assert.equal(toned("🤝", 3), "🤝🏽");
    assert.equal(toned("☝️", 5), "☝🏿");
    assert.equal(toned("🕵️‍♂️", 1), "🕵🏻‍♂️");
    assert.equal(toned("🧑‍🤝‍🧑", 2), "🧑🏼‍🤝‍🧑🏼");
    for (const other of ["🕊️", "👨‍👩‍👦", "👯", "🇫🇷"]) assert.equal(toned(other, 3), other);
    assert.equal(toned("👍", 0), "👍");
    assert.equal(toned("👍", 9), "👍");
  });

  it("always make an emoji", () => {
    const all = allIn(sets.get("en")!);
    for (const tone of TONES.keys())
      for (const { emoji } of all) assert.ok(isEmoji(toned(emoji, tone)), `${emoji} ${tone}`);
    assert.ok(all.filter(({ emoji }) => toned(emoji, 1) !== emoji).length > 250);
  });
});

describe("what is kept of emoji", () => {
  const kept = (value?: unknown) => {
    const shelf = new Map<string, unknown>([["emoji", value]]);
    const api = {
      remembered: async (name: string) => shelf.get(name),
      remember: async (name: string, given: unknown) => void shelf.set(name, given),
    };
    return { shelf, api };
  };

  it("is the last ones, each once, and the tone", async () => {
    const { shelf, api } = kept({ recent: ["🕊️", "👍"], tone: 2 });
    const handy = new Handy(api);
    await handy.use("👍");
    await handy.setTone(4);
    assert.deepEqual(shelf.get("emoji"), { recent: ["👍", "🕊️"], tone: 4 });
    for (const { emoji } of allIn(sets.get("en")!).slice(0, 40)) await handy.use(emoji);
    assert.equal(handy.recent.value.length, 24);
    const again = new Handy(api);
    await again.ready;
    assert.deepEqual(again.recent.value, handy.recent.value);
    assert.equal(again.tone.value, 4);
  });

  it("is nothing where it cannot be read", async () => {
    for (const value of [undefined, null, 7, "x", { recent: "👍", tone: "3" }, { recent: ["<b>", 4], tone: 6 }]) {
      const handy = new Handy(kept(value).api);
      await handy.ready;
      assert.deepEqual([handy.recent.value, handy.tone.value], [[], 0]);
    }
    const handy = new Handy({
      remembered: () => Promise.reject(new Error("away")),
      remember: () => Promise.reject(new Error("away")),
    });
    await handy.use("👍");
    assert.deepEqual(handy.recent.value, ["👍"]);
  });
});
