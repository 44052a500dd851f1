/** How often something costly or lasting may happen at a stranger's word. */
import type { Millis } from "../types.ts";

/** A token bucket: `burst` at once, and as many again over `refill` ms. */
export class Budget {
  readonly #burst: number;
  readonly #refill: Millis;
  #left: number;
  #at: Millis = 0;

  constructor(burst: number, refill: Millis) {
    this.#burst = burst;
    this.#refill = refill;
    this.#left = burst;
  }

  take(now: Millis): boolean {
    const passed = Math.max(0, now - this.#at);
    this.#left = Math.min(this.#burst, this.#left + passed * (this.#burst / this.#refill));
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
