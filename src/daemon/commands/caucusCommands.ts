/** Commands about caucuses: caucus new, ls and policy, join, invitations, accept, decline, add, remove, role, leave, heal. */
import { type Command, Option } from "commander";
import { usage } from "../../errors.ts";
import type { GrantOptions, JoinResult } from "../../messenger/api.ts";
import type { CaucusMember, CaucusView, MotionView, PersonId } from "../../types.ts";
import { CAUCUS, grants, PERSON } from "../commonOptions.ts";
import { contextOf, gather, wholeNumber, type Context, type Outside } from "../context.ts";
import { writeJson } from "../io.ts";
import { lastsOf, lastsWords } from "../lasts.ts";
import { clockTime, dayName, trustWords } from "../lines.ts";
import { caucusName, pickCaucus, pickCode, pickInvitation, pickPerson } from "../pick.ts";
import { MAX_WAIT } from "../schemas.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

type NewFlags = GrantOptions & {
  readonly open?: boolean;
  readonly with?: readonly string[];
  readonly guests: boolean;
};

const create = async (
  { client, answer }: Context,
  name: string,
  { open = false, with: who = [], guests, ...grant }: NewFlags,
): Promise<void> => {
  const daemon = await client();
  const persons = [];
  for (const one of who) persons.push(await pickPerson(daemon, one));
  const caucus = await daemon.createCaucus(name, {
    ...grant,
    open,
    with: [...new Set(persons)],
    ...(!guests && { guests: "refuse" }),
  });
  await answer(
    { caucus, name },
    `“${plainLine(name)}” is there (${caucus.slice(0, 8)}). Ask others in: couloir invite ${caucus.slice(0, 8)}`,
  );
};

/** Whoever is not in yet, or has not shown that they are who they are called, is said to be so. */
const memberWords = (member: CaucusMember): string => {
  const { name, state, confirmed, equivocated } = member;
  const place = state === "invited" ? "invited" : state === "asked" ? "asks to join" : confirmed ? "" : "unconfirmed";
  const twice = equivocated ? "a device of theirs signed two things in one place" : "";
  const notes = [place, twice, ...trustWords(member)].filter((word) => word !== "");
  return notes.length === 0 ? plainLine(name) : `${plainLine(name)} (${notes.join(", ")})`;
};

const DESTINY = { out: "to remove", admin: "to make an admin of", member: "to make a member again of" } as const;

/** What waits for a second admin, a line each. */
const motionWords = ({ members, motions = [] }: CaucusView): readonly string[] => {
  const nameOf = (person: PersonId): string =>
    plainLine(members.find((one) => one.person === person)?.name ?? "") || person.slice(0, 8);
  return motions.map(
    ({ by, about, to, until }) =>
      `${nameOf(by)} wants ${DESTINY[to]} ${nameOf(about)}; a second admin has until ${clockTime(until)} on ${dayName(until)} to do the same.`,
  );
};

const stateWords = (caucus: CaucusView): string => {
  const { open, direct, state, unread, quantum, heldFor, comparedAt, noGuests, adminsInvite } = caucus;
  const { motions = [], lasts } = caucus;
  return [
    direct ? "direct" : open ? "open" : "",
    noGuests ? "no guests" : "",
    adminsInvite ? "admins invite" : "",
    lasts === undefined ? "" : `messages go after ${lastsWords(lasts)}`,
    motions.length > 0 ? "a second admin is awaited" : "",
    state === "gone" ? "you are no longer in it" : "",
    quantum ? "closed to a later quantum computer" : "",
    unread > 0 ? `${unread} unread` : "",
    heldFor === undefined ? "" : "WHAT YOU WRITE IS HELD",
    comparedAt === undefined ? "" : `compared ${clockTime(comparedAt)}`,
  ]
    .filter((word) => word !== "")
    .join(", ");
};

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

const add = async ({ client, answer }: Context, [which, who]: Two, grant: GrantOptions): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  await tellChange(answer, await daemon.add(caucus, await pickPerson(daemon, who), grant));
};

const remove = async ({ client, answer }: Context, [which, who]: Two): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const person = await pickPerson(daemon, who);
  await tellChange(answer, await daemon.remove(caucus, person), { person, to: "out" });
};

type Two = readonly [string, string];

const tellChange = async (answer: Context["answer"], after: CaucusView, aim?: Aim): Promise<void> => {
  await answer(outcome(after, aim), changeWords(after));
};

/** What was asked for, where a second admin may have to ask for it as well. */
interface Aim {
  readonly person: PersonId;
  readonly to: MotionView["to"];
}

/** `state`: `awaiting` a second admin, or `done`. */
const outcome = ({ caucus, members, motions = [] }: CaucusView, aim?: Aim): object => ({
  caucus,
  members,
  ...(aim && { state: motions.some((one) => one.about === aim.person && one.to === aim.to) ? "awaiting" : "done" }),
  ...(motions.length > 0 && { motions }),
});

