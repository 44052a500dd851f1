/** Commands about what one has said: edit, wordings, withdraw; and what is to leave this device: forget. */
import type { Command } from "commander";
import type { GroupId, MessageId } from "../../types.ts";
import type { ApiClient } from "../client.ts";
import { contextOf, type Context, type Outside } from "../context.ts";
import { writeJson } from "../io.ts";
import { clockTime, dayName } from "../lines.ts";
import { pickCaucus, pickMessage } from "../pick.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

type Named = readonly [caucus: string, message: string];
interface Found {
  readonly daemon: ApiClient;
  readonly caucus: GroupId;
  readonly message: MessageId;
}

const find = async ({ client }: Context, [which, message]: Named): Promise<Found> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  return { daemon, caucus, message: await pickMessage(daemon, caucus, message) };
};

const edit = async (context: Context, named: Named, text: string): Promise<void> => {
  const { daemon, caucus, message } = await find(context, named);
  const { revisedAt } = await daemon.revise(caucus, message, text);
  await context.answer(
    { caucus, message, revisedAt },
    "Changed. The others see that, and what it said before, once they hear of it.",
  );
};

const wordings = async (context: Context, named: Named): Promise<void> => {
  const { daemon, caucus, message } = await find(context, named);
  const all = await daemon.wordings(caucus, message);
  if (context.json) return writeJson(context.io.stdout, all);
  const rows = all.map(({ at, text }) => [`${dayName(at)}, ${clockTime(at)}`, plainLine(text)]);
  return writeTable(context.io, ["SAID", ""], { rows, none: "It was taken back; nothing of it is here." });
};

const withdraw = async (context: Context, named: Named): Promise<void> => {
  const { daemon, caucus, message } = await find(context, named);
  await daemon.withdraw(caucus, message);
  await context.answer(
    { caucus, message },
    "Taken back: gone from here now, and from the others' devices once they hear of it. Whoever got it may have read it, and kept it.",
  );
};

const forget = async (context: Context, named: Named): Promise<void> => {
  const { daemon, caucus, message } = await find(context, named);
  await daemon.forget(caucus, message);
  await context.answer({ caucus, message }, "Gone from this device. Everybody else still has it.");
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;
const MESSAGE = ["<message>", "id, or its beginning"] as const;

/** Adds the commands to the program. */
export const addChangeCommands = (program: Command, outside: Outside): void => {
  program
    .command("edit")
    .argument(...CAUCUS)
    .argument(...MESSAGE)
    .argument("<text>", "what it is to say; under a file, nothing takes the words away")
    .description("give a message of yours other words; what it said before stays to be seen")
    .action((which: string, message: string, text: string, _: object, command: Command) =>
      edit(contextOf(command, outside), [which, message], text),
    );
  for (const [name, does, act] of [
    ["wordings", "all that a message has said, and when", wordings],
    ["withdraw", "take back what you said; whoever got it may have kept it", withdraw],
    ["forget", "take a message off this device alone", forget],
  ] as const)
    program
      .command(name)
      .argument(...CAUCUS)
      .argument(...MESSAGE)
      .description(does)
      .action((which: string, message: string, _: object, command: Command) =>
        act(contextOf(command, outside), [which, message]),
      );
};
