/** The emoji that this person uses: the last ones, and with which skin tone. Kept sealed on this device. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { RemoteApi } from "../../peer/backend.ts";
import type { Controller } from "../controller.ts";
import { isEmoji } from "../reading.ts";
import { TONES } from "./skinTone.ts";

const NAME = "emoji";
/** So many of the last ones. */
const MOST = 24;

type Api = Pick<RemoteApi, "remember" | "remembered">;

export class Handy {
  readonly #api: Api;
  readonly #recent = signal<readonly string[]>([]);
  readonly #tone = signal(0);
  /** Once what was kept is here: what is chosen before stays the newest. */
  readonly ready: Promise<void>;

  constructor(api: Api) {
    this.#api = api;
    this.ready = api.remembered(NAME).then(
      (kept) => this.#take(kept),
      () => {},
    );
  }

  /** Without their tone, the last one first. */
  get recent(): ReadonlySignal<readonly string[]> {
    return this.#recent;
  }
  /** Its place in `TONES`. */
  get tone(): ReadonlySignal<number> {
    return this.#tone;
  }

  async use(emoji: string): Promise<void> {
    await this.ready;
    this.#recent.value = [emoji, ...this.#recent.peek().filter((one) => one !== emoji)].slice(0, MOST);
    await this.#keep();
  }

  async setTone(tone: number): Promise<void> {
    await this.ready;
    this.#tone.value = tone;
    await this.#keep();
  }

  #take(kept: unknown): void {
    const { recent, tone } = (kept ?? {}) as Readonly<Record<string, unknown>>;
    if (Array.isArray(recent))
      this.#recent.value = recent
        .filter((one): one is string => typeof one === "string" && isEmoji(one))
        .slice(0, MOST);
    if (TONES.some((_, at) => at === tone)) this.#tone.value = Number(tone);
  }

  async #keep(): Promise<void> {
    const kept = { recent: this.#recent.peek(), tone: this.#tone.peek() };
    await this.#api.remember(NAME, kept).catch(() => undefined);
  }
}

const all = new WeakMap<Controller, Handy>();

/** Those of whoever uses this page. */
export const handyOf = (app: Controller): Handy => {
  const handy = all.get(app) ?? new Handy(app.backend.api);
  all.set(app, handy);
  return handy;
};
