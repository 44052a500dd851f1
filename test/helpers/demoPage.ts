/** The screens over a pretended backend (web/app/demo.tsx), served to a Chromium of their own. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type { Demo } from "../../web/app/demo.tsx";
import type { Place } from "../../web/app/router.ts";
import { Chromium } from "./chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PAGE =
  '<!doctype html><title>Couloir</title><link rel="icon" href="data:,"><link rel="stylesheet" href="app.css"><meta name="couloir-apart" content="apart.css"><div id="app"></div>' +
  '<script type="module" src="demo.js"></script>';

declare const demo: Demo;

const bundle = async (): Promise<ReadonlyMap<string, string>> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["web/app/demo.tsx", "web/app/app.css", "web/app/apart.css"],
    outdir: "/",
    bundle: true,
    write: false,
    format: "esm",
    splitting: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".ftl": "text", ".woff2": "binary" },
    target: "es2024",
  });
  return new Map([["/", PAGE], ...outputFiles.map(({ path, text }) => [path, text] as const)]);
};

export interface DemoPages {
  readonly browser: Chromium;
  /** A page whose screens are ready. `wish` as the demo takes it: `lang=ar&guest=1`. */
  open(wish?: string): Promise<Page>;
  /** Lays the photo editor, the sheet for codes or another that needs nothing over it. */
  lay(page: Page, over: "photo" | "code" | "wipe" | "move"): Promise<void>;
  go(page: Page, place: Place): Promise<void>;
  close(): Promise<void>;
}

/** Builds and serves the demo, with the policy that a hub sends; the browser is started with `flags`. */
export const openDemo = async (flags: readonly string[] = []): Promise<DemoPages> => {
  const files = await bundle();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const type = path === "/" ? "text/html" : path.endsWith(".css") ? "text/css" : "text/javascript";
    response.setHeader("Content-Type", `${type}; charset=utf-8`);
    response.setHeader(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src blob:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types couloir",
    );
    response.statusCode = files.has(path) ? 200 : 404;
    response.end(files.get(path) ?? "");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const browser = await Chromium.open({ viewport: { width: 360, height: 780 }, reducedMotion: "reduce", flags });
  return {
    browser,
    open: async (wish = "") => {
      const page = await browser.context.newPage();
      await page.goto(`http://127.0.0.1:${port}/#${wish}`);
      await page.waitForFunction(() => {
        const stage = "demo" in globalThis ? demo.boot.stage.value : undefined;
        return stage?.stage === "in" && stage.controller.ready.value;
      });
      return page;
    },
    lay: (page, over) =>
      page.evaluate((wanted) => {
        const stage = demo.boot.stage.value;
        const [first] = stage.stage === "in" ? stage.controller.sorted.value : [];
        if (first)
          demo.boot.router.open(wanted === "photo" ? { over: wanted, caucus: first.caucus } : { over: wanted });
      }, over),
    go: (page, place) => page.evaluate((to) => demo.boot.router.go(to), place),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
};
