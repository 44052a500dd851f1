/** What a typed line of a chat means. Pure. */
import type { MessageId } from "../types.ts";

/** One typed line, understood. */
export type ChatInput =
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "reply"; readonly message: MessageId; readonly text: string }
  | { readonly kind: "react"; readonly message: MessageId; readonly emoji: string }
  | { readonly kind: "help" | "who" | "invite" | "nothing" }
  | { readonly kind: "quit" }
  | { readonly kind: "wrong"; readonly words: string };

/** What `/help` says. */
export const CHAT_HELP = [
  "/reply [ID] TEXT   answer the last message of somebody else, or the one whose id begins so",
  "/react [ID] EMOJI  react to it",
  "/who               who is in this caucus",
  "/invite            a code to ask somebody in",
  "/quit              leave the chat (not the caucus)",
  "//TEXT             say something that begins with a slash",
].join("\n");

const wrong = (words: string): ChatInput => ({ kind: "wrong", words });

interface Aim {
  readonly message: MessageId;
  readonly rest: string;
}

/** The message that the first word names, if it names one that was shown; else the last one of somebody else. */
const aim = (words: string, shown: readonly MessageId[], last: MessageId | undefined): Aim | string => {
  const [, id = "", rest = ""] = /^(\S+)\s+(.*)$/su.exec(words) ?? [];
  const found = /^[0-9a-f]{4,32}$/iu.test(id) ? shown.filter((one) => one.startsWith(id.toLowerCase())) : [];
  if (found.length > 1) return `several messages begin with ${id}: type more of the id`;
  if (found[0] !== undefined) return { message: found[0], rest };
  return last === undefined ? "nobody else has written anything here yet" : { message: last, rest: words };
};

/** Understands a line; `shown` are the messages that were shown, `last` the newest one of somebody else. */
export const readInput = (line: string, shown: readonly MessageId[], last: MessageId | undefined): ChatInput => {
  const text = line.trim();
  if (text === "") return { kind: "nothing" };
  if (text.startsWith("//")) return { kind: "say", text: text.slice(1) };
  if (!text.startsWith("/")) return { kind: "say", text };
  const [, verb = "", words = ""] = /^\/(\S*)\s*(.*)$/su.exec(text) ?? [];
  switch (verb) {
    case "help":
    case "who":
    case "invite":
    case "quit":
      return { kind: verb };
    case "reply":
    case "react": {
      if (words === "") return wrong(verb === "reply" ? "what is the answer? /reply TEXT" : "with what? /react EMOJI");
      const target = aim(words, shown, last);
      if (typeof target === "string") return wrong(target);
      return verb === "reply"
        ? { kind: "reply", message: target.message, text: target.rest }
        : { kind: "react", message: target.message, emoji: target.rest };
    }
    default:
      return wrong(`there is no /${verb}; /help lists what there is`);
  }
};
