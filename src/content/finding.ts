/**
 * What a search takes for the same: letters without case, accents and what is only drawn (Unicode NFKD), Arabic without
 * vowel marks, tatweel and the seats of hamza. Chinese is found by any part of it, as every other text is.
 */

/** Words of one search that count, and characters of all of them. */
const MAX_WORDS = 8;
export const MAX_SOUGHT = 200;

// What no decomposition takes apart, each with what it counts as: the forms of alef, yeh, heh and kaf in which Arabic,
// Persian and Urdu are typed, letters with a stroke or joined, quotation marks, dashes.
const SAME = new Map(
  [
    "\u0671\u0627 \u0649\u064a \u06cc\u064a \u0629\u0647 \u06a9\u0643",
    'øo łl đd ðd þth æae œoe ħh ŧt ’\' ‘\' “" ”" „" «" »" –- —- ‑- ‐-',
  ]
    .join(" ")
    .split(" ")
    .map(([from = "", ...to]) => [from, to.join("")]),
);
/** Marks on letters, tatweel, and what cannot be seen. */
const DROPPED = /[\p{M}\p{Cf}\u0640]/gu;

/** How characters are compared that came by; a page holds no more of them than this. */
const kept = new Map<string, string>();
const MAX_KEPT = 8192;

/** Digits as Arabic and Persian write them, too. */
const digit = (one: string): string => {
  const code = one.codePointAt(0) ?? 0;
  return (code & ~0xf) === 0x660 || (code & ~0xf) === 0x6f0 ? (/\p{Nd}/u.test(one) ? `${code & 0xf}` : one) : one;
};

/** One character as it is compared; nothing for one that is not. */
const foldedCharacter = (character: string): string => {
  const known = kept.get(character);
  if (known !== undefined) return known;
  const plain = character.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD").replace(DROPPED, "");
  const made = Array.from(plain, (one) => (/\s/u.test(one) ? " " : (SAME.get(one) ?? digit(one)))).join("");
  if (kept.size < MAX_KEPT) kept.set(character, made);
  return made;
};

/** A text as it is compared. */
export const folded = (text: string): string => Array.from(text, foldedCharacter).join("");

/** The words of a search, folded; none where there is nothing to look for. */
export const soughtWords = (words: string): readonly string[] => {
  const all = folded(words.slice(0, MAX_SOUGHT)).split(" ").filter(Boolean);
  return [...new Set(all)].slice(0, MAX_WORDS);
};

/** Whether every word stands in one of the texts. */
export const holdsAll = (words: readonly string[], texts: readonly string[]): boolean => {
  const plain = texts.map(folded);
  return words.every((word) => plain.some((text) => text.includes(word)));
};

/** A text in pieces; `found` are those that a word of the search stands for. */
export interface Found {
  readonly text: string;
  readonly found: boolean;
}

/** Where the words stand in a text, for marking them. */
export const foundIn = (text: string, words: readonly string[]): readonly Found[] => {
  const characters = Array.from(text);
  const plain = characters.map(foldedCharacter);
  const whole = plain.join("");
  // Of each unit of the folded text, the character that it comes from.
  const from = plain.flatMap((piece, at) => Array.from({ length: piece.length }, () => at));
  const marked = new Set<number>();
  for (const word of words)
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length))
      for (let unit = at; unit < at + word.length; unit += 1) marked.add(from[unit] ?? -1);
  const out: { text: string; found: boolean }[] = [];
  for (const [at, character] of characters.entries()) {
    const last = out.at(-1);
    // A mark on a letter goes with its letter.
    const found = plain[at] === "" && last ? last.found : marked.has(at);
    if (last?.found === found) last.text += character;
    else out.push({ text: character, found });
  }
  return out;
};
