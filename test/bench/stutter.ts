/**
 * `npm run bench`: how long a page on plain http leaves a tap unanswered while its messenger has much to do, as it runs in
 * one (a worker verifies, long work pauses), and as it would run without either.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build, type Plugin } from "esbuild";
import { Chromium, whyNoChromium } from "../helpers/chromium.ts";
import { withoutNode } from "./withoutNode.ts";
import type { Stutter } from "./stutterPage.ts";

/** Plain http from it is no secure context. */
const INSECURE = "couloir.test";
const MESSAGES = 1000;
const DEVICES = 150;
/** How much slower than this machine a phone is. */
const SLOWER = 4;

declare const catchUp: (messages: number) => Promise<Stutter>;
declare const joinAndRotate: (devices: number) => Promise<{ readonly join: Stutter; readonly rotation: Stutter }>;
declare const asInPages: (verifier: string) => Promise<void>;

const bundled = async (path: string, plugins: readonly Plugin[] = []): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [new URL(path, import.meta.url).pathname],
    ...({ bundle: true, write: false, platform: "browser", target: "es2024", format: "iife" } as const),
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [...plugins],
  });
  return outputFiles[0]!.text;
};

/** What a page measures, with the messenger as it runs in one or bare. */
const measured = async (browser: Chromium, url: string, verifier?: string): Promise<readonly Stutter[]> => {
  const page = await browser.context.newPage();
  await page.goto(url);
  if (verifier !== undefined) await page.evaluate((source) => asInPages(source), verifier);
  const devtools = await browser.context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const caughtUp = await page.evaluate((messages) => catchUp(messages), MESSAGES);
  const { join, rotation } = await page.evaluate((devices) => joinAndRotate(devices), DEVICES);
  await page.close();
  return [caughtUp, join, rotation];
};

/** Tasks of less than 50 ms are told as 50: browsers count only longer ones. */
const told = ({ longest }: Stutter): number => Math.max(50, longest);

const why = whyNoChromium();
if (why !== undefined) {
  console.log(`no page was measured: ${why}`);
} else {
  const [script, verifier] = [
    await bundled("stutterPage.ts", [withoutNode]),
    await bundled("../../web/peer/verifier.ts"),
  ];
  const html = `<!doctype html><meta charset="utf-8"><script>${script.replaceAll("</script", "<\\/script")}</script>`;
  const server = createServer((_, response) => response.setHeader("Content-Type", "text/html").end(html));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://${INSECURE}:${(server.address() as AddressInfo).port}/`;
  const browser = await Chromium.open({ flags: [`--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`] });
  try {
    const bare = await measured(browser, url);
    const paused = await measured(browser, url, verifier);
    console.log(`\nA page on plain http, ${SLOWER} times slower than this machine: its longest task, ms`);
    console.log("| work | bare | as it is | ratio | until it is done, bare / as it is |\n|---|---|---|---|---|");
    for (const [at, what] of [
      `catch-up of ${MESSAGES} messages`,
      `coming into a caucus of ${DEVICES} devices`,
      `a new chain for ${DEVICES} devices`,
    ].entries()) {
      const [before, after] = [bare[at] as Stutter, paused[at] as Stutter];
      const ratio = (told(before) / told(after)).toFixed(1);
      const [longest, shorter] = [before, after].map((one) => told(one).toFixed(0));
      console.log(
        `| ${what} | ${longest} | ${shorter} | ${ratio} | ${before.ms.toFixed(0)} / ${after.ms.toFixed(0)} |`,
      );
    }
  } finally {
    await browser.close();
    server.close();
  }
}
