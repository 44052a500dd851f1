/** The words of all languages; only the reader's own are loaded with the page. */
import { install, type Language } from "./index.ts";

const loads: Readonly<Record<Language, () => Promise<{ readonly words: readonly string[] }>>> = {
  en: () => import("./en.ts"),
  ar: () => import("./ar.ts"),
};

const installed = new Set<Language>();

/** Loads and installs the words of a language, once. Rejects when whoever served the page is away. */
export const load = async (language: Language): Promise<void> => {
  if (installed.has(language)) return;
  const { words } = await loads[language]();
  installed.add(language);
  install({ [language]: words });
};
