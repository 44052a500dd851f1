/** Commands about the daemon and the people around: status, people, block, doctor, dial, wipe. */
import { readdir, rmdir } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Command } from "commander";
import { CouloirError, usage } from "../../errors.ts";
import type { PersonView } from "../../types.ts";
import { connect } from "../client.ts";
import { contextOf, type Context, type Outside } from "../context.ts";
import { isAlive, readNote, removeNote } from "../dataFolder.ts";
import { visit, type Diagnosis } from "../diagnosis.ts";
import { dialable } from "../dialable.ts";
import type { Level } from "../doctor.ts";
import { isNotRunning } from "../exit.ts";
import { styleFor, write, writeJson } from "../io.ts";
import { trustWords } from "../lines.ts";
import { pickPerson } from "../pick.ts";
import { lasting } from "../ready.ts";
import { writeTable } from "../table.ts";
import { plainLine } from "../terminal.ts";

const status = async ({ client, answer }: Context): Promise<void> => {
  const daemon = await client();
  const now = await daemon.status();
  const reach = now.peers === 0 ? "no one in range" : `${now.peers} in range`;
  const addresses = [...now.hub.map((url) => `hub ${url}`), ...lasting(now.addresses)]
    .map((one) => `\n  ${one}`)
    .join("");
  const secure = (now.secure?.urls ?? []).map((url) => `\n  hub with a lock ${url}`).join("");
  const print = now.secure === undefined ? "" : `\n  its certificate, SHA-256: ${now.secure.fingerprint}`;
  const page = `\n  your page ${daemon.ui}`;
  const code = now.code === undefined ? "" : `\n  code ${now.code}, for couloir dial and up --peer`;
  await answer(
    now,
    `${plainLine(now.name)} (${now.person.slice(0, 8)}): running, ${reach}, venue “${plainLine(now.venue)}”${page}${secure}${print}${addresses}${code}`,
  );
};

const whereabouts = ({ online, path }: PersonView): string =>
  online ? (path === "direct" ? "here, directly" : "here") : "away";

const people = async ({ io, json, client }: Context): Promise<void> => {
  const all = await (await client()).people();
  if (json) return writeJson(io.stdout, all);
  const rows = all.map((one) => [
    one.person.slice(0, 8),
    one.flag,
    plainLine(one.name),
    plainLine(one.delegation),
    [whereabouts(one), ...(one.blocked ? ["blocked"] : [])].join(", "),
    [
      ...(one.looksLike.length === 0 ? [] : [`LOOKS LIKE ${one.looksLike.map((id) => id.slice(0, 8)).join(" ")}`]),
      ...trustWords(one),
      ...(one.knownAs === undefined ? [] : [`was ${plainLine(one.knownAs)}`]),
    ].join(", "),
  ]);
  return writeTable(io, ["ID", "", "NAME", "DELEGATION", "", ""], {
    rows,
    none: "Nobody has been seen yet. If others are here: couloir doctor",
  });
};

const block = async ({ client, answer }: Context, who: string): Promise<void> => {
  const daemon = await client();
  const person = await pickPerson(daemon, who);
  await daemon.block(person);
  await answer({ person, blocked: true }, "Blocked. They are not told.");
};

const MARKS: Record<Level, readonly ["green" | "cyan" | "yellow" | "red", string]> = {
  good: ["green", "ok "],
  note: ["cyan", "·  "],
  look: ["yellow", "?  "],
  bad: ["red", "!  "],
};

const doctor = async ({ io, json, folder }: Context): Promise<void> => {
  if (!json) await write(io.stderr, "Looking around…\n");
  const ask = async (): Promise<Diagnosis> => {
    try {
      return await (await connect(folder)).doctor();
    } catch (error) {
      if (isNotRunning(error)) return visit();
      throw error;
    }
  };
  const diagnosis = await ask();
  if (json) return writeJson(io.stdout, diagnosis);
  const style = styleFor(io.stdout, io.env);
  for (const { level, text, next } of diagnosis.findings) {
    await write(io.stdout, `${style(MARKS[level][0], MARKS[level][1])} ${plainLine(text)}\n`);
    if (next !== undefined) await write(io.stdout, `    → ${plainLine(next)}\n`);
  }
  for (const { address, way, inbound } of diagnosis.neighbours)
    await write(
      io.stdout,
      `    ${style("dim", `${way.padEnd(6)} ${inbound ? "from" : "to"} ${plainLine(address)}`)}\n`,
    );
  await write(io.stdout, diagnosis.well ? "All is well.\n" : "");
};

