/** The data of the picker: loaded apart, that of the reader's language alone. */
import { effect } from "@preact/signals";
import { language, LANGUAGES, type Language } from "../i18n/index.ts";
import { readSet, type EmojiSet } from "./emojiSet.ts";
import { inColour } from "./inColour.ts";

type Text = Promise<{ readonly default: string }>;

const set = (): Text => import("./data/set.txt");
const NAMES: Readonly<Record<Language, () => Text>> = {
  ar: () => import("./data/ar.txt"),
  zh: () => import("./data/zh.txt"),
  en: () => import("./data/en.txt"),
  fr: () => import("./data/fr.txt"),
  ru: () => import("./data/ru.txt"),
  es: () => import("./data/es.txt"),
};

const read = new Map<Language, EmojiSet>();

/** All emoji, named in a language. Rejects when whoever served the page is away and nothing has been fetched ahead. */
export const emojiIn = async (wanted: Language): Promise<EmojiSet> => {
  const [all, named] = await Promise.all([set(), NAMES[wanted]()]);
  const locale = LANGUAGES.find((one) => one.language === wanted)?.tag ?? wanted;
  const made = read.get(wanted) ?? readSet({ set: all.default, names: named.default, locale, draws: inColour });
  read.set(wanted, made);
  return made;
};

/** Fetches them ahead, and again for each language that is chosen: a page that is open goes on when its hub is gone. */
export const emojiAhead = (): void => {
  effect(() => {
    void Promise.all([set(), NAMES[language.value]()]).catch(() => undefined);
  });
};
