/** Whom one is about to name in what one writes. Pure. */
import { called } from "../../src/content/mentions.ts";
import type { CaucusView, PersonId } from "../../src/types.ts";

/** So many are offered. */
const OFFERED = 6;
/** What is being named at the end of a text: "@" and up to three words. */
const NAMING = /(?:^|[^\p{L}\p{N}\p{M}])@((?:[^\s@]{0,32} ){0,2}[^\s@]{0,32})$/u;

/** Letters without what stands on them, so that a bare "e" finds "é". */
const bare = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Somebody who may be meant. */
export interface Offered {
  readonly person: PersonId;
  /** What they are called. */
  readonly name: string;
  /** Characters before the caret that the name takes the place of. */
  readonly over: number;
}

/** Whom the text before the caret may be about to name. */
export const offered = (me: PersonId, caucus: Pick<CaucusView, "members">, before: string): readonly Offered[] => {
  const sought = NAMING.exec(before)?.[1];
  if (sought === undefined) return [];
  const others = caucus.members.filter(({ person, state }) => person !== me && state === "joined");
  return [...called(others)]
    .filter(([, name]) => name !== sought && ` ${bare(name)}`.includes(` ${bare(sought)}`))
    .slice(0, OFFERED)
    .map(([person, name]) => ({ person, name, over: sought.length }));
};
