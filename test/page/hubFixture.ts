/** A daemon with a hub in this process, which serves a page of the test's own with the policy that real pages have. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { openHub } from "../../src/daemon/hub/hub.ts";
import { openFolder } from "../../src/node.ts";
import type { Messenger } from "../../src/messenger/messenger.ts";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self' ws: wss: http:",
  "worker-src 'self' blob:",
  "require-trusted-types-for 'script'",
  "trusted-types couloir",
].join("; ");

/** The same page with a policy that forbids workers. */
export const WITHOUT_WORKERS = "/without-workers";
const FORBIDDING = POLICY.replace("worker-src 'self' blob:", "worker-src 'none'");

const shared = { bundle: true, write: false, platform: "browser", target: "es2024", logLevel: "error" } as const;

const worker: Plugin = {
  name: "worker",
  setup: (bundle) => {
    bundle.onResolve({ filter: /^couloir:/ }, ({ path }) => ({ path: path.slice(8), namespace: "couloir" }));
    bundle.onLoad({ filter: /.*/, namespace: "couloir" }, async ({ path }) => {
      const entry = new URL(`../../web/peer/${path}.ts`, import.meta.url).pathname;
      const { outputFiles } = await build({ ...shared, entryPoints: [entry], format: "iife" });
      return { contents: `export const source = ${JSON.stringify(outputFiles[0]!.text)};`, loader: "js" };
    });
  },
};

/** The script of `smokePage.ts`. */
export const smokeScript = async (): Promise<string> => {
  const entry = new URL("smokePage.ts", import.meta.url).pathname;
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], format: "esm", plugins: [worker] });
  return outputFiles[0]!.text;
};

/** A running daemon. */
export interface HubFixture {
  readonly messenger: Messenger;
  readonly port: number;
  /** Stops the daemon and starts it anew, as the same hub. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts it, with a person named Hub in it. */
export const startHub = async (script: string): Promise<HubFixture> => {
  const folder = await mkdtemp(join(tmpdir(), "couloir-page-"));
  const answer = ({ url }: Request): Response | undefined => {
    const { pathname } = new URL(url);
    const headers = { "Content-Security-Policy": pathname === WITHOUT_WORKERS ? FORBIDDING : POLICY };
    if (pathname === "/" || pathname === WITHOUT_WORKERS)
      return new Response('<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>', {
        headers: { ...headers, "Content-Type": "text/html" },
      });
    return pathname === "/page.js"
      ? new Response(script, { headers: { ...headers, "Content-Type": "text/javascript" } })
      : undefined;
  };
  const start = async (port: number) => {
    const opened = await openFolder({ folder, listen: ["127.0.0.1"], mdns: false, venue: "page-test" });
    const hub = await openHub({
      options: { port, room: "Salle Verte" },
      app: { words: "", answer },
      folder: opened,
      hidden: false,
      log: () => undefined,
    });
    const messenger = await opened.start(hub.part);
    await messenger.setProfile({ name: "Hub", flag: "CH", delegation: "" });
    hub.serve(messenger);
    const stop = async (): Promise<void> => {
      await opened.close();
      await hub.close();
    };
    return { messenger, port: hub.part.port, stop };
  };
  let running = await start(0);
  return {
    get messenger() {
      return running.messenger;
    },
    get port() {
      return running.port;
    },
    restart: async () => {
      await running.stop();
      running = await start(running.port);
    },
    close: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
