/** The exchanges of this device against a later quantum computer: one with each other device, over all groups. */
import { bytes, hex, struct } from "../protocol/codec.ts";
import type { Exchange } from "../protocol/exchange.ts";
import { exchangeShape, inUse } from "../protocol/exchange.ts";
import type { HybridSecrets, Kem } from "../protocol/hybrid.ts";
import { KEM_KEY_BYTES } from "../protocol/hybrid.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { Millis } from "../types.ts";

/** Devices with which there is one; the longest unchanged go first, and begin anew when they are met again. */
const MAX_EXCHANGES = 4096;
/** What is said is carried for three days: it is said again to who may have been away for longer. */
const AGAIN = 24 * 3_600_000;
/** The other was heard of, and has not answered: it is said again, so long after the last time. */
const SOONER = 600_000;

/** This device's own key: one for all, as its agreement key is. */
export interface OwnKemKey {
  readonly seed: Uint8Array;
  readonly public: Uint8Array;
}

const PREFIX = "exchange ";
const KEY = "kem key";
const keyShape = struct({ seed: bytes(32), public: bytes(KEM_KEY_BYTES) });
const nameOf = (agreement: Uint8Array): string => `${PREFIX}${hex(agreement)}`;

export const putKey = (key: OwnKemKey): Change => put({ space: "profile", name: KEY }, keyShape.to(key));

/** A view of exchanges, wherever they are kept. */
export const hybridsOf = (get: (agreement: Uint8Array) => Exchange | undefined): HybridSecrets => ({
  inUse: (agreement) => inUse(get(agreement)),
  known: (agreement) => get(agreement)?.secrets ?? [],
});

export class ExchangeBook {
  /** Absent: this device makes no exchange. */
  readonly kem: Kem | undefined;
  /** What is on disk; absent as long as `kem` is. */
  readonly hybrids: HybridSecrets | undefined;
  /** Made when it is first needed. */
  key: OwnKemKey | undefined;
  /** Nothing is worked out before. */
  restsUntil: Millis = 0;
  readonly #most: number;
  readonly #all = new Map<string, Exchange>();
  /** When this device last said that it holds no secret, by the other's agreement key. */
  readonly #told = new Map<string, Millis>();

  constructor(kem: Kem | undefined, most = MAX_EXCHANGES) {
    this.#most = most;
    this.kem = kem;
    this.hybrids = kem && hybridsOf((agreement) => this.get(agreement));
  }

  /** Takes a record of the profile, if it is one of these. */
  restore(name: string, value: unknown): void {
    if (name === KEY) this.key = keyShape.from(value);
    const read = name.startsWith(PREFIX) ? exchangeShape.from(value) : undefined;
    if (read) this.#all.set(hex(read.agreement), read);
  }

  get(agreement: Uint8Array): Exchange | undefined {
    return this.#all.get(hex(agreement));
  }

  /** The changes that store these. */
  changes(exchanges: readonly Exchange[]): readonly Change[] {
    return [
      ...this.#surplus(exchanges).map(({ agreement }) => del({ space: "profile", name: nameOf(agreement) })),
      ...exchanges.map((one) => put({ space: "profile", name: nameOf(one.agreement) }, exchangeShape.to(one))),
    ];
  }
  /** These are on disk. */
  put(exchanges: readonly Exchange[]): void {
    for (const one of [...this.#surplus(exchanges), ...exchanges]) this.#all.delete(hex(one.agreement));
    for (const one of exchanges) this.#all.set(hex(one.agreement), one);
  }
  /** Those that these displace. */
  #surplus(exchanges: readonly Exchange[]): readonly Exchange[] {
    const names = new Set(exchanges.map(({ agreement }) => hex(agreement)));
    const rest = [...this.#all].filter(([name]) => !names.has(name)).map(([, one]) => one);
    return rest.slice(0, Math.max(0, rest.length + exchanges.length - this.#most));
  }

  /** Whether to say (again) that there is no secret. */
  mayTell(agreement: Uint8Array, now: Millis): boolean {
    const at = this.#told.get(hex(agreement));
    return at === undefined || now - at >= AGAIN;
  }
  told(agreement: Uint8Array, now: Millis): void {
    this.#told.set(hex(agreement), now);
  }
  /** Something was heard from that device. */
  hurry(agreement: Uint8Array, now: Millis): void {
    const at = this.#told.get(hex(agreement));
    if (at !== undefined && now - at >= SOONER) this.#told.delete(hex(agreement));
  }
}
