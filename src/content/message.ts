/** What people say: the content of a message, opaque to the protocol. SPEC.md §10. */
import type { ShapeOf } from "../protocol/codec.ts";
import { bool, bytes, bytesUpTo, codec, id, list, optional, struct, text, uint, union } from "../protocol/codec.ts";
import { MAX_CONTENT, MAX_FILE } from "../protocol/limits.ts";
import type { GroupId, Mention, MessageId, MessageKind, PersonId, ToolWord } from "../types.ts";
import { MAX_TEXT } from "./limits.ts";
import { MAX_CALLED, MAX_MENTIONS, standing } from "./mentions.ts";
import { MAX_RECORD, readRecord } from "./record.ts";
import { isTool, TOOLS, toolText } from "./toolWords.ts";

/** Bytes of UTF-8 of a file's name, and of its MIME type. */
export const MAX_FILE_NAME = 255;
export const MAX_FILE_TYPE = 127;
/** Bytes of a picture's thumbnail. */
export const MAX_THUMBNAIL = 12_288;

/** A voice note's longest, in milliseconds, and the bars of what it looks like: how loud each 64th of it is. */
export const MAX_VOICE = 300_000;
export const VOICE_BARS = 64;

/** Bytes of what is shown once: it is held whole while it is shown. */
export const MAX_ONCE = 16_000_000;

const voice = struct({ length: uint(MAX_VOICE), bars: bytes(VOICE_BARS) });
const mentionsShape = list(struct({ person: id<PersonId>(32), as: text(MAX_CALLED) }), MAX_MENTIONS);
const picture = struct({ width: uint(0xffff), height: uint(0xffff), thumbnail: bytesUpTo(MAX_THUMBNAIL) });

const variants = {
  text: struct({ text: text(MAX_TEXT), reply: optional(id<MessageId>(16)) }),
  /** An empty emoji takes the reaction back. */
  reaction: struct({ emoji: text(64), to: id<MessageId>(16) }),
  file: struct({
    name: text(MAX_FILE_NAME),
    type: text(MAX_FILE_TYPE),
    size: uint(MAX_FILE),
    key: bytes(32),
    root: bytes(32),
    picture: optional(picture),
    text: optional(text(MAX_TEXT)),
    reply: optional(id<MessageId>(16)),
    /** Photos with the same one were sent together by one person, and are shown as one. */
    together: optional(id<string>(8)),
    voice: optional(voice),
    /** Each device shows it once, and forgets its key and its bytes. */
    once: bool,
  }),
  /** Pins a message for everybody, or takes the pin off. */
  pin: struct({ to: id<MessageId>(16), on: bool }),
  /** A text that its author's person has signed too (`record.ts`). */
  record: struct({ record: bytesUpTo(MAX_RECORD) }),
  ...TOOLS,
  /** A text that names persons. */
  naming: struct({
    text: text(MAX_TEXT),
    reply: optional(id<MessageId>(16)),
    mentions: mentionsShape,
  }),
  /** New words in place of those of a message of one's own; `changes.ts`. */
  revise: struct({ to: id<MessageId>(16), text: text(MAX_TEXT), mentions: mentionsShape }),
  /** A message of one's own is taken back. As the content of the very message that it names: nothing is left of that one. */
  withdraw: struct({ to: id<MessageId>(16) }),
};
const content = union(variants);
export type FileContent = Extract<ShapeOf<typeof content>, { readonly kind: "file" }>;

/** New kinds are appended; a kind that this version does not know shows as a notice, never as nothing. */
export const contents = codec(content, MAX_CONTENT);

const toolNumbers = new Set(Object.keys(TOOLS).map((kind) => Object.keys(variants).indexOf(kind)));
/** Whether bytes can be a word of a tool: a look at the number of their kind, for every line that is written. */
export const mayBeTool = (bytes: Uint8Array): boolean => toolNumbers.has(bytes[1] ?? -1);

const staying = new Set([...toolNumbers, Object.keys(variants).indexOf("record")]);
/** Whether what is said may go by itself: not what is on record or on the table, whatever its author says. */
export const fades = (bytes: Uint8Array): boolean => !staying.has(bytes[1] ?? -1);
const changeNumbers = new Set(["revise", "withdraw"].map((kind) => Object.keys(variants).indexOf(kind)));
/** Whether bytes can be new words for another message, or take one back: the same look. */
export const mayBeChange = (bytes: Uint8Array): boolean => changeNumbers.has(bytes[1] ?? -1);

/** What a line of history shows of a content's bytes. */
export interface Shown {
  readonly kind: MessageKind;
  readonly text: string;
  readonly reply?: MessageId;
  readonly mentions?: readonly Mention[];
  readonly file?: FileContent;
  readonly onRecord?: true;
  readonly tool?: ToolWord;
  readonly notice?: "unknown" | "unsigned";
}

/** Who said something, and where: what is on record must be signed by them for just that. */
export interface Whereabouts {
  readonly group: GroupId;
  readonly person: PersonId;
}

const showRecord = (raw: Uint8Array, where: Whereabouts): Shown => {
  const body = readRecord(raw);
  if (body?.group !== where.group || body.person !== where.person)
    return {
      kind: "notice",
      notice: "unsigned",
      text: "This claims to be on record, and its sender has not signed it.",
    };
  return { kind: "text", text: body.text, ...(body.reply && { reply: body.reply }), onRecord: true };
};

const named = ({ text: words, mentions }: { readonly text: string; readonly mentions: readonly Mention[] }) => {
  const found = standing(words, mentions);
  return found.length > 0 ? { mentions: found } : {};
};

/** Total: unknown content becomes a notice. Without `where` nothing is taken for being on record. */
export const show = (bytes: Uint8Array, where?: Whereabouts): Shown => {
  const one = contents.decode(bytes);
  if (!one) return { kind: "notice", notice: "unknown", text: "A message that this version of Couloir cannot show." };
  if (one.kind === "record") return where ? showRecord(one.record, where) : { kind: "text", text: "" };
  if (one.kind === "pin") return { kind: "pin", text: one.on ? "pinned" : "unpinned", reply: one.to };
  if (one.kind === "reaction") return { kind: "reaction", text: one.emoji, reply: one.to };
  if (one.kind === "withdraw") return { kind: "withdrawn", text: "", reply: one.to };
  if (one.kind === "revise") return { kind: "revision", text: one.text, reply: one.to, ...named(one) };
  if (isTool(one)) return { kind: one.kind, text: toolText(one), ...("to" in one && { reply: one.to }), tool: one };
  const reply = one.reply && { reply: one.reply };
  if (one.kind === "file") return { kind: "file", text: one.text ?? "", ...reply, file: one };
  return { kind: "text", text: one.text, ...reply, ...(one.kind === "naming" && named(one)) };
};
