/** Reading a group's messages, in their one order. */
import type { GroupId, MessageId, MessageView, PersonId, Receipt } from "../types.ts";
import { lineNamed, onDisk } from "./changeBook.ts";
import { isDue } from "./fades.ts";
import { fileView } from "./files.ts";
import { heldView } from "./holding.ts";
import type { Line } from "./lines.ts";
import { alsoRead, counts, lineShape, nameOf, standName, viewOf } from "./lines.ts";
import type { OutboxEntry } from "./outboxBook.ts";
import { type HistoryOptions, type RecordPlace, storedAt } from "./paging.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import { mayBeTool, show } from "../content/message.ts";
import { CHANGES } from "../content/quiet.ts";
import { persons } from "../protocol/group.ts";
import {
  isLeft,
  isSeen,
  reachOf,
  reworded,
  type Said,
  saidNow,
  unsealedWords,
  type Worded,
  wordedLine,
} from "./wording.ts";

/** A line as people see it. */
export const shownLine = (session: Session, held: Held, worded: Worded): MessageView => {
  const { line, newer } = worded;
  const { group, view } = held.state;
  const waits = (one: OutboxEntry): boolean => one.message === line.message || one.message === newer?.line.message;
  const saved = (session.outbox.get(group)?.some(waits) ?? false) || unsealedWords(session, group, line) !== undefined;
  return viewOf(group, line, {
    name: nameOf(session.people, view, line.person),
    self: session.person,
    saved,
    missing: new Set(held.marks.missing.map(standName)),
    alsoRead: alsoRead(held.state, line, newer?.line),
    called: (device) => session.deviceWords.get(device)?.name,
    shown: withFile(session, held, saidNow(session, held, worded), line.person),
    held: saved ? heldView(session, held.state) : {},
    reach: reachOf(worded),
  });
};

/** A line that is on disk, as it is now. */
export const wordedNow = async (session: Session, { state }: Held, line: Line): Promise<Worded> => {
  const worded = await wordedLine(onDisk(session), state, line);
  const target = { group: state.group, to: line.message };
  if (line.changed && worded.line.gone?.how === "withdrawn" && (await isLeft(onDisk(session), state, line)))
    session.onLeft(target);
  return worded;
};

/** As people see it now. */
export const shownNow = async (session: Session, held: Held, line: Line): Promise<MessageView> =>
  shownLine(session, held, await wordedNow(session, held, line));

const withFile = (session: Session, held: Held, { file, ...words }: Said, author: PersonId) => {
  return file ? { ...words, file: fileView(session, held, file, author) } : words;
};

/** What is not sealed yet says now. */
export const entrySaid = (session: Session, { state: { group } }: Held, { message, content }: OutboxEntry): Said => {
  const said = show(content, { group, person: session.person });
  const newer = unsealedWords(session, group, { message, person: session.person });
  return newer ? reworded(said, newer.content, newer.typedAt) : said;
};

/** What has not been sealed yet: on this device only, after everything else. */
export const shownEntry = (session: Session, held: Held, entry: OutboxEntry): MessageView => ({
  message: entry.message,
  caucus: held.state.group,
  sender: session.person,
  name: session.profile.name,
  sentAt: entry.typedAt,
  ...withFile(session, held, entrySaid(session, held, entry), session.person),
  reached: 0,
  read: 0,
  of: Math.max(0, persons(held.state.view).size - 1),
  state: "saved",
  missing: 0,
  ...heldView(session, held.state),
});

/** How lines lie in the store between two places. */
const between = ({ before, after }: HistoryOptions) => {
  const [lt, gt] = [before && storedAt(before), after && storedAt(after)];
  return { ...(lt && { lt }), ...(gt && (after?.message === undefined ? { gte: gt } : { gt })) };
};

