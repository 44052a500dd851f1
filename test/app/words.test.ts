import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FluentResource } from "@fluent/bundle";
import { awayWords } from "../../web/app/away.ts";
import { faultsOf, type Files } from "../../web/app/i18n/faults.ts";
import { clock, compare, country, day, number, sentences, size, when } from "../../web/app/i18n/format.ts";
import {
  LANGUAGES,
  install,
  language,
  marked,
  preferred,
  t,
  type Language,
  type Sources,
} from "../../web/app/i18n/index.ts";
import { filesOf } from "../helpers/tongue.ts";

const app = fileURLToPath(new URL("../../web/app/", import.meta.url));

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));

const files = Object.fromEntries(LANGUAGES.map((one) => [one.language, filesOf(one.language)])) as Record<
  Language,
  Files
>;
const sources = Object.fromEntries(
  LANGUAGES.map((one) => [one.language, [...files[one.language].values()]]),
) as unknown as Sources;
const others = LANGUAGES.map((one) => one.language).filter((one) => one !== "en");

const linesOf = (one: Language): readonly string[] => sources[one].flatMap((text) => text.split("\n"));

const english = new Set(sources.en.flatMap((text) => new FluentResource(text).body.map(({ id }) => id)));
const code = filesIn(app, /\.tsx?$/)
  .filter((path) => !/[\\/](testing|i18n)[\\/]|demo\.tsx$/.test(path))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

/** All that a file of the app imports, and what that imports in turn; what is loaded at its first use is not among it. */
const loadedWith = (path: string, found = new Set<string>()): ReadonlySet<string> => {
  if (found.has(path) || !path.startsWith(app)) return found;
  found.add(path);
  for (const [, from = ""] of readFileSync(path, "utf8").matchAll(/^(?:import|export)\s(?!type\b)[^;]*?"(\.[^"]+)";/gm))
    loadedWith(resolve(dirname(path), from), found);
  return found;
};

