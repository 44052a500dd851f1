/** What a message says now: in its own words, in newer ones, or nothing any more. SPEC.md §10. */
import { type Shown, mayBeChange, show } from "../content/message.ts";
import type { GroupId, MessageId, MessageView, Millis } from "../types.ts";
import { counts, type Line, type Revised } from "./lines.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";

/** Whether it only changes another message, or takes one back: then it is no line by itself. */
export const isChange = ({ message, content }: Pick<Line, "message" | "content">): boolean =>
  mayBeChange(content) && show(content).reply !== message;

/** Whether a person sees it: what was taken back stands there as that, what is off this device does not. */
export const isSeen = (line: Pick<Line, "message" | "content" | "gone">): boolean =>
  (line.gone ?? { how: "withdrawn" }).how === "withdrawn" && !isChange(line);

/** The newer wordings that count, in order. */
export const newerWords = ({ state }: Held, { revised }: Line): readonly Revised[] =>
  revised?.filter((one) => counts(state.view, one)) ?? [];

/** New words that are still only saved here. */
export const unsealedWords = (session: Session, group: GroupId, message: MessageId): OutboxEntry | undefined =>
  session.outbox
    .get(group)
    ?.findLast((one) => one.time === undefined && isChange(one) && show(one.content).reply === message);

/** As `show`, and when it was changed or taken back. */
export type Said = Shown & Pick<MessageView, "revisedAt" | "withdrawnAt">;

/** With the words of a content that has new ones. */
export const reworded = (said: Said, content: Uint8Array, at: Millis): Said => {
  const { mentions: _former, ...rest } = said;
  const { text, mentions } = show(content);
  return { ...rest, text, ...(mentions && { mentions }), revisedAt: at };
};

export const saidNow = (session: Session, held: Held, line: Line): Said => {
  const { group } = held.state;
  if (line.gone) return { kind: "withdrawn", text: "", withdrawnAt: line.gone.at };
  const said = show(line.content, { group, person: line.person });
  const waiting = line.person === session.person ? unsealedWords(session, group, line.message) : undefined;
  if (waiting) return reworded(said, waiting.content, waiting.typedAt);
  const last = newerWords(held, line).at(-1);
  return last ? reworded(said, last.content, last.time) : said;
};
