/** Lines written straight into a store: as if they had been said, and without saying them one by one. */
import { contents } from "../../src/content/message.ts";
import type { Line } from "../../src/messenger/lines.ts";
import { lineChanges } from "../../src/messenger/step.ts";
import type { Store } from "../../src/store/store.ts";
import type { ChainId, GroupId, MessageId, Millis } from "../../src/types.ts";

interface Many extends Pick<Line, "author" | "person"> {
  readonly group: GroupId;
  readonly count: number;
  /** Of the first; the others follow on it, `apart` milliseconds from each other. */
  readonly from: Millis;
  readonly apart: Millis;
  readonly text: (n: number) => string;
}

/** The ids that they get. */
export const nthMessage = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;

const NOTHING = { heads: [], again: [], parents: [], audience: [], reached: [], read: [], key: new Uint8Array(32) };
const CHAIN = "00".repeat(16) as ChainId;
/** Lines to a write. */
const AT_ONCE = 500;

export const writeLines = async (store: Store, many: Many): Promise<void> => {
  const { group, count, from, apart, text, author, person } = many;
  for (let n = 0; n < count;) {
    const changes = [];
    for (const end = Math.min(count, n + AT_ONCE); n < end; n += 1) {
      const [message, time] = [nthMessage(n), from + n * apart];
      const content = contents.encode({ kind: "text", text: text(n) });
      const line: Line = { ...NOTHING, chain: CHAIN, index: n, message, time, author, person, content };
      const place = { space: "place", group, message } as const;
      changes.push(...lineChanges(group, line), { type: "put", key: place, value: [time, message] } as const);
    }
    await store.commit(changes);
  }
};
