/**
 * What peers write, made harmless for a terminal. Names and texts come from strangers: a terminal that prints them as
 * they are can be made to move its cursor, set its title, answer into the shell, or show words in another order than
 * they were written. Pure; every line that the CLI prints for a person passes through here.
 */
import { stripVTControlCharacters } from "node:util";

/** C0 without the line feed, DEL, C1, the two Unicode line ends, annotation marks. */
const CONTROLS = /[[\p{Cc}\u2028\u2029\ufff9-\ufffb]--\n]/gv;
/** A letter of a script that joins its letters, or keeps them apart, by invisible characters. */
const JOINING = String.raw`[[\p{sc=Arab}\p{sc=Deva}\p{sc=Beng}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Taml}]&&\p{L}]`;
/** An emoji as Unicode lists it, joiners included; or a joiner between such letters; or something invisible. */
const INVISIBLE = new RegExp(
  String.raw`(\p{RGI_Emoji})|((?<=${JOINING}\p{M}?)[\u200c\u200d](?=${JOINING}))|\p{Default_Ignorable_Code_Point}`,
  "gv",
);
/** More marks on one letter than any language uses; they climb over the neighbouring lines. */
const STACKED_MARKS = /(?<kept>\p{M}{4})\p{M}+/gu;

const visible = (text: string, keepJoiners: boolean): string =>
  text
    .replaceAll(INVISIBLE, (match: string, emoji: string | undefined, joiner: string | undefined) =>
      emoji !== undefined || (keepJoiners && joiner !== undefined) ? match : "",
    )
    .replaceAll(STACKED_MARKS, "$<kept>");

/**
 * Text of several lines: line feeds stay, tabs become spaces, and no other control, escape sequence, bidirectional
 * override or isolate, or invisible character is left. Emoji and the joiners of Arabic and Indic scripts survive.
 */
export const plainText = (text: string): string =>
  visible(
    stripVTControlCharacters(
      text
        .toWellFormed()
        .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
        .replaceAll("\t", "    "),
    ).replaceAll(CONTROLS, ""),
    true,
  );

/** One line, for names: as `plainText`, with line ends as spaces, no joiners, no outer or repeated blanks. */
export const plainLine = (text: string): string => visible(plainText(text), false).replaceAll(/\s+/gu, " ").trim();

/** JSON that a terminal may show: what `JSON.stringify` leaves raw (DEL, C1, U+2028, invisible characters) as `\uXXXX`. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]/gu,
    (character) =>
      Array.from(
        { length: character.length },
        (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
      ).join(""),
  );

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;

const graphemeWidth = (grapheme: string): number => (WIDE.test(grapheme) ? 2 : /^\p{M}+$/u.test(grapheme) ? 0 : 1);

/** Terminal columns that a harmless line takes. */
export const width = (line: string): number => {
  let columns = 0;
  for (const { segment } of graphemes.segment(line)) columns += graphemeWidth(segment);
  return columns;
};

/** The line padded with blanks to so many columns; unchanged when it is wider. */
export const pad = (line: string, columns: number): string => line + " ".repeat(Math.max(0, columns - width(line)));

/** The line cut to so many columns, with an ellipsis where something was cut. */
export const cut = (line: string, columns: number): string => {
  if (width(line) <= columns) return line;
  let kept = "";
  let used = 1;
  for (const { segment } of graphemes.segment(line)) {
    used += graphemeWidth(segment);
    if (used > columns) break;
    kept += segment;
  }
  return `${kept}…`;
};

/** Harmless text as lines of at most so many columns, broken at blanks where there are any. */
export const wrap = (text: string, columns: number): string[] => {
  const limit = Math.max(8, columns);
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    let used = 0;
    for (const { segment } of graphemes.segment(paragraph)) {
      const wide = graphemeWidth(segment);
      if (used + wide > limit) {
        const blank = line.lastIndexOf(" ");
        const rest = blank > 0 ? line.slice(blank + 1) : "";
        lines.push(blank > 0 ? line.slice(0, blank) : line);
        line = rest;
        used = width(rest);
      }
      line += segment;
      used += wide;
    }
    lines.push(line);
    return lines;
  });
};
