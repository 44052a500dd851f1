/** Commands about messages: send (with or without a file), react, history, tail, chat, export. */
import { open } from "node:fs/promises";
import type { Command } from "commander";
import { CouloirError, usage } from "../../errors.ts";
import type { GroupId, MessageView, PersonId } from "../../types.ts";
import { runChat } from "../chat.ts";
import type { ApiClient } from "../client.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { styleFor, write, writeJson, type Output } from "../io.ts";
import { dayName, Quotes, receiptWords, talkLine, type LineOptions } from "../lines.ts";
import { caucusName, pickCaucus, pickMessage, pickTarget } from "../pick.ts";
import { plainLine } from "../terminal.ts";
import { fileAt, photoAt, type Attachment } from "./fileCommands.ts";
import { exportMail, momentOf, type SealedFlags } from "./mailCommands.ts";

const MAX_STDIN = 1_048_576;

const allOf = async (stdin: AsyncIterable<Uint8Array | string>): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stdin) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_STDIN) throw usage("too-long", "what stdin gave is too long for a message");
    parts.push(bytes);
  }
  return Buffer.concat(parts)
    .toString("utf8")
    .replace(/\r?\n$/u, "");
};

const brief = ({ message, caucus, reached, of, heldFor }: MessageView): object => ({
  message,
  caucus,
  reached,
  of,
  ...(heldFor && { heldFor }),
});

interface SendFlags {
  readonly reply?: string;
  readonly photo?: string;
  readonly file?: string;
  readonly onRecord?: boolean;
}

const attachmentOf = ({ photo, file }: SendFlags): Promise<Attachment> | undefined => {
  if (photo !== undefined && file !== undefined) throw usage("two-files", "a message has one photo or one file");
  return photo === undefined ? (file === undefined ? undefined : fileAt(file)) : photoAt(photo);
};

const send = async (
  { io, client, answer }: Context,
  [target, words]: readonly [string, string | undefined],
  flags: SendFlags,
): Promise<void> => {
  const attachment = await attachmentOf(flags);
  const text = words === "-" ? await allOf(io.stdin) : (words ?? "");
  if (attachment === undefined && text.trim() === "")
    throw usage("empty", "there is nothing to send: give a text, - for what comes by stdin, --photo or --file");
  if (attachment !== undefined && flags.onRecord)
    throw usage("record-text", "only a text can be on record, not a file");
  const daemon = await client();
  const caucus = await pickTarget(daemon, target);
  const reply = flags.reply === undefined ? undefined : await pickMessage(daemon, caucus, flags.reply);
  const line =
    attachment === undefined
      ? await daemon.send(caucus, text, reply, flags.onRecord)
      : await daemon.sendFile(
          caucus,
          { ...attachment.head, ...(text === "" ? {} : { text }), ...(reply === undefined ? {} : { reply }) },
          attachment.bytes,
        );
  await answer(brief(line), `${line.message.slice(0, 8)} ${receiptWords(line)}`);
};

const react = async (
  { client, answer }: Context,
  [which, message, emoji]: readonly [string, string, string],
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const line = await daemon.react(caucus, await pickMessage(daemon, caucus, message), emoji);
  await answer(brief(line), `${line.message.slice(0, 8)} ${receiptWords(line)}`);
};

/** Writes lines with a head at each new day. */
const dayed = (output: Output, options: LineOptions) => {
  let day = "";
  return async (line: MessageView, before = ""): Promise<void> => {
    const today = dayName(line.sentAt);
    const head = today === day ? "" : `${options.style("dim", `— ${today} —`)}\n`;
    day = today;
    await write(output, `${head}${before}${talkLine(line, options)}\n`);
    options.quotes.note(line);
  };
};

/** Names of all who were ever seen here: one's own, and of those who are out of a caucus as well. */
const namesOfPeople = async (daemon: ApiClient) => {
  const [self, people] = await Promise.all([daemon.status(), daemon.people()]);
  const names = new Map([self, ...people].map((one) => [one.person, one.name]));
  return (person: PersonId): string | undefined => names.get(person);
};

interface HistoryFlags {
  readonly limit?: number;
  readonly since?: number;
  readonly until?: number;
}

const history = async ({ io, json, client }: Context, which: string, flags: HistoryFlags): Promise<void> => {
  const { limit, since, until } = flags;
  const options = {
    ...(limit !== undefined && { limit }),
    ...(since !== undefined && { after: { at: since } }),
    ...(until !== undefined && { before: { at: until } }),
  };
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  if (json) {
    for await (const line of daemon.history(caucus, options)) await writeJson(io.stdout, line);
    return;
  }
  const { person } = await daemon.status();
  const nameOf = await namesOfPeople(daemon);
  const show = dayed(io.stdout, { self: person, style: styleFor(io.stdout, io.env), quotes: new Quotes(), nameOf });
  for await (const line of daemon.history(caucus, options)) await show(line);
  // A person saw them; a program that reads a pipe may not have shown them to anybody.
  if (io.stdout.isTTY === true) await daemon.markRead(caucus);
};

/** The names of caucuses, asked for again when a line comes from one that is not known yet. */
const namesOf = async (daemon: ApiClient) => {
  const { person } = await daemon.status();
  let known = new Map<GroupId, string>();
  return async (caucus: GroupId): Promise<string> => {
    if (!known.has(caucus))
      known = new Map((await daemon.caucuses()).map((one) => [one.caucus, caucusName(one, person)]));
    return plainLine(known.get(caucus) ?? caucus.slice(0, 8));
  };
};

