/** A browser with a profile of its own, whoever made it. Nothing that it asks for may leave the LAN. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readlinkSync } from "node:fs";
import { chmod, rm, writeFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** Where and how a browser runs. */
export interface BrowserOptions extends Pick<
  BrowserContextOptions,
  "viewport" | "colorScheme" | "locale" | "hasTouch" | "isMobile" | "deviceScaleFactor" | "reducedMotion"
> {
  /** The network namespace to run in; this machine's by default. */
  readonly namespace?: string;
  /** More for its command line. */
  readonly flags?: readonly string[];
}

/** A browser that runs, and what it was started with. */
interface Running {
  readonly context: BrowserContext;
  /** Removed when it is closed. */
  readonly folder: string;
  readonly program: string;
  readonly namespace: string | undefined;
}

/** Why a program is not there; `undefined` where it is. */
export const whyMissing = (program: string): string | undefined =>
  existsSync(program) ? undefined : `${program} is not installed`;

/** Writes a program into a folder that becomes this command, in a namespace if one is given. Gives its path. */
export const launcher = async (folder: string, command: string, namespace?: string): Promise<string> => {
  const path = join(folder, "browser");
  const inside = namespace === undefined ? "" : `ip netns exec ${namespace} `;
  // `exec` twice, so that the browser is the very process that gets the pipes and the signals.
  await writeFile(path, `#!/bin/sh\nexec ${inside}${command} "$@"\n`);
  await chmod(path, 0o700);
  return path;
};

const PRIVATE = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./;

/** Whether an address stays in the room: this machine, a private network, a file, or no network at all. */
const isNear = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  if (["file:", "data:", "blob:", "about:", "chrome-error:"].includes(protocol)) return true;
  const host = hostname.replace(/^\[|\]$/gu, "");
  return host === "localhost" || host === "::1" || (isIPv4(host) && PRIVATE.test(host));
};

/** Lasts until it is closed. */
export class Browser {
  readonly #running: Running;
  /** Requests that would have left the LAN. */
  readonly strayed: string[] = [];
  /** What pages said was wrong: uncaught errors, and errors on the console. */
  readonly wrongs: string[] = [];

  protected constructor(running: Running) {
    this.#running = running;
    const watch = (page: Page): void => {
      page.on("websocket", (socket) => this.#seen(socket.url()));
      page.on("pageerror", (error) => this.wrongs.push(error.stack ?? error.message));
      page.on("console", (line) => {
        if (line.type() === "error") this.wrongs.push(`${line.text()} ${line.location().url}`.trim());
      });
    };
    for (const page of running.context.pages()) watch(page);
    running.context.on("page", watch);
    // A service worker's, too.
    running.context.on("request", (request) => this.#seen(request.url()));
  }

  page(): Promise<Page> {
    const [first] = this.context.pages();
    return first?.url() === "about:blank" ? Promise.resolve(first) : this.context.newPage();
  }
  get context(): BrowserContext {
    return this.#running.context;
  }

  /** Stops every process of it, as a device does that sleeps; only in a namespace. */
  sleep(): void {
    this.#signal("SIGSTOP");
  }
  wake(): void {
    this.#signal("SIGCONT");
  }

  #signal(signal: NodeJS.Signals): void {
    const { namespace, program } = this.#running;
    assert.ok(namespace !== undefined, "only what is in a namespace of its own is known");
    const { stdout } = spawnSync("ip", ["netns", "pids", namespace], { encoding: "utf8" });
    const inside = stdout.split("\n").filter((line) => line !== "");
    const own = inside.filter((pid) => readlinkSync(`/proc/${pid}/exe`).includes(program));
    assert.ok(own.length > 0);
    for (const pid of own) process.kill(Number(pid), signal);
  }

  /** Fails when something went wrong in a page, or a request left the LAN. `but` says what may go wrong. */
  assertWell(but?: RegExp): void {
    assert.deepEqual(this.strayed, [], "requests that left the LAN");
    assert.deepEqual(
      this.wrongs.filter((wrong) => but?.test(wrong) !== true),
      [],
      "errors in pages",
    );
  }

  async close(): Promise<void> {
    await this.context.close();
    await rm(this.#running.folder, { recursive: true, force: true });
  }

  #seen(address: string): void {
    if (!isNear(address)) this.strayed.push(address);
  }
}
