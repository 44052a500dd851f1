/** A daemon over a fake messenger, and ways to talk to it: its API, the command line in process, and as a child. */
import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { createApi, statusOfDaemon, type Api } from "../../src/daemon/api.ts";
import type { App } from "../../src/daemon/appFiles.ts";
import { ApiClient } from "../../src/daemon/client.ts";
import type { Outside } from "../../src/daemon/context.ts";
import { oneVisit } from "../../src/daemon/diagnosis.ts";
import { writeNote } from "../../src/daemon/dataFolder.ts";
import { openDoor } from "../../src/daemon/door.ts";
import type { StreamLimits } from "../../src/daemon/eventStreams.ts";
import type { HubDescriptor } from "../../src/daemon/hub/hubServer.ts";
import type { Io } from "../../src/daemon/io.ts";
import { main } from "../../src/daemon/main.ts";
import type { Surroundings } from "../../src/net/survey.ts";
import { FakeMessenger } from "../helpers/fakeMessenger.ts";

export const TOKEN = "ab".repeat(32);
const CLI = fileURLToPath(new URL("../../src/daemon/cli.ts", import.meta.url));

const cleanups: (() => Promise<unknown>)[] = [];
/** Undoes, after a test, what it set up. */
export const later = (undo: () => Promise<unknown>): void => void cleanups.push(undo);
/** Call in `afterEach`. */
export const cleanUp = async (): Promise<void> => {
  while (cleanups.length > 0) await cleanups.pop()?.();
};

/** An empty folder for one test. */
export const emptyFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "couloir-daemon-"));
  later(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

const PATIENCE_MS = 8_000;

/** Waits until it is so, and says what was to be so when it never is. */
export const eventually = async (is: () => boolean, what: () => string): Promise<void> => {
  const since = performance.now();
  while (!is()) {
    if (performance.now() - since > PATIENCE_MS) throw new Error(`never came to be: ${what()}`);
    await new Promise(setImmediate);
  }
};

export interface Served {
  readonly messenger: FakeMessenger;
  readonly client: ApiClient;
  readonly folder: string;
  readonly port: number;
  readonly api: Api;
  readonly logged: unknown[];
  /** Whether somebody asked the daemon to stop. */
  readonly stopped: Promise<void>;
  /** Identities that were brought, and whether it began anew with one. */
  readonly imported: string[];
  /** What it was told to dial; nobody is at 192.0.2.0/24. */
  readonly dialed: string[];
  /** Whether somebody asked it to delete the profile. */
  readonly wiped: Promise<void>;
  close(): Promise<void>;
}

/** What may be different about a served API. */
export interface ServeOptions {
  readonly limits?: StreamLimits;
  readonly app?: App;
  readonly hub?: HubDescriptor;
  /** What it sees of the network. */
  readonly around?: Surroundings;
}

/** The local API over a fake messenger, with its note in a folder. */
export const serve = async ({ limits, app, hub, around }: ServeOptions = {}): Promise<Served> => {
  const folder = await emptyFolder();
  const messenger = new FakeMessenger();
  await messenger.setProfile({ name: "Me", flag: "CH", delegation: "" });
  const door = await openDoor(0);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const { promise: wiped, resolve: wipe } = Promise.withResolvers<void>();
  const logged: unknown[] = [];
  const imported: string[] = [];
  const dialed: string[] = [];
  const api = createApi({
    messenger,
    token: TOKEN,
    version: "0.0.0-test",
    port: () => door.port,
    app,
    hub: () => hub,
    doctor: oneVisit(() => ({
      status: statusOfDaemon({ messenger, version: "0.0.0-test", hub: () => hub }),
      survey: async () => around,
    })),
    dial: async (addresses) => {
      dialed.push(...addresses);
      return addresses.some((one) => !one.includes("/192.0.2."));
    },
    stop,
    wipe,
    exportIdentity: async (passphrase) => Buffer.from(`identity under ${passphrase}`),
    importIdentity: async (file, passphrase) => {
      imported.push(`${Buffer.from(file).toString()} by ${passphrase}`);
      return () => imported.push("begun");
    },
    log: (error) => logged.push(error),
    ...(limits === undefined ? {} : { limits }),
  });
  door.serve(api.fetch);
  await writeNote(folder, { port: door.port, token: TOKEN, pid: process.pid });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    api.streams.close();
    await door.close();
  };
  later(close);
  const client = new ApiClient({ port: door.port, token: TOKEN });
  return { messenger, client, folder, port: door.port, api, logged, stopped, wiped, imported, dialed, close };
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const text = (stream: NodeJS.ReadableStream): (() => string) => {
  let all = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => (all += chunk));
  return () => all;
};

