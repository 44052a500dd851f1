/** Boards as people see them. */
import type { BoardOf, RowOf, Standing } from "../../content/boards.ts";
import { isOwn } from "../../content/boards.ts";
import type { PersonId } from "../../types.ts";
import type { BoardBrief, BoardView, RowView, StandView, Tally, Who } from "../../types/tools.ts";
import type { Held } from "../parts.ts";
import type { Session } from "../session.ts";
import { namesIn } from "./who.ts";

/** Words that a view of a board shows of its history. */
const SHOWN = 1000;

const STANDS = ["sponsor", "support", "leaning", "awaiting", "silent", "against"] as const;

const tallyOf = (rows: readonly RowOf[], stands: readonly RowOf["stand"][]): Tally => {
  const there = rows.filter(({ stand }) => stands.includes(stand));
  const own = there.filter(({ firstHand }) => firstHand).length;
  return { own, hearsay: there.filter(({ firstHand, said }) => said && !firstHand).length };
};

/** A board without its rows. */
export const boardBrief = (session: Session, held: Held, board: BoardOf): BoardBrief => {
  const { message, at, text, terms, rows, history } = board;
  const tally = Object.fromEntries(STANDS.map((stand) => [stand, tallyOf(rows, [stand])])) as BoardBrief["tally"];
  const all = tallyOf(rows, ["sponsor", "support"]);
  return {
    tool: "board",
    caucus: held.state.group,
    message,
    by: namesIn(session, held)(board.by),
    at,
    text,
    terms,
    tally,
    for: all,
    short: Math.max(0, terms.needs - all.own),
    changes: history.length,
  };
};

const standView = (board: BoardOf, one: Standing, who: (person: PersonId) => Who): StandView => {
  const { delegation, stand, told, due } = one.word;
  return {
    message: one.message,
    delegation,
    stand,
    by: who(one.by),
    at: one.at,
    ...(told && { told: { by: told.by, to: who(told.to ?? one.by) } }),
    ...(!told && !isOwn(board.speaksFor, one) && { disowned: true }),
    ...(due !== undefined && { due }),
  };
};

/** A board, whole. */
export const boardView = (session: Session, held: Held, board: BoardOf): BoardView => {
  const who = namesIn(session, held);
  const rows = board.rows.map(({ said, askedBy, ...row }): RowView => ({
    ...row,
    ...(said && { said: standView(board, said, who) }),
    askedBy: askedBy.map(who),
  }));
  const history = board.history
    .slice(-SHOWN)
    .reverse()
    .map((one) => standView(board, one, who));
  return { ...boardBrief(session, held, board), rows, history };
};
