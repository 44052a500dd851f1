/** What is pinned in a conversation, as it is now. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MessageView, Pin } from "../../src/types.ts";
import type { Conversation } from "./conversation.ts";
import { useController } from "./parts/context.tsx";

const wordsOf = (line: MessageView | undefined): string => (line ? `${line.kind} ${line.revisedAt ?? ""}` : "");

/** The newest pin first; read anew whenever somebody pins, and when what was pinned comes in or changes. */
export const usePins = (conversation: Conversation): readonly Pin[] => {
  const app = useController();
  const pins = useSignal<readonly Pin[]>([]);
  const said = conversation.lines.value
    .filter(({ kind }) => kind === "pin")
    .map(
      ({ message, state, reply }) => `${message} ${state} ${reply !== undefined && wordsOf(conversation.line(reply))}`,
    )
    .join();
  useEffect(() => {
    let over = false;
    void app
      .act(() => app.backend.api.pins(conversation.caucus))
      .then((found) => {
        if (found && !over) pins.value = found;
        return undefined;
      });
    return () => {
      over = true;
    };
  }, [conversation, said]);
  return pins.value;
};
