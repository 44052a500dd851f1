/** A page of lines, by the rules of a messenger's history. */
import { holdsAll } from "../../../src/content/finding.ts";
import { CHANGES, QUIET } from "../../../src/content/quiet.ts";
import {
  byPlace,
  type HistoryOptions,
  type RecordPlace,
  MAX_HITS,
  type SearchAnswer,
  type SearchOptions,
} from "../../../src/messenger/paging.ts";
import type { MessageView } from "../../../src/types.ts";

const placeOf = ({ sentAt, message }: MessageView): RecordPlace => ({ at: sentAt, message });

/** The newest lines that a search finds; it reads `reads` of them. */
export const foundOf = (
  all: readonly MessageView[],
  words: readonly string[],
  { caucus, limit = MAX_HITS, before, reads }: SearchOptions & { readonly reads: number },
): SearchAnswer => {
  const newest = pageOf(
    all
      .filter((line) => caucus === undefined || line.caucus === caucus)
      .toSorted((a, b) => byPlace(placeOf(a), placeOf(b))),
    { ...(before && { before }) },
  ).toReversed();
  const found: MessageView[] = [];
  for (const [at, line] of newest.entries()) {
    const whole = line.kind !== "notice" && !QUIET.has(line.kind);
    if (whole && holdsAll(words, [line.text, line.file?.name ?? "", line.name])) found.push(line);
    if (found.length >= limit || at + 1 >= reads) return { lines: found, looked: at + 1, next: placeOf(line) };
  }
  return { lines: found, looked: newest.length };
};

/** `lines` are in order. */
export const pageOf = (
  lines: readonly MessageView[],
  { limit, before, after, without }: HistoryOptions = {},
): readonly MessageView[] => {
  const found = lines.filter(
    (line) =>
      (!without || !CHANGES.has(line.kind)) &&
      (!before || byPlace(placeOf(line), before) < 0) &&
      (!after || byPlace(placeOf(line), after) > 0),
  );
  if (limit === undefined) return found;
  return after ? found.slice(0, limit) : found.slice(-limit);
};
