/** What somebody laid on the table, in one line: for quotations, lists and what is read out. */
import type { ToolWord } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { cut, plainText } from "../text.ts";

const LENGTH = 140;

/** Of a word that only changes something, nothing. */
export const toolGist = (word: ToolWord): string => {
  const words = "text" in word ? cut(plainText(word.text).replace(/\s+/g, " "), LENGTH) : "";
  switch (word.kind) {
    case "call":
      return t(words ? "gist-call" : "gist-call-bare", { act: t(`call-${word.act}`), words });
    case "board":
      return t("gist-board", { words });
    case "huddle":
      return t("gist-huddle", { words: words || plainText(word.plan.place) });
    case "rollCall":
      return t("gist-roll", { words });
    default:
      return "";
  }
};
