/**
 * A hub with two hundred pages, `node test/bench/hub.ts [pages]`: a daemon with its app, and links such as pages have in
 * four processes, all behind one address. Prints how long it takes until all are in, can be found, and have heard what
 * each of them said; and what that costs the hub. Ends by itself.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { HubDescriptor } from "../../src/daemon/hub/hubServer.ts";
import type { PagesCommand } from "../net/pagesProcess.ts";

const CLI = fileURLToPath(new URL("../../src/daemon/cli.ts", import.meta.url));
const PAGES = fileURLToPath(new URL("../net/pagesProcess.ts", import.meta.url));
const PROCESSES = 4;
/** For all of it: a hub that lets somebody wait for ever is no result. */
const LONGEST_MS = 10 * 60_000;

const wanted = Number(process.argv[2] ?? 200);
const each = Math.ceil(wanted / PROCESSES);
const count = each * PROCESSES;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const children: ChildProcess[] = [];
const start = (args: readonly string[]): { readonly child: ChildProcess; readonly lines: Interface } => {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout }) };
};
const line = async (lines: Interface): Promise<string> => ((await once(lines, "line")) as [string])[0];

const folder = await mkdtemp(join(tmpdir(), "couloir-bench-"));
const tooLong = setTimeout(() => {
  say("not within ten minutes");
  for (const child of children) child.kill("SIGKILL");
  process.exit(1);
}, LONGEST_MS);

try {
  const options = ["--hub", "--hub-port", "0", "--no-mdns", "--listen", "127.0.0.1", "--json"];
  const daemon = start([CLI, "up", "--data", folder, "--name", "Hub", ...options]);
  const { hub } = JSON.parse(await line(daemon.lines)) as { hub: readonly string[] };
  const port = new URL(hub[0] ?? "").port;
  const { peerId } = (await (await fetch(`http://127.0.0.1:${port}/hub.json`)).json()) as HubDescriptor;
  const address = `/ip4/127.0.0.1/tcp/${port}/ws/p2p/${peerId}`;
  const rss = async (): Promise<number> => {
    const status = await readFile(`/proc/${daemon.child.pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/mu.exec(status)?.[1]);
  };
  const cpu = async (): Promise<number> => {
    const stat = await readFile(`/proc/${daemon.child.pid}/stat`, "utf8");
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    return (Number(user) + Number(system)) / 100;
  };
  const groups = Array.from({ length: PROCESSES }, () => start([PAGES, address, String(each)]));
  await Promise.all(groups.map(({ lines }) => line(lines)));
  const all = async (what: string, command: PagesCommand, of = groups): Promise<void> => {
    const [since, used] = [performance.now(), await cpu()];
    await Promise.all(
      of.map(({ child, lines }) => {
        child.stdin?.write(`${JSON.stringify(command)}\n`);
        return line(lines);
      }),
    );
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    say(
      `${what}: ${seconds} s; the hub's processor: ${((await cpu()) - used).toFixed(1)} s; ${Math.round((await rss()) / 1024)} MB`,
    );
  };
  const before = await rss();
  say(
    `a hub, ${count} pages of one address in ${PROCESSES} processes; the hub takes ${Math.round(before / 1024)} MB alone`,
  );
  await all("all are linked", { join: true });
  await all("all can be found through it", { reserve: true });
  const joined = await rss();
  await all("one says something", { say: 1 }, groups.slice(0, 1));
  await all("all have it", { have: 1 });
  await all("each says something", { say: each });
  await all(`all have these ${count} envelopes, ${count * (count - 1)} deliveries`, { have: count + 1 });
  const after = await rss();
  const perPage = (kb: number): string => ((kb - before) / count).toFixed(0);
  say(
    `memory of the hub for a page: ${perPage(joined)} kB when it has joined, ${perPage(after)} kB after all were heard`,
  );
  for (const { child } of groups) child.stdin?.end();
  await Promise.all(groups.map(({ child }) => once(child, "exit")));
  daemon.child.kill("SIGTERM");
  const [code] = (await once(daemon.child, "exit")) as [number];
  process.exitCode = code;
} finally {
  clearTimeout(tooLong);
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
}
