/** Commands about calls: now, answer, ringing; and what lies on a caucus's table: table. */
import { Argument, type Command } from "commander";
import type { Answer, CallAct } from "../../types.ts";
import type { CallView } from "../../types/tools.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { write, writeJson } from "../io.ts";
import { clockTime, receiptWords } from "../lines.ts";
import { pickCaucus, pickMessage } from "../pick.ts";
import { table as columns, writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";
import { boardWords, callWords, huddleWords, rollCallWords, viewWords } from "../toolLines.ts";

const ACTS = ["interrupt", "floor", "support", "outside"] as const;
const ANSWERS = ["has", "cannot", "over", "coming", "late", "absent", "read"] as const;

interface Call {
  readonly act: CallAct;
  readonly text: string;
  readonly seconds: number;
}

const now = async ({ client, answer }: Context, which: string, call: Call): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const line = await daemon.sayTool(caucus, { kind: "call", ...call });
  await answer(await daemon.tool(caucus, line.message), `${line.message.slice(0, 8)} ${receiptWords(line)}`);
};

const answerTo = async (
  { client, answer }: Context,
  [which, message]: readonly [string, string],
  word: Answer,
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const to = await pickMessage(daemon, caucus, message);
  await daemon.sayTool(caucus, { kind: "answer", to, answer: word });
  const view = await daemon.tool(caucus, to);
  await answer(view, viewWords(view));
};

const row = (call: CallView): readonly string[] => [
  call.message.slice(0, 8),
  clockTime(call.at),
  plainLine(call.by.name),
  call.act,
  plainLine(call.text),
  callWords(call),
];

const CALLS = ["ID", "AT", "FROM", "", "", ""];

const ringing = async ({ io, json, client }: Context): Promise<void> => {
  const calls = await (await client()).ringing();
  if (json) return writeJson(io.stdout, calls);
  return writeTable(io, CALLS, { rows: calls.map(row), none: "Nothing rings." });
};

const table = async ({ io, json, client }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const all = await daemon.table((await pickCaucus(daemon, which)).caucus);
  if (json) return writeJson(io.stdout, all);
  const boards = all.boards.map((one) => [one.message.slice(0, 8), plainLine(one.text), boardWords(one)]);
  if (boards.length > 0) await write(io.stdout, `${columns(["ID", "COUNT ME IN", ""], boards)}\n`);
  const huddles = all.huddles.map((one) => [one.message.slice(0, 8), plainLine(one.text), huddleWords(one)]);
  if (huddles.length > 0) await write(io.stdout, `${columns(["ID", "HUDDLE", ""], huddles)}\n`);
  const rolls = all.rollCalls.map((one) => [one.message.slice(0, 8), plainLine(one.text), rollCallWords(one)]);
  if (rolls.length > 0) await write(io.stdout, `${columns(["ID", "ROLL CALL", ""], rolls)}\n`);
  if (all.calls.length > 0) await write(io.stdout, `${columns(CALLS, all.calls.map(row))}\n`);
  if (boards.length + huddles.length + rolls.length + all.calls.length === 0)
    await write(io.stderr, "Nothing lies on the table.\n");
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;

/** Adds the commands to the program. */
export const addCallCommands = (program: Command, outside: Outside): void => {
  program
    .command("now")
    .argument(...CAUCUS)
    .addArgument(new Argument("<act>", "what somebody is to do").choices(ACTS))
    .argument("[text]", "what for", "")
    .option("--seconds <n>", "how long it rings at the others", wholeNumber(60, 120), 90)
    .description("call: somebody has to act now")
    .action((which: string, act: CallAct, text: string, { seconds }: { seconds: number }, command: Command) =>
      now(contextOf(command, outside), which, { act, text, seconds }),
    );
  program
    .command("answer")
    .argument(...CAUCUS)
    .argument("<message>", "a call, a huddle or a roll call: id, or its beginning")
    .addArgument(
      new Argument(
        "<answer>",
        "to a call you have it or cannot, or your own is over; to a huddle you are coming, late or absent; a roll call you have read",
      ).choices(ANSWERS),
    )
    .description("answer what lies on the table; the first who has a call quiets the others")
    .action((which: string, call: string, word: Answer, _: object, command: Command) =>
      answerTo(contextOf(command, outside), [which, call], word),
    );
  program
    .command("ringing")
    .description("calls that ring here now")
    .action((_: object, command: Command) => ringing(contextOf(command, outside)));
  program
    .command("table")
    .argument(...CAUCUS)
    .description("what lies on the table of a caucus: boards, huddles, roll calls, calls")
    .action((which: string, _: object, command: Command) => table(contextOf(command, outside), which));
};
