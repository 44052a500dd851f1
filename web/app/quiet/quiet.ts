/** What this device keeps to itself: plenary and pocket mode, notifications. Each device's own, and known before anything is shown. */
import { signal } from "@preact/signals";
import type { Millis } from "../../../src/types.ts";
import type { Shelf } from "../preferences.ts";

/** An end that does not come by itself. */
export const OPEN_END = 8.64e15;
const NAME = "couloir:quiet";
/** Milliseconds that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

interface State {
  /** The screen is covered. */
  readonly pocket: boolean;
  /** Nothing sounds, shakes or fills the screen until then; 0 where it is not on. */
  readonly plenary: Millis;
  /** This person wants notifications. */
  readonly notify: boolean;
  /** They may show what was said. */
  readonly previews: boolean;
}

const NONE: State = { pocket: false, plenary: 0, notify: false, previews: false };

/** What a shelf holds, as far as it is ours. */
const parse = (text: string | null | undefined): State => {
  try {
    const raw = JSON.parse(text ?? "") as Partial<Record<keyof State, unknown>> | null;
    return {
      pocket: raw?.pocket === true,
      plenary: typeof raw?.plenary === "number" ? raw.plenary : 0,
      notify: raw?.notify === true,
      previews: raw?.previews === true,
    };
  } catch {
    return NONE;
  }
};

export class Quiet {
  readonly #shelf: Shelf | undefined;
  readonly #state = signal(NONE);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(shelf: Shelf | undefined) {
    this.#shelf = shelf;
    this.again();
  }

  /** All of it. */
  get now(): State {
    return this.#state.value;
  }
  get plenary(): boolean {
    return this.#state.value.plenary > 0;
  }

  set(change: Partial<State>): void {
    try {
      this.#shelf?.setItem(NAME, JSON.stringify({ ...this.#state.peek(), ...change }));
    } catch {
      // Storage may be refused: it is so until the page is gone.
    }
    this.#take({ ...this.#state.peek(), ...change });
  }

  /** Reads the shelf again: another tab has written there. */
  again(): void {
    try {
      this.#take(parse(this.#shelf?.getItem(NAME)));
    } catch {
      this.#take(NONE);
    }
  }

  #take(state: State): void {
    clearTimeout(this.#timer);
    const left = state.plenary - Date.now();
    this.#state.value = left > 0 ? state : { ...state, plenary: 0 };
    if (left > 0 && left < LONGEST) this.#timer = setTimeout(() => this.set({ plenary: 0 }), left);
  }
}