describe("the words of the app", () => {
  before(() => install(sources));
  afterEach(() => {
    language.value = "en";
  });

  it("are all there in every language, with the variables of the English ones", () => {
    for (const one of others) assert.deepEqual(faultsOf(one, files[one], files.en), []);
  });

  it("miss nothing unnoticed", () => {
    const model = new Map([["a.ftl", "x = <b>{ $n }</b>\ny = Y\n"]]);
    const faults = (one: Language, source: string): readonly string[] =>
      faultsOf(one, new Map([["a.ftl", source]]), model).map((fault) => fault.replace(`${one}/a.ftl: `, ""));
    assert.deepEqual(faults("fr", "x = <b>{ $n }</b>\ny = Y\n"), []);
    assert.deepEqual(faults("fr", "x = <b>{ $n }</b>\n"), ["y is missing"]);
    assert.deepEqual(faults("fr", "x = <b>{ $n }</b>\ny = Y\nz = Z\n"), ["z is too much"]);
    assert.deepEqual(faults("fr", "x = <b>{ $n }</b>\ny = Y\ny = Z\n"), ["y stands twice"]);
    assert.deepEqual(faults("fr", "x = <b>{ $n }</b>\ny = { $\n"), ["y is missing", "y cannot be read"]);
    assert.deepEqual(faults("fr", "x = <b>{ $m }</b>\ny = Y\n"), ["x has other variables"]);
    assert.deepEqual(faults("fr", "x = { $n }\ny = Y\n"), ["x marks other places as strong"]);
    const counting = (...keys: readonly string[]): string =>
      `x = <b>{ $n -> ${keys.map((key) => `\n [${key}] { $n }`).join("")}\n *[other] { $n }\n }</b>\ny = Y\n`;
    const wrong = ["x counts otherwise than the language does"];
    assert.deepEqual(faults("fr", counting("0", "one")), []);
    assert.deepEqual(faults("fr", counting()), wrong);
    assert.deepEqual(faults("zh", counting()), []);
    assert.deepEqual(faults("zh", counting("one")), wrong);
    assert.deepEqual(faults("ru", counting("one", "few", "many")), []);
    assert.deepEqual(faults("ru", counting("one", "few")), wrong);
    assert.deepEqual(faults("ar", counting("zero", "one", "two", "few", "many")), []);
    assert.deepEqual(faults("ar", counting("one", "two", "few", "many")), wrong);
    assert.deepEqual(faultsOf("fr", new Map([["b.ftl", "x = X\n"]]), new Map([["a.ftl", "x = X\n"]])), [
      "fr/b.ftl: x is too much",
      "fr/a.ftl: x is missing",
    ]);
  });

  it("are written as their language writes", () => {
    const said = (one: Language): readonly string[] =>
      linesOf(one).map((line) =>
        line
          .replace(/^[a-z][\w-]* = |^\s*\*?\[\w+\] /u, "")
          .replaceAll(/\{[^}]*\}/gu, "·")
          .trimStart(),
      );
    const never = (one: Language, wrong: RegExp): void =>
      assert.deepEqual(
        said(one).filter((line) => wrong.test(line)),
        [],
      );
    for (const { language: one } of LANGUAGES) never(one, /["\u00a0\u202f ]$|  | \u00a0|\.\.\.|\w'/u);
    // No-break spaces before what is high and within guillemets, and nowhere an ordinary one.
    never("fr", / [;:!?%»]|« |[\p{L}·][;!?%»]|«[^\u202f]|\p{L}: |["“”]/u);
    never("es", /["“”]|« | »|^[^¿]*\?|^[^¡]*!/u);
    never("ru", /["“”]|« | »| — /u);
    never(
      "zh",
      /[\p{Script=Han}·”][,;:!?()]|[,;!?()]\p{Script=Han}|\p{Script=Han}\.|["«»]|\p{Script=Han}\w|\w\p{Script=Han}/u,
    );
  });

  it("say a number where what is said of one is also said of others", () => {
    // French says of none what it says of one, Russian of 21.
    for (const one of ["fr", "ru"] as const) {
      const lines = linesOf(one);
      for (const [at, line] of lines.entries()) {
        const [, words] = /^\s*\[one\] (.*)$/u.exec(line) ?? [];
        const other = lines.slice(at).find((next) => /^\s*\*\[other\]/u.test(next)) ?? "";
        if (words !== undefined && /\{ \$(?!names)/u.test(other.replace("{ $time }", "")))
          assert.match(words, /\{ \$(?!names|time)/u, `${one}: ${line}`);
      }
    }
  });

  it("are all used, and all that is used is there", () => {
    const literals = new Set(Array.from(code.matchAll(/"([a-z][a-z0-9-]*)"/g), ([, id]) => id));
    const made = Array.from(code.matchAll(/`([a-z][\w-]*(?:\$\{[^}`]*\}[\w-]*)+)`/g), ([, template = ""]) => template)
      .map((template) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "[a-z0-9-]+")}$`))
      .filter((pattern) => [...english].some((id) => pattern.test(id)));
    const used = (id: string): boolean => literals.has(id) || made.some((pattern) => pattern.test(id));
    assert.deepEqual(
      [...english].filter((id) => !used(id)),
      [],
      "not used",
    );
    const called = Array.from(
      code.matchAll(/\b(?:t|marked|say)\(\s*"([^"]+)"|\bid="([^"]+)"/g),
      ([, a, b]) => a ?? b ?? "",
    );
    const chosen = Array.from(code.matchAll(/\bt\([^()"]*\? "([^"]+)"\s*:\s*"([^"]+)"/g), ([, a, b]) => [
      a ?? "",
      b ?? "",
    ]);
    assert.deepEqual(
      [...called, ...chosen.flat()].filter((id) => !english.has(id)),
      [],
      "not there",
    );
    assert.ok(called.length > 200, "the search finds what is called");
  });

  it("are there with the screens that say them", () => {
    const later = new Set(
      [...loadedWith(join(app, "i18n", "later", "en.ts"))]
        .filter((path) => path.endsWith(".ftl"))
        .flatMap((path) => new FluentResource(readFileSync(path, "utf8")).body.map(({ id }) => id)),
    );
    assert.ok(later.has("wipe-now") && !later.has("cancel"));
    const first = [...loadedWith(join(app, "main.tsx"))].map((path) => readFileSync(path, "utf8")).join("\n");
    assert.ok(first.includes("export const CaucusList") && !first.includes("export const Settings"));
    assert.deepEqual(
      // A notice waits for its words.
      Array.from(first.matchAll(/"([a-z][a-z0-9-]*)"/g), ([, id = ""]) => id).filter(
        (id) => later.has(id) && !id.startsWith("notice-"),
      ),
      [],
    );
  });

  it("are loaded with the files of their own language, all of them", () => {
    for (const { language: one } of LANGUAGES) {
      const [first, later] = [join(app, "i18n", `${one}.ts`), join(app, "i18n", "later", `${one}.ts`)];
      const loaded = [...loadedWith(first), ...loadedWith(later)].filter((path) => path.endsWith(".ftl"));
      assert.deepEqual(
        loaded.toSorted(),
        [...files[one].keys()].map((name) => join(app, "i18n", one, name)).toSorted(),
      );
      const model = [...loadedWith(join(app, "i18n", "en.ts"))].map((path) =>
        path.replace(/en(\.ts|\/\w+\.ftl)$/u, `${one}$1`),
      );
      assert.deepEqual([...loadedWith(first)], model);
    }
  });

  it("isolate what others wrote, and only where it could turn a sentence round", () => {
    assert.equal(t("list-invited", { name: "Léa Martin" }), "Léa Martin is invited");
    assert.equal(t("list-invited", { name: "هالة" }), "\u2068هالة\u2069 is invited");
    assert.equal(t("list-invited", { name: "a\u202eb\u2066" }), "\u2068ab\u2069 is invited");
    language.value = "ar";
    assert.ok(t("list-invited", { name: "Léa" }).includes("\u2068Léa\u2069"));
  });

  it("keep names in a row apart, so that what joins them is read with the sentence", () => {
    const said = (names: readonly string[]): string => t("alike-hint", { names });
    assert.match(said(["Léa", "Omar"]), /Léa and Omar/u);
    language.value = "ar";
    assert.match(said(["Léa", "Omar"]), /\u2068Léa\u2069 و\u2068Omar\u2069/u);
    const parts = marked("guests-read", { names: ["<b>Eve", "Omar"], count: 2 });
    assert.equal(parts.find(({ strong }) => strong)?.text, "\u2068<b>Eve\u2069 و\u2068Omar\u2069");
  });

  it("count in Arabic as an Arab does", () => {
    language.value = "ar";
    assert.equal(t("list-new-count", { count: 1 }), "رسالة جديدة");
    assert.equal(t("list-new-count", { count: 2 }), "رسالتان جديدتان");
    assert.equal(t("list-new-count", { count: 3 }), "3 رسائل جديدة");
    assert.equal(t("list-new-count", { count: 11 }), "11 رسالة جديدة");
    assert.equal(t("list-new-count", { count: 100 }), "100 رسالة جديدة");
  });

  it("say of two guests that they read along, not that one does", () => {
    const said = (count: number): string =>
      marked("guests-read", { names: ["Léa", "Omar"], count })
        .map(({ text }) => text)
        .join("");
    assert.match(said(2), /^Léa and Omar read along/);
    assert.match(said(1), /reads along/);
  });

  it("count in Russian as a Russian does", () => {
    language.value = "ru";
    const said = [1, 2, 5, 11, 21, 22, 112].map((count) => t("list-new-count", { count }));
    assert.deepEqual(said, ["1 новое", "2 новых", "5 новых", "11 новых", "21 новое", "22 новых", "112 новых"]);
    assert.equal(t("away-fetched", { messages: 3 }), "Получено 3 сообщения.");
  });

  it("say the year of a day in another one", () => {
    const at = new Date(2026, 10, 19, 14, 26).getTime();
    const later = new Date(2027, 0, 2).getTime();
    assert.deepEqual([day(at, at), day(at, later)], ["Thursday 19 November", "Thursday, 19 November 2026"]);
    assert.deepEqual([when(at, at + 7 * 86_400_000), when(at, later)], ["19 Nov", "19 Nov 2026"]);
  });

  it("tell an absence in a unit that fits it", () => {
    const HOUR = 60;
    const told = [1, 119, 2 * HOUR, 47 * HOUR + 59, 48 * HOUR].map(awayWords);
    const were = (how: string): string => `You were away ${how}`;
    assert.deepEqual(told, ["1 minute", "119 minutes", "2 hours", "47 hours", "2 days"].map(were));
    const fetched = t("away-fetched", { messages: 5 });
    assert.equal(t("away-note", { away: awayWords(14), fetched }), "You were away 14 minutes. 5 messages fetched.");
    language.value = "ru";
    assert.deepEqual([61 * HOUR, 51 * HOUR, 21 * HOUR].map(awayWords), [
      "Вас не было 2 дня",
      "Вас не было 2 дня",
      "Вас не было 21 час",
    ]);
    language.value = "zh";
    assert.equal(t("away-note", { away: awayWords(180), fetched: "" }), "您离开了 3 小时。");
  });

  it("put a space between sentences, but none in Chinese", () => {
    const said = (one: Language): string => {
      language.value = one;
      return sentences("1.", "2.");
    };
    assert.deepEqual((["en", "ar", "zh"] as const).map(said), ["1. 2.", "1. 2.", "1.2."]);
  });

  it("join names, and say numbers, times and sizes, as the language does", () => {
    const at = new Date(2026, 10, 19, 14, 26).getTime();
    const said = (one: Language): readonly string[] => {
      language.value = one;
      const names = t("alike-hint", { names: ["Léa", "Omar"] }).match(/\S*Léa.*?Omar\S*/u)?.[0] ?? "";
      return [number(12_500), clock(at), day(at, at), when(at, at + 86_400_000 * 3), size(240_000), names].map((text) =>
        text.replaceAll(/[\u00a0\u202f]/gu, " "),
      );
    };
    assert.deepEqual((["fr", "ru", "es", "zh"] as const).map(said), [
      ["12 500", "14:26", "jeudi 19 novembre", "19 nov.", "240 ko", "Léa et Omar,"],
      ["12 500", "14:26", "четверг, 19 ноября", "19 нояб.", "240 кБ", "Léa и Omar."],
      ["12.500", "14:26", "jueves, 19 de noviembre", "19 nov", "240 kB", "Léa y Omar,"],
      [
        "12,500",
        "14:26",
        "11月19日星期四",
        "11月19日",
        "240 kB",
        "看起来像Léa和Omar，其实是另一个人。写重要内容之前请先核实。",
      ],
    ]);
  });

  it("say of nothing how large it is in the unit of what it is a part of", () => {
    language.value = "en";
    assert.deepEqual([0, 1, 999, 1000].map(size), ["0 kB", "1 byte", "999 byte", "1 kB"]);
  });

  it("name and sort countries in the reader's language", () => {
    const sorted = (one: Language): readonly string[] => {
      language.value = one;
      return ["DE", "CN", "ES", "AE"].map(country).toSorted(compare);
    };
    assert.deepEqual(sorted("fr"), ["Allemagne", "Chine", "Émirats arabes unis", "Espagne"]);
    assert.deepEqual(sorted("es"), ["Alemania", "China", "Emiratos Árabes Unidos", "España"]);
    assert.deepEqual(sorted("ru"), ["Германия", "Испания", "Китай", "ОАЭ"]);
    // By the sounds: Āliánqiú, Déguó, Xībānyá, Zhōngguó.
    assert.deepEqual(sorted("zh"), ["阿拉伯联合酋长国", "德国", "西班牙", "中国"]);
  });

  it("never take a mark from a name", () => {
    const parts = marked("list-ask", { from: "</b><b>Eve", caucus: "<b>x", count: 1 });
    assert.deepEqual(parts, [
      { text: "</b><b>Eve", strong: true },
      { text: " invites you to “<b>x”", strong: false },
    ]);
  });

  it("are chosen by the language's own name, in the order of the United Nations", () => {
    assert.deepEqual(
      LANGUAGES.map(({ name }) => name),
      ["العربية", "中文", "English", "Français", "Русский", "Español"],
    );
    assert.equal(LANGUAGES.find((one) => one.language === "zh")?.tag, "zh-Hans");
  });

  it("follow the reader's own languages", () => {
    assert.equal(preferred(["de-CH", "ar-EG", "en"]), "ar");
    assert.equal(preferred(["zh-CN", "en"]), "zh");
    assert.equal(preferred(["de", "ru", "fr-CA"]), "ru");
    assert.equal(preferred(["de"]), "en");
  });
});