/** What is not sealed yet stands behind all that is: those between two places, and the places as far as they are of sealed lines. */
const unsealedBetween = (all: readonly OutboxEntry[], { before, after }: HistoryOptions) => {
  const position = (place?: RecordPlace): number => all.findIndex((one) => one.message === place?.message);
  const [from, to] = [position(after), position(before)];
  const entries = before && to < 0 ? [] : all.slice(from + 1, to < 0 ? undefined : to);
  return { entries, sealed: from < 0, places: { ...(to < 0 && before && { before }), ...(after && { after }) } };
};

export async function* history(session: Session, group: GroupId, options: HistoryOptions): AsyncGenerator<MessageView> {
  const held = session.groups.get(group);
  if (!held) return;
  const { limit = Infinity, after, without } = options;
  const now = session.clock.now();
  const wanted = (line: Pick<Line, "message" | "content" | "gone">): boolean =>
    isSeen(line) && (without === undefined || !mayBeTool(line.content) || !CHANGES.has(show(line.content).kind));
  const waiting = (session.outbox.get(group) ?? []).filter((one) => one.time === undefined && wanted(one));
  const { entries, sealed, places } = unsealedBetween(waiting, options);
  // The newest so many; but after a place, those that follow on it.
  const reverse = limit < Infinity && !after;
  const rest = reverse ? limit - entries.length : limit;
  const newest: MessageView[] = [];
  let count = 0;
  if (sealed && rest > 0)
    for await (const { value } of session.store.range({ space: "message", group }, { ...between(places), reverse })) {
      const line = lineShape.from(value);
      if (!line || !counts(held.state.view, line) || !wanted(line) || isDue(line, now)) continue;
      const view = await shownNow(session, held, line);
      if (reverse) newest.push(view);
      else yield view;
      if (++count >= rest) break;
    }
  yield* newest.reverse();
  const shownEntries = reverse ? entries.slice(-limit) : entries.slice(0, limit - count);
  for (const entry of limit > 0 ? shownEntries : []) yield shownEntry(session, held, entry);
}

export const lineById = async (
  session: Session,
  group: GroupId,
  message: MessageId,
): Promise<MessageView | undefined> => {
  const held = session.groups.get(group);
  if (!held) return undefined;
  const entry = session.outbox.get(group)?.find((one) => one.message === message && one.time === undefined);
  if (entry) return shownEntry(session, held, entry);
  const line = await storedLine(session, held, message);
  return line && shownNow(session, held, line);
};

/** A line that is on disk and counts, and that a person sees; with `any` one that they do not see as well. */
export const storedLine = async (
  session: Session,
  { state }: Held,
  message: MessageId,
  any = false,
): Promise<Line | undefined> => {
  const { group, view } = state;
  const line = await lineNamed(onDisk(session), { group, to: message });
  const isHere = line && counts(view, line) && !isDue(line, session.clock.now());
  return isHere && (any || isSeen(line)) ? line : undefined;
};

/** What a message says, sealed or not yet. */
export const storedContent = async (
  session: Session,
  held: Held,
  message: MessageId,
): Promise<Uint8Array | undefined> =>
  session.outbox.get(held.state.group)?.find((one) => one.message === message)?.content ??
  (await storedLine(session, held, message))?.content;

/** Whom a message was for: as it was sealed, or as it would be now. */
export const receiptsOf = async (
  session: Session,
  held: Held,
  message: MessageId,
): Promise<readonly Receipt[] | undefined> => {
  const { group, view } = held.state;
  const line = await storedLine(session, held, message);
  const unsealed = session.outbox.get(group)?.some((one) => one.message === message) ?? false;
  if (!line && !unsealed) return undefined;
  const reach = line && reachOf(await wordedNow(session, held, line));
  const audience = reach?.audience ?? [...persons(view)].filter((one) => one !== session.person);
  return audience.map((person) => ({
    person,
    name: person === session.person ? session.profile.name : nameOf(session.people, view, person),
    reached: reach?.reached.includes(person) ?? false,
    read: reach?.read.includes(person) ?? false,
  }));
};
