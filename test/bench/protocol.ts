/**
 * `npm run bench`: the table of SPEC.md §17, as measured on this machine: Node with its own Ed25519, Node with JavaScript
 * alone, and Chromium, where it is installed, with WebCrypto (it verifies; pages sign in JavaScript) and without. Node tells the processor's time, Chromium what passed.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import { build } from "esbuild";
import { nodeEngine } from "../../src/nodeEngine.ts";
import { useEngine } from "../../src/protocol/engines.ts";
import { pureEngine } from "../../src/protocol/signature.ts";
import { Chromium, whyNoChromium } from "../helpers/chromium.ts";
import { type Costs, costsOf, measureBy, SIZES } from "./costs.ts";
import { withoutNode } from "./withoutNode.ts";

declare const verifyNatively: () => Promise<void>;

const here = async (): Promise<readonly Costs[]> => {
  const out: Costs[] = [];
  for (const members of SIZES) out.push(await costsOf(members));
  return out;
};

const inChromium = async (natively: boolean): Promise<readonly Costs[]> => {
  const { outputFiles } = await build({
    entryPoints: [new URL("costsPage.ts", import.meta.url).pathname],
    ...({ bundle: true, write: false, platform: "browser", target: "es2024", format: "iife" } as const),
    plugins: [withoutNode],
  });
  const script = outputFiles[0]!.text.replaceAll("</script", "<\\/script");
  // A secure origin, where a page has WebCrypto.
  const server = createServer((_, response) =>
    response
      .setHeader("Content-Type", "text/html")
      .end(`<!doctype html><meta charset="utf-8"><script>${script}</script>`),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const browser = await Chromium.open();
  try {
    const page = await browser.page();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    if (natively) await page.evaluate(() => verifyNatively());
    const out: Costs[] = [];
    for (const members of SIZES) {
      const runs: Costs[] = [];
      for (let run = 0; run < RUNS; run++) runs.push(await page.evaluate((size) => costsOf(size), members));
      out.push(least(runs));
    }
    return out;
  } finally {
    await browser.close();
    server.close();
  }
};

/** Where only the time that passed is known, the least of several runs counts. */
const RUNS = 3;
const least = (runs: readonly Costs[]): Costs => {
  const of = <K extends "send" | "rotation" | "join">(what: K): Costs[K] => {
    const all = runs.map((run) => run[what] as unknown as Readonly<Record<string, number>>);
    const names = Object.keys(all[0] ?? {});
    return Object.fromEntries(
      names.map((name) => [name, Math.min(...all.map((one) => one[name] ?? Infinity))]),
    ) as unknown as Costs[K];
  };
  return { members: runs[0]?.members ?? 0, send: of("send"), rotation: of("rotation"), join: of("join") };
};

const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const kB = (bytes: number): string => bytes.toLocaleString("en").replaceAll(",", " ");
const row = (host: string, { members, send, rotation, join }: Costs): string =>
  `| ${[
    members,
    host,
    kB(send.bytes),
    `${ms(send.seal)} / ${ms(send.open)}`,
    kB(rotation.bytes),
    `${ms(rotation.seal)} / ${ms(rotation.open)}`,
    `${kB(join.answer)} + ${kB(join.bytes)}`,
    `${ms(join.seal)} / ${ms(join.read)} + ${ms(join.chain)}`,
  ].join(" | ")} |`;

measureBy(() => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
});
// Once before: what is compiled while it runs should not count.
await costsOf(SIZES[0]);
const hosts: (readonly [string, readonly Costs[]])[] = [["Node", await here()]];
useEngine(pureEngine);
hosts.push(["Node, JavaScript alone", await here()]);
useEngine(nodeEngine);
if (whyNoChromium() === undefined) {
  hosts.push(["Chromium, WebCrypto", await inChromium(true)]);
  hosts.push(["Chromium, JavaScript alone", await inChromium(false)]);
}

console.log(`${cpus()[0]?.model ?? ""}, ${cpus().length} cores; Node ${process.versions.node}\n`);
console.log(
  "| members | on | message, B | ms to seal / open | rotation, B | ms to seal / open | join, B: answer + newcomer | ms to answer / read + first chain |",
);
console.log("|---|---|---|---|---|---|---|---|");
for (const [at] of SIZES.entries()) for (const [host, costs] of hosts) console.log(row(host, costs[at] as Costs));
