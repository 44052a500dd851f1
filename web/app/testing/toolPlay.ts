/** What becomes of what lies on a pretended table when this person says something of it. */
import type { GroupId, MessageId, Stand, ToolWord } from "../../../src/types.ts";
import type { BoardBrief, BoardView, RowView, StandView, Tally, ToolView, Who } from "../../../src/types/tools.ts";
import { ME } from "./persons.ts";

type Position = Exclude<Stand, "none">;
type Counted = Omit<BoardView, keyof Pick<BoardBrief, "tally" | "for" | "short" | "changes">>;

const POSITIONS: readonly Position[] = ["sponsor", "support", "leaning", "awaiting", "silent", "against"];
const MINUTE = 60_000;

const me: Who = { person: ME, name: "Ana Kovač" };

const tallyOf = (rows: readonly RowView[], positions: readonly Position[]): Tally => {
  const there = rows.filter(({ stand, said }) => said && positions.includes(stand));
  const own = there.filter(({ firstHand }) => firstHand).length;
  return { own, hearsay: there.length - own };
};

/** With the numbers that follow from its rows. */
export const counted = (board: Counted): BoardView => {
  const those = tallyOf(board.rows, ["sponsor", "support"]);
  return {
    ...board,
    tally: Object.fromEntries(POSITIONS.map((is) => [is, tallyOf(board.rows, [is])])) as BoardView["tally"],
    for: those,
    short: Math.max(0, board.terms.needs - those.own),
    changes: board.history.length,
  };
};

const onBoard = (
  board: BoardView,
  word: Extract<ToolWord, { readonly to: MessageId }>,
  message: MessageId,
): BoardView => {
  if (word.kind === "terms") return counted({ ...board, terms: word.terms });
  if (word.kind !== "stand" && word.kind !== "asking") return board;
  const { delegation } = word;
  const before = board.rows.find((row) => row.delegation === delegation);
  const row: RowView = before ?? { delegation, stand: "silent", firstHand: false, askedBy: [], changes: 0 };
  const others = board.rows.filter((one) => one !== before);
  if (word.kind === "asking")
    return counted({ ...board, rows: [...others, { ...row, askedBy: word.on ? [...row.askedBy, me] : [] }] });
  const { stand, told, due } = word;
  const said: StandView = {
    message,
    delegation,
    stand,
    by: me,
    at: Date.now(),
    ...(told && { told: { by: told.by, to: me } }),
    ...(due !== undefined && { due }),
  };
  const { said: _, ...rest } = row;
  const taken = stand === "none" ? { stand: "silent" as const } : { stand, said, firstHand: !told };
  const history = [said, ...board.history];
  return counted({ ...board, rows: [...others, { ...rest, firstHand: false, ...taken }], history });
};

/** Something on the table after this person has said a word that belongs to it. */
export const changed = (
  view: ToolView,
  word: Extract<ToolWord, { readonly to: MessageId }>,
  message: MessageId,
): ToolView => {
  const at = Date.now();
  if (view.tool === "board") return onBoard(view, word, message);
  if (view.tool === "huddle") {
    if (word.kind === "plan") {
      const ends = word.plan.starts + word.plan.minutes * MINUTE;
      return { ...view, plan: word.plan, ends, dissolves: ends + 15 * MINUTE, changedAt: at };
    }
    if (word.kind !== "answer") return view;
    const { answer } = word;
    if (answer !== "coming" && answer !== "late" && answer !== "absent") return view;
    const answers = [...view.answers.filter(({ person }) => person !== ME), { ...me, answer, at }];
    return { ...view, answers, silent: view.silent.filter(({ person }) => person !== ME) };
  }
  if (word.kind !== "answer") return view;
  if (view.tool === "rollCall") {
    const people = view.people.map((one) => (one.person === ME ? { ...one, read: true, saidSo: at } : one));
    return { ...view, people, read: people.filter(({ read }) => read).length };
  }
  if (word.answer === "over") return { ...view, state: "over", rings: false };
  if (word.answer !== "has" && word.answer !== "cannot") return view;
  const given = { ...me, answer: word.answer, at };
  const answers = [...view.answers.filter(({ person }) => person !== ME), given];
  const taken = answers.find(({ answer }) => answer === "has");
  return { ...view, answers, rings: false, ...(taken && { taken, state: "taken" as const }) };
};

/** What this person lays on it; of one's own words nothing is known of the others yet. */
export const laid = (
  caucus: GroupId,
  message: MessageId,
  word: Exclude<ToolWord, { readonly to: MessageId }>,
): ToolView => {
  const at = Date.now();
  const base = { caucus, message, by: me, at, text: word.text };
  switch (word.kind) {
    case "call": {
      const until = at + word.seconds * 1000;
      return {
        ...base,
        tool: "call",
        act: word.act,
        state: "open",
        until,
        rings: false,
        answers: [],
        reached: 0,
        of: 8,
      };
    }
    case "board": {
      const silent = { stand: "silent", firstHand: false, askedBy: [], changes: 0 } as const;
      const rows = word.terms.delegations.map((delegation): RowView => ({ delegation, ...silent }));
      return counted({ ...base, tool: "board", terms: word.terms, rows, history: [] });
    }
    case "huddle": {
      const ends = word.plan.starts + word.plan.minutes * MINUTE;
      const answers = [{ ...me, answer: "coming", at }] as const;
      const times = { ends, dissolves: ends + 15 * MINUTE, state: "ahead" } as const;
      return { ...base, ...times, tool: "huddle", plan: word.plan, answers, silent: [] };
    }
    case "rollCall":
      return { ...base, tool: "rollCall", reached: 0, read: 0, of: 0, people: [], missing: [], again: 0 };
  }
};
