/** Persons who are named in a text: how they are called there, and where. SPEC.md §10, Names. */
import type { Mention, PersonId } from "../types.ts";

/** So many are named in one text. */
export const MAX_MENTIONS = 32;
/** Bytes of UTF-8 of what one is called. */
export const MAX_CALLED = 160;
/** Characters of a name that it is called by. */
const NAME_LENGTH = 48;

/** Somebody who can be named. */
export interface Nameable {
  readonly person: PersonId;
  readonly name: string;
  /** ISO 3166 alpha-2, or nothing. */
  readonly flag: string;
}

/** Without what cannot be seen, and without the sign that begins a name. */
const plain = (name: string): string =>
  Array.from(name.normalize("NFC").replace(/[\p{C}\s@]+/gu, " "))
    .slice(0, NAME_LENGTH)
    .join("")
    .trim();

/**
 * What each is called after "@": the name alone where nobody else has it, else with the country, else with the beginning of
 * the key. No two alike, but for the size of letters.
 */
export const called = (people: readonly Nameable[]): ReadonlyMap<PersonId, string> => {
  const out = new Map<PersonId, string>();
  const taken = new Set<string>();
  const ways: readonly ((one: Nameable, name: string) => string)[] = [
    (_, name) => name,
    ({ flag }, name) => (flag === "" ? "" : `${name} (${flag})`),
    ({ person }, name) => `${name} (${person.slice(0, 8)})`,
  ];
  for (const way of ways) {
    const tries = new Map<string, Nameable[]>();
    for (const one of people) {
      const name = plain(one.name);
      const words = name === "" || out.has(one.person) ? "" : way(one, name);
      const key = words.toLowerCase();
      if (words !== "") tries.set(key, [...(tries.get(key) ?? []), { ...one, name: words }]);
    }
    for (const [key, [first, ...others]] of tries) {
      if (first && others.length === 0 && !taken.has(key)) out.set(first.person, first.name);
      taken.add(key);
    }
  }
  return out;
};

const WORD = /^(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai})[\p{L}\p{N}\p{M}]/u;
const WORD_BEFORE = /[\p{L}\p{N}\p{M}]$/u;

/** Who is named in a text that this person writes: wherever "@" stands before what somebody is called, in letters of any size. */
export const mentionsIn = (text: string, people: readonly Nameable[]): readonly Mention[] => {
  if (!text.includes("@")) return [];
  const names = [...called(people)].toSorted(([, a], [, b]) => b.length - a.length);
  const found = new Map<string, Mention>();
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    // An address of mail names nobody; neither does the beginning of a longer word.
    if (WORD_BEFORE.test(text.slice(Math.max(0, at - 2), at))) continue;
    for (const [person, name] of names) {
      const as = text.slice(at + 1, at + 1 + name.length);
      if (as.toLowerCase() !== name.toLowerCase() || WORD.test(text.slice(at + 1 + name.length))) continue;
      found.set(as, { person, as });
      break;
    }
  }
  return [...found.values()].slice(0, MAX_MENTIONS);
};

/** Those that stand in the text: what is said of others names nobody. Of two for the same words the first counts. */
export const standing = (text: string, mentions: readonly Mention[]): readonly Mention[] =>
  mentions.filter(
    ({ as }, i) => as !== "" && text.includes(`@${as}`) && mentions.findIndex((one) => one.as === as) === i,
  );

/** A piece of a text: words, or somebody who is named. */
export interface NamedPiece {
  /** As it was written. */
  readonly text: string;
  readonly person?: PersonId;
}

/** Splits a text where somebody is named: at each "@" the longest that stands there. */
export const namedPieces = (text: string, mentions: readonly Mention[] = []): readonly NamedPiece[] => {
  const out: NamedPiece[] = [];
  const longest = mentions.toSorted((a, b) => b.as.length - a.as.length);
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0 && longest.length > 0; at = text.indexOf("@", Math.max(at + 1, from))) {
    const found = longest.find(({ as }) => text.startsWith(as, at + 1));
    if (!found) continue;
    if (at > from) out.push({ text: text.slice(from, at) });
    from = at + 1 + found.as.length;
    out.push({ text: text.slice(at, from), person: found.person });
  }
  if (from < text.length) out.push({ text: text.slice(from) });
  return out;
};