export interface Running {
  readonly ended: Promise<Ended>;
  /** The first line of stdout, once it is whole. */
  readonly firstLine: Promise<string>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Starts the command line as a process of its own, with pipes. */
export const start = (
  args: readonly string[],
  { stdin = "", nodeArgs = [] }: { readonly stdin?: string; readonly nodeArgs?: readonly string[] } = {},
): Running => {
  const env = { PATH: process.env["PATH"], HOME: "/nowhere", TZ: "UTC" };
  const running = spawn(process.execPath, [...nodeArgs, CLI, ...args], { env, stdio: "pipe" });
  const [stdout, stderr] = [text(running.stdout), text(running.stderr)];
  const first = Promise.withResolvers<string>();
  running.stdout.on("data", () => {
    if (stdout().includes("\n")) first.resolve(stdout().split("\n")[0] ?? "");
  });
  // Whoever does not read its stdin closes it.
  running.stdin.on("error", () => undefined);
  running.stdin.end(stdin);
  const ended = once(running, "close").then(([code]) => ({
    code: code as number | null,
    stdout: stdout(),
    stderr: stderr(),
  }));
  return { ended, firstLine: first.promise, kill: (signal) => running.kill(signal) };
};

/** The command line as a process of its own, to its end. */
export const child = (...given: Parameters<typeof start>): Promise<Ended> => start(...given).ended;

/** Streams that stand in for a terminal or for pipes, and what was written to them so far. */
export interface Streams {
  readonly io: Io;
  readonly stdin: PassThrough;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves once stdout or stderr holds the words. */
  until(words: string | RegExp): Promise<void>;
}

export interface Terminal {
  readonly columns: number;
  readonly rows: number;
}

/** See `Streams`; with a size, all three are a terminal. */
export const streams = (terminal?: Terminal, env: Io["env"] = { NO_COLOR: "1" }): Streams => {
  const tty = terminal === undefined ? {} : { isTTY: true, ...terminal };
  const stdin = Object.assign(new PassThrough(), tty, { setRawMode: () => stdin });
  const out = Object.assign(new PassThrough(), tty);
  const err = Object.assign(new PassThrough(), tty);
  const [stdout, stderr] = [text(out), text(err)];
  const all = (): string => stdout() + stderr();
  const until = (words: string | RegExp): Promise<void> =>
    eventually(
      () => (typeof words === "string" ? all().includes(words) : words.test(all())),
      () => `${String(words)} in ${all()}`,
    );
  return { io: { stdin, stdout: out, stderr: err, env }, stdin, stdout, stderr, until };
};

/** What the command line has outside in a test: no daemon can be started unless the test says how. */
export const outside = (io: Io, more: Partial<Outside> = {}): Outside => ({
  io,
  assemble: () => Promise.reject(new Error("this test starts no daemon")),
  onSignal: () => () => undefined,
  exit: (code) => {
    throw new Error(`exit ${code}`);
  },
  ...more,
});

/** One command in this process, on a served folder. */
export const couloir = async ({ folder }: Pick<Served, "folder">, ...args: readonly string[]): Promise<Ended> => {
  const { io, stdin, stdout, stderr } = streams();
  stdin.end();
  const code = await main(["--data", folder, ...args], outside(io));
  return { code, stdout: stdout(), stderr: stderr() };
};

/** The lines of NDJSON. */
export const jsonLines = (ndjson: string): unknown[] =>
  ndjson
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);

/** The one value of JSON on stdout. */
export const json = ({ stdout }: Ended): unknown => JSON.parse(stdout);
/** It did what it was told, and had nothing to say about it. */
export const done = (ended: Ended): Ended => {
  assert.deepEqual([ended.code, ended.stderr], [0, ""], ended.stderr);
  return ended;
};
/** It failed with this code, in one line. */
export const failed = ({ code, stdout, stderr }: Ended, expected: number, words: RegExp): void => {
  assert.equal(code, expected, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, words);
  assert.match(stderr, /^couloir: [^\n]+\n$/u);
};
