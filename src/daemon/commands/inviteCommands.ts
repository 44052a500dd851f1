/** Commands about invite codes: invite, and its ls, show, revoke, waiting, approve, refuse. */
import { open, rm } from "node:fs/promises";
import { InvalidArgumentError, type Command } from "commander";
import { refused, usage } from "../../errors.ts";
import { NEVER, type GrantOptions, type InviteOptions } from "../../messenger/api.ts";
import type { CodeView, Millis, WaitingView } from "../../types.ts";
import type { ApiClient } from "../client.ts";
import { CAUCUS, grants, PERSON } from "../commonOptions.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { write, writeJson } from "../io.ts";
import { clockTime, dayName } from "../lines.ts";
import { pickCaucus, pickInvite, pickWaiting } from "../pick.ts";
import { posterPage } from "../poster.ts";
import { terminalQr } from "../qrCode.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

/** How many persons a poster is for where nobody says. */
const POSTER_USES = 100;
const MAX_USES = 10_000;
const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const LONGEST = 366 * UNITS.d;

interface PosterFlags {
  /** A page to print. */
  readonly page?: string;
  /** What stands on it. */
  readonly title?: string;
}
interface InviteFlags extends GrantOptions, PosterFlags {
  readonly poster?: boolean;
  readonly uses?: number;
  readonly expires?: Millis | "never";
  readonly approval?: boolean;
}

const lifeOf = (text: string): Millis | "never" => {
  if (text === "never") return "never";
  const [, number, unit] = /^(\d{1,9})([smhd])$/u.exec(text) ?? [];
  const life = Number(number) * (UNITS[unit as keyof typeof UNITS] ?? Number.NaN);
  if (!(life >= UNITS.s && life <= LONGEST))
    throw new InvalidArgumentError("It must be a number with s, m, h or d, as in 2h, up to 366d; or never.");
  return life;
};

const endWords = (expires: Millis): string =>
  expires === NEVER ? "until it is revoked" : `until ${clockTime(expires)} on ${dayName(expires)}`;

const goodWords = ({ uses, expires, approval }: Pick<CodeView, "uses" | "expires" | "approval">): string =>
  `Good for ${uses === 1 ? "one person" : `${uses} persons`} ${endWords(expires)}${approval ? "; a member lets each in" : ""}.`;

/** What others open: behind # the code never leaves the browser. Without a hub nobody serves a page, so it is the code. */
const urlOf = async (daemon: ApiClient, code: string): Promise<string> => {
  const [hub] = (await daemon.status()).hub;
  return hub === undefined ? code : `${hub}/#${code}`;
};