const changeWords = (after: CaucusView): string =>
  [`“${plainLine(after.name)}” has ${after.members.map(memberWords).join(", ")}.`, ...motionWords(after)].join("\n");

const role = async (
  { client, answer }: Context,
  [which, who, name]: readonly [string, string, string],
): Promise<void> => {
  if (name !== "admin" && name !== "member") throw usage("bad-role", "a role is admin or member");
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const person = await pickPerson(daemon, who);
  const after = await daemon.setRole(caucus, person, name);
  await answer(outcome(after, { person, to: name }), changeWords(after));
};

interface PolicyFlags {
  readonly guests?: "ask" | "refuse";
  readonly invite?: "members" | "admins";
  /** Seconds; 0: for good. */
  readonly lasts?: number;
}

const policy = async (
  { client, answer }: Context,
  which: string,
  { guests, invite: hosts, lasts }: PolicyFlags,
): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const change = {
    ...(guests && { guests }),
    ...(hosts && { invite: hosts }),
    ...(lasts !== undefined && { lasts }),
  };
  if (Object.keys(change).length === 0)
    throw usage("nothing-to-change", "say what: --guests ask|refuse, --invite members|admins, --lasts 8h|off");
  const after = await daemon.setPolicy(caucus, change);
  const now = {
    guests: after.noGuests ? "refuse" : "ask",
    invite: after.adminsInvite ? "admins" : "members",
    lasts: after.lasts ?? 0,
  } as const;
  await answer(
    { caucus, ...now },
    `“${plainLine(after.name)}”: ${now.invite === "admins" ? "only admins bring" : "every member brings"} people in, ${now.guests === "refuse" ? "and no guests" : "guests too"}; ${
      now.lasts === 0
        ? "what is said stays."
        : `what is said from now on goes after ${lastsWords(now.lasts)} from devices that keep to it, but for what is on record and on the table. Others can keep what they saw.`
    }`,
  );
};

const leave = async ({ client, answer }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const { caucus, name } = await pickCaucus(daemon, which);
  await daemon.leave(caucus);
  const members = (await daemon.caucuses()).find((one) => one.caucus === caucus)?.members ?? [];
  await answer({ caucus, members }, `You left “${plainLine(name)}”. What was written stays readable here.`);
};

const heal = async ({ client, answer }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const { caucus, name } = await pickCaucus(daemon, which);
  await daemon.heal(caucus);
  await answer(
    { caucus },
    `“${plainLine(name)}” has new keys from here on; the others' devices take theirs before they say anything more.`,
  );
};

const addCaucus = (program: Command, outside: Outside): void => {
  const caucus = program.command("caucus").description("make and list caucuses");
  grants(caucus.command("new"))
    .argument("<name>")
    .option("--open", "list it in the venue; anyone may ask to join")
    .option("--with <person>", "invite somebody at once; may be repeated", gather)
    .option("--no-guests", "let nobody in whose keys were ever on a page over plain http")
    .description("make a caucus")
    .action((name: string, options: NewFlags, command: Command) => create(contextOf(command, outside), name, options));
  caucus
    .command("policy")
    .argument(...CAUCUS)
    .addOption(new Option("--guests <word>", "whether guests may come in").choices(["ask", "refuse"]))
    .addOption(new Option("--invite <word>", "who brings people in").choices(["members", "admins"]))
    .addOption(
      new Option("--lasts <while>", "how long what is said from then on stays: 30m, 8h, 7d, or off").argParser(lastsOf),
    )
    .description("change who may come in, and how long messages stay")
    .action((which: string, options: PolicyFlags, command: Command) =>
      policy(contextOf(command, outside), which, options),
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
  grants(program.command("add"))
    .argument(...CAUCUS)
    .argument(...PERSON)
    .description("add somebody, or let in somebody who asked")
    .action((which: string, who: string, grant: GrantOptions, command: Command) =>
      add(contextOf(command, outside), [which, who], grant),
    );
  program
    .command("remove")
    .argument(...CAUCUS)
    .argument(...PERSON)
    .description("remove somebody; an admin, where there are three, when a second admin does the same")
    .action((which: string, who: string, _: object, command: Command) =>
      remove(contextOf(command, outside), [which, who]),
    );
  program
    .command("heal")
    .argument(...CAUCUS)
    .description("new keys for everybody: who copied a device's before reads nothing more")
    .action((which: string, _: object, command: Command) => heal(contextOf(command, outside), which));
  program
    .command("role")
    .argument(...CAUCUS)
    .argument(...PERSON)
    .argument("<role>", "admin or member")
    .description("make somebody an admin, or a member again; among several admins it takes two")
    .action((which: string, who: string, name: string, _: object, command: Command) =>
      role(contextOf(command, outside), [which, who, name]),
    );
  program
    .command("leave")
    .argument(...CAUCUS)
    .description("leave a caucus")
    .action((which: string, _: object, command: Command) => leave(contextOf(command, outside), which));
};
