/** The addresses that a dial plan knows: bounded, whoever names how many. */
import type { Millis } from "../types.ts";
import { hostOf, isCircuit, isWebRtcDirect, type AddressKey } from "./addresses.ts";

/** Where an address comes from. */
export type Origin = "hint" | "found";

/** What is known of an address. */
export interface DialEntry {
  readonly key: AddressKey;
  readonly host: string;
  /** Straight to a hub by WebRTC; through a relay to a page. */
  readonly direct: boolean;
  readonly circuit: boolean;
  /** Drawn here: which of those that discovery found this device dials first. */
  lot: number;
  origin: Origin;
  peer: string | undefined;
  failures: number;
  due: Millis;
  seen: Millis;
  /** Its link broke then. */
  lostAt: Millis;
  /** It worked then. */
  reachedAt: Millis | undefined;
  dialing: boolean;
}

const MAX_ENTRIES = 512;
const MAX_PER_HOST = 64;

/** The address book of one run. */
export class DialBook {
  readonly #entries = new Map<AddressKey, DialEntry>();

  all(): readonly DialEntry[] {
    return Array.from(this.#entries.values());
  }

  each(): IterableIterator<DialEntry> {
    return this.#entries.values();
  }

  get(key: AddressKey): DialEntry | undefined {
    return this.#entries.get(key);
  }

  delete(key: AddressKey): void {
    this.#entries.delete(key);
  }

  /** The entry of an address, a new one if need be; `undefined` when there is no room for it. */
  enter(key: AddressKey, origin: Origin, now: Millis): DialEntry | undefined {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.seen = now;
      if (origin === "hint") known.origin = "hint";
      return known;
    }
    if (!this.#makeRoom(key)) return undefined;
    const entry: DialEntry = {
      key,
      host: hostOf(key),
      direct: isWebRtcDirect(key),
      circuit: isCircuit(key),
      lot: 0,
      origin,
      peer: undefined,
      failures: 0,
      due: now,
      seen: now,
      lostAt: -Infinity,
      reachedAt: undefined,
      dialing: false,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  #makeRoom(key: AddressKey): boolean {
    if (this.#entries.size < MAX_PER_HOST) return true;
    const host = hostOf(key);
    let onHost = 0;
    let page: DialEntry | undefined;
    let expendable: DialEntry | undefined;
    for (const entry of this.#entries.values()) {
      const here = entry.host === host;
      if (here) onHost++;
      if (entry.origin === "hint" || entry.dialing) continue;
      if (here && isCircuit(entry.key)) page = older(page, entry);
      if (entry.reachedAt === undefined) expendable = older(expendable, entry);
    }
    if (onHost >= MAX_PER_HOST) {
      // Pages come and go, and a hub names them all: of those the newest count. Elsewhere what is known stays.
      return isCircuit(key) && page !== undefined && this.#entries.delete(page.key);
    }
    if (this.#entries.size < MAX_ENTRIES) return true;
    return expendable !== undefined && this.#entries.delete(expendable.key);
  }
}

const older = (one: DialEntry | undefined, other: DialEntry): DialEntry =>
  one === undefined || other.seen < one.seen ? other : one;
