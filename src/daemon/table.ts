/** Aligned columns for people; stdout in a pipe gets the same, without colours. */
import { write, type Io } from "./io.ts";
import { cut, pad, width } from "./terminal.ts";

const GAP = "  ";
const WIDEST = 48;

/** Rows of harmless text under a head, aligned by the columns that they take on a terminal. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const all = [head, ...rows.map((row) => row.map((cell) => cut(cell, WIDEST)))];
  const columns = head.map((_, at) => Math.max(...all.map((row) => width(row[at] ?? ""))));
  return all
    .map((row) =>
      row
        .map((cell, at) => pad(cell, columns[at] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join("\n");
};

/** A table, or a sentence where there are no rows. */
export const writeTable = async (
  io: Io,
  head: readonly string[],
  content: { rows: readonly (readonly string[])[]; none: string },
) => {
  if (content.rows.length === 0) await write(io.stderr, `${content.none}\n`);
  else await write(io.stdout, `${table(head, content.rows)}\n`);
};
