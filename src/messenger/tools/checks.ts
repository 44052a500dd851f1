/** What one's own words of tools have to be: whatever others would not count, nobody is let say. */
import type { BoardOf } from "../../content/boards.ts";
import { boardsOf } from "../../content/boards.ts";
import type { CallOf } from "../../content/calls.ts";
import { CALL_GAP, callsOf, inTime } from "../../content/calls.ts";
import type { HuddleOf } from "../../content/huddles.ts";
import { endsAt, huddlesOf } from "../../content/huddles.ts";
import { contents } from "../../content/message.ts";
import type { RollCallOf } from "../../content/rollCalls.ts";
import { rollCallsOf } from "../../content/rollCalls.ts";
import type { ToolSaid } from "../../content/toolOrder.ts";
import { isTool } from "../../content/toolWords.ts";
import { refused, usage } from "../../errors.ts";
import type { BoardTerms, HuddlePlan, MessageId, Millis, PersonId, Profile, ToolWord } from "../../types.ts";

/** The bytes of a word. */
export const toolBytes = (word: ToolWord): Uint8Array => {
  try {
    const bytes = contents.encode(word);
    const read = contents.decode(bytes);
    if (read && isTool(read)) return bytes;
  } catch {
    // Of another shape: said below.
  }
  throw usage("bad-tool", "something in it is too long, too many, or out of bounds");
};

/** Who says a word, when, and after what. */
export interface Saying {
  readonly said: readonly ToolSaid[];
  readonly self: PersonId;
  readonly profile: Profile;
  readonly now: Millis;
}

const callNamed = ({ said }: Saying, to: MessageId): CallOf => {
  const call = callsOf(said).find(({ message }) => message === to);
  if (!call) throw usage("unknown-tool", "there is no such call in this caucus");
  return call;
};

const huddleNamed = ({ said }: Saying, to: MessageId): HuddleOf => {
  const huddle = huddlesOf(said).find(({ message }) => message === to);
  if (!huddle) throw usage("unknown-tool", "there is no such huddle in this caucus");
  return huddle;
};

const rollCallNamed = ({ said }: Saying, to: MessageId): RollCallOf => {
  const call = rollCallsOf(said).find(({ message, again }) => message === to || again.includes(to));
  if (!call) throw usage("unknown-tool", "there is no such roll call in this caucus");
  return call;
};

const openBoard = ({ said }: Saying, to: MessageId): BoardOf => {
  const board = boardsOf(said).find(({ message }) => message === to);
  if (!board) throw usage("unknown-tool", "there is no such board in this caucus");
  return board;
};

const checkTerms = ({ delegations }: BoardTerms): void => {
  if (delegations.some((name) => name.trim() !== name || name === ""))
    throw usage("bad-delegation", "a delegation has a code or a name, without spaces around it");
  if (new Set(delegations).size < delegations.length) throw usage("bad-delegation", "a delegation is named twice");
};

const checkStand = (saying: Saying, word: Extract<ToolWord, { readonly kind: "stand" | "asking" }>): void => {
  if (openBoard(saying, word.to).terms.closed) throw refused("board-closed", "that board is closed");
  checkTerms({ needs: 0, delegations: [word.delegation], closed: false });
  const { flag, delegation } = saying.profile;
  if (word.kind === "stand" && !word.told && ![flag, delegation].includes(word.delegation))
    throw usage("told-by-whom", "for another delegation than your own, say who told it");
  if (word.kind === "stand" && word.told?.by.trim() === "") throw usage("told-by-whom", "say who told it");
};

const checkPlan = ({ place, starts, minutes, off }: HuddlePlan, now: Millis): void => {
  if (place.trim() === "") throw usage("no-place", "a huddle has a place");
  if (minutes < 1) throw usage("bad-tool", "a huddle lasts a minute at least");
  if (!off && starts + minutes * 60_000 <= now) throw refused("too-late", "that time has passed");
};

const checkAnswer = (saying: Saying, { to, answer }: Extract<ToolWord, { readonly kind: "answer" }>): void => {
  switch (answer) {
    case "coming":
    case "late":
    case "absent": {
      const { plan } = huddleNamed(saying, to);
      if (plan.off || endsAt(plan) <= saying.now) throw refused("too-late", "that huddle is over");
      return;
    }
    case "read":
      if (rollCallNamed(saying, to).by === saying.self) throw usage("own-call", "that roll call is your own");
      return;
    default: {
      const call = callNamed(saying, to);
      const own = call.by === saying.self;
      if (answer === "over" && !own) throw refused("not-yours", "only whoever called can say that it is over");
      if (answer !== "over" && own) throw usage("own-call", "that call is your own");
      if (!inTime(call, saying.now)) throw refused("too-late", "that call is over");
    }
  }
};

/**
 * Usage error for what belongs to nothing here or is no word to say; refused for what is another's to say (`not-yours`), comes too late
 * (`too-late`, `board-closed`) or too soon (`too-soon`).
 */
export const checkWord = (saying: Saying, word: ToolWord): void => {
  switch (word.kind) {
    case "call": {
      const last = saying.said.findLast(({ by, word: other }) => by === saying.self && other.kind === "call");
      if (last && saying.now < last.time + CALL_GAP) throw refused("too-soon", "one call a minute; wait a little");
      return;
    }
    case "answer":
      return checkAnswer(saying, word);
    case "board":
      if (word.text.trim() === "") throw usage("empty-message", "a proposition has words");
      return checkTerms(word.terms);
    case "terms":
      if (openBoard(saying, word.to).by !== saying.self)
        throw refused("not-yours", "only whoever put the proposition can change its terms");
      return checkTerms(word.terms);
    case "stand":
    case "asking":
      return checkStand(saying, word);
    case "huddle":
      return checkPlan(word.plan, saying.now);
    case "plan":
      if (huddleNamed(saying, word.to).by !== saying.self)
        throw refused("not-yours", "only whoever called the huddle can change it");
      return checkPlan(word.plan, saying.now);
    case "rollCall": {
      if (word.text.trim() === "") throw usage("empty-message", "a roll call has words");
      if (word.again === undefined) return;
      const before = rollCallNamed(saying, word.again);
      if (before.by !== saying.self || before.text !== word.text)
        throw refused("not-yours", "only whoever said it can say it once more, in the same words");
      return;
    }
  }
};
