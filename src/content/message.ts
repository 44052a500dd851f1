/** What people say: the content of a message, opaque to the protocol. SPEC.md §10. */
import { codec, id, optional, struct, text, union } from "../protocol/codec.ts";
import { MAX_CONTENT } from "../protocol/limits.ts";
import type { MessageId, MessageKind } from "../types.ts";

/** Bytes of UTF-8 that a text may have. */
export const MAX_TEXT = 16_384;

const content = union({
  text: struct({ text: text(MAX_TEXT), reply: optional(id<MessageId>(16)) }),
  /** An empty emoji takes the reaction back. */
  reaction: struct({ emoji: text(64), to: id<MessageId>(16) }),
});

/** New kinds are appended; a kind that this version does not know shows as a notice, never as nothing. */
export const contents = codec(content, MAX_CONTENT);

/** What a line of history shows of a content's bytes. */
export interface Shown {
  readonly kind: MessageKind;
  readonly text: string;
  readonly reply?: MessageId;
}

/** Total: unknown content becomes a notice. */
export const show = (bytes: Uint8Array): Shown => {
  const one = contents.decode(bytes);
  if (!one) return { kind: "notice", text: "A message that this version of Couloir cannot show." };
  if (one.kind === "reaction") return { kind: "reaction", text: one.emoji, reply: one.to };
  return { kind: "text", text: one.text, ...(one.reply && { reply: one.reply }) };
};
