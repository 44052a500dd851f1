/** The app's words in each of its languages, from its own sources: what tests look for on its screens. */
import { readFileSync, readdirSync } from "node:fs";
import { country } from "../../web/app/i18n/format.ts";
import { install, language as now, LANGUAGES, t, type Args, type Language } from "../../web/app/i18n/index.ts";

const folder = new URL("../../web/app/i18n/", import.meta.url);

/** The Fluent files of a language, by name. */
export const filesOf = (language: Language): ReadonlyMap<string, string> => {
  const own = new URL(`${language}/`, folder);
  return new Map(readdirSync(own).map((name) => [name, readFileSync(new URL(name, own), "utf8")]));
};

const installed = new Set<Language>();

const speaking = <T>(language: Language, say: () => T): T => {
  if (!installed.has(language)) install({ [language]: [...filesOf(language).values()] });
  installed.add(language);
  now.value = language;
  return say();
};

/** Stands where one does not know what is said; it may be isolated. */
const OPEN = "\ue001";
const OPENED = /\u2068?\ue001\u2069?/u;

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, "\\$&");

/** A reader of one language. */
export class Tongue {
  readonly language: Language;
  /** As a browser is asked to prefer it, and as the document names it. */
  readonly tag: string;
  readonly dir: "ltr" | "rtl";
  /** What it calls itself. */
  readonly name: string;

  constructor(language: Language) {
    const found = LANGUAGES.find((one) => one.language === language);
    if (!found) throw new Error(`no ${language}`);
    this.language = language;
    this.tag = found.tag;
    this.dir = found.dir;
    this.name = found.name;
  }

  /** A message, without its marks. Throws where there is none of that id. */
  t(id: string, args?: Args): string {
    const words = speaking(this.language, () => t(id, args));
    if (words === id) throw new Error(`${this.language} has no words for ${id}`);
    return words.replaceAll(/<\/?b>/gu, "");
  }

  /** What begins with a message; for each of the names in `open` anything may stand. */
  like(id: string, ...open: readonly string[]): RegExp {
    const words = this.t(id, Object.fromEntries(open.map((name) => [name, OPEN])));
    return new RegExp(`^${words.split(OPENED).map(escaped).join("[^]*")}`, "u");
  }

  /** A country's name. */
  land(code: string): string {
    return speaking(this.language, () => country(code));
  }
}
