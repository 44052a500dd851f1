/** Words of tools for tests: in every order, some twice, some missing. */
import fc from "fast-check";
import type { ToolSaid } from "../../src/content/toolOrder.ts";
import type { MessageId, PersonId, ToolWord } from "../../src/types.ts";

export const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
export const person = (n: number): PersonId => n.toString(16).padStart(64, "0") as PersonId;

/** The message `n`, by `by`, at `time`. */
export const said = (n: number, time: number, by: number, word: ToolWord): ToolSaid => ({
  message: id(n),
  time,
  by: person(by),
  word,
});

/** What many said: ids are places in the list, so that words may belong to each other. */
export const talk = (word: fc.Arbitrary<ToolWord>, times: number): fc.Arbitrary<readonly ToolSaid[]> =>
  fc
    .array(fc.tuple(fc.nat(times), fc.nat(3), word), { maxLength: 40 })
    .map((all) => all.map(([time, by, one], n) => said(n, time, by, one)));

/** The same words as another device has them: in another order, some more than once. */
export const shuffled = <T>(all: readonly T[], dice: Iterator<number>): readonly T[] => {
  const roll = (): number => dice.next().value as number;
  const twice = [...all, ...all.filter(() => roll() % 3 === 0)];
  return twice
    .map((one) => [roll(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
};
