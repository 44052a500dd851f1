/** "Now!": a fold over calls and their answers, the same in whatever order they came. SPEC.md §10. */
import type { CallAct, MessageId, Millis, PersonId } from "../types.ts";
import type { ToolSaid } from "./toolOrder.ts";
import { inOrder } from "./toolOrder.ts";

/** Of one person's calls, those so soon after the one before ring nowhere. */
export const CALL_GAP: Millis = 60_000;
/** A call from so far ahead of one's own clock is none that rings: what its time is worth nobody knows. */
export const CALL_AHEAD: Millis = 60_000;

/** What somebody answered last, and when they first said so without saying anything else since. */
export interface Answered {
  readonly by: PersonId;
  readonly answer: "has" | "cannot";
  readonly at: Millis;
  readonly message: MessageId;
}

/** One call. */
export interface CallOf {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly act: CallAct;
  readonly text: string;
  readonly seconds: number;
  readonly tooSoon: boolean;
  /** Its caller has taken it back. */
  readonly over: boolean;
  /** In the order in which they were given, one a person. */
  readonly answers: readonly Answered[];
  /** Of those who say that they have it, the first. */
  readonly taken?: Answered;
}

interface Draft extends Omit<CallOf, "answers" | "over"> {
  readonly last: Map<PersonId, Answered>;
  over: boolean;
}

const finish = ({ last, ...call }: Draft): CallOf => {
  const answers = [...last.values()];
  const taken = answers.find(({ answer }) => answer === "has");
  return { ...call, answers, ...(taken && { taken }) };
};

/**
 * Calls, the oldest first. An answer counts after the call that it is to: what is before it in the order is no answer. Nobody
 * answers for another, nobody takes their own call, and only whoever called says that it is over.
 */
export const callsOf = (said: readonly ToolSaid[]): readonly CallOf[] => {
  const calls = new Map<MessageId, Draft>();
  const rang = new Map<PersonId, Millis>();
  for (const { time, message, by, word } of inOrder(said)) {
    if (word.kind === "call") {
      const tooSoon = time < (rang.get(by) ?? -Infinity) + CALL_GAP;
      if (!tooSoon) rang.set(by, time);
      const { act, text, seconds } = word;
      calls.set(message, { message, by, at: time, act, text, seconds, tooSoon, over: false, last: new Map() });
    } else if (word.kind === "answer") {
      const call = calls.get(word.to);
      if (!call) continue;
      if (word.answer === "over") call.over ||= by === call.by;
      else if (by === call.by || (word.answer !== "has" && word.answer !== "cannot")) continue;
      else if (call.last.get(by)?.answer !== word.answer) {
        // Anew at the end: whoever takes it back and has it again is behind those who had it meanwhile.
        call.last.delete(by);
        call.last.set(by, { by, answer: word.answer, at: time, message });
      }
    }
  }
  return [...calls.values()].map(finish);
};

/** Until when a call is open, by the clock of whoever heard it first at `heard`. */
export const openUntil = (call: Pick<CallOf, "at" | "seconds">, heard: Millis): Millis =>
  Math.min(call.at, heard) + call.seconds * 1000;

/** Whether a call is still of use now: neither too late, nor of a time that one cannot judge. */
export const inTime = (call: Pick<CallOf, "at" | "seconds">, now: Millis): boolean =>
  call.at <= now + CALL_AHEAD && now < call.at + call.seconds * 1000;
