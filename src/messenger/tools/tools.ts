/** The negotiation's tools: words that are said, and what follows from them. SPEC.md §10. */
import { boardsOf } from "../../content/boards.ts";
import { CALL_GAP, CALL_AHEAD, callsOf } from "../../content/calls.ts";
import { DISSOLVES, endsAt, huddlesOf } from "../../content/huddles.ts";
import { rollCallsOf } from "../../content/rollCalls.ts";
import { CALL_SECONDS } from "../../content/toolWords.ts";
import { refused, usage } from "../../errors.ts";
import { messageId } from "../../protocol/control.ts";
import { isMember } from "../../protocol/group.ts";
import type { GroupId, MessageId, MessageView, ToolWord } from "../../types.ts";
import type { CallView, RollCallView, TableView, ToolView } from "../../types/tools.ts";
import { joinedGroup, knownGroup } from "../checks.ts";
import { isOwnGroup } from "../own.ts";
import { nonceBytes, say } from "../saying.ts";
import type { Session } from "../session.ts";
import { boardBrief, boardView } from "./boardViews.ts";
import { callView } from "./callViews.ts";
import { checkWord, toolBytes } from "./checks.ts";
import { huddleView } from "./huddleViews.ts";
import { rollCallView } from "./rollCallViews.ts";
import { rootOf, ToolBook } from "./toolBook.ts";

/** Of each kind so many are on the table; older ones are still there by their name. */
const ON_TABLE = 64;
const ROLL_CALLS = 16;
/** A call that is older than this rings nowhere, whatever the clocks say. */
const RINGING = CALL_SECONDS.most * 1000 + CALL_AHEAD;

/** The words that this session knows. */
export const bookOf = (session: Session): ToolBook => (session.tools ??= new ToolBook(session));

/** Says a word, whole and in bounds; see `MessengerApi`. */
export const sayTool = async (
  session: Session,
  caucus: GroupId,
  { word, nonce }: { readonly word: ToolWord; readonly nonce?: string | undefined },
): Promise<MessageView> => {
  const held = joinedGroup(session, caucus);
  const content = toolBytes(word);
  const bytes = nonceBytes(nonce);
  const book = bookOf(session);
  const now = session.clock.now();
  const said = await book.said(held);
  // What was said under this nonce before is found again, whatever has happened since.
  const before = bytes && messageId(held.state.seat.member, bytes, content);
  if (!said.some(({ message }) => message === before)) {
    if (word.kind === "call" && now < book.called + CALL_GAP)
      throw refused("too-soon", "one call a minute; wait a little");
    checkWord({ said, self: session.person, profile: session.profile, now }, word);
    if (word.kind === "call") book.called = now;
  }
  const view = await say(session, caucus, { content, nonce: bytes });
  book.tell(caucus, rootOf(view.message, word));
  return view;
};

/** What lies on a group's table. */
export const tableOf = async (session: Session, caucus: GroupId): Promise<TableView> => {
  const held = knownGroup(session, caucus);
  const book = bookOf(session);
  const said = await book.said(held);
  const calls: CallView[] = [];
  for (const call of callsOf(said).slice(-ON_TABLE).reverse())
    calls.push(await callView({ session, book, held }, call));
  const rollCalls: RollCallView[] = [];
  for (const call of rollCallsOf(said).slice(-ROLL_CALLS).reverse())
    rollCalls.push(await rollCallView(session, held, call));
  const boards = boardsOf(said).slice(-ON_TABLE).reverse();
  const now = session.clock.now();
  const huddles = huddlesOf(said).filter(({ plan }) => now < endsAt(plan) + DISSOLVES);
  return {
    calls,
    boards: boards.map((board) => boardBrief(session, held, board)),
    huddles: huddles
      .slice(-ON_TABLE)
      .reverse()
      .map((huddle) => huddleView(session, held, huddle)),
    rollCalls,
  };
};

/** One thing on it, whole; usage error `unknown-tool` for a message that laid nothing there. */
export const toolOf = async (session: Session, caucus: GroupId, message: MessageId): Promise<ToolView> => {
  const held = knownGroup(session, caucus);
  const book = bookOf(session);
  const said = await book.said(held);
  const call = callsOf(said).find((one) => one.message === message);
  if (call) return callView({ session, book, held }, call);
  const board = boardsOf(said).find((one) => one.message === message);
  if (board) return boardView(session, held, board);
  const huddle = huddlesOf(said).find((one) => one.message === message);
  if (huddle) return huddleView(session, held, huddle);
  const rollCall = rollCallsOf(said).find((one) => one.message === message || one.again.includes(message));
  if (rollCall) return rollCallView(session, held, rollCall);
  throw usage("unknown-tool", "nothing of that id lies on the table of this caucus");
};

/** Calls that ring now, whoever they are from; of groups in which there was none of late nothing else is read. */
export const ringing = async (session: Session): Promise<readonly CallView[]> => {
  const out: CallView[] = [];
  const since = Math.max(0, session.clock.now() - RINGING);
  for (const group of session.groups.keys()) {
    const recent = session.store.range({ space: "tool", group }, { gte: { time: since }, limit: 1 });
    if ((await recent.next()).done || !joined(session, group)) continue;
    out.push(...(await tableOf(session, group)).calls.filter(({ rings }) => rings));
  }
  return out;
};

const joined = (session: Session, group: GroupId): boolean => {
  const held = session.groups.get(group);
  return held !== undefined && isMember(held.state) && !isOwnGroup(session, group);
};
