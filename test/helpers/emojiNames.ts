/** What the picker of emoji calls one of them, in a language. */
import { readFileSync } from "node:fs";
import { readSet } from "../../web/app/emoji/emojiSet.ts";
import type { Language } from "../../web/app/i18n/index.ts";

const data = (name: string): string =>
  readFileSync(new URL(`../../web/app/emoji/data/${name}.txt`, import.meta.url), "utf8");

export const emojiName = (emoji: string, locale: Language): string => {
  const { groups } = readSet({ set: data("set"), names: data(locale), locale, draws: () => true });
  const found = [...groups.values()].flat().find((one) => one.emoji === emoji);
  if (!found) throw new Error(`no ${emoji}`);
  return found.name;
};
