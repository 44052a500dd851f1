/** Finding emoji by their names and by what comes to mind with them. Pure. */
import { MAX_SOUGHT } from "../../../src/content/finding.ts";
import type { Emoji, EmojiSet } from "./emojiSet.ts";
import { plainWords } from "./plainWords.ts";

/** So many are shown: who sees more does not find. */
const MOST = 120;

/** Those of which every word begins a word (Chinese, which writes none apart, may be anywhere). Whose name it is come first. */
export const findEmoji = ({ groups }: EmojiSet, sought: string): readonly Emoji[] => {
  const whole = plainWords(sought.slice(0, MAX_SOUGHT));
  if (whole === "") return [];
  const words = whole.split(" ").map((word) => (/\p{Script=Han}/u.test(word) ? word : ` ${word}`));
  const ranked: [Emoji[], Emoji[], Emoji[]] = [[], [], []];
  for (const group of groups.values())
    for (const one of group) {
      if (!words.every((word) => one.words.includes(word))) continue;
      const [name = ""] = one.words.split("\t");
      const named = name === ` ${whole}` || one.iso === whole.toUpperCase();
      ranked[named ? 0 : words.every((word) => name.includes(word)) ? 1 : 2].push(one);
    }
  return ranked.flat().slice(0, MOST);
};
