/** The record as rows: entries in runs, and what stands between them. */
import type { LastingView, MessageId, MessageView } from "../../src/types.ts";
import { sameDay } from "./i18n/format.ts";

/** Milliseconds within which one person's entries are one run under one placard. */
const RUN = 5 * 60_000;

export type Row =
  | { readonly row: "day"; readonly key: string; readonly at: number }
  | { readonly row: "unread"; readonly key: string }
  | { readonly row: "gap"; readonly key: string; readonly missing: number }
  | { readonly row: "note"; readonly key: string; readonly line: MessageView }
  | { readonly row: "pin"; readonly key: string; readonly line: MessageView }
  /** Its author took it back. */
  | { readonly row: "withdrawn"; readonly key: string; readonly line: MessageView }
  /** A roll call, said once more. */
  | { readonly row: "again"; readonly key: string; readonly line: MessageView }
  /** `before`: what follows was said before this device came in, and granted to it. Else it has come in here. */
  | { readonly row: "granted"; readonly key: string; readonly before: boolean }
  /** Somebody changed how long messages stay. */
  | { readonly row: "lasting"; readonly key: string; readonly change: LastingView }
  | {
      readonly row: "entry";
      readonly key: string;
      readonly line: MessageView;
      /** Photos that were sent together with it, behind it. */
      readonly more: readonly MessageView[];
      /** Goes on under the placard above. */
      readonly on: boolean;
      /** The last of an own run: its receipt stands for those before it. */
      readonly last: boolean;
    };

export interface Around {
  /** The line above which the marker goes. */
  readonly unreadFrom?: MessageId | undefined;
  /** Oldest first. */
  readonly lastings?: readonly LastingView[] | undefined;
  /** Nothing is older than the first of the lines. */
  readonly whole?: boolean;
}

/** Lines are in order. */
export const rowsOf = (
  lines: readonly MessageView[],
  { unreadFrom, lastings = [], whole = true }: Around = {},
): readonly Row[] => {
  const rows: Row[] = [];
  // Whoever dates one back or ahead has it stand there.
  const changes = lastings
    .filter(({ at }) => whole || at >= (lines[0]?.sentAt ?? 0))
    .map((change, n) => ({ row: "lasting" as const, key: `lasting ${n} ${change.at}`, change }))
    .sort((a, b) => a.change.at - b.change.at);
  /** What was changed before a line. */
  const changed = (before: number): boolean => {
    const upTo = changes.findIndex(({ change }) => change.at > before);
    const now = changes.splice(0, upTo < 0 ? changes.length : upTo);
    rows.push(...now);
    return now.length > 0;
  };
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const after = lines[at + 1];
    let broken = breaks(before, line);
    if (!before || !sameDay(before.sentAt, line.sentAt))
      rows.push({ row: "day", key: `day ${line.message}`, at: line.sentAt });
    if (changed(line.sentAt)) broken = true;
    if (line.granted !== before?.granted) {
      rows.push({ row: "granted", key: `granted ${line.message}`, before: line.granted === true });
      broken = true;
    }
    if (line.message === unreadFrom) {
      rows.push({ row: "unread", key: "unread" });
      broken = true;
    }
    if (line.missing > 0) {
      rows.push({ row: "gap", key: `gap ${line.message}`, missing: line.missing });
      broken = true;
    }
    const between = rowBetween(line);
    if (between) rows.push({ row: between, key: line.message, line });
    else {
      const row = rows.at(-1);
      const last = breaks(line, after) || after?.message === unreadFrom || (after?.missing ?? 0) > 0;
      if (!broken && row?.row === "entry" && areTogether(row.line, line) && row.more.length + 1 < TOGETHER)
        rows[rows.length - 1] = { ...row, more: [...row.more, line], last };
      else rows.push({ row: "entry", key: line.message, line, more: [], on: !broken, last });
    }
  }
  changed(Infinity);
  return rows;
};

/** Photos that are shown as one, at most. */
export const TOGETHER = 10;
const areTogether = ({ file: a }: MessageView, { file: b, text, reply }: MessageView): boolean =>
  a?.together !== undefined && a.together === b?.together && !!a.picture && !!b.picture && !text && !reply;

/** As what it stands between entries, where it does. */
const rowBetween = ({ kind, tool }: MessageView): "note" | "pin" | "withdrawn" | "again" | undefined => {
  if (kind === "notice") return "note";
  if (kind === "pin" || kind === "withdrawn") return kind;
  return tool?.kind === "rollCall" && tool.again ? "again" : undefined;
};

const breaks = (a: MessageView | undefined, b: MessageView | undefined): boolean =>
  !a ||
  !b ||
  rowBetween(a) !== undefined ||
  rowBetween(b) !== undefined ||
  a.granted !== b.granted ||
  (a.goesAt === undefined) !== (b.goesAt === undefined) ||
  a.sender !== b.sender ||
  !sameDay(a.sentAt, b.sentAt) ||
  b.sentAt - a.sentAt > RUN;