/** Makes a new file of what `work` gives; before there is one, nothing is done. Leaves none behind that is empty. */
const intoFile = async (path: string | undefined, work: () => Promise<string>): Promise<void> => {
  if (path === undefined) return void (await work());
  const file = await open(path, "wx").catch(() => {
    throw usage("output", `${plainLine(path)}: it is there already, or cannot be written`);
  });
  try {
    await file.writeFile(await work());
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
};

type Shown = Pick<CodeView, "invite" | "uses" | "expires" | "approval"> & { readonly code: string };

/** Shows a code that `get` gives, and writes its poster where one is wanted. */
const present = async (
  context: Context,
  { page, title }: PosterFlags,
  get: (daemon: ApiClient) => Promise<{ readonly shown: Shown; readonly name: string }>,
): Promise<void> => {
  const daemon = await context.client();
  let last: { readonly shown: Shown; readonly url: string } | undefined;
  await intoFile(page, async () => {
    const { shown, name } = await get(daemon);
    last = { shown, url: await urlOf(daemon, shown.code) };
    return posterPage({ title: title ?? name, url: last.url, approval: shown.approval });
  });
  if (last) await show(context, last.shown, { url: last.url, ...(page !== undefined && { page }) });
};

const show = async (
  { io, json, answer }: Context,
  { code, invite, ...terms }: Shown,
  { url, page }: { readonly url: string; readonly page?: string },
): Promise<void> => {
  if (!json && io.stdout.isTTY === true) await write(io.stdout, terminalQr(url, io.stdout.columns ?? 80) ?? "");
  const words = [
    ...(url === code ? [] : [plainLine(url)]),
    `couloir join ${plainLine(code)}`,
    goodWords(terms),
    ...(page === undefined ? [] : [`The poster is in ${plainLine(page)}: open it in a browser and print it.`]),
  ];
  const made = { code, url, expires: terms.expires, invite, ...(page !== undefined && { page }) };
  await answer(made, words.join("\n"));
};

const make = async (context: Context, which: string, flags: InviteFlags): Promise<void> => {
  const { poster = false, uses = poster ? POSTER_USES : 1, expires, approval = false, history, last } = flags;
  const ttl = expires ?? (poster ? "never" : undefined);
  const options: InviteOptions = {
    ...(uses !== 1 && { uses }),
    ...(ttl !== undefined && { ttl }),
    ...(approval && { approval }),
    ...(history !== undefined && { history }),
    ...(last !== undefined && { last }),
  };
  await present(context, flags, async (daemon) => {
    const { caucus, name } = await pickCaucus(daemon, which);
    return { shown: { ...(await daemon.invite(caucus, options)), uses, approval }, name };
  });
};

const KINDS = { personal: "one person", poster: "poster", listing: "open listing" } as const;

const historyWords = ({ history, last }: Pick<CodeView, "history" | "last">): string =>
  history === "last" ? `last ${last ?? ""}` : history === "none" ? "" : history;

const list = async ({ io, json, client }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const codes = await daemon.codes((await pickCaucus(daemon, which)).caucus);
  if (json) return writeJson(io.stdout, codes);
  const rows = codes.map((one) => [
    one.invite.slice(0, 8),
    KINDS[one.kind],
    plainLine(one.name),
    `${one.used} of ${one.uses}`,
    one.expires === NEVER ? "revoked" : `${clockTime(one.expires)}, ${dayName(one.expires)}`,
    historyWords(one),
    [one.approval ? "approval" : "", one.code === undefined ? "made elsewhere" : ""].filter(Boolean).join(", "),
  ]);
  return writeTable(io, ["ID", "FOR", "BY", "USED", "UNTIL", "THEY READ", ""], {
    rows,
    none: "No code is open. Make one: couloir invite CAUCUS",
  });
};

const again = (context: Context, [which, what]: Two, flags: PosterFlags): Promise<void> =>
  present(context, flags, async (daemon) => {
    const { caucus, name } = await pickCaucus(daemon, which);
    const view = await pickInvite(daemon, caucus, what);
    const { code } = view;
    if (code === undefined)
      throw refused(
        "code-elsewhere",
        `only the device that made a code can show it again, and that was one of ${plainLine(view.name)}`,
      );
    return { shown: { ...view, code }, name };
  });

const revoke = async ({ client, answer }: Context, [which, what]: Two): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const { invite } = await pickInvite(daemon, caucus, what);
  await daemon.revokeCode(caucus, invite);
  await answer({ caucus, invite, state: "revoked" }, "Revoked: nobody comes in by it any more.");
};

const TRUST: Readonly<Partial<Record<WaitingView["trust"], string>>> = {
  verified: "verified",
  changed: "KEYS CHANGED",
  forked: "KEYS CONTRADICT EACH OTHER",
  mismatch: "COMPARED, NOT THE SAME",
};

