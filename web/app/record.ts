/** The record as rows: entries in runs, and what stands between them. */
import type { ComingView, LastingView, MessageId, MessageView, PersonId } from "../../src/types.ts";
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
  | Change
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

/** What changed in the caucus: how long messages stay; or who is in it, several alike as one. */
export type Change =
  | { readonly row: "lasting"; readonly key: string; readonly at: number; readonly change: LastingView }
  | { readonly row: "coming"; readonly key: string; readonly at: number; readonly comings: readonly ComingView[] };

export interface Around {
  /** The line above which the marker goes. */
  readonly unreadFrom?: MessageId | undefined;
  /** Oldest first. */
  readonly lastings?: readonly LastingView[] | undefined;
  readonly comings?: readonly ComingView[] | undefined;
  /** Whose coming and going stands by itself. */
  readonly me?: PersonId | undefined;
  /** Nothing is older than the first of the lines. */
  readonly whole?: boolean;
  /** Nothing is newer than the last of them. */
  readonly newest?: boolean;
}

/** What so many do at a time that it is said of all together. */
const COMMON: ReadonlySet<ComingView["kind"]> = new Set(["added", "came", "left", "removed"]);

const isAlike = (a: ComingView, b: ComingView, me: PersonId | undefined): boolean =>
  COMMON.has(a.kind) &&
  a.kind === b.kind &&
  // Whoever goes by themselves is `by` as well.
  (a.kind === "left" || a.by === b.by) &&
  a.granted === b.granted &&
  a.lines === b.lines &&
  ![a.person, b.person].includes(me as PersonId) &&
  sameDay(a.at, b.at);

/** In order. Whoever dates one back or ahead has it stand there. */
const changesOf = ({ lastings = [], comings = [] }: Around): readonly Change[] =>
  [
    ...lastings.map((change, n) => ({
      row: "lasting" as const,
      key: `lasting ${n} ${change.at}`,
      at: change.at,
      change,
    })),
    ...comings.map((one) => ({ row: "coming" as const, key: one.op, at: one.at, comings: [one] })),
  ].sort((a, b) => a.at - b.at);

/** Lines are in order. */
export const rowsOf = (lines: readonly MessageView[], around: Around = {}): readonly Row[] => {
  const { unreadFrom, me, whole = true, newest = true } = around;
  const rows: Row[] = [];
  const changes = changesOf(around).filter(({ at }) => whole || at >= (lines[0]?.sentAt ?? 0));
  let today: number | undefined;
  /** The heading of another day than it was. */
  const turnsTo = (at: number, key: string): void => {
    if (today === undefined || !sameDay(today, at)) rows.push({ row: "day", key: `day ${key}`, at });
    today = at;
  };
  /** What was changed before a line. */
  const changed = (before: number): boolean => {
    const upTo = changes.findIndex(({ at }) => at > before);
    const now = changes.splice(0, upTo < 0 ? changes.length : upTo);
    for (const change of now) {
      turnsTo(change.at, change.key);
      const above = rows.at(-1);
      const [one] = change.row === "coming" ? change.comings : [];
      if (one && above?.row === "coming" && isAlike(above.comings[0] as ComingView, one, me))
        rows[rows.length - 1] = { ...above, comings: [...above.comings, one] };
      else rows.push(change);
    }
    return now.length > 0;
  };
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const after = lines[at + 1];
    let broken = breaks(before, line);
    if (changed(line.sentAt)) broken = true;
    turnsTo(line.sentAt, line.message);
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
  if (newest) changed(Infinity);
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
