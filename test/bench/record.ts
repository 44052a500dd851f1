/**
 * `npm run bench:record`: a caucus of 50,000 messages in a page on plain http, over IndexedDB: frames dropped and long
 * tasks while a script scrolls through it, and how soon a key that is pressed shows while others write twenty messages a
 * second; on this machine as it is, and slowed down to a phone. Two minutes and a half; nothing fails by a number.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { Chromium, whyNoChromium } from "../helpers/chromium.ts";
import type { Scrolled, Typed } from "./recordPage.ts";
import { withoutNode } from "./withoutNode.ts";

/** Plain http from it is no secure context. */
const INSECURE = "couloir.test";
const MESSAGES = 50_000;
const SCROLL = 30_000;
/** Pixels with each frame: some eighty lines a second. */
const STEP = 60;
const RATE = 20;
/** Seconds of typing, and keys in each. */
const TYPING = 15;
const KEYS = 8;
/** How much slower than this machine a phone is. */
const SLOWER = 4;
/** Milliseconds until something is wrong. */
const PATIENCE = 600_000;

declare const begin: (count: number, verifier: string) => Promise<void>;
declare const scroll: (ms: number, step: number) => Promise<Scrolled>;
declare const hearing: (rate: number, seconds: number) => Promise<() => Promise<Typed>>;
declare let stopHearing: () => Promise<Typed>;

const root = new URL("../..", import.meta.url).pathname;
const path = (name: string): string => new URL(name, import.meta.url).pathname;

const bundled = async (): Promise<ReadonlyMap<string, string>> => {
  const common = { absWorkingDir: root, outdir: "/", bundle: true, write: false, target: "es2024" } as const;
  const define = { "process.env.NODE_ENV": '"production"' };
  const { outputFiles } = await build({
    ...common,
    define,
    entryPoints: { bench: path("recordPage.ts"), app: "web/app/app.css", apart: "web/app/apart.css" },
    format: "esm",
    splitting: true,
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".ftl": "text", ".woff2": "binary" },
    plugins: [withoutNode],
  });
  return new Map(outputFiles.map(({ path: name, text }) => [name, text]));
};
const verifier = async (): Promise<string> => {
  const { outputFiles } = await build({
    ...({ bundle: true, write: false, platform: "browser", target: "es2024", format: "iife" } as const),
    entryPoints: [path("../../web/peer/verifier.ts")],
  });
  return outputFiles[0]?.text ?? "";
};

const HTML =
  '<!doctype html><meta charset="utf-8"><title>Couloir</title><link rel="icon" href="data:,">' +
  '<link rel="stylesheet" href="app.css"><meta name="couloir-apart" content="apart.css"><div id="app"></div>' +
  '<script type="module" src="bench.js"></script>';

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
const worst = (all: readonly number[]): string => Math.max(0, ...all).toFixed(0);
/** Of so many keys, those that showed with the next frame counted as one frame. */
const share = ({ keys, slow }: Typed, part: number): string => {
  const all = [...Array.from({ length: Math.max(0, keys - slow.length) }, () => 16), ...slow].sort((a, b) => a - b);
  return (all[Math.min(all.length - 1, Math.floor(all.length * part))] ?? 0).toFixed(0);
};

const typed = async (page: Page): Promise<Typed> => {
  await page.locator(".composer textarea").click();
  await page.evaluate(
    async ([rate, seconds]) => {
      Object.assign(globalThis, { stopHearing: await hearing(rate, seconds) });
    },
    [RATE, TYPING] as const,
  );
  const delay = 1000 / KEYS;
  await page.keyboard.type("typing while others write ".repeat(20).slice(0, TYPING * KEYS), { delay });
  const result = await page.evaluate(() => stopHearing());
  await page.locator(".composer textarea").fill("");
  return result;
};

const measured = async (page: Page, slower: number): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const how = slower === 1 ? "as this machine is" : `${slower} times slower`;
  await page.locator(".record__pane").evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  const went = await page.evaluate(([ms, step]) => scroll(ms, step), [SCROLL, STEP] as const);
  console.log(
    `| scrolling ${went.ms / 1000} s | ${how} | ${went.frames} frames, ${went.dropped} dropped, longest ${went.longestFrame.toFixed(0)} ms | ` +
      `${went.long.length} long tasks, worst ${worst(went.long)}, ${sum(went.long).toFixed(0)} ms in all | ` +
      `${went.lines} lines came by, ${went.entriesHeld} held at most |`,
  );
  await page
    .getByRole("button", { name: "To the end" })
    .click({ timeout: 5_000 })
    .catch(() => undefined);
  const told = await typed(page);
  console.log(
    `| typing at ${RATE} messages a second | ${how} | ${told.keys} keys; half within ${share(told, 0.5)} ms, 95 % within ${share(told, 0.95)}, worst ${share(told, 1)} | ` +
      `${told.long.length} long tasks, worst ${worst(told.long)}, ${sum(told.long).toFixed(0)} ms in all | ` +
      `${told.came} of ${told.sent} messages came in |`,
  );
  await devtools.detach();
};

const why = whyNoChromium();
if (why !== undefined) {
  console.log(`no page was measured: ${why}`);
} else {
  const [files, worker] = await Promise.all([bundled(), verifier()]);
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname;
    const text = name === "/" ? HTML : files.get(name);
    const type = name.endsWith(".css") ? "text/css" : name.endsWith(".js") ? "text/javascript" : "text/html";
    response.setHeader("Content-Type", `${type}; charset=utf-8`);
    response.statusCode = text === undefined ? 404 : 200;
    response.end(text ?? "");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://${INSECURE}:${(server.address() as AddressInfo).port}/`;
  const browser = await Chromium.open({
    flags: [`--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`],
    viewport: { width: 1280, height: 800 },
  });
  try {
    const page = await browser.context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(url);
    await page.waitForFunction(() => "begin" in globalThis);
    const began = performance.now();
    await page.evaluate(([count, source]) => begin(count, source), [MESSAGES, worker] as const);
    console.log(`${MESSAGES} messages written in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    const opened = performance.now();
    await page.locator(".entry").first().waitFor();
    console.log(`the conversation stands ${(performance.now() - opened).toFixed(0)} ms after it was opened\n`);
    console.log("| what | how fast | | | |\n|---|---|---|---|---|");
    for (const slower of [1, SLOWER]) await measured(page, slower);
    for (const wrong of browser.wrongs) console.log(wrong);
  } finally {
    await browser.close();
    server.close();
  }
}
