/** What a message says now: in its own words, in newer ones, or nothing any more. Worked out when it is read. SPEC.md §10. */
import { type Changed, takenBack, wordings } from "../content/changes.ts";
import { contents, type Shown, show } from "../content/message.ts";
import type { GroupState } from "../protocol/group.ts";
import type { GroupId, MessageView, Millis } from "../types.ts";
import { authorsChanges, changeOf, lineNamed, type Reader, seatsOf } from "./changeBook.ts";
import { erased } from "./erasing.ts";
import { counts, type Line } from "./lines.ts";
import type { OutboxEntry } from "./outboxBook.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";

/** Whether a person sees it: what was taken back stands there as that, what is off this device does not. */
export const isSeen = (line: Pick<Line, "message" | "content" | "gone">): boolean =>
  (line.gone ?? { how: "withdrawn" }).how === "withdrawn" && !changeOf(line);

/** What can be changed and taken back: texts and files; not what is on record, nor a word of a tool. */
export const isChangeable = ({ content }: Pick<Line, "content">): boolean =>
  ["text", "naming", "file"].includes(contents.decode(content)?.kind ?? "");

/** A message with the message that gave it the words that it has now, if one did, as of when. */
export interface Worded {
  readonly line: Line;
  readonly newer?: { readonly line: Line; readonly at: Millis };
}

interface Changes {
  /** When it was taken back first. */
  readonly back?: Millis;
  readonly words: readonly Changed[];
}

/** What its author's changes come to. */
const changesOf = async (reader: Reader, { group, view }: GroupState, line: Line): Promise<Changes> => {
  if (!line.changed || line.gone || !isChangeable(line)) return { words: [] };
  const chains = await authorsChanges(reader, { group, to: line.message, seats: seatsOf(view, line.author) });
  const back = takenBack(chains);
  if (back !== undefined) return { back, words: [] };
  const caption = show(line.content).kind === "file";
  return { words: wordings(chains, { caption, counts: (change) => counts(view, change) }) };
};

/** As it is now. What turns out to be taken back shows as that, whenever it is erased. */
export const wordedLine = async (reader: Reader, state: GroupState, line: Line): Promise<Worded> => {
  const { back, words } = await changesOf(reader, state, line);
  if (back !== undefined) return { line: erased(line, { how: "withdrawn", at: back }) };
  const last = words.at(-1);
  const newer = last && (await lineNamed(reader, { group: state.group, to: last.message }));
  return newer && last ? { line, newer: { line: newer, at: last.time } } : { line };
};

/** Whether more of what was taken back is on this disk than should be: a view has shown it since, or a device stopped. */
export const isLeft = async (reader: Reader, { group, view }: GroupState, line: Line): Promise<boolean> => {
  if (!line.gone) return true;
  const chains = await authorsChanges(reader, { group, to: line.message, seats: seatsOf(view, line.author) });
  return chains.some(({ changes }) => changes.some(({ how }) => how !== "withdraw"));
};

/** The messages that gave it other words, the newest so many, in order. */
export const wordingLines = async (
  reader: Reader,
  state: GroupState,
  { line, most }: { readonly line: Line; readonly most: number },
): Promise<readonly { readonly line: Line; readonly at: Millis }[]> => {
  const out: { readonly line: Line; readonly at: Millis }[] = [];
  for (const { message, time } of (await changesOf(reader, state, line)).words.slice(-most)) {
    const found = await lineNamed(reader, { group: state.group, to: message });
    if (found) out.push({ line: found, at: time });
  }
  return out;
};

/** New words that are still only saved here. */
export const unsealedWords = (
  session: Session,
  group: GroupId,
  { message, person }: Pick<Line, "message" | "person">,
): OutboxEntry | undefined =>
  person !== session.person
    ? undefined
    : session.outbox.get(group)?.findLast((one) => {
        const change = one.time === undefined ? changeOf(one) : undefined;
        return change?.kind === "revise" && change.to === message;
      });

/** As `show`, and when it was changed or taken back. */
export type Said = Shown & Pick<MessageView, "revisedAt" | "withdrawnAt">;

/** With the words of a content that has new ones. */
export const reworded = (said: Said, content: Uint8Array, at: Millis): Said => {
  const { mentions: _former, ...rest } = said;
  const { text, mentions } = show(content);
  return { ...rest, text, ...(mentions && { mentions }), revisedAt: at };
};

export const saidNow = (session: Session, { state: { group } }: Held, { line, newer }: Worded): Said => {
  if (line.gone) return { kind: "withdrawn", text: "", withdrawnAt: line.gone.at };
  const said = show(line.content, { group, person: line.person });
  const waiting = unsealedWords(session, group, line);
  if (waiting) return reworded(said, waiting.content, waiting.typedAt);
  return newer ? reworded(said, newer.line.content, newer.at) : said;
};

/** Whom the words that stand there are for, and how far they have come: those who got only the former do not have these. */
export const reachOf = ({ line, newer }: Worded): Pick<Line, "audience" | "reached" | "read"> => {
  if (!newer) return line;
  const audience = newer.line.audience.filter((one) => line.audience.includes(one));
  const among = (all: Line["reached"]): Line["reached"] => all.filter((one) => audience.includes(one));
  return { audience, reached: among(newer.line.reached), read: among(newer.line.read) };
};
