/** A person changes what they said, takes it back, or wants it off this device. SPEC.md §10. */
import { MAX_WORDINGS } from "../content/changes.ts";
import { contents, mayBeTool, show } from "../content/message.ts";
import { refused, usage } from "../errors.ts";
import type { GroupId, MessageId, MessageView, Wording } from "../types.ts";
import { joinedGroup, knownGroup } from "./checks.ts";
import { forgetHere, isBeside, withdrawHere } from "./changing.ts";
import { changeOf, lineNamed, onDisk, type Target } from "./changeBook.ts";
import { isDue } from "./fades.ts";
import { lineById, storedLine, wordedNow } from "./history.ts";
import { findNewest } from "./newest.ts";
import { enqueue, entries } from "./outboxBook.ts";
import type { Held } from "./parts.ts";
import { checkText, flushSoon, mentionsOf, needLine } from "./saying.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { bookOf } from "./tools/tools.ts";
import { unsay } from "./unsent.ts";
import { isSeen, wordingLines } from "./wording.ts";

/** The view of one's own message; usage or `refused` for what nobody changes, or is another's. */
const needOwn = async (session: Session, held: Held, message: MessageId): Promise<MessageView> => {
  const view = await needLine(session, held.state.group, message);
  const line = await storedLine(session, held, message);
  if (view.onRecord) throw refused("on-record", "that is on record: it stays as it was signed");
  if (view.kind !== "text" && view.kind !== "file")
    throw usage("not-changeable", "only a text or a file can be changed or taken back");
  if (line ? !isBeside(held, line.author) : view.sender !== session.person)
    throw refused(
      "not-yours",
      "only who said it, on a device that was beside theirs then, can change it or take it back",
    );
  return view;
};

/** Usage error for what is gone since it was looked at: the words about it would leave all the same. */
const needStill = async (step: Step, target: Target): Promise<void> => {
  const line = await lineNamed(step, target);
  const waits = entries(step.session, target.group).some(
    ({ message, time }) => message === target.to && time === undefined,
  );
  if (line ? line.gone || isDue(line, step.now) : !waits)
    throw usage("unknown-message", "that message is no longer in this caucus");
};

/** See `MessengerApi.revise`. */
export const revise = async (
  session: Session,
  caucus: GroupId,
  { message, text }: { readonly message: MessageId; readonly text: string },
): Promise<MessageView> => {
  const held = joinedGroup(session, caucus);
  checkText(text);
  const view = await needOwn(session, held, message);
  if (text === "" && view.kind === "text")
    throw usage("empty-message", "there would be nothing left of it; take it back instead");
  if (text === view.text) return view;
  const content = contents.encode({ kind: "revise", to: message, text, mentions: mentionsOf(session, held, text) });
  await session.step(async (step) => {
    await needStill(step, { group: caucus, to: message });
    await enqueue(step, joinedGroup(session, caucus), { content });
  });
  flushSoon(session, caucus);
  const after = await needLine(session, caucus, message);
  session.events.emit("receipt", after);
  return after;
};

/** See `MessengerApi.withdraw`. */
export const withdraw = async (session: Session, caucus: GroupId, message: MessageId): Promise<void> => {
  const held = joinedGroup(session, caucus);
  if ((await lineById(session, caucus, message))?.kind === "withdrawn") return;
  await needOwn(session, held, message);
  await session.step(async (step) => {
    if (await unsay(step, caucus, message)) {
      // Nobody has it, so nobody has to hear of it.
      step.after(() => session.events.emit("erased", { caucus, message }));
      return;
    }
    const line = await lineNamed(step, { group: caucus, to: message });
    if (!line || line.gone) return;
    await withdrawHere(step, caucus, line);
    await enqueue(step, joinedGroup(session, caucus), { content: contents.encode({ kind: "withdraw", to: message }) });
  });
  flushSoon(session, caucus);
};

/** See `MessengerApi.forget`. */
export const forget = async (session: Session, caucus: GroupId, message: MessageId): Promise<void> => {
  const held = knownGroup(session, caucus);
  if (session.outbox.get(caucus)?.some((one) => one.message === message))
    throw refused("not-sent", "that has not been sent yet; take it back instead");
  const line = await session.step(async (step) => {
    const known = await lineNamed(step, { group: caucus, to: message });
    if (!known || !isSeen(known)) throw usage("unknown-message", "that message is not in this caucus");
    await forgetHere(step, caucus, known);
    return known;
  });
  if (mayBeTool(line.content)) await bookOf(session).leave(caucus, line);
  if (session.newest.get(caucus)?.line.message === message) {
    const newest = await findNewest(session, held);
    if (newest) session.newest.set(caucus, newest);
    else session.newest.delete(caucus);
  }
  session.events.emit("erased", { caucus, message });
};

/** See `MessengerApi.wordings`. */
export const wordingsOf = async (session: Session, held: Held, message: MessageId): Promise<readonly Wording[]> => {
  const { group } = held.state;
  const line = await storedLine(session, held, message);
  const entry = session.outbox.get(group)?.find((one) => one.message === message);
  const first = line ?? (entry && { ...entry, time: entry.typedAt });
  if (!first) throw usage("unknown-message", "that message is not in this caucus");
  if (line && (await wordedNow(session, held, line)).line.gone) return [];
  const sealed = line ? await wordingLines(onDisk(session), held.state, { line, most: MAX_WORDINGS }) : [];
  const waiting = (session.outbox.get(group) ?? []).filter((one) => {
    const change = one.time === undefined ? changeOf(one) : undefined;
    return change?.kind === "revise" && change.to === message;
  });
  const said = { group, person: line?.person ?? session.person };
  return [
    first,
    ...sealed.map((one) => ({ content: one.line.content, time: one.at })),
    ...waiting.map(({ content, typedAt }) => ({ content, time: typedAt })),
  ].map(({ content, time }) => {
    const { text, mentions } = show(content, said);
    return { text, ...(mentions && { mentions }), at: time };
  });
};
