/**
 * Loaded into a daemon before itself, with `--expose-gc`: at a SIGUSR2 it collects its garbage and adds what is left to the
 * file `HEAP_FILE`, a line of JSON.
 */
import { appendFileSync } from "node:fs";

/** What a process holds once its garbage is gone, in bytes. */
export interface HeldHeap {
  /** Objects, and the buffers that hang on them. */
  readonly heap: number;
  /** The buffers alone. */
  readonly buffers: number;
  /** All of the process that is in memory. */
  readonly rss: number;
}

const file = process.env["HEAP_FILE"] ?? "";

process.on("SIGUSR2", () => {
  // What the first one finalizes, the second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const held: HeldHeap = { heap: heapUsed + external, buffers: external, rss };
  appendFileSync(file, `${JSON.stringify(held)}\n`);
});
