/** Calls as people see them on this device, now. */
import type { CallOf } from "../../content/calls.ts";
import { inTime, openUntil } from "../../content/calls.ts";
import type { CallView } from "../../types/tools.ts";
import { lineById } from "../history.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";
import type { ToolBook } from "./toolBook.ts";
import { namesIn } from "./who.ts";

const stateOf = ({ taken, over }: CallOf, late: boolean): CallView["state"] => {
  if (taken) return "taken";
  return over ? "over" : late ? "expired" : "open";
};

/** One call. */
export const callView = async (
  { session, book, held }: { readonly session: Session; readonly book: ToolBook; readonly held: Held },
  call: CallOf,
): Promise<CallView> => {
  const who = namesIn(session, held);
  const caucus = held.state.group;
  const now = session.clock.now();
  const answers = call.answers.map(({ by, answer, at }) => ({ ...who(by), answer, at }));
  const taken = answers.find(({ person }) => person === call.taken?.by);
  const heard = inTime(call, now) ? book.judge(call) : undefined;
  const until = openUntil(call, heard?.heard ?? call.at);
  const state = stateOf(call, !heard || now >= until);
  const answered = answers.some(({ person }) => person === session.person);
  const line = await lineById(session, caucus, call.message);
  const { message, at, text, act } = call;
  return {
    tool: "call",
    caucus,
    message,
    by: who(call.by),
    at,
    text,
    act,
    state,
    until,
    rings: state === "open" && heard?.rings === true && !call.tooSoon && !answered,
    ...(taken && { taken }),
    answers,
    ...(call.tooSoon && { tooSoon: true }),
    reached: line?.reached ?? 0,
    of: line?.of ?? 0,
  };
};
