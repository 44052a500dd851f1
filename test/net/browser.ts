/** Chromium for tests, and the page that runs in it. */
import { build, type Plugin } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";

/** Debian's; Playwright's own is not downloaded. */
const EXECUTABLE = "/usr/bin/chromium";

/** A name that is no `localhost`: to a browser, plain HTTP from it is an insecure origin. */
export const INSECURE_HOST = "couloir.test";

/** What the build of the app changes in packages. */
const { leaner } = (await import(new URL("../../.ci/webLeaner.mjs", import.meta.url).href)) as { leaner: Plugin };

/** The files of the test page. */
export const pageFiles = async (): Promise<
  ReadonlyMap<string, { readonly type: string; readonly body: string | Uint8Array }>
> => {
  const { outputFiles } = await build({
    entryPoints: [new URL("page.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
    logLevel: "error",
    plugins: [leaner],
  });
  return new Map([
    ["/", { type: "text/html", body: '<!doctype html><script type="module" src="/page.js"></script>' }],
    ["/page.js", { type: "text/javascript", body: outputFiles[0]?.contents ?? "" }],
  ]);
};

/** A browser process of its own: two pages of one process would find each other by other means. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
    ],
  });

/** Opens the test page; its errors go to `onError`. */
export const openPage = async (browser: Browser, url: string, onError: (error: Error) => void): Promise<Page> => {
  const page = await browser.newPage();
  page.on("pageerror", onError);
  await page.goto(url);
  await page.waitForFunction(() => "peer" in window);
  return page;
};
