/** The words of all languages. Those of the screens that are loaded apart come with them. */
import { install, type Language } from "./index.ts";

type Part = "first" | "later";
type Load = () => Promise<{ readonly words: readonly string[] }>;

const LOADS: Readonly<Record<Language, Readonly<Record<Part, Load>>>> = {
  ar: { first: () => import("./ar.ts"), later: () => import("./later/ar.ts") },
  zh: { first: () => import("./zh.ts"), later: () => import("./later/zh.ts") },
  en: { first: () => import("./en.ts"), later: () => import("./later/en.ts") },
  fr: { first: () => import("./fr.ts"), later: () => import("./later/fr.ts") },
  ru: { first: () => import("./ru.ts"), later: () => import("./later/ru.ts") },
  es: { first: () => import("./es.ts"), later: () => import("./later/es.ts") },
};

const here = new Map<Language, Map<Part, readonly string[]>>();
const wanted: Part[] = ["first"];

/** Loads and installs the words of a language, each once. Rejects when whoever served the page is away. */
export const load = async (language: Language): Promise<void> => {
  const had = here.get(language) ?? new Map<Part, readonly string[]>();
  here.set(language, had);
  const missing = wanted.filter((part) => !had.has(part));
  if (missing.length === 0) return;
  await Promise.all(missing.map(async (part) => had.set(part, (await LOADS[language][part]()).words)));
  install({ [language]: [...had.values()].flat() });
};

/** The same, with the words of the screens that are loaded apart; from then on of every language that is loaded. */
export const loadAll = async (language: Language): Promise<void> => {
  if (!wanted.includes("later")) wanted.push("later");
  await load(language);
};
