/** Words that their author changed or took back: what a set of changes comes to, whatever order they came in. SPEC.md §10. */
import type { ChainId, MemberId, MessageId, Millis } from "../types.ts";
import { before } from "./toolOrder.ts";

/** Of many wordings a program shows the first and the newest so many. */
export const MAX_WORDINGS = 32;

/** A change of one message, at a place where it was sealed. */
export interface Change {
  readonly index: number;
  readonly time: Millis;
  /** The message that says so. */
  readonly message: MessageId;
  readonly how: "revise" | "empty" | "withdraw";
}

/** The changes of one message on one chain, each at its place; nobody seals two things there. */
export interface ChainChanges {
  readonly chain: ChainId;
  readonly author: MemberId;
  readonly changes: readonly Change[];
}

/** One more change, on the chain and of the author that it was sealed with. */
export type Changed = Change & Omit<ChainChanges, "changes">;

/** With one more; the same object where that place was known. */
export const withChange = (known: ChainChanges, { index, time, message, how }: Changed): ChainChanges =>
  known.changes.some((one) => one.index === index)
    ? known
    : { ...known, changes: [...known.changes, { index, time, message, how }] };

const flat = (chains: readonly ChainChanges[]): readonly Changed[] =>
  chains.flatMap(({ chain, author, changes }) => changes.map((one) => ({ chain, author, ...one })));

/** When it was taken back first: counts for ever, wherever it was sealed, since it takes only what was its author's. */
export const takenBack = (chains: readonly ChainChanges[]): Millis | undefined => {
  const times = flat(chains).flatMap(({ how, time }) => (how === "withdraw" ? [time] : []));
  return times.length > 0 ? times.reduce((first, time) => Math.min(first, time)) : undefined;
};

/**
 * The wordings after the first that count, each once and in order; the last of them is what the message says. Nothing is left
 * of a caption that is empty, and a text is never.
 */
export const wordings = (
  chains: readonly ChainChanges[],
  { caption, counts }: { readonly caption: boolean; readonly counts: (change: Changed) => boolean },
): readonly Changed[] => {
  const valid = flat(chains).filter((one) => one.how === "revise" || (caption && one.how === "empty"));
  const once = new Map<MessageId, Changed>();
  for (const one of valid.filter(counts)) {
    const known = once.get(one.message);
    // Sealed at several places it is one, as of the first of them.
    if (!known || before(one, known) < 0) once.set(one.message, one);
  }
  return [...once.values()].sort(before);
};
