/** The daemon's life: open the folder, open the port, join the network, say so, and take it all down again. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { MessengerApi } from "../messenger/api.ts";
import type { Profile } from "../types.ts";
import { createApi } from "./api.ts";
import { readApp } from "./appFiles.ts";
import type { Outside } from "./context.ts";
import { removeNote, writeNote } from "./dataFolder.ts";
import { openDoor, type Door } from "./door.ts";
import { errorLine, EXIT } from "./exit.ts";
import { openHub, type Hub, type HubOptions } from "./hub/hub.ts";
import type { NodeOptions, OpenFolder } from "./node.ts";
import { sayReady } from "./ready.ts";
import { plainLine } from "./terminal.ts";
import { version } from "./version.ts";

/** What `up` was told. */
export interface UpOptions extends Omit<NodeOptions, "log"> {
  readonly profile: Partial<Profile>;
  /** The port of the local API; 0 is any free one, and none the one of last time. */
  readonly port?: number;
  /** Serve the app to others and relay for them. */
  readonly hub?: HubOptions;
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

const NAME = "api";
const memory = z.object({ port: z.int().min(1).max(65_535), token: z.string().regex(/^[0-9a-f]{64}$/u) });

/** The port of the local API and the token: those of last time where possible, so that an open page can go on. */
const openApiPort = async (folder: OpenFolder, port: number | undefined): Promise<{ door: Door; token: string }> => {
  const before = memory.safeParse(await folder.kept(NAME)).data;
  const again = port === undefined && before !== undefined;
  const door = again
    ? await openDoor(before.port).catch(() => openDoor(0)) // Somebody else has it now.
    : await openDoor(port ?? 0);
  const token = before?.token ?? randomBytes(32).toString("hex");
  if (before?.port !== door.port) await folder.keep(NAME, { port: door.port, token });
  return { door, token };
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

const life = async (options: UpOptions, outside: Outside, at: Life): Promise<void> => {
  const { undo, log, stopped, stop, ready } = at;
  const { folder, venue, hidden } = options;
  const open = await outside.assemble({ ...options, log });
  let wiping = false;
  undo.push(async () => (wiping ? open.wipe() : undefined));
  undo.push(() => open.close());
  const { door, token } = await openApiPort(open, options.port);
  undo.push(() => door.close());
  const app = await readApp();
  let hub: Hub | undefined;
  if (options.hub !== undefined) {
    const opened = await openHub({ options: options.hub, app, folder: open, venue, hidden, log });
    undo.push(() => opened.close());
    hub = opened;
  }
  const messenger = await open.start(hub?.part);
  messenger.on("notice", ({ text }) => log(`couloir: ${plainLine(text)}`));
  await introduce(messenger, options.profile);
  hub?.serve(messenger);
  const api = createApi({
    messenger,
    token,
    version,
    venue,
    app,
    hub: () => hub?.descriptor(),
    port: () => door.port,
    stop,
    wipe: () => {
      wiping = true;
      stop();
    },
    log: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  undo.push(async () => api.streams.close());
  door.serve(api.fetch);
  await writeNote(folder, { port: door.port, token, pid: process.pid });
  const ui = `http://127.0.0.1:${door.port}/#token=${token}`;
  await sayReady({ messenger, ui, folder, hub: hub?.descriptor() }, options.json, outside);
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
