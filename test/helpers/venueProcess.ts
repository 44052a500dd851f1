/** Processes in a network namespace. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Ended } from "../daemon/harness.ts";
import type { AgentRequest } from "./venueAgent.ts";

const CLI = fileURLToPath(new URL("../../src/daemon/cli.ts", import.meta.url));

/** How a process is started. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What to run instead of the command line. */
  readonly script?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  /** On a terminal of its own, whose screen is `stdout`. */
  readonly terminal?: boolean;
}

const CLOCK = fileURLToPath(new URL("venueClock.ts", import.meta.url));

/** On a machine whose clock is so many ms ahead of all others. */
export const clockAhead = (ms: number): StartOptions => ({
  node: ["--import", CLOCK],
  env: { CLOCK_AHEAD_MS: String(ms) },
});

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** A process in a namespace. */
export interface Running {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of stdout; rejects when the process ends without one. */
  readonly firstLine: Promise<string>;
  /** Calls back with each line of stdout from now on. */
  onLine(listener: (line: string) => void): void;
  /** Writes a line to its stdin. */
  tell(line: string): void;
  kill(signal: NodeJS.Signals): void;
}

/** Runs a program of Node in a namespace; the command line by default. */
export const startIn = (
  namespace: string,
  args: readonly string[],
  { env = {}, script = CLI, node = [], terminal = false }: StartOptions = {},
): Running => {
  const program = [process.execPath, ...node, script, ...args];
  const inside = terminal
    ? ["script", "-qec", `stty cols 100 rows 30; exec ${program.map(quoted).join(" ")}`, "/dev/null"]
    : program;
  const { PATH } = process.env;
  // `ip netns exec` becomes what it runs, so signals go to the right process.
  const child = spawn("ip", ["netns", "exec", namespace, ...inside], {
    env: { PATH, HOME: "/nowhere", TZ: "UTC", ...env },
    stdio: "pipe",
  });
  let [stdout, stderr] = ["", ""];
  const listeners: ((line: string) => void)[] = [];
  const first = Promise.withResolvers<string>();
  first.promise.catch(() => undefined);
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  createInterface({ input: child.stdout }).on("line", (line) => {
    first.resolve(line);
    for (const listener of listeners) listener(line);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  // Whoever does not read its stdin closes it.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close").then(([code]) => {
    first.reject(new Error(`it ended with ${String(code)}: ${stderr}`));
    return { code: code as number | null, stdout, stderr };
  });
  return {
    pid: child.pid!,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    firstLine: first.promise,
    onLine: (listener) => void listeners.push(listener),
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
  };
};

/** The other end of `venueAgent.ts`. */
export class Agent {
  readonly #running: Running;
  readonly #open = new Map<number, (ended: Ended) => void>();
  #next = 0;

  constructor(running: Running) {
    this.#running = running;
    running.onLine((line) => {
      const { id, ...ended } = JSON.parse(line) as Ended & { id: number };
      this.#open.get(id)?.(ended);
      this.#open.delete(id);
    });
    void running.ended.then((ended) => {
      for (const resolve of this.#open.values()) resolve(ended);
    });
  }

  /** Carries out one command. */
  run(folder: string, args: readonly string[]): Promise<Ended> {
    const request: AgentRequest = { id: (this.#next += 1), folder, args };
    return new Promise((resolve) => {
      this.#open.set(request.id, resolve);
      this.#running.tell(JSON.stringify(request));
    });
  }
}
