/**
 * Debian's Firefox ESR, as it is, on this machine or in a network namespace of a venue. Playwright talks to it by WebDriver
 * BiDi, which Firefox speaks on its own loopback alone: `firefoxBridge.ts` beside it leads out of the namespace.
 */
import { mkdtemp } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firefox } from "playwright-core";
import { Browser, launcher, whyMissing, type BrowserOptions } from "./browser.ts";
import { uniqueName } from "./venueNet.ts";

export const FIREFOX = "/usr/bin/firefox-esr";
const BRIDGE = fileURLToPath(new URL("firefoxBridge.ts", import.meta.url));

/** Nothing of its own goes out, and pages are held to what holds for everybody where Playwright would loosen it. */
const PREFERENCES = {
  "app.normandy.enabled": false,
  "browser.contentblocking.features.standard": "",
  "browser.region.update.enabled": false,
  "browser.safebrowsing.provider.mozilla.updateURL": "",
  "browser.search.serpEventTelemetryCategorization.enabled": false,
  "captivedetect.canonicalURL": "",
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.security.https_first": true,
  "messaging-system.rsexperimentloader.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "security.fileuri.strict_origin_policy": true,
  "security.remote_settings.crlite_filters.enabled": false,
  "security.remote_settings.intermediates.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
  "toolkit.telemetry.unified": false,
};

/** Why there is no Firefox; `undefined` where there is. */
export const whyNoFirefox = (): string | undefined => whyMissing(FIREFOX);

/** A door on this machine's loopback to a socket in a folder, which namespaces share. */
const door = async (path: string): Promise<Server> => {
  const server = createServer((outer) => {
    const inner = connect(path);
    outer.pipe(inner).pipe(outer);
    outer.on("error", () => inner.destroy());
    inner.on("error", () => outer.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
};

export class Firefox extends Browser {
  static async open(
    this: void,
    { namespace, flags = [], colorScheme, ...options }: BrowserOptions = {},
  ): Promise<Firefox> {
    const folder = await mkdtemp(join(tmpdir(), `${uniqueName("firefox")}.`));
    const path = join(folder, "bidi");
    const server = await door(path);
    const { port } = server.address() as AddressInfo;
    const context = await firefox.launchPersistentContext(join(folder, "profile"), {
      channel: "moz-firefox",
      executablePath: await launcher(folder, `${process.execPath} ${BRIDGE} ${path} ${port}`, namespace),
      args: [...flags],
      headless: true,
      locale: "en-GB",
      timezoneId: "UTC",
      // By the second it heeds where its settings are to come from.
      env: { ...process.env, HOME: folder, MOZ_REMOTE_SETTINGS_DEVTOOLS: "1" },
      firefoxUserPrefs: {
        ...PREFERENCES,
        "layout.css.prefers-color-scheme.content-override": colorScheme === "dark" ? 0 : 1,
      },
      ...options,
    });
    context.once("close", () => server.close());
    return new Firefox({ context, folder, program: "firefox", namespace });
  }
}
