/** Debian's Chromium, on this machine or in a network namespace of a venue. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { Browser, launcher, whyMissing, type BrowserOptions } from "./browser.ts";
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

/** Why there is no Chromium; `undefined` where there is. */
export const whyNoChromium = (): string | undefined => whyMissing(PROGRAM);

export class Chromium extends Browser {
  static async open(this: void, { namespace, flags = [], ...options }: BrowserOptions = {}): Promise<Chromium> {
    const folder = await mkdtemp(join(tmpdir(), `${uniqueName("chromium")}.`));
    const context = await chromium.launchPersistentContext(join(folder, "profile"), {
      executablePath: namespace === undefined ? PROGRAM : await launcher(folder, PROGRAM, namespace),
      args: [...FLAGS, ...flags],
      headless: true,
      locale: "en-GB",
      timezoneId: "UTC",
      ...options,
    });
    return new Chromium({ context, folder, program: "chromium", namespace });
  }
}
