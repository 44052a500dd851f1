/** Reading a group's messages, in their one order. */
import type { GroupId, MessageId, MessageView, PersonId, Receipt } from "../types.ts";
import type { HistoryOptions } from "./api.ts";
import { fileView } from "./files.ts";
import { heldView } from "./holding.ts";
import type { Line } from "./lines.ts";
import { alsoRead, counts, lineShape, nameOf, standName, viewOf } from "./lines.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import { mayBeTool, show } from "../content/message.ts";
import { CHANGES } from "../content/quiet.ts";
import { persons } from "../protocol/group.ts";

/** A line as people see it. */
export const shownLine = (session: Session, held: Held, line: Line): MessageView => {
  const { group, view } = held.state;
  const saved = session.outbox.get(group)?.some((one) => one.message === line.message) ?? false;
  return viewOf(group, line, {
    name: nameOf(session.people, view, line.person),
    self: session.person,
    saved,
    missing: new Set(held.marks.missing.map(standName)),
    alsoRead: alsoRead(held.state, line),
    called: (device) => session.deviceWords.get(device)?.name,
    shown: shown(session, held, line.content, line.person),
    held: saved ? heldView(session, held.state) : {},
  });
};

const shown = (session: Session, held: Held, content: Uint8Array, author: PersonId) => {
  const { file, ...words } = show(content, { group: held.state.group, person: author });
  return file ? { ...words, file: fileView(session, held, file, author) } : words;
};

/** What has not been sealed yet: on this device only, after everything else. */
export const shownEntry = (session: Session, held: Held, entry: OutboxEntry): MessageView => ({
  message: entry.message,
  caucus: held.state.group,
  sender: session.person,
  name: session.profile.name,
  sentAt: entry.typedAt,
  ...shown(session, held, entry.content, session.person),
  reached: 0,
  read: 0,
  of: Math.max(0, persons(held.state.view).size - 1),
  state: "saved",
  missing: 0,
  ...heldView(session, held.state),
});

export async function* history(
  session: Session,
  group: GroupId,
  { limit, without }: HistoryOptions,
): AsyncGenerator<MessageView> {
  const held = session.groups.get(group);
  if (!held) return;
  const wanted = ({ content }: Pick<Line, "content">): boolean =>
    without === undefined || !mayBeTool(content) || !CHANGES.has(show(content).kind);
  const unsealed = (session.outbox.get(group) ?? []).filter((one) => one.time === undefined && wanted(one));
  const rest = limit === undefined ? undefined : Math.max(0, limit - unsealed.length);
  const newest: MessageView[] = [];
  const scope = { space: "message", group } as const;
  if (rest === undefined || rest > 0)
    for await (const { value } of session.store.range(scope, { reverse: rest !== undefined })) {
      const line = lineShape.from(value);
      if (!line || !counts(held.state.view, line) || !wanted(line)) continue;
      const view = shownLine(session, held, line);
      if (rest === undefined) yield view;
      else if (newest.push(view) >= rest) break;
    }
  yield* newest.reverse();
  for (const entry of limit === undefined ? unsealed : unsealed.slice(-limit)) yield shownEntry(session, held, entry);
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
  return line && shownLine(session, held, line);
};

/** A line that is on disk and counts. */
export const storedLine = async (session: Session, { state }: Held, message: MessageId): Promise<Line | undefined> => {
  const { group, view } = state;
  const place = (await session.store.get({ space: "place", group, message })) as
    | readonly [number, MessageId]
    | undefined;
  const raw = place && (await session.store.get({ space: "message", group, time: place[0], message: place[1] }));
  const line = raw === undefined ? undefined : lineShape.from(raw);
  return line && counts(view, line) ? line : undefined;
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
  const audience = line?.audience ?? [...persons(view)].filter((one) => one !== session.person);
  return audience.map((person) => ({
    person,
    name: person === session.person ? session.profile.name : nameOf(session.people, view, person),
    reached: line?.reached.includes(person) ?? false,
    read: line?.read.includes(person) ?? false,
  }));
};
