/** Huddles as people see them, now. */
import type { HuddleOf } from "../../content/huddles.ts";
import { DISSOLVES, endsAt } from "../../content/huddles.ts";
import { persons } from "../../protocol/group.ts";
import type { Millis } from "../../types.ts";
import type { ComingView, HuddleView } from "../../types/tools.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";
import { namesIn } from "./who.ts";

const stateOf = ({ plan }: HuddleOf, now: Millis): HuddleView["state"] => {
  if (plan.off) return "off";
  return now < plan.starts ? "ahead" : now < endsAt(plan) ? "now" : "over";
};

/** One huddle. */
export const huddleView = (session: Session, held: Held, huddle: HuddleOf): HuddleView => {
  const who = namesIn(session, held);
  const { message, at, text, plan, changedAt } = huddle;
  const answers = huddle.answers.map(({ by, answer, at: given }): ComingView => ({ ...who(by), answer, at: given }));
  if (!answers.some(({ person }) => person === huddle.by)) answers.unshift({ ...who(huddle.by), answer: "coming", at });
  const answered = new Set(answers.map(({ person }) => person));
  const ends = endsAt(plan);
  return {
    tool: "huddle",
    caucus: held.state.group,
    message,
    by: who(huddle.by),
    at,
    text,
    plan,
    ends,
    dissolves: ends + DISSOLVES,
    state: stateOf(huddle, session.clock.now()),
    ...(changedAt !== undefined && { changedAt }),
    answers,
    silent: [...persons(held.state.view)].filter((one) => !answered.has(one)).map(who),
  };
};
