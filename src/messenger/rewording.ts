/** A person changes what they said, takes it back, or wants it off this device. SPEC.md §10. */
import { MAX_REVISIONS, REVISED_WITHIN } from "../content/changes.ts";
import { contents, show } from "../content/message.ts";
import { refused, usage } from "../errors.ts";
import type { GroupId, MessageId, MessageView, Wording } from "../types.ts";
import { joinedGroup, knownGroup } from "./checks.ts";
import { forgetHere, isBeside, withdrawHere } from "./changing.ts";
import { lineById, storedLine } from "./history.ts";
import type { Line } from "./lines.ts";
import { findNewest } from "./newest.ts";
import { enqueue, unsay } from "./outbox.ts";
import type { Held } from "./parts.ts";
import { checkText, flushSoon, mentionsOf, needLine } from "./saying.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { isChange, newerWords } from "./wording.ts";

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
  if (session.clock.now() > view.sentAt + REVISED_WITHIN)
    throw refused("too-late", "what was said can be changed for a day; say it anew");
  if ((await wordingsOf(session, held, message)).length > MAX_REVISIONS)
    throw refused("too-often", `a message can be changed ${MAX_REVISIONS} times; say it anew`);
  const content = contents.encode({ kind: "revise", to: message, text, mentions: mentionsOf(session, held, text) });
  await session.step((step) => enqueue(step, joinedGroup(session, caucus), { content }));
  const after = (await lineById(session, caucus, message)) as MessageView;
  session.events.emit("receipt", after);
  flushSoon(session, caucus);
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
      step.after(() => session.events.emit("gone", { caucus, message }));
      return;
    }
    await withdrawHere(step, caucus, (await lineOf(step, caucus, message)) as Line);
    await enqueue(step, joinedGroup(session, caucus), { content: contents.encode({ kind: "withdraw", to: message }) });
  });
  flushSoon(session, caucus);
};

const lineOf = async (step: Step, caucus: GroupId, message: MessageId): Promise<Line | undefined> => {
  const place = await step.place(caucus, message);
  return place && step.line(caucus, place);
};

/** See `MessengerApi.forget`. */
export const forget = async (session: Session, caucus: GroupId, message: MessageId): Promise<void> => {
  const held = knownGroup(session, caucus);
  if (session.outbox.get(caucus)?.some((one) => one.message === message))
    throw refused("not-sent", "that has not been sent yet; take it back instead");
  await session.step(async (step) => {
    const line = await lineOf(step, caucus, message);
    if (!line || isChange(line)) throw usage("unknown-message", "that message is not in this caucus");
    await forgetHere(step, caucus, line);
  });
  if (session.newest.get(caucus)?.message === message) {
    const newest = await findNewest(session, held);
    if (newest) session.newest.set(caucus, newest);
    else session.newest.delete(caucus);
  }
  session.events.emit("gone", { caucus, message });
};

/** See `MessengerApi.wordings`. */
export const wordingsOf = async (session: Session, held: Held, message: MessageId): Promise<readonly Wording[]> => {
  const { group } = held.state;
  const line = await storedLine(session, held, message);
  const entry = session.outbox.get(group)?.find((one) => one.message === message);
  const first = line ?? (entry && { ...entry, time: entry.typedAt });
  if (!first) throw usage("unknown-message", "that message is not in this caucus");
  if (line?.gone) return [];
  const waiting = (session.outbox.get(group) ?? []).filter(
    (one) => one.time === undefined && isChange(one) && show(one.content).reply === message,
  );
  const said = { group, person: line?.person ?? session.person };
  return [first, ...(line ? newerWords(held, line) : []), ...waiting.map((one) => ({ ...one, time: one.typedAt }))].map(
    ({ content, time }) => {
      const { text, mentions } = show(content, said);
      return { text, ...(mentions && { mentions }), at: time };
    },
  );
};
