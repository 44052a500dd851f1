/** One life of the daemon: open the folder, open the ports, join the network, say so, and go on until it is over. */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { z } from "zod";
import type { MessengerApi } from "../messenger/api.ts";
import type { MovedIdentity } from "../messenger/identityFile.ts";
import type { Announced } from "../net/mdnsName.ts";
import type { Profile } from "../types.ts";
import { createApi, statusOfDaemon } from "./api.ts";
import { readApp } from "./appFiles.ts";
import type { Outside } from "./context.ts";
import { oneVisit } from "./diagnosis.ts";
import { writeNote } from "./dataFolder.ts";
import { openDoor, type Door } from "./door.ts";
import { HUB_MEMORY, openHub, type Hub, type HubOptions } from "./hub/hub.ts";
import { SECURE_MEMORY } from "./hub/securePort.ts";
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
  /** A new profile is to become a device of somebody. */
  readonly link?: boolean;
}

/** Somebody who moves in: the folder is theirs from the next life on. */
export interface Moving {
  readonly identity: MovedIdentity;
  /** The venue's code: the daemon stays where it is. */
  readonly venue: string;
  /** What the daemon itself keeps: where it is reached, and by whom. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** What one life needs besides its options. */
export interface Life {
  /** How to take down what was put up so far. */
  readonly undo: (() => Promise<void>)[];
  readonly log: (line: string) => void;
  readonly stopped: Promise<void>;
  readonly stop: () => void;
  /** The daemon answers from now on. */
  readonly ready: () => void;
  /** Who begins this life in a folder that is empty. */
  readonly moving?: Moving | undefined;
}

const introduce = async (messenger: MessengerApi, given: Partial<Profile>): Promise<void> => {
  const now = messenger.profile();
  const name = given.name ?? (now.name === "" ? `Delegate ${messenger.person.slice(0, 4)}` : now.name);
  const next: Profile = { name, flag: given.flag ?? now.flag, delegation: given.delegation ?? now.delegation };
  if (next.name !== now.name || next.flag !== now.flag || next.delegation !== now.delegation)
    await messenger.setProfile(next);
};

/** Nobody yet: shows itself to none until it is linked, and is somebody new when that comes to nothing. */
const offerThis = async (
  messenger: MessengerApi,
  given: Partial<Profile>,
  log: (line: string) => void,
): Promise<void> => {
  const { link } = await messenger.offerLink(hostname());
  log("couloir: this device waits to be linked; in another terminal: couloir device link");
  messenger.on("link", (view) => {
    if (view.link !== link || view.problem === undefined) return;
    introduce(messenger, given).catch(() => undefined);
  });
};

const API_MEMORY = "api";
const memory = z.object({ port: z.int().min(1).max(65_535), token: z.string().regex(/^[0-9a-f]{64}$/u) });

/** The port of the local API and the token: those of last time where possible, so that an open page can go on. */
const openApiPort = async (folder: OpenFolder, port: number | undefined): Promise<{ door: Door; token: string }> => {
  const before = memory.safeParse(await folder.kept(API_MEMORY)).data;
  const again = port === undefined && before !== undefined;
  const door = again
    ? await openDoor(before.port).catch(() => openDoor(0)) // Somebody else has it now.
    : await openDoor(port ?? 0);
  const token = before?.token ?? randomBytes(32).toString("hex");
  if (before?.port !== door.port) await folder.keep(API_MEMORY, { port: door.port, token });
  return { door, token };
};

const moveIn = async (folder: OpenFolder, { identity, kept }: Moving): Promise<void> => {
  await folder.plant(identity);
  for (const [name, value] of Object.entries(kept)) await folder.keep(name, value);
};

/** Lives until somebody says that it is enough; gives who moves in then. */
export const live = async (options: UpOptions, outside: Outside, at: Life): Promise<Moving | undefined> => {
  const { undo, log, stopped, stop, ready, moving } = at;
  const { folder, hidden } = options;
  const open = await outside.assemble({ ...options, ...(moving && { venue: moving.venue }), log });
  let wiping = false;
  undo.push(async () => (wiping ? open.wipe() : undefined));
  undo.push(() => open.close());
  if (moving !== undefined) await moveIn(open, moving);
  const { door, token } = await openApiPort(open, options.port);
  undo.push(() => door.close());
  const app = await readApp();
  let hub: Hub | undefined;
  if (options.hub !== undefined) {
    let announced: Announced | undefined;
    const named = (): string | undefined => announced?.name();
    const opened = await openHub({ options: options.hub, app, folder: open, hidden, log, named });
    undo.push(() => opened.close());
    hub = opened;
    // A certificate is for names of its own.
    if (options.mdns && options.hub.certificate === undefined) {
      announced = await outside.announceName?.((name) =>
        log(`couloir: phones reach this hub at http://${name}:${opened.part.port} as well`),
      );
      undo.push(async () => announced?.stop());
    }
  }
  const messenger = await open.start(hub?.part);
  messenger.on("notice", ({ text }) => log(`couloir: ${plainLine(text)}`));
  if (options.link === true && messenger.profile().name === "") await offerThis(messenger, options.profile, log);
  // Who moves in is who they were, whatever this daemon was called.
  else await introduce(messenger, moving === undefined ? options.profile : {});
  hub?.serve(messenger);
  const next = Promise.withResolvers<Moving | undefined>();
  const about = { messenger, version, hub: () => hub?.descriptor() };
  const api = createApi({
    ...about,
    token,
    app,
    doctor: oneVisit(() => ({ status: statusOfDaemon(about), survey: () => open.survey() })),
    dial: (addresses) => open.dial(addresses),
    port: () => door.port,
    stop,
    wipe: () => {
      wiping = true;
      stop();
    },
    exportIdentity: (passphrase) => open.exportIdentity(passphrase),
    importIdentity: async (file, passphrase) => {
      const identity = await open.openIdentity(file, passphrase);
      const kept: Record<string, unknown> = {};
      for (const name of [API_MEMORY, HUB_MEMORY, SECURE_MEMORY]) {
        const value = await open.kept(name);
        if (value !== undefined) kept[name] = value;
      }
      return () => {
        wiping = true;
        next.resolve({ identity, kept, venue: messenger.venue().code });
      };
    },
    log: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  undo.push(async () => api.streams.close());
  door.serve(api.fetch);
  await writeNote(folder, { port: door.port, token, pid: process.pid });
  const ui = `http://127.0.0.1:${door.port}/#token=${token}`;
  await sayReady({ messenger, ui, folder, hub: hub?.descriptor() }, options.json, outside);
  ready();
  return Promise.race([next.promise, stopped.then(() => undefined)]);
};
