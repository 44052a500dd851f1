/** What was written and not sent, by caucus, kept sealed on this device. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { GroupId } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";

/** Milliseconds of rest after which a draft is written down. */
const REST = 400;
/** Characters kept; a value may have 64 KiB. */
const LONGEST = 16_000;

const nameOf = (caucus: GroupId): string => `draft/${caucus}`;

export class Drafts {
  readonly #api: Pick<RemoteApi, "remember" | "remembered">;
  readonly #all = signal<ReadonlyMap<GroupId, string>>(new Map());
  readonly #waiting = new Map<GroupId, ReturnType<typeof setTimeout>>();

  constructor(api: Pick<RemoteApi, "remember" | "remembered">) {
    this.#api = api;
  }

  get all(): ReadonlySignal<ReadonlyMap<GroupId, string>> {
    return this.#all;
  }

  /** What was kept of these caucuses. A draft that cannot be read is no reason to stop. */
  async load(caucuses: readonly GroupId[]): Promise<void> {
    const kept = await Promise.allSettled(caucuses.map((caucus) => this.#api.remembered(nameOf(caucus))));
    const all = new Map(this.#all.peek());
    for (const [at, caucus] of caucuses.entries()) {
      const result = kept[at];
      const text = result?.status === "fulfilled" ? result.value : undefined;
      if (typeof text === "string" && text !== "" && !all.has(caucus)) all.set(caucus, text);
    }
    this.#all.value = all;
  }

  of(caucus: GroupId): string {
    return this.#all.value.get(caucus) ?? "";
  }

  set(caucus: GroupId, text: string): void {
    const all = new Map(this.#all.peek());
    if (text === "") all.delete(caucus);
    else all.set(caucus, text);
    this.#all.value = all;
    clearTimeout(this.#waiting.get(caucus));
    this.#waiting.set(
      caucus,
      setTimeout(() => this.#keep(caucus), REST),
    );
  }

  /** Writes down now what waits: the page is going away. */
  flush(): void {
    for (const caucus of this.#waiting.keys()) this.#keep(caucus);
  }

  stop(): void {
    this.flush();
  }

  #keep(caucus: GroupId): void {
    clearTimeout(this.#waiting.get(caucus));
    this.#waiting.delete(caucus);
    const text = this.#all.peek().get(caucus)?.slice(0, LONGEST);
    // A draft that could not be kept is still on the screen; the next keystroke tries again.
    this.#api.remember(nameOf(caucus), text).catch(() => {});
  }
}
