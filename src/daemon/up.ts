/** The daemon's life: open the folder, open the port, join the network, say so, and take it all down again. */
import { randomBytes } from "node:crypto";
import type { MessengerApi } from "../messenger/api.ts";
import type { Profile } from "../types.ts";
import { createApi } from "./api.ts";
import type { Outside } from "./context.ts";
import { removeNote, writeNote } from "./dataFolder.ts";
import { openDoor } from "./door.ts";
import { errorLine, EXIT } from "./exit.ts";
import { styleFor, write, writeJson } from "./io.ts";
import type { NodeOptions } from "./node.ts";
import { plainLine } from "./terminal.ts";
import { version } from "./version.ts";

/** What `up` was told. */
export interface UpOptions extends Omit<NodeOptions, "log"> {
  readonly profile: Partial<Profile>;
  /** The port of the local API; 0 is any free one. */
  readonly port: number;
  readonly json: boolean;
}

/** What a daemon's life needs besides its options. */
interface Life {
  /** How to take down what was put up so far. */
  readonly undo: (() => Promise<void>)[];
  readonly log: (line: string) => void;
  readonly stopped: Promise<void>;
  readonly stop: () => void;
  /** The daemon answers from now on. */
  readonly ready: () => void;
}

/** How long an orderly end may take before it is cut short. */
const CLOSE_MS = 8_000;

const introduce = async (messenger: MessengerApi, given: Partial<Profile>): Promise<void> => {
  const now = messenger.profile();
  const name = given.name ?? (now.name === "" ? `Delegate ${messenger.person.slice(0, 4)}` : now.name);
  const next: Profile = { name, flag: given.flag ?? now.flag, delegation: given.delegation ?? now.delegation };
  if (next.name !== now.name || next.flag !== now.flag || next.delegation !== now.delegation)
    await messenger.setProfile(next);
};

interface Ready {
  readonly messenger: MessengerApi;
  readonly ui: string;
  readonly folder: string;
}

const sayReady = async ({ messenger, ui, folder }: Ready, json: boolean, { io }: Outside): Promise<void> => {
  const { peerId, addresses } = messenger.status();
  if (json || io.stdout.isTTY !== true) {
    await writeJson(io.stdout, { event: "ready", ui, hub: [], peerId, person: messenger.person, addresses });
    return;
  }
  const style = styleFor(io.stdout, io.env);
  const row = (label: string, value: string): string => `  ${style("dim", label.padEnd(12))}${value}\n`;
  const { name, flag } = messenger.profile();
  await write(
    io.stdout,
    `${style("bold", "Couloir is running.")}\n` +
      row("You are", `${plainLine(name)}${flag === "" ? "" : ` (${flag})`}`) +
      row("This daemon", ui) +
      row("Your data", folder) +
      addresses.map((address) => row("Reached at", address)).join("") +
      `In another terminal: couloir people, couloir caucus new NAME, couloir --help. Ctrl-C stops it.\n`,
  );
};

/** A request to stop often comes twice: from the terminal, and from whatever runs us and passes it on. */
const ECHO_MS = 300;

/** Undoes everything, newest first; a failure in one step does not spare the others. Gives the first failure. */
const undoAll = async (undo: readonly (() => Promise<void>)[], log: (line: string) => void): Promise<unknown> => {
  let failure: unknown;
  for (const step of undo.toReversed()) {
    try {
      await step();
    } catch (error) {
      if (failure !== undefined) log(errorLine(error));
      failure ??= error;
    }
  }
  return failure;
};

/** Resolves at the first request to stop; the second one ends the process. */
const stopSwitch = ({ onSignal, exit }: Outside) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let first: number | undefined;
  const forget = onSignal(() => {
    first ??= performance.now();
    if (performance.now() - first > ECHO_MS) exit(EXIT.failed);
    resolve();
  });
  return { stopped: promise, stop: resolve, forget };
};

const life = async (options: UpOptions, outside: Outside, { undo, log, stopped, stop, ready }: Life): Promise<void> => {
  const open = await outside.assemble({ ...options, log });
  undo.push(() => open.close());
  const door = await openDoor(options.port);
  undo.push(() => door.close());
  const messenger = await open.start();
  messenger.on("notice", ({ text }) => log(`couloir: ${plainLine(text)}`));
  await introduce(messenger, options.profile);
  const token = randomBytes(32).toString("hex");
  const api = createApi({
    messenger,
    token,
    version,
    venue: options.venue,
    port: () => door.port,
    stop,
    log: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  undo.push(async () => api.streams.close());
  door.serve(api.fetch);
  await writeNote(options.folder, { port: door.port, token, pid: process.pid });
  const ui = `http://127.0.0.1:${door.port}/#${token}`;
  await sayReady({ messenger, ui, folder: options.folder }, options.json, outside);
  ready();
  await stopped;
};

/** Runs the daemon until it is told to stop. */
export const runUp = async (options: UpOptions, outside: Outside): Promise<void> => {
  const { forget, ...ending } = stopSwitch(outside);
  const log = (line: string): void => void outside.io.stderr.write(`${line}\n`);
  // The note goes last: while it is there, the folder may still be in use.
  const undo: (() => Promise<void>)[] = [() => removeNote(options.folder, process.pid)];
  let failure: unknown;
  let started = false;
  const running = life(options, outside, { ...ending, undo, log, ready: () => (started = true) });
  try {
    // A start that hangs (a slow disk, a strange file system) must not keep the daemon from being stopped.
    await Promise.race([running, ending.stopped]);
  } catch (error) {
    failure = error;
  }
  if (failure === undefined && !started) running.catch(() => undefined);
  const deadline = setTimeout(() => {
    log("couloir: stopping took too long, so it was cut short; nothing that was saved is lost");
    outside.exit(EXIT.failed);
  }, CLOSE_MS);
  const late = await undoAll(undo, log);
  clearTimeout(deadline);
  forget();
  if (failure === undefined && !started) outside.exit(EXIT.done);
  if (failure !== undefined || late !== undefined) throw failure ?? late;
};
