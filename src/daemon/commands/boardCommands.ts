/** Commands about boards, "count me in": board put, show, stand, ask, terms, csv. */
import { open } from "node:fs/promises";
import { Argument, type Command } from "commander";
import { boardCsv } from "../../content/boardCsv.ts";
import { usage } from "../../errors.ts";
import type { BoardTerms, Stand, ToolWord } from "../../types.ts";
import type { BoardView } from "../../types/tools.ts";
import type { ApiClient } from "../client.ts";
import { contextOf, gather, wholeNumber, type Context, type Outside } from "../context.ts";
import { write, writeJson } from "../io.ts";
import { momentAhead } from "../momentAhead.ts";
import { pickCaucus, pickMessage, pickPerson } from "../pick.ts";
import { table } from "../table.ts";
import { plainLine } from "../terminal.ts";
import { boardHead, boardWords, changeWords, rowWords } from "../toolLines.ts";

const STANDS = ["sponsor", "support", "leaning", "awaiting", "silent", "against", "none"] as const;

const boardNamed = async (daemon: ApiClient, [which, message]: readonly [string, string]): Promise<BoardView> => {
  const { caucus } = await pickCaucus(daemon, which);
  const view = await daemon.tool(caucus, await pickMessage(daemon, caucus, message));
  if (view.tool !== "board") throw usage("unknown-tool", "that is no board; couloir table shows what there is");
  return view;
};

/** Says a word of a board and shows what it has become. */
const sayOf = async (
  { client, answer }: Context,
  named: readonly [string, string],
  word: (board: BoardView, daemon: ApiClient) => ToolWord | Promise<ToolWord>,
): Promise<void> => {
  const daemon = await client();
  const board = await boardNamed(daemon, named);
  await daemon.sayTool(board.caucus, await word(board, daemon));
  const after = await boardNamed(daemon, [board.caucus, board.message]);
  await answer(after, boardWords(after));
};

interface TermFlags {
  readonly needs?: number;
  readonly delegation?: readonly string[];
  readonly close?: boolean;
  readonly open?: boolean;
}

const changed = (terms: BoardTerms, { needs, delegation, close, open: opens }: TermFlags): BoardTerms => ({
  needs: needs ?? terms.needs,
  delegations: delegation ?? terms.delegations,
  closed: close === true || (terms.closed && opens !== true),
});

const put = async ({ client, answer }: Context, [which, text]: readonly [string, string], flags: TermFlags) => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const terms = changed({ needs: 0, delegations: [], closed: false }, flags);
  const { message } = await daemon.sayTool(caucus, { kind: "board", text, terms });
  const board = await boardNamed(daemon, [caucus, message]);
  await answer(board, `${message.slice(0, 8)} ${boardWords(board)}`);
};

const show = async ({ io, json, client }: Context, named: readonly [string, string], history: boolean) => {
  const board = await boardNamed(await client(), named);
  if (json) return writeJson(io.stdout, board);
  await write(io.stdout, `${boardHead(board)}\n${boardWords(board)}\n`);
  const rows = history ? board.history.map(changeWords) : board.rows.map(rowWords);
  const head = history ? ["AT", "DELEGATION", "STAND", "WORD"] : ["DELEGATION", "STAND", "WORD", "DUE", "ASKED"];
  if (rows.length > 0) await write(io.stdout, `${table(head, rows)}\n`);
};

interface StandFlags {
  readonly by?: string;
  readonly to?: string;
  readonly due?: number;
}

const stand = (
  context: Context,
  named: readonly [string, string],
  said: StandFlags & { readonly delegation: string; readonly stand: Stand },
): Promise<void> => {
  if (said.to !== undefined && said.by === undefined) throw usage("told-by-whom", "say with --by who told it");
  return sayOf(context, named, async ({ message: to }, daemon) => {
    const person = said.to === undefined ? undefined : await pickPerson(daemon, said.to);
    const told = said.by === undefined ? undefined : { by: said.by, ...(person !== undefined && { to: person }) };
    const { delegation, due } = said;
    return {
      kind: "stand",
      to,
      delegation,
      stand: said.stand,
      ...(told && { told }),
      ...(due !== undefined && { due }),
    };
  });
};