const tail = async ({ io, json, client }: Context, which?: string): Promise<void> => {
  const daemon = await client();
  const only = which === undefined ? undefined : (await pickCaucus(daemon, which)).caucus;
  const { person } = await daemon.status();
  const style = styleFor(io.stdout, io.env);
  const show = dayed(io.stdout, { self: person, style, quotes: new Quotes(), nameOf: await namesOfPeople(daemon) });
  const nameOf = await namesOf(daemon);
  for await (const { name, value } of daemon.events(only === undefined ? {} : { caucus: only })) {
    if (name === "hello") await write(io.stderr, "Listening; Ctrl-C ends it.\n");
    if (name !== "message") continue;
    if (json) await writeJson(io.stdout, value);
    else await show(value, only === undefined ? `${style("bold", await nameOf(value.caucus))}  ` : "");
  }
  throw new CouloirError("network", "daemon-went-away", "the daemon stopped, so nothing more will arrive");
};

interface ExportFlags extends Partial<SealedFlags> {
  readonly output?: string;
}

const exportTo = async ({ io, json, client }: Context, which: string, path?: string): Promise<void> => {
  const daemon = await client();
  const view = await pickCaucus(daemon, which);
  const { person } = await daemon.status();
  const file =
    path === undefined
      ? undefined
      : await open(path, "wx", 0o600).catch((cause: unknown) => {
          const why =
            (cause as NodeJS.ErrnoException).code === "EEXIST"
              ? "it is there already, and nothing is overwritten"
              : "it cannot be written";
          throw usage("output", `${plainLine(path)}: ${why}`);
        });
  const output: Output = file === undefined ? io.stdout : file.createWriteStream();
  const name = plainLine(caucusName(view, person));
  const style = styleFor(output, io.env);
  const show = dayed(output, { self: person, style, quotes: new Quotes(), nameOf: await namesOfPeople(daemon) });
  if (!json)
    await write(
      output,
      `“${name}”, as ${plainLine((await daemon.status()).name)} has it. Members: ${view.members.map((one) => plainLine(one.name)).join(", ")}\n`,
    );
  let count = 0;
  for await (const line of daemon.history(view.caucus)) {
    await (json ? writeJson(output, line) : show(line));
    count += 1;
  }
  if (file === undefined) return;
  await new Promise<void>((done, fail) => {
    output.once("error", fail);
    output.end(done);
  });
  await write(
    io.stderr,
    `${count} lines of “${name}” are in ${plainLine(path ?? "")}, readable by whoever gets that file.\n`,
  );
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;

/** Adds the commands to the program. */
export const addTalkCommands = (program: Command, outside: Outside): void => {
  program
    .command("send")
    .argument("<caucus|person>", "name, id, or the beginning of an id")
    .argument("[text]", "what to say; - reads it from stdin")
    .option("--reply <message>", "the message that this answers")
    .option("--on-record", "signed by you as a person: evidence that anybody can check and quote, for ever")
    .option("--photo <file>", "a JPEG, PNG or WebP, without what says where and when it was taken")
    .option("--file <file>", "any file, as it is")
    .description("write to a caucus, or to one person")
    .action((target: string, text: string | undefined, flags: SendFlags, command: Command) =>
      send(contextOf(command, outside), [target, text], flags),
    );
  program
    .command("react")
    .argument(...CAUCUS)
    .argument("<message>", "id, or its beginning")
    .argument("<emoji>")
    .description("react to a message")
    .action((which: string, message: string, emoji: string, _: object, command: Command) =>
      react(contextOf(command, outside), [which, message, emoji]),
    );
  program
    .command("history")
    .argument(...CAUCUS)
    .option("--limit <n>", "the newest so many only; with --since the first so many", wholeNumber(1, 10_000_000))
    .option("--since <when>", "from then on: 12h, 2d, or a date", momentOf)
    .option("--until <when>", "only what was written before", momentOf)
    .description("what was written, in order")
    .action((which: string, flags: HistoryFlags, command: Command) =>
      history(contextOf(command, outside), which, flags),
    );
  program
    .command("tail")
    .argument("[caucus]", "name, id, or the beginning of an id")
    .description("what is written from now on, as it arrives")
    .action((which: string | undefined, _: object, command: Command) => tail(contextOf(command, outside), which));
  program
    .command("chat")
    .argument(...CAUCUS)
    .description("talk in a caucus, in this terminal")
    .action((which: string, _: object, command: Command) => runChat(contextOf(command, outside), which));
  program
    .command("export")
    .argument("[caucus]", CAUCUS[1])
    .option("-o, --output <file>", "write to a new file instead of stdout")
    .option(
      "--sealed <file>",
      "instead: write all mail that this device carries for whomever, still sealed, for a stick",
    )
    .option("--since <when>", "with --sealed: what was sealed since then, to the hour: 12h, 2d, or a date", momentOf)
    .option("-f, --force", "with --sealed: overwrite what is there")
    .description("a transcript; with --json, one line of JSON a message. Or sealed mail")
    .action((which: string | undefined, flags: ExportFlags, command: Command) => {
      const { output, sealed, ...more } = flags;
      const context = contextOf(command, outside);
      if (sealed !== undefined && which === undefined) return exportMail(context, { sealed, ...more });
      if (which === undefined || sealed !== undefined)
        throw usage("export", "name a caucus for its transcript, or say where to write sealed mail with --sealed FILE");
      return exportTo(context, which, output);
    });
};
