/** What somebody laid on the table, in one line: for quotations, lists and what is read out. */
import type { ToolWord } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { cut, plainText } from "../text.ts";

const LENGTH = 140;

const wordsOf = (word: ToolWord): string => {
  const words = "text" in word ? cut(plainText(word.text).replace(/\s+/g, " "), LENGTH) : "";
  return words || (word.kind === "huddle" ? plainText(word.plan.place) : "");
};

const told = (word: ToolWord, words: string): string => {
  switch (word.kind) {
    case "call":
      return t(wordsOf(word) ? "gist-call" : "gist-call-bare", { act: t(`call-${word.act}`), words });
    case "board":
      return t("gist-board", { words });
    case "huddle":
      return t("gist-huddle", { words });
    case "rollCall":
      return t("gist-roll", { words });
    default:
      return "";
  }
};

/** Of a word that only changes something, nothing. */
export const toolGist = (word: ToolWord): string => told(word, wordsOf(word));

/**
 * The same in two pieces, what it is and its words, for where it is cut: as one piece a line that runs from right to left
 * would lose the beginning of words that run from left to right.
 */
export const toolPieces = (word: ToolWord): readonly [what: string, words: string] => {
  const what = told(word, "").trimEnd();
  return [what, what && wordsOf(word)];
};
