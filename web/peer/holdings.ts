/** What a device holds, counted. */
import type { CaucusView, GroupId, MessageView } from "../../src/types.ts";
import type { Holdings } from "./backend.ts";

/** What is counted: a messenger, here or elsewhere. */
export interface Countable {
  caucuses(): readonly CaucusView[] | Promise<readonly CaucusView[]>;
  history(caucus: GroupId): AsyncIterable<MessageView>;
}

/** Reads every history once. */
export const countHoldings = async (messenger: Countable): Promise<Omit<Holdings, "backup">> => {
  const all = await messenger.caucuses();
  let [messages, files] = [0, 0];
  for (const { caucus } of all)
    for await (const { kind, file } of messenger.history(caucus)) {
      if (kind === "text" || kind === "file") messages += 1;
      if (file?.state === "here") files += 1;
    }
  return { caucuses: all.length, messages, files };
};
