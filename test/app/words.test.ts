import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FluentResource } from "@fluent/bundle";
import { install, language, marked, preferred, t, type Sources } from "../../web/app/i18n/index.ts";

const app = fileURLToPath(new URL("../../web/app/", import.meta.url));

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));

const sourcesOf = (one: string): string[] =>
  filesIn(join(app, "i18n", one), /\.ftl$/).map((path) => readFileSync(path, "utf8"));

const sources = { en: sourcesOf("en"), ar: sourcesOf("ar") } satisfies Sources;

interface Found {
  readonly variables: string[];
  /** The keys of each choice by a number. */
  readonly choices: string[][];
}

/** Variables and choices anywhere in a parsed pattern. */
const walk = (node: unknown, found: Found): Found => {
  if (Array.isArray(node)) for (const part of node) walk(part, found);
  else if (typeof node === "object" && node !== null) {
    const one = node as { type?: string; name?: string; variants?: { key: { value: unknown } }[] };
    if (one.type === "var" && one.name) found.variables.push(one.name);
    if (one.type === "select") found.choices.push((one.variants ?? []).map(({ key }) => String(key.value)));
    for (const value of Object.values(node)) walk(value, found);
  }
  return found;
};

const messagesOf = (texts: readonly string[]): Map<string, Found> => {
  const all = new Map<string, Found>();
  for (const text of texts) {
    for (const { id, value } of new FluentResource(text).body) {
      assert.ok(!all.has(id), `${id} stands twice`);
      all.set(id, walk(value, { variables: [], choices: [] }));
    }
  }
  return all;
};

const english = messagesOf(sources.en);
const arabic = messagesOf(sources.ar);
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

  it("are the same in both languages, with the same variables", () => {
    assert.deepEqual([...arabic.keys()].toSorted(), [...english.keys()].toSorted());
    for (const [id, { variables }] of english) {
      assert.deepEqual(new Set(arabic.get(id)?.variables), new Set(variables), id);
    }
  });

  it("parse wholly: no line of a source is lost", () => {
    for (const text of [...sources.en, ...sources.ar]) {
      const ids = text.match(/^[a-z][\w-]*(?= =)/gm) ?? [];
      assert.deepEqual(
        new FluentResource(text).body.map(({ id }) => id),
        ids,
      );
    }
  });

  it("count in all of Arabic's six ways", () => {
    for (const [id, { choices }] of arabic) {
      for (const keys of choices) {
        assert.deepEqual(keys, ["zero", "one", "two", "few", "many", "other"], id);
      }
    }
  });

  it("are all used, and all that is used is there", () => {
    const literals = new Set(Array.from(code.matchAll(/"([a-z][a-z0-9-]*)"/g), ([, id]) => id));
    const made = Array.from(code.matchAll(/`([a-z][\w-]*(?:\$\{[^}`]*\}[\w-]*)+)`/g), ([, template = ""]) => template)
      .map((template) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, "[a-z0-9-]+")}$`))
      .filter((pattern) => [...english.keys()].some((id) => pattern.test(id)));
    const used = (id: string): boolean => literals.has(id) || made.some((pattern) => pattern.test(id));
    assert.deepEqual(
      [...english.keys()].filter((id) => !used(id)),
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
      Array.from(first.matchAll(/"([a-z][a-z0-9-]*)"/g), ([, id = ""]) => id).filter((id) => later.has(id)),
      [],
    );
  });

  it("mark the same number of strong places in both languages", () => {
    const strong = (texts: readonly string[]): string[] =>
      texts
        .flatMap((text) => new FluentResource(text).body)
        .map(({ id, value }) => `${id} ${JSON.stringify(value).includes("<b>")}`)
        .toSorted((a, b) => (a < b ? -1 : 1));
    assert.deepEqual(strong(sources.ar), strong(sources.en));
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

  it("end a sentence before the next one begins", () => {
    const all = [...sources.en, ...sources.ar].flatMap((text) => new FluentResource(text).body);
    const note = all.filter(({ id }) => id === "waiting-key-note");
    assert.equal(note.length, 2);
    for (const { value } of note) assert.match(JSON.stringify(value), /\. .*\./u);
  });

  it("never take a mark from a name", () => {
    const parts = marked("list-ask", { from: "</b><b>Eve", caucus: "<b>x", count: 1 });
    assert.deepEqual(parts, [
      { text: "</b><b>Eve", strong: true },
      { text: " invites you to “<b>x”", strong: false },
    ]);
  });

  it("follow the reader's own languages", () => {
    assert.equal(preferred(["de-CH", "ar-EG", "en"]), "ar");
    assert.equal(preferred(["de"]), "en");
  });
});
