/** The emoji that can be picked, in one language: read from what `.ci/emoji.mjs` wrote. Pure. */
import { flag } from "../i18n/format.ts";
import { plainWords } from "./plainWords.ts";
import { isoOf } from "./isoOf.ts";

/** In the order of the data. */
export const GROUPS = [
  "smileys",
  "people",
  "nature",
  "food",
  "travel",
  "activities",
  "objects",
  "symbols",
  "flags",
] as const;
export type Group = (typeof GROUPS)[number];

export interface Emoji {
  readonly emoji: string;
  readonly name: string;
  /** By what it is found, as it is compared: its name, a tab, more; before each word a space. */
  readonly words: string;
  /** Of a country's flag. */
  readonly iso?: string;
}

export interface EmojiSet {
  /** All of `GROUPS`, in their order. */
  readonly groups: ReadonlyMap<Group, readonly Emoji[]>;
  /** Names of the five skin tones. */
  readonly tones: readonly string[];
}

interface EmojiData {
  /** A line a group, then the skin tones, then the letters of the countries. */
  readonly set: string;
  /** A line an emoji, in the order of `set`: its name, a tab, more words by which it is found. */
  readonly names: string;
  /** For the names of countries, and to sort them. */
  readonly locale: string;
  /** Whether this system draws an emoji in colour. */
  readonly draws: (emoji: string) => boolean;
}

/** Before emoji that older systems do not know: a letter, the later the newer. */
const SINCE = /^[a-z]/;

/** Without those that this system cannot draw; the flags of countries are sorted by their names. */
export const readSet = ({ set, names, locale, draws }: EmojiData): EmojiSet => {
  const lines = set
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "));
  const [countries = [], tones = []] = [lines.pop(), lines.pop()];
  const named = names.trimEnd().split("\n").map(namedBy);
  // A system knows all that came with one letter, or none: one that joins nothing speaks for them.
  const known = new Map(
    lines
      .flat()
      .filter((token) => SINCE.test(token) && Array.from(token).length === 2)
      .map((token) => [token.slice(0, 1), token.slice(1)]),
  );
  const drawn = new Map(Array.from(known, ([since, emoji]) => [since, draws(emoji)]));
  let at = 0;
  const groups = lines.map((line) =>
    line.flatMap((token): Emoji[] => {
      const [since] = SINCE.exec(token) ?? [];
      const emoji = token.replace(SINCE, "");
      const iso = isoOf(emoji);
      const found = { emoji, ...(named[at++] ?? { name: emoji, words: "" }), ...(iso && { iso }) };
      return since === undefined || drawn.get(since) ? [found] : [];
    }),
  );
  const others = groups.pop() ?? [];
  const regions = new Intl.DisplayNames(locale, { type: "region", fallback: "code" });
  // What a flag is called in this language stands with those that are named in the data.
  const called = plainWords(others.find(({ iso }) => iso !== undefined)?.words.split("\t")[1] ?? "");
  const flags = countries.map((iso): Emoji => {
    const name = regions.of(iso) ?? iso;
    return { emoji: flag(iso), name, words: ` ${plainWords(name)}\t ${plainWords(iso)} ${called}`, iso };
  });
  const { compare } = new Intl.Collator(locale, { sensitivity: "base" });
  const land = [...flags, ...others.filter(({ iso }) => iso !== undefined)];
  const all = [...groups, [...land.toSorted((a, b) => compare(a.name, b.name)), ...others.filter(({ iso }) => !iso)]];
  return {
    groups: new Map(GROUPS.map((group, i) => [group, all[i] ?? []])),
    tones: tones.map((_, i) => named[at + i]?.name ?? ""),
  };
};

const namedBy = (line: string): Pick<Emoji, "name" | "words"> => {
  const [name = "", more = ""] = line.split("\t");
  return { name, words: ` ${plainWords(name)}\t ${more}` };
};
