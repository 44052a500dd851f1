/** Words that their author changed or took back: which of the changes count, whatever order they came in. SPEC.md §10. */
import type { MessageId, Millis } from "../types.ts";
import { before } from "./toolOrder.ts";

/** So many new wordings of one message count, and only for so long after it. */
export const MAX_REVISIONS = 10;
export const REVISED_WITHIN: Millis = 24 * 3_600_000;

interface Placed {
  readonly time: Millis;
  readonly message: MessageId;
}

/** New words in place of others; nothing is left of a caption that is empty, and a text is never. */
export interface Revising extends Placed {
  readonly text: string;
}

/** The wordings that count after the first, each once and in order; the last of them is what the message says. */
export const wordings = <R extends Revising>(
  { time, message, caption }: Placed & { readonly caption: boolean },
  revisions: readonly R[],
): readonly R[] => {
  const once = new Map(revisions.map((one) => [one.message, one]));
  return [...once.values()]
    .filter((one) => before({ time, message }, one) < 0 && one.time <= time + REVISED_WITHIN)
    .filter(({ text }) => caption || text !== "")
    .sort(before)
    .slice(0, MAX_REVISIONS);
};
