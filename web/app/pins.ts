/** What is pinned in a conversation, as it is now. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Pin } from "../../src/types.ts";
import type { Conversation } from "./conversation.ts";
import { useController } from "./parts/context.tsx";

/** The newest pin first; read anew whenever somebody pins, and when what was pinned comes in. */
export const usePins = (conversation: Conversation): readonly Pin[] => {
  const app = useController();
  const pins = useSignal<readonly Pin[]>([]);
  const said = conversation.lines.value
    .filter(({ kind }) => kind === "pin")
    .map(
      ({ message, state, reply }) =>
        `${message} ${state} ${reply !== undefined && conversation.line(reply) !== undefined}`,
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
