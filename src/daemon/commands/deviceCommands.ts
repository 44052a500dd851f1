/** Commands about a person's devices: device link, ls, revoke. */
import { hostname } from "node:os";
import { InvalidArgumentError, type Command } from "commander";
import { CouloirError, refused } from "../../errors.ts";
import { ALL_LINES, type LinkOptions } from "../../messenger/api.ts";
import type { DeviceView, LinkId, LinkView } from "../../types.ts";
import type { ApiClient } from "../client.ts";
import { askYes } from "../confirm.ts";
import { contextOf, type Context, type Outside } from "../context.ts";
import { write, writeJson } from "../io.ts";
import { clockTime } from "../lines.ts";
import { pickDevice } from "../pick.ts";
import { terminalQr } from "../qrCode.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

interface LinkFlags {
  readonly name?: string;
  readonly history: number;
  readonly main?: boolean;
  readonly yes?: boolean;
}

const historyOf = (text: string): number => {
  if (text === "none") return 0;
  if (text === "all") return ALL_LINES;
  const lines = Number(text);
  if (!/^\d+$/u.test(text) || lines > ALL_LINES)
    throw new InvalidArgumentError(`It must be none, all, or a number of lines up to ${ALL_LINES}.`);
  return lines;
};

/** A link as it goes on, from now until it is over. */
async function* follow(daemon: ApiClient, begin: () => Promise<LinkView>): AsyncGenerator<LinkView> {
  const stop = new AbortController();
  let link: LinkId | undefined;
  try {
    for await (const { name, value } of daemon.events({ signal: stop.signal })) {
      // Listening first, so that nothing is missed.
      if (name === "hello") {
        const view = await begin();
        link = view.link;
        yield view;
      } else if (name === "link" && value.link === link) yield value;
    }
  } finally {
    stop.abort();
  }
}

const FAULTS: Readonly<Record<string, "refused" | "timeout">> = { "link-expired": "timeout" };

const show = async ({ io, json }: Context, view: LinkView): Promise<void> => {
  if (json) return writeJson(io.stdout, view);
  if (view.state === "waiting" && view.code !== undefined) {
    if (io.stdout.isTTY === true) await write(io.stdout, terminalQr(view.code, io.stdout.columns ?? 80) ?? "");
    const words = `Scan this on a device that you have, or type there:\ncouloir device link ${view.code}\n`;
    return write(io.stdout, `${words}Good until ${clockTime(view.expires)}.\n`);
  }
  if (view.state === "waiting") return write(io.stderr, "Looking for that device…\n");
  const who = plainLine(view.name);
  if (view.state === "compare")
    return write(
      io.stdout,
      `${view.side === "new" ? `This becomes a device of ${who}.` : `“${who}” becomes a device of yours.`}\n` +
        (view.guest ? "Its app came over plain http: whoever runs that network could read along.\n" : "") +
        `Compare on both:  ${view.signs.join("  ")}\n`,
    );
  if (view.state === "confirmed") return write(io.stderr, "Confirm it on the other device as well…\n");
  if (view.state === "linked")
    return write(io.stdout, view.side === "new" ? `Linked: you are ${who} here now.\n` : `Linked: “${who}”.\n`);
};

const SAME = "Are they the same on both, in this order?";
const UNASKED =
  "nobody can be asked here; compare the signs on both devices, and add --yes where that is done otherwise";

const link = async (context: Context, code: string | undefined, flags: LinkFlags): Promise<void> => {
  const daemon = await context.client();
  const { history, main = false, yes = false, name = hostname() } = flags;
  const options: LinkOptions = code === undefined ? {} : { history, main };
  const begin = (): Promise<LinkView> => (code === undefined ? daemon.offerLink(name) : daemon.readLink(code));
  const states = new Set<string>();
  for await (const view of follow(daemon, begin)) {
    if (states.has(view.state)) continue;
    states.add(view.state);
    await show(context, view);
    if (view.state === "linked") return;
    if (view.problem)
      throw new CouloirError(FAULTS[view.problem.code] ?? "refused", view.problem.code, view.problem.text);
    if (view.state !== "compare") continue;
    const same =
      yes ||
      (await askYes(context.io, SAME, UNASKED).catch(async (error: unknown) => {
        await daemon.cancelLink(view.link);
        throw error;
      }));
    if (same) await daemon.confirmLink(view.link, options);
    else {
      await daemon.cancelLink(view.link);
      throw refused("link-cancelled", "the signs are not the same, so nothing was linked");
    }
  }
  throw new CouloirError("network", "daemon-went-away", "the daemon stopped, so nothing was linked");
};

const stateWords = ({ here, main, state }: DeviceView): string =>
  [here ? "this one" : "", main ? "main" : "", state === "revoked" ? "revoked" : ""]
    .filter((word) => word !== "")
    .join(", ");

const list = async ({ io, json, client }: Context): Promise<void> => {
  const devices = await (await client()).devices();
  if (json) return writeJson(io.stdout, devices);
  const rows = devices.map((one) => [
    one.device.slice(0, 8),
    plainLine(one.name),
    one.lastHeard === undefined || one.here ? "" : clockTime(one.lastHeard),
    stateWords(one),
  ]);
  return writeTable(io, ["ID", "NAME", "LAST HEARD", ""], { rows, none: "" });
};

const revoke = async (context: Context, which: string, { yes = false }: { readonly yes?: boolean }): Promise<void> => {
  const daemon = await context.client();
  const { device, name } = await pickDevice(daemon, which);
  const words = name === "" ? device.slice(0, 8) : `“${plainLine(name)}”`;
  const question = `Take ${words} out of all caucuses, for ever?`;
  if (!yes && !(await askYes(context.io, question, `this takes ${words} out for ever; add --yes to do it`)))
    throw refused("not-confirmed", "nothing was revoked");
  await daemon.revokeDevice(device);
  await context.answer(
    { device, name, state: "revoked" },
    `${words} is revoked. Others learn of it as they are reached; what it has read stays on it.`,
  );
};

/** Adds the commands to the program. */
export const addDeviceCommands = (program: Command, outside: Outside): void => {
  const device = program.command("device").description("your other devices");
  device
    .command("link")
    .argument("[code]", "what the new device shows; without it, this daemon shows one and becomes a device of somebody")
    .option("--name <name>", "what this device is called on the others; its host name by default")
    .option("--history <lines>", "with a code: none, all, or so many lines of each caucus go along", historyOf, 0)
    .option("--main", "with a code: it may link and revoke too, and can never be revoked in earnest")
    .option("--yes", "confirm without asking")
    .description("make another device one of yours, or this one a device of yours")
    .action((code: string | undefined, flags: LinkFlags, command: Command) =>
      link(contextOf(command, outside), code, flags),
    );
  device
    .command("ls")
    .description("which there are")
    .action((_: object, command: Command) => list(contextOf(command, outside)));
  device
    .command("revoke")
    .argument("<device>", "name, id, or the beginning of an id")
    .option("--yes", "do it without asking")
    .description("take a lost device out of all caucuses, for ever")
    .action((which: string, flags: { yes?: boolean }, command: Command) =>
      revoke(contextOf(command, outside), which, flags),
    );
};
