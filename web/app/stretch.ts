/** The stretch of a record that a page holds: lines in order without a gap, and whether there are others at its ends. Pure. */
import type { RecordPlace } from "../../src/messenger/paging.ts";
import type { MessageId, MessageView } from "../../src/types.ts";
import { inOrder } from "./reading.ts";

export interface Stretch {
  readonly lines: readonly MessageView[];
  /** Whether older lines are on this device. */
  readonly older: boolean;
  /** Whether newer ones are: the reader went back to long ago. */
  readonly newer: boolean;
}

/** Lines fetched at a time. */
export const PAGE = 25;
/** Lines held at most: what a page lays out and compares with each line that comes. */
export const MAX_LINES = 200;

export const NO_LINES: Stretch = { lines: [], older: false, newer: false };

const joined = (...parts: readonly (readonly MessageView[])[]): readonly MessageView[] => {
  const byId = new Map<MessageId, MessageView>();
  for (const line of parts.flat()) byId.set(line.message, line);
  return [...byId.values()].sort(inOrder);
};

/** With a page of what is before it; what is then too much goes at its other end. */
export const withOlder = (now: Stretch, page: readonly MessageView[], more: boolean): Stretch => {
  const lines = joined(page, now.lines);
  return { lines: lines.slice(0, MAX_LINES), older: more, newer: now.newer || lines.length > MAX_LINES };
};

/** With a page of what comes after it. */
export const withNewer = (now: Stretch, page: readonly MessageView[], more: boolean): Stretch => {
  const lines = joined(now.lines, page);
  return { lines: lines.slice(-MAX_LINES), older: now.older || lines.length > MAX_LINES, newer: more };
};

/** The newest lines, and what has come while they were read. */
export const newest = (now: Stretch, page: readonly MessageView[], more: boolean): Stretch => {
  const [oldest] = page;
  const meanwhile = now.newer ? [] : now.lines.filter((line) => !oldest || inOrder(line, oldest) > 0);
  const read = new Set(page.map((line) => line.message));
  return {
    lines: joined(
      meanwhile.filter((line) => !read.has(line.message)),
      page,
    ),
    older: more,
    newer: false,
  };
};

/**
 * With a line that was committed or changed, where it belongs into the stretch; else as it was. `following`: the reader
 * is at the end, and what they have read goes; else new lines wait where "newer" fetches them.
 */
export const withLine = (now: Stretch, line: MessageView, following: boolean): Stretch => {
  const [first, last] = [now.lines[0], now.lines.at(-1)];
  const known = now.lines.some((one) => one.message === line.message);
  if (!known && now.older && first && inOrder(line, first) < 0) return now;
  if (!known && now.newer && (!last || inOrder(line, last) > 0)) return now;
  const lines = joined(now.lines, [line]);
  if (lines.length <= MAX_LINES) return { ...now, lines };
  return following
    ? { ...now, lines: lines.slice(-(MAX_LINES - PAGE)), older: true }
    : { ...now, lines: lines.slice(0, MAX_LINES), newer: true };
};

/** Without a line that is shown no more. */
export const without = (now: Stretch, message: MessageId): Stretch => ({
  ...now,
  lines: now.lines.filter((one) => one.message !== message),
});

const placeOf = ({ sentAt, message }: MessageView): RecordPlace => ({ at: sentAt, message });

/** From where on its older lines are read. */
export const beginningOf = ({ lines }: Stretch): RecordPlace | undefined => lines[0] && placeOf(lines[0]);

/** From where on its newer lines are read: what is only saved here stands behind all others. */
export const endOf = ({ lines }: Stretch): RecordPlace | undefined => {
  const last = lines.findLast(({ state }) => state !== "saved") ?? lines.at(-1);
  return last && placeOf(last);
};
