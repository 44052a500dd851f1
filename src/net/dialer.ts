/** Carries out what the dial plan decides. */
import type { Clock, Millis } from "../types.ts";
import type { AddressKey } from "./addresses.ts";
import type { DialPlan } from "./dialPlan.ts";
import { causeOf, type NetLog } from "./netLog.ts";

/** What answered at an address. */
export type DialResult = { readonly kind: "peer"; readonly peer: string } | { readonly kind: "self" };

/** What dialing needs. */
export interface DialerOptions {
  readonly plan: DialPlan;
  readonly clock: Clock;
  readonly log: NetLog;
  /** Peers to which a link works. */
  linked(): ReadonlySet<string>;
  /** Those of them that nobody vouches for. */
  strangers(): ReadonlySet<string>;
  /** Opens a connection; rejects when nobody answers in time. */
  dial(key: AddressKey): Promise<DialResult>;
}

const FOUND_EVERY: Millis = 100;

/** Dials until stopped. After any change to the plan, `pump`. */
export class Dialer {
  readonly #options: DialerOptions;
  #cancel = (): void => {};
  #cancelFound: (() => void) | undefined;
  #pumpedAt: Millis = -Infinity;
  #stopped = false;

  constructor(options: DialerOptions) {
    this.#options = options;
  }

  /** Starts what is due and waits for the rest. */
  pump(): void {
    if (this.#stopped) return;
    const { plan, clock } = this.#options;
    const now = clock.now();
    this.#pumpedAt = now;
    this.#cancelFound?.();
    this.#cancelFound = undefined;
    for (const key of plan.next(this.#options.linked(), now, this.#options.strangers())) void this.#dial(key);
    this.#cancel();
    const at = plan.wakeAt(now);
    this.#cancel = at < Infinity ? clock.after(Math.max(1, at - now), () => this.pump()) : () => {};
  }

  /** Discovery found somebody: the same, but a few times a second at most, because it finds hundreds at once. */
  found(): void {
    const { clock } = this.#options;
    const wait = this.#pumpedAt + FOUND_EVERY - clock.now();
    if (wait <= 0) this.pump();
    else this.#cancelFound ??= clock.after(wait, () => this.pump());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#cancelFound?.();
  }

  async #dial(key: AddressKey): Promise<void> {
    const { plan, clock, log } = this.#options;
    try {
      const result = await this.#options.dial(key);
      if (result.kind === "self") plan.useless(key, "self", clock.now());
      else plan.reached(key, result.peer, clock.now());
    } catch (error) {
      log.debug({ cause: causeOf(error) }, "a dial failed");
      plan.failed(key, clock.now());
    }
    this.pump();
  }
}
