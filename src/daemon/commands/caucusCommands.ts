/** Commands about caucuses: caucus new and ls, invite, join, invitations, accept, decline, add, remove, leave. */
import type { Command } from "commander";
import type { JoinResult } from "../../messenger/api.ts";
import type { CaucusMember, CaucusView } from "../../types.ts";
import { contextOf, gather, wholeNumber, type Context, type Outside } from "../context.ts";
import { write, writeJson } from "../io.ts";
import { clockTime, trustWords } from "../lines.ts";
import { caucusName, pickCaucus, pickCode, pickInvitation, pickPerson } from "../pick.ts";
import { terminalQr } from "../qrCode.ts";
import { MAX_WAIT } from "../schemas.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

const create = async (
  { client, answer }: Context,
  name: string,
  options: { open?: boolean; with?: readonly string[] },
): Promise<void> => {
  const daemon = await client();
  const persons = [];
  for (const who of options.with ?? []) persons.push(await pickPerson(daemon, who));
  const caucus = await daemon.createCaucus(name, { open: options.open ?? false, with: [...new Set(persons)] });
  await answer(
    { caucus, name },
    `“${plainLine(name)}” is there (${caucus.slice(0, 8)}). Ask others in: couloir invite ${caucus.slice(0, 8)}`,
  );
};

/** Whoever is not in yet, or has not shown that they are who they are called, is said to be so. */
const memberWords = (member: CaucusMember): string => {
  const { name, state, confirmed } = member;
  const note = state === "invited" ? "invited" : state === "asked" ? "asks to join" : confirmed ? "" : "unconfirmed";
  const notes = [...(note === "" ? [] : [note]), ...trustWords(member)];
  return notes.length === 0 ? plainLine(name) : `${plainLine(name)} (${notes.join(", ")})`;
};

const stateWords = ({ open, direct, state, unread, heldFor, comparedAt }: CaucusView): string =>
  [
    direct ? "direct" : open ? "open" : "",
    state === "gone" ? "you are no longer in it" : "",
    unread > 0 ? `${unread} unread` : "",
    heldFor === undefined ? "" : "WHAT YOU WRITE IS HELD",
    comparedAt === undefined ? "" : `compared ${clockTime(comparedAt)}`,
  ]
    .filter((word) => word !== "")
    .join(", ");

const list = async ({ io, json, client }: Context): Promise<void> => {
  const daemon = await client();
  const caucuses = await daemon.caucuses();
  if (json) return writeJson(io.stdout, caucuses);
  const { person } = await daemon.status();
  const rows = caucuses.map((one) => [
    one.caucus.slice(0, 8),
    plainLine(caucusName(one, person)),
    one.members.map(memberWords).join(", "),
    stateWords(one),
  ]);
  return writeTable(io, ["ID", "NAME", "MEMBERS", ""], {
    rows,
    none: "No caucus yet. Make one: couloir caucus new NAME",
  });
};

const listed = async ({ io, json, client }: Context): Promise<void> => {
  const all = await (await client()).listed();
  if (json) return writeJson(io.stdout, all);
  const rows = all.map(({ caucus, name }) => [caucus.slice(0, 8), plainLine(name)]);
  return writeTable(io, ["ID", "NAME"], { rows, none: "No open caucus is listed here." });
};

const invite = async ({ io, client, answer, json }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const { code, expires } = await daemon.invite(caucus);
  const [hub] = (await daemon.status()).hub;
  // Behind # it never leaves the browser. Without a hub nobody serves a page, so the code itself is what one opens.
  const url = hub === undefined ? code : `${hub}/#${code}`;
  if (!json && io.stdout.isTTY === true) await write(io.stdout, terminalQr(url, io.stdout.columns ?? 80) ?? "");
  await answer(
    { code, url, expires },
    `${hub === undefined ? "" : `${plainLine(url)}\n`}couloir join ${plainLine(code)}\nGood for one person until ${clockTime(expires)}.`,
  );
};

const joinWords = ({ caucus, state }: JoinResult): string =>
  state === "joined"
    ? `Joined (${caucus.slice(0, 8)}).`
    : `Asked to be let in (${caucus.slice(0, 8)}); a member has to say yes.`;

const join = async ({ client, answer }: Context, code: string, seconds: number): Promise<void> => {
  const daemon = await client();
  const result = await daemon.join(await pickCode(daemon, code), seconds * 1000);
  await answer(result, joinWords(result));
};

