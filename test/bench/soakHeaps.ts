/** What daemons and pages hold in memory, again and again, once their garbage is gone. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { CDPSession } from "playwright-core";
import type { Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import type { HeldHeap } from "../helpers/venueHeap.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { StartOptions } from "../helpers/venueProcess.ts";

const PRELOAD = fileURLToPath(new URL("../helpers/venueHeap.ts", import.meta.url));
const fileOf = ({ folder }: VenueNode): string => `${folder}.heap`;

/** How to start a daemon whose heap can be weighed. */
export const weighable = (node: VenueNode): StartOptions => ({
  node: ["--expose-gc", "--import", PRELOAD],
  env: { HEAP_FILE: fileOf(node), COULOIR_DEBUG: "1" },
});

const linesOf = async (node: VenueNode): Promise<readonly string[]> =>
  (await readFile(fileOf(node), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");

/** Weighs a daemon that runs. */
export const weighDaemon = async (node: VenueNode): Promise<HeldHeap> => {
  const before = (await linesOf(node)).length;
  node.daemon.kill("SIGUSR2");
  const line = await until(`${node.name} was weighed`, async () => (await linesOf(node))[before]);
  return JSON.parse(line) as HeldHeap;
};

/** What a page holds: bytes of objects and buffers, nodes of documents, and listeners. */
export interface PageWeight {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Weighs one page. */
export class PageScale {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of({ browser, page }: Delegate): Promise<PageScale> {
    return new PageScale(await browser.context.newCDPSession(page));
  }

  async weigh(): Promise<PageWeight> {
    await this.#session.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize = 0 } = (await this.#session.send("Runtime.getHeapUsage")) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    const { nodes, jsEventListeners } = await this.#session.send("Memory.getDOMCounters");
    return { heap: usedSize + backingStorageSize, nodes, listeners: jsEventListeners };
  }
}