const waiting = async ({ io, json, client }: Context, which: string): Promise<void> => {
  const daemon = await client();
  const all = await daemon.waiting((await pickCaucus(daemon, which)).caucus);
  if (json) return writeJson(io.stdout, all);
  const rows = all.map((one) => [
    one.person.slice(0, 8),
    plainLine(one.name),
    plainLine([one.flag, one.delegation].filter(Boolean).join(" ")),
    clockTime(one.since),
    [TRUST[one.trust] ?? "unverified", one.guest ? "guest" : ""].filter(Boolean).join(", "),
  ]);
  return writeTable(io, ["ID", "NAME", "", "SINCE", ""], { rows, none: "Nobody waits to be let in." });
};

const approve = async ({ client, answer }: Context, [which, who]: Two): Promise<void> => {
  const daemon = await client();
  const { caucus, name: title } = await pickCaucus(daemon, which);
  const { person, name } = await pickWaiting(daemon, caucus, who);
  await daemon.approve(caucus, person);
  await answer({ caucus, person, state: "approved" }, `${plainLine(name)} may come into “${plainLine(title)}”.`);
};

const refuse = async ({ client, answer }: Context, [which, who]: Two): Promise<void> => {
  const daemon = await client();
  const { caucus } = await pickCaucus(daemon, which);
  const { person, name } = await pickWaiting(daemon, caucus, who);
  await daemon.refuse(caucus, person);
  await answer(
    { caucus, person, state: "refused" },
    `${plainLine(name)} is turned away, and told so. Who is to stay away for good: couloir block ${person.slice(0, 8)}`,
  );
};

type Two = readonly [string, string];

const CODE = ["<code>", "the code itself, its id, or the beginning of one, as invite ls shows them"] as const;

const posters = (command: Command): Command =>
  command
    .option("--page <file>", "write a page to print, too: one file, which asks for nothing from anywhere")
    .option("--title <words>", "what stands on that page; the name of the caucus by default");

/** Adds the commands to the program. */
export const addInviteCommands = (program: Command, outside: Outside): void => {
  const invite = posters(grants(program.command("invite")))
    .argument(...CAUCUS)
    .option("--uses <n>", "how many persons may come in by it; 1 by default", wholeNumber(1, MAX_USES))
    .option("--poster", `a code to hang up: for ${POSTER_USES} persons, until it is revoked, unless you say otherwise`)
    .option("--expires <time>", "30m, 2h, 3d or never; an hour by default", lifeOf)
    .option("--approval", "a member has to let each newcomer in")
    .description("a code to join with, for one person and an hour where you do not say otherwise")
    .action((which: string, flags: InviteFlags, command: Command) => make(contextOf(command, outside), which, flags));
  invite
    .command("ls")
    .argument(...CAUCUS)
    .description("the codes by which somebody may still come in, whoever made them")
    .action((which: string, _: object, command: Command) => list(contextOf(command, outside), which));
  posters(invite.command("show"))
    .argument(...CAUCUS)
    .argument(...CODE)
    .description("a code that this device made, again")
    .action((which: string, what: string, flags: PosterFlags, command: Command) =>
      again(contextOf(command, outside), [which, what], flags),
    );
  invite
    .command("revoke")
    .argument(...CAUCUS)
    .argument(...CODE)
    .description("let nobody in by a code any more; its maker and admins may")
    .action((which: string, what: string, _: object, command: Command) =>
      revoke(contextOf(command, outside), [which, what]),
    );
  invite
    .command("waiting")
    .argument(...CAUCUS)
    .description("who asks to be let in by a code with approval")
    .action((which: string, _: object, command: Command) => waiting(contextOf(command, outside), which));
  invite
    .command("approve")
    .argument(...CAUCUS)
    .argument(...PERSON)
    .description("let somebody in who waits")
    .action((which: string, who: string, _: object, command: Command) =>
      approve(contextOf(command, outside), [which, who]),
    );
  invite
    .command("refuse")
    .argument(...CAUCUS)
    .argument(...PERSON)
    .description("turn somebody away who waits; they are told")
    .action((which: string, who: string, _: object, command: Command) =>
      refuse(contextOf(command, outside), [which, who]),
    );
};
