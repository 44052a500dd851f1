/**
 * What others wrote, made fit to show. Nothing here produces markup: the result is strings, and parts that a view
 * renders as text nodes and links.
 */

/** Between facts that share a line: it may end one, but never begins the next. */
export const DOT = "\u00a0· ";

/** Longest name shown, in characters as a reader counts them. */
const NAME_LENGTH = 60;
/** Combining marks on one letter: more only paint over the lines above and below. */
const MARKS = 4;

// Controls, bidi controls, invisible operators, tag characters, fillers that render as nothing.
const UNSEEN = new RegExp(
  String.raw`[\p{Cc}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}-\u{180f}\u{200b}\u{200e}\u{200f}` +
    String.raw`\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{feff}\u{ffa0}\u{fff0}-\u{fffb}\u{e0000}-\u{e0fff}]`,
  "gu",
);
// Joiners mean something after letters of scripts that join, and inside emoji.
const JOINING = [
  "Arabic",
  "Syriac",
  "Devanagari",
  "Bengali",
  "Tamil",
  "Telugu",
  "Kannada",
  "Malayalam",
  "Sinhala",
  "Khmer",
];
const LOOSE_JOINER = new RegExp(
  `(?<![${JOINING.map((script) => `\\p{Script=${script}}`).join("")}\\p{Extended_Pictographic}\\p{EMod}\\u{fe0f}])` +
    String.raw`[\u{200c}\u{200d}]`,
  "gu",
);
const STACKED = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, "gu");
// Embeddings and overrides turn text round without a trace; isolates and marks are how mixed text is written well.
const OVERRIDES = /[\u202a-\u202e]/gu;
const CONTROLS = /(?![\t\n])\p{Cc}/gu;

// Firefox has it since 125; before, characters are counted by code points.
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : undefined;

const lengths = (text: string): readonly number[] =>
  segmenter
    ? Array.from(segmenter.segment(text), ({ segment }) => segment.length)
    : Array.from(text, (character) => character.length);

/** The first `length` characters, with an ellipsis where something was left out. */
export const cut = (text: string, length: number): string => {
  if (text.length <= length) return text;
  // A character may be a long family of emoji, but not without end.
  const start = text.slice(0, length * 8);
  const end = lengths(start)
    .slice(0, length)
    .reduce((sum, one) => sum + one, 0);
  return end < text.length ? `${text.slice(0, end)}…` : text;
};

/** A name (of a person, caucus, hub or file) on one line, without what cannot be seen. May be empty. */
export const plainName = (name: string): string =>
  cut(
    name
      .slice(0, 2_000)
      .replace(UNSEEN, (found) => (/\s/.test(found) ? " " : ""))
      .replace(LOOSE_JOINER, "")
      .replace(STACKED, "$1")
      .replace(/\s+/gu, " ")
      .trim(),
    NAME_LENGTH,
  );

/** A file's name with its last ending kept in sight, so that a long name cannot hide what it is. */
export const plainFileName = (name: string): string => {
  const whole = name.slice(0, 2_000).replace(UNSEEN, "").replace(/[/\\]/g, "_").replace(/\s+/gu, " ").trim();
  if (whole.length <= NAME_LENGTH) return whole;
  return `${cut(whole, NAME_LENGTH - 16)}${whole.slice(-15)}`;
};

/** A message's text: as written, less overrides, control characters and towers of marks. */
export const plainText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(CONTROLS, "")
    .replace(OVERRIDES, "")
    .replace(STACKED, "$1")
    .replace(/\n{4,}/g, "\n\n\n");

/** Part of a message: words, or an address that was written out. */
export type Piece =
  | { readonly text: string; readonly href?: undefined }
  | {
      readonly text: string;
      readonly href: string;
      /** The host it really leads to, when the text does not show it plainly. */
      readonly host?: string;
    };

const ADDRESS = /\bhttps?:\/\/[^\s\p{Cc}<>"“”«»\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000]+/giu;
const TRAILING = /[.,:;!?'’”»…،؛؟。，、]+$/u;

const parsed = (address: string): URL | undefined => {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
};

/** Splits text at addresses. Only `http:` and `https:` become links, and never ones that carry a name or password. */
export const pieces = (text: string): readonly Piece[] => {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    let address = match[0].replace(TRAILING, "");
    if (address.endsWith(")") && !address.includes("(")) address = address.slice(0, -1);
    const url = parsed(address);
    if (!url || url.username || url.password || address.length > 2_000) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    const plain = address.toLowerCase().startsWith(`${url.protocol}//${url.host}`);
    found.push({ text: address, href: url.href, ...(!plain && { host: url.host }) });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
};
