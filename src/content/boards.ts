/** "Count me in": a fold over what is said of a proposition, the same in whatever order it came. SPEC.md §10. */
import type { BoardTerms, MessageId, Millis, PersonId, Stand, ToolWord } from "../types.ts";
import type { ToolSaid } from "./toolOrder.ts";
import { inOrder } from "./toolOrder.ts";

/** Delegations that are spoken of on a board; beyond that, only those that the terms name. */
export const MAX_ROWS = 512;

/** One word about where a delegation stands. */
export interface Standing {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly word: Extract<ToolWord, { readonly kind: "stand" }>;
}

/** A delegation's row. */
export interface RowOf {
  readonly delegation: string;
  readonly stand: Exclude<Stand, "none">;
  readonly firstHand: boolean;
  readonly said?: Standing;
  readonly askedBy: readonly PersonId[];
  readonly changes: number;
}

/** A board. */
export interface BoardOf {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly text: string;
  readonly terms: BoardTerms;
  readonly rows: readonly RowOf[];
  /** All that counted, the oldest first. */
  readonly history: readonly Standing[];
  /** For which delegation each person last spoke as their own. */
  readonly speaksFor: ReadonlyMap<PersonId, string>;
}

interface RowDraft {
  /** What each person said last of it. */
  readonly last: Map<PersonId, Standing>;
  readonly asked: Map<PersonId, Millis>;
  changes: number;
}

interface Draft {
  readonly message: MessageId;
  readonly by: PersonId;
  readonly at: Millis;
  readonly text: string;
  terms: BoardTerms;
  readonly rows: Map<string, RowDraft>;
  readonly history: Standing[];
  readonly speaksFor: Map<PersonId, string>;
}

const rowOf = (board: Draft, delegation: string): RowDraft | undefined => {
  const known = board.rows.get(delegation);
  if (known || (board.rows.size >= MAX_ROWS && !board.terms.delegations.includes(delegation))) return known;
  const row: RowDraft = { last: new Map(), asked: new Map(), changes: 0 };
  board.rows.set(delegation, row);
  return row;
};

/** Whether a word is a delegation's own: said so, by somebody who has spoken for no other since. */
export const isOwn = (speaksFor: ReadonlyMap<PersonId, string>, { by, word }: Standing): boolean =>
  !word.told && speaksFor.get(by) === word.delegation;

const take = (board: Draft, { time, message, by, word }: ToolSaid): void => {
  if (word.kind === "terms") {
    if (by === board.by) board.terms = word.terms;
    return;
  }
  if (board.terms.closed || (word.kind !== "stand" && word.kind !== "asking")) return;
  const row = rowOf(board, word.delegation);
  if (!row) return;
  if (word.kind === "asking") {
    if (!word.on) row.asked.delete(by);
    else if (!row.asked.has(by)) row.asked.set(by, time);
    return;
  }
  const standing = { message, by, at: time, word };
  if (!word.told) board.speaksFor.set(by, word.delegation);
  // Anew at the end: the last of a row is the newest.
  row.last.delete(by);
  if (word.stand !== "none") row.last.set(by, standing);
  row.changes++;
  board.history.push(standing);
};

const finishRow = ({ speaksFor }: Draft, delegation: string, row: RowDraft | undefined): RowOf => {
  let said: Standing | undefined;
  let firstHand = false;
  for (const one of row?.last.values() ?? []) {
    const own = isOwn(speaksFor, one);
    if (own || !firstHand) said = one;
    firstHand ||= own;
  }
  const stand = (said?.word.stand ?? "silent") as Exclude<Stand, "none">;
  const askedBy = [...(row?.asked.keys() ?? [])];
  return { delegation, stand, firstHand, ...(said && { said }), askedBy, changes: row?.changes ?? 0 };
};

const finish = (board: Draft): BoardOf => {
  const { rows: drafts, ...rest } = board;
  const named = new Set([...board.terms.delegations, ...drafts.keys()]);
  return { ...rest, rows: [...named].map((delegation) => finishRow(board, delegation, drafts.get(delegation))) };
};

/**
 * Boards, the oldest first. What counts of a word is where it stands in the order: nothing before its board, and nothing but
 * new terms after a closing. Terms are their author's to change, the text nobody's. Of a delegation each person has one
 * word, their last, and changes nobody else's. A delegation's own words come before all hearsay, and the newest before
 * the others.
 */
export const boardsOf = (said: readonly ToolSaid[]): readonly BoardOf[] => {
  const boards = new Map<MessageId, Draft>();
  for (const one of inOrder(said)) {
    const { message, by, time: at, word } = one;
    if (word.kind === "board") {
      const { text, terms } = word;
      boards.set(message, { message, by, at, text, terms, rows: new Map(), history: [], speaksFor: new Map() });
    } else if ("to" in word) {
      const board = boards.get(word.to);
      if (board) take(board, one);
    }
  }
  return [...boards.values()].map(finish);
};
