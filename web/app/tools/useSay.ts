/** Saying a word of a tool from a key: one at a time, so that a second press says nothing twice. */
import { useSignal } from "@preact/signals";
import type { GroupId, MessageId, ToolWord } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { tableOf } from "./table.ts";

interface Saying {
  readonly busy: boolean;
  /** Resolves with the message, or with nothing where it failed or something is being said. */
  readonly say: (word: ToolWord) => Promise<MessageId | undefined>;
}

export const useSay = (caucus: GroupId): Saying => {
  const app = useController();
  const busy = useSignal(false);
  const say = async (word: ToolWord): Promise<MessageId | undefined> => {
    if (busy.peek()) return undefined;
    busy.value = true;
    const message = await tableOf(app).say(caucus, word);
    busy.value = false;
    return message;
  };
  return { busy: busy.value, say };
};
