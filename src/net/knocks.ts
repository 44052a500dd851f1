/** Knocking within a budget: whoever is told to knock somewhere by others must not become their scanner. */
import type { Clock, Millis } from "../types.ts";
import { hostOf, type AddressKey } from "./addresses.ts";
import type { Knock } from "./knock.ts";
import type { Machine } from "./machine.ts";

/** `untried`: there was no address, or no room in the budget. */
export type Tried = Knock | "untried";

/** How long an answer holds. */
const HOLDS: Millis = 5000;
const WINDOW: Millis = 60_000;
const MAX_IN_WINDOW = 48;
const MAX_KNOWN = 64;

const PLAIN = /^\/ip4\/[\d.]+\/tcp\/(\d+)(?:\/ws)?$/;

/** The port of an address at which a TCP connection can be opened; `undefined` for others. */
export const portOf = (key: AddressKey): number | undefined => {
  const [, port] = PLAIN.exec(key) ?? [];
  return port === undefined ? undefined : Number(port);
};

/** What was found at addresses lately, and what may still be tried. */
export class Knocks {
  readonly #machine: Pick<Machine, "knock">;
  readonly #clock: Clock;
  readonly #known = new Map<string, { readonly at: Millis; readonly found: Promise<Knock> }>();
  #began = -Infinity;
  #count = 0;

  constructor(machine: Pick<Machine, "knock">, clock: Clock) {
    this.#machine = machine;
    this.#clock = clock;
  }

  /** Whether somebody answers there, as of now or of a moment ago. */
  at(key: AddressKey): Promise<Tried> {
    const port = portOf(key);
    if (port === undefined) return Promise.resolve("untried");
    const now = this.#clock.now();
    const where = `${hostOf(key)}:${port}`;
    const known = this.#known.get(where);
    if (known !== undefined && now - known.at < HOLDS) return known.found;
    if (now - this.#began > WINDOW) [this.#began, this.#count] = [now, 0];
    if (this.#count >= MAX_IN_WINDOW) return Promise.resolve("untried");
    this.#count++;
    const found = this.#machine.knock(hostOf(key), port);
    this.#known.delete(where);
    this.#known.set(where, { at: now, found });
    if (this.#known.size > MAX_KNOWN) this.#known.delete(this.#known.keys().next().value ?? "");
    return found;
  }
}