const dial = async ({ client, answer }: Context, address: string): Promise<void> => {
  dialable(address);
  const { reached } = await (await client()).dial(address);
  if (!reached)
    throw new CouloirError(
      "network",
      "nobody-there",
      `nobody answers at ${plainLine(address)}; it is tried again from time to time. Why: couloir doctor`,
    );
  await answer({ address, reached }, "Somebody answers there.");
};

const STOP_MS = 15_000;
const STEP_MS = 50;

const stopDaemon = async (folder: string): Promise<void> => {
  const note = await readNote(folder);
  try {
    await (await connect(folder)).stop();
  } catch (error) {
    if (isNotRunning(error)) return;
    throw error;
  }
  // The daemon takes its note away once it has ended; there is nobody to send an event after that.
  for (let waited = 0; waited < STOP_MS; waited += STEP_MS) {
    if (note === undefined || !isAlive(note.pid) || (await readNote(folder)) === undefined) return;
    await delay(STEP_MS);
  }
  throw new CouloirError(
    "timeout",
    "still-running",
    "the daemon on this data folder does not stop; end it by hand, then wipe again",
  );
};

const HONEST =
  "What this leaves: copies that other people hold, and what a backup or the disk itself may still keep of deleted files. Your caucuses still list you until they hear otherwise.";

const wipe = async ({ folder, answer }: Context, { yes = false }: { readonly yes?: boolean }): Promise<void> => {
  if (!yes)
    throw usage(
      "not-confirmed",
      `this deletes who you are and all messages in ${plainLine(folder)}, for good; add --yes to do it`,
    );
  // The database loads slowly, and no other command needs it here.
  const { profileLock, wipeProfile } = await import("../../store/openNode.ts");
  // A damaged profile is one, too, and can be deleted.
  if ((await profileLock(folder).catch(() => "damaged")) === "none")
    throw usage("no-profile", `there is no profile in ${plainLine(folder)}, so nothing was deleted`);
  await stopDaemon(folder);
  await wipeProfile(folder);
  await removeNote(folder);
  const left = await readdir(folder);
  if (left.length === 0) await rmdir(folder);
  const others = left.length === 0 ? "" : ` Not Couloir's, so still there: ${left.map(plainLine).join(", ")}.`;
  await answer(
    { wiped: folder, left },
    `Deleted: the key, the messages and everything else of Couloir in ${plainLine(folder)}.${others} ${HONEST}`,
  );
};

/** Adds the commands to the program. */
export const addStateCommands = (program: Command, outside: Outside): void => {
  program
    .command("status")
    .description("whether the daemon runs, who you are, how many are in range")
    .action((_: object, command: Command) => status(contextOf(command, outside)));
  program
    .command("people")
    .description("who has been seen here")
    .action((_: object, command: Command) => people(contextOf(command, outside)));
  program
    .command("block")
    .argument("<person>", "name, id, or the beginning of an id")
    .description("take no invitation from somebody and let them in nowhere; caucuses that you share go on")
    .action((who: string, _: object, command: Command) => block(contextOf(command, outside), who));
  program
    .command("doctor")
    .description("how others are reached, why nobody is there, and what to do, in plain words")
    .action((_: object, command: Command) => doctor(contextOf(command, outside)));
  program
    .command("dial")
    .argument("<address>", "a short code, host:port, a hub's address, or a multiaddr")
    .description("reach somebody by address, where this network finds nobody by itself")
    .action((address: string, _: object, command: Command) => dial(contextOf(command, outside), address));
  program
    .command("wipe")
    .option("--yes", "really delete")
    .description("stop the daemon and delete this profile: identity, caucuses, messages")
    .action((options: { yes?: boolean }, command: Command) => wipe(contextOf(command, outside), options));
};
