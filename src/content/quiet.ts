/** Kinds of messages that are nothing to read by themselves: what they say shows at what they belong to. */
import type { MessageKind } from "../types.ts";

/** Words that only change something on the table. */
export const CHANGES: ReadonlySet<MessageKind> = new Set(["answer", "terms", "stand", "asking", "plan"]);

/** These, reactions, pins and new words for another message. */
export const QUIET: ReadonlySet<MessageKind> = new Set(["reaction", "pin", "revision", ...CHANGES]);
