/** Words of tools in the one order of their caucus: what every reducer folds over. SPEC.md §10. */
import type { MessageId, Millis, PersonId, ToolWord } from "../types.ts";

/** A word that somebody said. */
export interface ToolSaid {
  readonly time: Millis;
  readonly message: MessageId;
  readonly by: PersonId;
  readonly word: ToolWord;
}

/** By time, then by id. */
export const before = (a: Pick<ToolSaid, "time" | "message">, b: Pick<ToolSaid, "time" | "message">): -1 | 0 | 1 => {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return a.message < b.message ? -1 : a.message > b.message ? 1 : 0;
};

/** In order, each message once. */
export const inOrder = (said: readonly ToolSaid[]): readonly ToolSaid[] => {
  const once = new Map(said.map((one) => [one.message, one]));
  return [...once.values()].sort(before);
};
