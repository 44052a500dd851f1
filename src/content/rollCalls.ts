/** Roll calls: a fold over what is said once more and who says that they have read it. SPEC.md §10. */
import type { MessageId, Millis, PersonId } from "../types.ts";
import type { ToolSaid } from "./toolOrder.ts";
import { inOrder } from "./toolOrder.ts";

/** A roll call. */
export interface RollCallOf {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly text: string;
  /** The messages that said it once more. */
  readonly again: readonly MessageId[];
  /** Who says that they have read it, and when they first did. */
  readonly read: ReadonlyMap<PersonId, Millis>;
}

type Draft = RollCallOf & { readonly again: MessageId[]; readonly read: Map<PersonId, Millis> };

/**
 * Roll calls, the oldest first. Said once more by its author, in the same words, it is the same one, and so are the answers to
 * it; said once more by anybody else, in other words, or of something that is not here, it is one of its own.
 */
export const rollCallsOf = (said: readonly ToolSaid[]): readonly RollCallOf[] => {
  const calls = new Map<MessageId, Draft>();
  const roots = new Map<MessageId, Draft>();
  for (const { time: at, message, by, word } of inOrder(said)) {
    if (word.kind === "rollCall") {
      const root = word.again === undefined ? undefined : calls.get(word.again);
      if (root && root.by === by && root.text === word.text) {
        root.again.push(message);
        roots.set(message, root);
        continue;
      }
      const call: Draft = { message, by, at, text: word.text, again: [], read: new Map() };
      calls.set(message, call);
      roots.set(message, call);
    } else if (word.kind === "answer" && word.answer === "read") {
      const call = roots.get(word.to);
      if (call && by !== call.by && !call.read.has(by)) call.read.set(by, at);
    }
  }
  return [...calls.values()];
};
