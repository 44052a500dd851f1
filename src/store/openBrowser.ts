/**
 * A profile in a browser. Without a passphrase its key lies in the same IndexedDB as what it seals: whoever can read
 * this browser's files, or runs a script in this origin, can read all of it. With one, only sealed values lie there, and
 * the key is in memory while a tab is open. On file:// all local files share one IndexedDB, so there it needs one.
 */
import { randomBytes } from "@noble/hashes/utils.js";
import type { BrowserHome } from "./browserHome.ts";
import { browserLevel } from "./browserLevel.ts";
import { isLocked, unwrapKey, wrapKey } from "./keyBox.ts";
import { Store, type StoreOptions } from "./store.ts";
import { profileKeyBytes, Vault } from "./vault.ts";

/** Locks and opens a key; off the main thread where there is a worker, for it takes half a second. */
export interface KeyBoxes {
  wrap(key: Uint8Array, passphrase?: string): Promise<Uint8Array>;
  /** `refused` "wrong-passphrase"; `usage` where a passphrase is needed, or not. */
  unwrap(box: Uint8Array, passphrase?: string): Promise<Uint8Array>;
}

/** On this thread. */
export const keyBoxes: KeyBoxes = { wrap: wrapKey, unwrap: unwrapKey };

/** Whether there is a profile, and if so whether it wants a passphrase. */
export const browserLock = async (home: BrowserHome): Promise<"none" | "open" | "locked"> => {
  const box = await home.keyBox();
  return box === undefined ? "none" : isLocked(box) ? "locked" : "open";
};

/** The key of the profile, made where there is none. A passphrase must be given exactly if the profile is locked. */
export const browserKey = async (
  home: BrowserHome,
  passphrase?: string,
  boxes: KeyBoxes = keyBoxes,
): Promise<Uint8Array> => {
  const box = await home.keyBox();
  if (box !== undefined) return boxes.unwrap(box, passphrase);
  const made = randomBytes(profileKeyBytes);
  const mine = await boxes.wrap(made, passphrase);
  const there = await home.addKeyBox(mine);
  return there === mine ? made : boxes.unwrap(there, passphrase);
};

/** How the records are opened. */
export interface BrowserStoreOptions extends StoreOptions {
  /** From `BrowserHome.takeLease`. */
  readonly lease: number;
  /** Told when a write found that another tab has taken the lease. */
  readonly onLost?: () => void;
}

/** Opens the records under a lease. Does not keep `key`; the caller may zero it. */
export const openBrowserStore = async (
  home: BrowserHome,
  key: Uint8Array,
  { lease, onLost, ...options }: BrowserStoreOptions,
): Promise<{ readonly store: Store; readonly vault: Vault }> => {
  const vault = new Vault(key);
  const store = await Store.open(browserLevel(home.profile, lease, onLost), vault, options);
  return { store, vault };
};
