/** Huddles: a fold over plans and answers, the same in whatever order they came. SPEC.md §10. */
import type { HuddlePlan, MessageId, Millis, PersonId } from "../types.ts";
import type { ToolSaid } from "./toolOrder.ts";
import { inOrder } from "./toolOrder.ts";

/** So long after its end it is on no table any more. */
export const DISSOLVES: Millis = 15 * 60_000;

/** Who comes: what somebody answered last. */
export interface Coming {
  readonly by: PersonId;
  readonly answer: "coming" | "late" | "absent";
  readonly at: Millis;
}

/** A huddle. */
export interface HuddleOf {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly text: string;
  readonly plan: HuddlePlan;
  /** When its plan changed last. */
  readonly changedAt?: Millis;
  /** One a person, in the order in which they were given. */
  readonly answers: readonly Coming[];
}

type Draft = Omit<HuddleOf, "answers" | "plan" | "changedAt"> & {
  plan: HuddlePlan;
  changedAt?: Millis;
  readonly last: Map<PersonId, Coming>;
};

/** Huddles, the oldest first. The plan is its author's to change, and each answer its own author's. */
export const huddlesOf = (said: readonly ToolSaid[]): readonly HuddleOf[] => {
  const huddles = new Map<MessageId, Draft>();
  for (const { time: at, message, by, word } of inOrder(said)) {
    if (word.kind === "huddle") {
      huddles.set(message, { message, by, at, text: word.text, plan: word.plan, last: new Map() });
      continue;
    }
    if (word.kind !== "plan" && word.kind !== "answer") continue;
    const huddle = huddles.get(word.to);
    if (!huddle) continue;
    if (word.kind === "plan") {
      if (by === huddle.by) Object.assign(huddle, { plan: word.plan, changedAt: at });
    } else if (word.answer === "coming" || word.answer === "late" || word.answer === "absent") {
      huddle.last.delete(by);
      huddle.last.set(by, { by, answer: word.answer, at });
    }
  }
  return [...huddles.values()].map(({ last, ...huddle }) => ({ ...huddle, answers: [...last.values()] }));
};

/** When a huddle is over, and when it is gone from the table. */
export const endsAt = ({ starts, minutes }: HuddlePlan): Millis => starts + minutes * 60_000;
