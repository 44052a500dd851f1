/** Debian's Chromium, on this machine or in a network namespace of a venue. Nothing that it asks for may leave the LAN. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { uniqueName } from "./venueNet.ts";

const PROGRAM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where and how a browser runs. */
export interface BrowserOptions extends Pick<
  BrowserContextOptions,
  "viewport" | "colorScheme" | "locale" | "hasTouch" | "isMobile" | "deviceScaleFactor" | "reducedMotion"
> {
  /** The network namespace to run in; this machine's by default. */
  readonly namespace?: string;
  readonly flags?: readonly string[];
}

/** Why there is no Chromium; `undefined` where there is. */
export const whyNoChromium = (): string | undefined =>
  existsSync(PROGRAM) ? undefined : `${PROGRAM} is not installed`;

const PRIVATE = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./;

/** Whether an address stays in the room: this machine, a private network, a file, or no network at all. */
const isNear = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  if (["file:", "data:", "blob:", "about:", "chrome-error:"].includes(protocol)) return true;
  const host = hostname.replace(/^\[|\]$/gu, "");
  return host === "localhost" || host === "::1" || (isIPv4(host) && PRIVATE.test(host));
};

/** A browser with a profile of its own, which lasts until it is closed. */
export class Chromium {
  readonly #context: BrowserContext;
  readonly #folder: string;
  readonly #namespace: string | undefined;
  /** Requests that would have left the LAN. */
  readonly strayed: string[] = [];
  /** What pages said was wrong: uncaught errors, and errors on the console. */
  readonly wrongs: string[] = [];

  private constructor(context: BrowserContext, folder: string, namespace: string | undefined) {
    this.#context = context;
    this.#folder = folder;
    this.#namespace = namespace;
    const watch = (page: Page): void => {
      page.on("websocket", (socket) => this.#seen(socket.url()));
      page.on("pageerror", (error) => this.wrongs.push(error.stack ?? error.message));
      page.on("console", (line) => {
        if (line.type() === "error") this.wrongs.push(`${line.text()} ${line.location().url}`.trim());
      });
    };
    for (const page of context.pages()) watch(page);
    context.on("page", watch);
    // A service worker's, too.
    context.on("request", (request) => this.#seen(request.url()));
  }

  static async open({ namespace, flags = [], ...options }: BrowserOptions = {}): Promise<Chromium> {
    const folder = await mkdtemp(join(tmpdir(), `${uniqueName("chromium")}.`));
    let executablePath = PROGRAM;
    if (namespace !== undefined) {
      executablePath = join(folder, "chromium");
      // `exec` twice, so that the browser is the very process that gets the pipes and the signals.
      await writeFile(executablePath, `#!/bin/sh\nexec ip netns exec ${namespace} ${PROGRAM} "$@"\n`);
      await chmod(executablePath, 0o700);
    }
    const context = await chromium.launchPersistentContext(join(folder, "profile"), {
      executablePath,
      args: [...FLAGS, ...flags],
      headless: true,
      locale: "en-GB",
      timezoneId: "UTC",
      ...options,
    });
    return new Chromium(context, folder, namespace);
  }

  page(): Promise<Page> {
    const [first] = this.#context.pages();
    return first?.url() === "about:blank" ? Promise.resolve(first) : this.#context.newPage();
  }
  get context(): BrowserContext {
    return this.#context;
  }

  /** Stops every process of it, as a device does that sleeps; only in a namespace. */
  sleep(): void {
    this.#signal("SIGSTOP");
  }
  wake(): void {
    this.#signal("SIGCONT");
  }

  #signal(signal: NodeJS.Signals): void {
    assert.ok(this.#namespace !== undefined, "only what is in a namespace of its own is known");
    const { stdout } = spawnSync("ip", ["netns", "pids", this.#namespace], { encoding: "utf8" });
    const inside = stdout.split("\n").filter((line) => line !== "");
    const own = inside.filter((pid) => readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("chromium"));
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
    await this.#context.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #seen(address: string): void {
    if (!isNear(address)) this.strayed.push(address);
  }
}