const csv = async (
  { io, json, client, answer }: Context,
  named: readonly [string, string],
  path?: string,
): Promise<void> => {
  const text = boardCsv(await boardNamed(await client(), named));
  if (path === undefined) return json ? writeJson(io.stdout, { csv: text }) : write(io.stdout, text);
  const file = await open(path, "wx", 0o600).catch(() => {
    throw usage("output", `${plainLine(path)}: it is there already, or cannot be written`);
  });
  await file.writeFile(text);
  await file.close();
  await answer({ file: path }, `The board is in ${plainLine(path)}, readable by whoever gets that file.`);
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;
const BOARD = ["<board>", "id, or its beginning"] as const;
const DELEGATION = ["<delegation>", "ISO code or name, as the board has it"] as const;

const withTerms = (command: Command): Command =>
  command
    .option("--needs <n>", "so many have to be for it; 0 counts up to nothing", wholeNumber(0, 999))
    .option("--delegation <code>", "one that is on the board; may be given several times", gather);

/** Adds the commands to the program. */
export const addBoardCommands = (program: Command, outside: Outside): void => {
  const board = program.command("board").description("count me in: who is for a proposition, who asks whom");
  const named = (name: string, does: string): Command =>
    board
      .command(name)
      .argument(...CAUCUS)
      .argument(...BOARD)
      .description(does);
  withTerms(
    board
      .command("put")
      .argument(...CAUCUS)
      .argument("<text>", "the proposition; it never changes")
      .description("put a proposition"),
  ).action((which: string, text: string, flags: TermFlags, command: Command) =>
    put(contextOf(command, outside), [which, text], flags),
  );
  named("show", "where each delegation stands, whose word that is, who asks")
    .option("--history", "all that was said, the newest first")
    .action((which: string, id: string, { history }: { history?: boolean }, command: Command) =>
      show(contextOf(command, outside), [which, id], history === true),
    );
  named("stand", "say where a delegation stands: your own, or by hearsay with --by")
    .argument(...DELEGATION)
    .addArgument(new Argument("<stand>", "none takes back what you said").choices(STANDS))
    .option("--by <who>", "who told it: a delegation or a name")
    .option("--to <person>", "whom they told it to, if not to you")
    .option("--due <when>", "when capital is expected to answer, like 15:00", momentAhead)
    .action((which: string, id: string, delegation: string, word: Stand, flags: StandFlags, command: Command) =>
      stand(contextOf(command, outside), [which, id], { ...flags, delegation, stand: word }),
    );
  named("ask", "say that you ask a delegation")
    .argument(...DELEGATION)
    .option("--off", "you no longer do")
    .action((which: string, id: string, delegation: string, { off }: { off?: boolean }, command: Command) =>
      sayOf(contextOf(command, outside), [which, id], ({ message: to }) => ({
        kind: "asking",
        to,
        delegation,
        on: off !== true,
      })),
    );
  withTerms(named("terms", "change what decides over your proposition; delegations replace those before"))
    .option("--close", "what is said afterwards does not count")
    .option("--open", "it does again")
    .action((which: string, id: string, flags: TermFlags, command: Command) =>
      sayOf(contextOf(command, outside), [which, id], ({ message: to, terms }) => ({
        kind: "terms",
        to,
        terms: changed(terms, flags),
      })),
    );
  named("csv", "the board as a table for a spreadsheet")
    .option("-o, --output <file>", "write to a new file instead of stdout")
    .action((which: string, id: string, { output }: { output?: string }, command: Command) =>
      csv(contextOf(command, outside), [which, id], output),
    );
};
