/** Commands about what is to be kept in view: pin, unpin, pins; and words on record: export-record, check-record. */
import { open, readFile } from "node:fs/promises";
import { base64urlnopad } from "@scure/base";
import type { Command } from "commander";
import { readRecord } from "../../content/record.ts";
import { refused, usage } from "../../errors.ts";
import { contextOf, type Context, type Outside } from "../context.ts";
import { writeJson } from "../io.ts";
import { clockTime, dayName } from "../lines.ts";
import { pickCaucus, pickMessage } from "../pick.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

const pin = async (
  { client, answer }: Context,
  [which, message]: readonly [string, string],
  on: boolean,
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const pinned = await pickMessage(daemon, caucus, message);
  await daemon.pin(caucus, pinned, on);
  await answer({ caucus, message: pinned, pinned: on }, on ? "Pinned for everybody." : "No longer pinned.");
};

const pins = async ({ io, json, client }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const all = await daemon.pins((await pickCaucus(daemon, which)).caucus);
  if (json) return writeJson(io.stdout, all);
  const rows = all.map(({ name, line }) => [
    line.message.slice(0, 8),
    plainLine(line.name),
    plainLine(line.text === "" ? (line.file?.name ?? "") : line.text),
    `pinned by ${plainLine(name)}`,
  ]);
  return writeTable(io, ["ID", "FROM", "", ""], { rows, none: "Nothing is pinned." });
};

const exportRecord = async (
  { client, answer }: Context,
  [which, message]: readonly [string, string],
  path?: string,
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const record = await daemon.recordOf(caucus, await pickMessage(daemon, caucus, message));
  if (path === undefined) return answer({ record }, record);
  const file = await open(path, "wx").catch(() => {
    throw usage("output", `${plainLine(path)}: it is there already, or cannot be written`);
  });
  await file.writeFile(`${record}\n`);
  await file.close();
  return answer({ record, file: path }, `The evidence is in ${plainLine(path)}; couloir check-record reads it.`);
};

/** Needs no daemon: anybody can check. */
const checkRecord = async ({ answer }: Context, path: string): Promise<void> => {
  const raw = (
    await readFile(path, "utf8").catch(() => {
      throw usage("input", `${plainLine(path)} cannot be read`);
    })
  ).trim();
  let body: ReturnType<typeof readRecord>;
  try {
    body = readRecord(base64urlnopad.decode(raw));
  } catch {
    body = undefined;
  }
  if (body === undefined)
    throw refused("not-genuine", "this is no record, or not what its person signed; nobody is bound by it");
  const { person, group, at, text, reply } = body;
  await answer(
    { person, caucus: group, at, text, ...(reply && { reply }) },
    `Signed by the person ${person}, on ${dayName(at)} at ${clockTime(at)} by their clock:\n${plainLine(text)}`,
  );
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;
const MESSAGE = ["<message>", "id, or its beginning"] as const;

/** Adds the commands to the program. */
export const addKeepCommands = (program: Command, outside: Outside): void => {
  for (const [name, on, does] of [
    ["pin", true, "pin a message for everybody"],
    ["unpin", false, "take a pin off"],
  ] as const)
    program
      .command(name)
      .argument(...CAUCUS)
      .argument(...MESSAGE)
      .description(does)
      .action((which: string, message: string, _: object, command: Command) =>
        pin(contextOf(command, outside), [which, message], on),
      );
  program
    .command("pins")
    .argument(...CAUCUS)
    .description("what is pinned")
    .action((which: string, _: object, command: Command) => pins(contextOf(command, outside), which));
  program
    .command("export-record")
    .argument(...CAUCUS)
    .argument(...MESSAGE)
    .option("-o, --output <file>", "write to a new file instead of stdout")
    .description("the evidence of a message on record")
    .action((which: string, message: string, { output }: { output?: string }, command: Command) =>
      exportRecord(contextOf(command, outside), [which, message], output),
    );
  program
    .command("check-record")
    .argument("<file>", "what export-record wrote")
    .description("who signed a message on record; needs no daemon")
    .action((path: string, _: object, command: Command) => checkRecord(contextOf(command, outside), path));
};
