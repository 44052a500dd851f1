/** The command that looks for words in what was said. */
import type { Command } from "commander";
import { MAX_HITS } from "../../messenger/paging.ts";
import type { MessageView } from "../../types.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { styleFor, write, writeJson } from "../io.ts";
import { dayName, Quotes, talkLine } from "../lines.ts";
import { caucusName, pickCaucus } from "../pick.ts";
import { plainLine } from "../terminal.ts";

const DEFAULT_LIMIT = 20;

interface SearchFlags {
  readonly in?: string;
  readonly limit?: number;
}

const search = async (
  { io, json, client }: Context,
  words: string,
  { in: where, limit = DEFAULT_LIMIT }: SearchFlags,
): Promise<void> => {
  const daemon = await client();
  const only = where === undefined ? {} : { caucus: (await pickCaucus(daemon, where)).caucus };
  const { person } = await daemon.status();
  const names = new Map((await daemon.caucuses()).map((one) => [one.caucus, plainLine(caucusName(one, person))]));
  const style = styleFor(io.stdout, io.env);
  const options = { self: person, style, quotes: new Quotes(), nameOf: () => undefined };
  const show = (line: MessageView): Promise<void> =>
    json
      ? writeJson(io.stdout, line)
      : write(
          io.stdout,
          `${style("dim", `${names.get(line.caucus) ?? ""}, ${dayName(line.sentAt)}`)}\n${talkLine(line, options)}\n`,
        );
  let left = limit;
  // The daemon reads some thousand lines a time; what it has found is shown at once.
  for (let answer = await daemon.search(words, { ...only, limit: Math.min(left, MAX_HITS) }); ;) {
    for (const line of answer.lines) await show(line);
    left -= answer.lines.length;
    if (answer.next === undefined || left <= 0) break;
    answer = await daemon.search(words, { ...only, limit: Math.min(left, MAX_HITS), before: answer.next });
  }
  if (left === limit && !json) await write(io.stderr, "Nothing was found.\n");
};

/** Adds the command to the program. */
export const addSearchCommand = (program: Command, outside: Outside): void => {
  program
    .command("search")
    .argument("<words...>", "all of them must stand in a message, its file's name, or its sender's name")
    .option("--in <caucus>", "only there: name, id, or the beginning of an id")
    .option("--limit <n>", `the newest so many; ${DEFAULT_LIMIT} otherwise`, wholeNumber(1, 10_000_000))
    .description("look for words in what was said, the newest first, whatever their case and accents")
    .action((words: string[], flags: SearchFlags, command: Command) =>
      search(contextOf(command, outside), words.join(" "), flags),
    );
};
