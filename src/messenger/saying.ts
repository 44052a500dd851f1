/** What a person says: checked, saved, told, and on its way as soon as somebody is there. */
import { MAX_TEXT } from "../content/limits.ts";
import { mentionsIn, type Nameable } from "../content/mentions.ts";
import { contents } from "../content/message.ts";
import { usage } from "../errors.ts";
import { unhex, utf8 } from "../protocol/codec.ts";
import { devicesOf } from "../protocol/group.ts";
import type { GroupId, Mention, MessageId, MessageView, PersonId } from "../types.ts";
import { joinedGroup } from "./checks.ts";
import { lineById } from "./history.ts";
import { enqueue } from "./outboxBook.ts";
import { flush } from "./outbox.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Begins to seal and publish what waits in a group; nobody need wait for it. */
export const flushSoon = (session: Session, group: GroupId): void =>
  session.track(flush(session, group).catch(() => undefined));

/** Usage error unless the message is here, and was not taken back. */
export const needLine = async (session: Session, caucus: GroupId, message: MessageId): Promise<MessageView> => {
  const line = await lineById(session, caucus, message);
  if (!line) throw usage("unknown-message", "that message is not in this caucus");
  if (line.kind === "withdrawn") throw usage("withdrawn", "that message was taken back");
  return line;
};

/** Usage error for what is no text of a message. */
export const checkText = (text: string): void => {
  if (!text.isWellFormed()) throw usage("bad-text", "the text is not well-formed Unicode");
  if (utf8(text).length > MAX_TEXT)
    throw usage("text-too-long", `a message has at most ${MAX_TEXT} bytes; send it in parts`);
};

/** The bytes of a nonce that the caller chose. */
export const nonceBytes = (nonce: string | undefined): Uint8Array | undefined => {
  if (nonce === undefined) return undefined;
  if (!/^[0-9a-f]{32}$/.test(nonce)) throw usage("bad-nonce", "a nonce has 32 hex digits");
  return unhex(nonce);
};

export interface Said {
  readonly content: Uint8Array;
  readonly nonce?: Uint8Array | undefined;
  /** What has to be saved with it. */
  readonly also?: (step: Step, message: MessageId) => void;
}

/** Saves a content; resolves with its line. The same content under the same nonce is saved once. */
export const say = async (session: Session, caucus: GroupId, { content, nonce, also }: Said): Promise<MessageView> => {
  joinedGroup(session, caucus);
  const { message, fresh } = await session.step(async (step) => {
    const saved = await enqueue(step, joinedGroup(session, caucus), { content, nonce });
    if (saved.fresh) also?.(step, saved.message);
    return saved;
  });
  const view = await lineById(session, caucus, message);
  if (!view) throw usage("gone", "that was sent before, and has gone by itself since");
  if (!fresh) return view;
  session.events.emit("message", view);
  flushSoon(session, caucus);
  return view;
};

/** A text as its author gives it. */
export interface NewText {
  readonly text: string;
  readonly reply?: MessageId | undefined;
  readonly nonce?: string | undefined;
}

/** Usage error for what is no text to send, or answers nothing that is here. */
export const checkNewText = async (session: Session, caucus: GroupId, { text, reply }: NewText): Promise<void> => {
  if (text === "") throw usage("empty-message", "there is nothing to send");
  checkText(text);
  if (reply) await needLine(session, caucus, reply);
};

/** Who can be named: everybody else who is in it, as their newest card says. */
const others = (session: Session, { state: { view } }: Held): readonly Nameable[] => {
  const cards = new Map<PersonId, Nameable>();
  for (const { person, card } of devicesOf(view)) cards.set(person, session.people.get(person)?.card ?? card);
  cards.delete(session.person);
  return [...cards.values()];
};

/** Who is named in a text of this person. */
export const mentionsOf = (session: Session, held: Held, text: string): readonly Mention[] =>
  mentionsIn(text, others(session, held));

export const sayText = async (session: Session, caucus: GroupId, said: NewText): Promise<MessageView> => {
  await checkNewText(session, caucus, said);
  const { text, reply, nonce } = said;
  const mentions = mentionsOf(session, joinedGroup(session, caucus), text);
  const words = { text, ...(reply && { reply }) };
  const content = contents.encode(
    mentions.length > 0 ? { kind: "naming", ...words, mentions } : { kind: "text", ...words },
  );
  return say(session, caucus, { content, nonce: nonceBytes(nonce) });
};

export const react = async (
  session: Session,
  caucus: GroupId,
  {
    message,
    emoji,
    nonce,
  }: { readonly message: MessageId; readonly emoji: string; readonly nonce?: string | undefined },
): Promise<MessageView> => {
  if (utf8(emoji).length > 64 || !emoji.isWellFormed()) throw usage("bad-emoji", "a reaction is one emoji");
  joinedGroup(session, caucus);
  await needLine(session, caucus, message);
  const content = contents.encode({ kind: "reaction", emoji, to: message });
  return say(session, caucus, { content, nonce: nonceBytes(nonce) });
};

/** Pins a message for everybody, or takes the pin off. */
export const pin = async (
  session: Session,
  caucus: GroupId,
  { message, on }: { readonly message: MessageId; readonly on: boolean },
): Promise<MessageView> => {
  joinedGroup(session, caucus);
  await needLine(session, caucus, message);
  return say(session, caucus, { content: contents.encode({ kind: "pin", to: message, on }) });
};