const invitations = async ({ io, json, client }: Context): Promise<void> => {
  const all = await (await client()).invitations();
  if (json) return writeJson(io.stdout, all);
  const rows = all.map(({ caucus, name, fromName, members }) => [
    caucus.slice(0, 8),
    plainLine(name),
    plainLine(fromName),
    String(members),
  ]);
  return writeTable(io, ["ID", "NAME", "FROM", "MEMBERS"], { rows, none: "No invitation is waiting." });
};

const accept = async ({ client, answer }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const result = await daemon.accept(await pickInvitation(daemon, which));
  await answer(result, joinWords(result));
};

const decline = async ({ client, answer }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const caucus = await pickInvitation(daemon, which);
  await daemon.decline(caucus);
  await answer({ caucus }, "Declined. Nobody is told.");
};

const change = async (
  { client, answer }: Context,
  verb: "add" | "remove",
  [which, who]: readonly [string, string],
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const { name, members } = await daemon[verb](caucus, await pickPerson(daemon, who));
  await answer({ caucus, members }, `“${plainLine(name)}” now has ${members.map(memberWords).join(", ")}.`);
};

const leave = async ({ client, answer }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const { caucus, name } = await pickCaucus(daemon, which);
  await daemon.leave(caucus);
  const members = (await daemon.caucuses()).find((one) => one.caucus === caucus)?.members ?? [];
  await answer({ caucus, members }, `You left “${plainLine(name)}”. What was written stays readable here.`);
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;
const PERSON = ["<person>", "name, id, or the beginning of an id"] as const;

const addCaucus = (program: Command, outside: Outside): void => {
  const caucus = program.command("caucus").description("make and list caucuses");
  caucus
    .command("new")
    .argument("<name>")
    .option("--open", "list it in the venue; anyone may ask to join")
    .option("--with <person>", "invite somebody at once; may be repeated", gather)
    .description("make a caucus")
    .action((name: string, options: { open?: boolean; with?: readonly string[] }, command: Command) =>
      create(contextOf(command, outside), name, options),
    );
  caucus
    .command("ls")
    .option("--open", "the open ones of the venue that you may join, instead")
    .description("the caucuses that you are in")
    .action(({ open = false }: { open?: boolean }, command: Command) =>
      open ? listed(contextOf(command, outside)) : list(contextOf(command, outside)),
    );
};

const addInvitations = (program: Command, outside: Outside): void => {
  program
    .command("invite")
    .argument(...CAUCUS)
    .description("a code for one person to join with, good for an hour")
    .action((which: string, _: object, command: Command) => invite(contextOf(command, outside), which));
  program
    .command("join")
    .argument("<code>", "what invite gave, or the name of an open caucus")
    .option("--wait <seconds>", "how long to wait for a member to answer", wholeNumber(0, MAX_WAIT / 1000), 30)
    .description("follow an invite code, or join an open caucus")
    .action((code: string, { wait }: { wait: number }, command: Command) =>
      join(contextOf(command, outside), code, wait),
    );
  program
    .command("invitations")
    .description("who invites you and waits for an answer")
    .action((_: object, command: Command) => invitations(contextOf(command, outside)));
  program
    .command("accept")
    .argument(...CAUCUS)
    .description("accept an invitation")
    .action((which: string, _: object, command: Command) => accept(contextOf(command, outside), which));
  program
    .command("decline")
    .argument(...CAUCUS)
    .description("decline an invitation; nobody is told")
    .action((which: string, _: object, command: Command) => decline(contextOf(command, outside), which));
};

/** Adds the commands to the program. */
export const addCaucusCommands = (program: Command, outside: Outside): void => {
  addCaucus(program, outside);
  addInvitations(program, outside);
  program
    .command("add")
    .argument(...CAUCUS)
    .argument(...PERSON)
    .description("add somebody, or let in somebody who asked")
    .action((which: string, who: string, _: object, command: Command) =>
      change(contextOf(command, outside), "add", [which, who]),
    );
  program
    .command("remove")
    .argument(...CAUCUS)
    .argument(...PERSON)
    .description("remove somebody")
    .action((which: string, who: string, _: object, command: Command) =>
      change(contextOf(command, outside), "remove", [which, who]),
    );
  program
    .command("leave")
    .argument(...CAUCUS)
    .description("leave a caucus")
    .action((which: string, _: object, command: Command) => leave(contextOf(command, outside), which));
};
