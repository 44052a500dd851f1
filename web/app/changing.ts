/** Which words of one's own can still be changed or taken back; the messenger has the last word. SPEC.md §10. */
import type { MessageView, PersonId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";
import type { Conversation } from "./conversation.ts";

/** Whether somebody can give it other words, or take it back. */
export const mayChange = (line: MessageView, me: PersonId): boolean =>
  line.sender === me && (line.kind === "text" || line.kind === "file") && !line.onRecord;

/** Opens the last words of one's own to be changed; whether there are any. */
export const changeLast = (app: Controller, conversation: Conversation): boolean => {
  if (conversation.newer.peek()) return false;
  const last = conversation.lines.peek().findLast((line) => mayChange(line, app.me) && line.text !== "");
  if (!last) return false;
  app.router.open({ over: "change", caucus: last.caucus, message: last.message });
  return true;
};
