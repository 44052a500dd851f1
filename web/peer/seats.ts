/**
 * Calls to whichever tab leads. While none does they wait. When the tab that was asked goes before it has answered, what
 * may be asked twice is asked of the next one, and what may not fails with `tab-gone`.
 */
import { CouloirError } from "../../src/errors.ts";
import { isIterable, repeatOf, type CallName, type IterableName } from "./methods.ts";
import { isGone, tabGone, toCouloirError } from "./problem.ts";
import type { Answerer } from "./rpc.ts";

const closed = (): CouloirError => new CouloirError("usage", "closed", "this page has left; reload it");

/** One seat after the other. */
export class Seats {
  #seat: Answerer | undefined;
  #ended: CouloirError | undefined;
  readonly #waiting = new Set<() => void>();

  /** Who answers from now on; nobody, with `undefined`. */
  sit(seat: Answerer | undefined): void {
    this.#seat = seat;
    this.#wake();
  }

  /** Nobody will ever answer again. */
  end(error: CouloirError = closed()): void {
    this.#ended ??= error;
    this.#seat = undefined;
    this.#wake();
  }

  /** One answer. */
  async call(name: CallName, args: readonly unknown[]): Promise<unknown> {
    let before: Answerer | undefined;
    for (;;) {
      const seat = await this.#after(before);
      try {
        return await seat.call(name, args);
      } catch (error) {
        if (!isGone(error)) throw toCouloirError(error);
        if (this.#ended !== undefined) throw this.#ended;
        if (repeatOf(name) === "once") throw tabGone();
      }
      before = seat;
    }
  }

  /** Many answers. Begun anew with the next tab only if nothing has come yet: the order may not be the same. */
  async *iterate(name: IterableName | "exportIdentity", args: readonly unknown[]): AsyncGenerator<unknown> {
    let before: Answerer | undefined;
    for (;;) {
      const seat = await this.#after(before);
      let some = false;
      try {
        for await (const one of seat.iterate(name, args)) {
          some = true;
          yield one;
        }
        return;
      } catch (error) {
        if (!isGone(error)) throw toCouloirError(error);
        if (this.#ended !== undefined) throw this.#ended;
        if (some || !isIterable(name)) throw tabGone();
      }
      before = seat;
    }
  }

  /** The seat that there is, or the next one; another one than `before`. */
  async #after(before: Answerer | undefined): Promise<Answerer> {
    for (;;) {
      if (this.#ended !== undefined) throw this.#ended;
      if (this.#seat !== undefined && this.#seat !== before) return this.#seat;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #wake(): void {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of all) resolve();
  }
}
