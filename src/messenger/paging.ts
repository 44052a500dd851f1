/** Reading a record by pages: places between its lines, which lines are wanted, and what a search answers. */
import type { GroupId, MessageId, MessageView, Millis } from "../types.ts";

/** A place between lines, by the time and id of one of them. Without an id: before every line of that moment. */
export interface RecordPlace {
  readonly at: Millis;
  readonly message?: MessageId;
}

export interface HistoryOptions {
  /** The newest so many, or with `after` the first so many of those; all by default. */
  readonly limit?: number;
  /** Without words that only change something on the table: what they come to, `tool` says. */
  readonly without?: "changes";
  /** Only lines before this place. */
  readonly before?: RecordPlace;
  /** Only lines after this place. What is still only saved here comes after every moment. */
  readonly after?: RecordPlace;
}

/** Lines that one search may answer with. */
export const MAX_HITS = 100;

export interface SearchOptions {
  /** In this caucus only; everywhere by default. */
  readonly caucus?: GroupId;
  /** Lines to answer with: 1 to `MAX_HITS`, which is the default. */
  readonly limit?: number;
  /** Only lines before this place: `next` of the answer before. */
  readonly before?: RecordPlace;
}

/** What one search found: newest first. */
export interface SearchAnswer {
  readonly lines: readonly MessageView[];
  /** How many lines it has read. */
  readonly looked: number;
  /** Where to go on: a search reads some thousand lines and no more. Absent when there are no others. */
  readonly next?: RecordPlace;
}

/** A place as the store has it. */
export const storedAt = ({ at, message }: RecordPlace) => ({ time: at, ...(message !== undefined && { message }) });

/** As one word of an address: `1764320400000`, or `1764320400000.` and the message's id. */
export const writePlace = ({ at, message }: RecordPlace): string =>
  message === undefined ? `${at}` : `${at}.${message}`;

/** Reads what `writePlace` wrote; `undefined` for anything else. */
export const readPlace = (word: string): RecordPlace | undefined => {
  const [, digits, message] = /^(\d{1,15})(?:\.([0-9a-f]{32}))?$/u.exec(word) ?? [];
  if (digits === undefined) return undefined;
  return { at: Number(digits), ...(message !== undefined && { message: message as MessageId }) };
};

/** The query of an address; empty where nothing is asked. */
export const pagingQuery = (options: HistoryOptions & SearchOptions & { readonly words?: string }): string => {
  const { before, after, ...plain } = options;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) query.set(name, String(value));
  if (before) query.set("before", writePlace(before));
  if (after) query.set("after", writePlace(after));
  return query.size === 0 ? "" : `?${query}`;
};

/** The order of lines by time, then by id; a place without an id comes before all of its moment. */
export const byPlace = (a: RecordPlace, b: RecordPlace): number => {
  if (a.at !== b.at) return a.at - b.at;
  const [one, other] = [a.message ?? "", b.message ?? ""];
  return one < other ? -1 : Number(one > other);
};
