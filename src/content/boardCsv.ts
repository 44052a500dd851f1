/** A board as a table for a spreadsheet: RFC 4180, one row a delegation, in English. */
import type { Millis } from "../types.ts";
import type { BoardView, RowView } from "../types/tools.ts";

const HEAD = ["delegation", "stand", "word", "said by", "told by", "told to", "at", "due", "asked by", "changes"];

/** What a spreadsheet takes for a formula begins so: others wrote it, and it must stay text. */
const FORMULA = /^[\s]*[=+\-@\t\r]/u;

const cell = (value: string): string => {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const moment = (at: Millis | undefined): string => (at === undefined ? "" : new Date(at).toISOString());

const cells = ({ delegation, stand, firstHand, said, askedBy, changes }: RowView): readonly string[] => [
  delegation,
  stand,
  said ? (firstHand ? "own" : "hearsay") : "",
  said?.by.name ?? "",
  said?.told?.by ?? "",
  said?.told?.to.name ?? "",
  moment(said?.at),
  moment(said?.due),
  askedBy.map(({ name }) => name).join("; "),
  String(changes),
];

/** Lines end with CR LF; times are UTC. */
export const boardCsv = ({ rows }: Pick<BoardView, "rows">): string =>
  [HEAD, ...rows.map(cells)].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
