/** Pinned messages of a group: where the messages lie that pin, and what follows from them. */
import { MAX_WORDINGS } from "../content/changes.ts";
import { contents } from "../content/message.ts";
import type { PinEvent, PinOf } from "../content/pins.ts";
import { pinned } from "../content/pins.ts";
import type { HistoryPlace } from "../protocol/control.ts";
import type { GroupId, MessageId, Pin } from "../types.ts";
import { shownNow, storedLine } from "./history.ts";
import { onDisk } from "./changeBook.ts";
import type { Line } from "./lines.ts";
import { counts, lineShape, nameOf } from "./lines.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { wordingLines } from "./wording.ts";

/** The newest so many messages that pin are remembered: the same ones everywhere. */
const MAX_PINS = 1024;

const ascending = (a: HistoryPlace, b: HistoryPlace): number =>
  a.time - b.time || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);

/** Remembers where a message lies, if it pins. */
export const notePin = (step: Step, group: GroupId, { time, message, content }: Line): void => {
  if (contents.decode(content)?.kind !== "pin") return;
  const { state, marks } = step.held(group) as Held;
  if (marks.pins.some((one) => one.message === message)) return;
  const pins = [...marks.pins, { time, message }].sort(ascending).slice(-MAX_PINS);
  step.hold(state, { ...marks, pins });
};

const pinsOf = async (session: Session, { state, marks }: Held): Promise<readonly PinOf[]> => {
  const { group, view } = state;
  const keys = marks.pins.map((place) => ({ space: "message", group, ...place }) as const);
  const events: PinEvent[] = [];
  for (const raw of await session.store.getMany(keys)) {
    const line = raw === undefined ? undefined : lineShape.from(raw);
    const content = line && counts(view, line) ? contents.decode(line.content) : undefined;
    if (line && content?.kind === "pin")
      events.push({ time: line.time, message: line.message, by: line.person, to: content.to, on: content.on });
  }
  return pinned(events);
};

/** The pinned messages that are here, with what gave them new words, and those that pin them, oldest first. */
export const pinnedLines = async (session: Session, held: Held): Promise<readonly Line[]> => {
  const out = new Map<MessageId, Line>();
  const pins = new Set((await pinsOf(session, held)).map(({ message }) => message));
  for (const message of pins) {
    const line = await storedLine(session, held, message);
    if (!line || line.gone) continue;
    out.set(message, line);
    const words = await wordingLines(onDisk(session), held.state, { line, most: MAX_WORDINGS });
    for (const newer of words) out.set(newer.line.message, newer.line);
  }
  for (const { message } of held.marks.pins) {
    const line = await storedLine(session, held, message);
    const content = line && contents.decode(line.content);
    if (line && content?.kind === "pin" && content.on && pins.has(content.to)) out.set(message, line);
  }
  return [...out.values()].sort(ascending);
};

/** What is pinned and is here, the newest pin first. */
export const pinsShown = async (session: Session, held: Held): Promise<readonly Pin[]> => {
  const out: Pin[] = [];
  for (const { message, by, at } of await pinsOf(session, held)) {
    const line = await storedLine(session, held, message);
    if (!line || line.gone) continue;
    const shown = await shownNow(session, held, line);
    if (shown.kind === "withdrawn") continue;
    const name = by === session.person ? session.profile.name : nameOf(session.people, held.state.view, by);
    out.push({ by, name, at, line: shown });
  }
  return out;
};
