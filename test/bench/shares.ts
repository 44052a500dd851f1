/** How much of the processor daemons take while a day goes on, though some are killed and begin anew. */
import { setTimeout as delay } from "node:timers/promises";
import type { VenueNode } from "../helpers/venueNode.ts";
import { processor } from "./processor.ts";

const STEP_MS = 5_000;

/** Seconds of processor, taken down step by step. */
export class Shares {
  readonly #nodes: readonly VenueNode[];
  readonly #before = new Map<number, number>();
  readonly #used = new Map<VenueNode, number>();
  #seconds = 0;

  constructor(nodes: readonly VenueNode[]) {
    this.#nodes = nodes;
  }

  /** Until `ends` is aborted. */
  async watch(ends: AbortSignal): Promise<void> {
    const began = performance.now();
    await this.#step();
    this.#used.clear();
    while (!ends.aborted) {
      await delay(STEP_MS, undefined, { signal: ends }).catch(() => undefined);
      await this.#step();
    }
    this.#seconds = (performance.now() - began) / 1000;
  }

  /** In words: of one processor. */
  tell(): string {
    const shares = [...this.#used.values()].map((used) => used / this.#seconds).toSorted((a, b) => a - b);
    const all = shares.reduce((sum, one) => sum + one, 0);
    const percent = (share = 0): string => `${(share * 100).toFixed(1)} %`;
    const first = this.#used.get(this.#nodes[0]!) ?? 0;
    return (
      `of one processor, all ${shares.length} daemons took ${percent(all)}, a bot ${percent(shares[Math.floor(shares.length / 2)])}, ` +
      `the hub ${percent(first / this.#seconds)}`
    );
  }

  async #step(): Promise<void> {
    for (const node of this.#nodes) {
      const { pid } = node.daemon;
      // One that was killed and is not back yet has none.
      const now = await processor([node]).catch(() => undefined);
      if (now === undefined) continue;
      this.#used.set(node, (this.#used.get(node) ?? 0) + now - (this.#before.get(pid) ?? 0));
      this.#before.set(pid, now);
    }
  }
}
