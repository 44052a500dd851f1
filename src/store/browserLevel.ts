/**
 * `browser-level` as the store needs it. Every write is one transaction that asks IndexedDB for strict durability (by
 * default a browser says that it is done before it is), and that first looks whether this tab still holds the lease.
 */
import { BrowserLevel } from "browser-level";
import { aboutStore, databasePrefix, leaseKey, leaseLost, leaseOf, openDatabase, recordsStore } from "./browserHome.ts";
import type { Level } from "./level.ts";

/** IndexedDB takes no views on shared memory as keys. */
type Key = Uint8Array<ArrayBuffer>;
type Operation =
  | { readonly type: "put"; readonly key: Key; readonly value: Uint8Array }
  | { readonly type: "del"; readonly key: Key };

/** What `browser-level` has and its declarations do not say. */
interface Inner {
  readonly db: IDBDatabase;
  _open(options: object): Promise<void>;
  keys(options: object): { all(): Promise<Key[]> };
}
const inner = BrowserLevel.prototype as unknown as Inner;

class LeasedLevel extends BrowserLevel<Uint8Array, Uint8Array> {
  readonly #profile: string;
  readonly #lease: number;
  readonly #onLost: () => void;

  constructor(profile: string, lease: number, onLost: () => void) {
    super(recordsStore, { prefix: databasePrefix(profile), keyEncoding: "view", valueEncoding: "view" });
    this.#profile = profile;
    this.#lease = lease;
    this.#onLost = onLost;
  }

  async _open(options: object): Promise<void> {
    // Of its own accord it would make a database without the lease's object store.
    (await openDatabase(this.#profile)).close();
    await inner._open.call(this, options);
    const { db } = this as unknown as Inner;
    db.onversionchange = () => db.close();
  }

  /** All of it or nothing, on disk before it resolves; `lease-lost` when another tab has taken over. */
  _batch(operations: readonly Operation[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const { db } = this as unknown as Inner;
      const transaction = db.transaction([recordsStore, aboutStore], "readwrite", { durability: "strict" });
      let why: unknown;
      const giveUp = (reason: unknown): void => {
        why = reason;
        transaction.abort();
      };
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(why ?? transaction.error ?? new Error("IndexedDB gave up"));
      const lease = transaction.objectStore(aboutStore).get(leaseKey);
      lease.onsuccess = () => {
        if (leaseOf(lease.result) !== this.#lease) {
          giveUp(leaseLost());
          this.#onLost();
          return;
        }
        const records = transaction.objectStore(recordsStore);
        try {
          for (const one of operations) {
            if (one.type === "put") records.put(one.value, one.key);
            else records.delete(one.key);
          }
          // A page that goes away now leaves it done, and not undone as what may still be added to.
          transaction.commit();
        } catch (error) {
          giveUp(error);
        }
      };
    });
  }

  _put(key: Key, value: Uint8Array): Promise<void> {
    return this._batch([{ type: "put", key, value }]);
  }
  _del(key: Key): Promise<void> {
    return this._batch([{ type: "del", key }]);
  }
  async _clear(options: object): Promise<void> {
    const keys = await (this as unknown as Inner).keys(options).all();
    if (keys.length > 0) await this._batch(keys.map((key) => ({ type: "del", key })));
  }
}

/**
 * The records of a profile, to be written under this lease only. `onLost` is told, once or more, when a write found that
 * the lease is gone.
 */
export const browserLevel = (profile: string, lease: number, onLost: () => void = () => undefined): Level =>
  // Its declarations lack what `exactOptionalPropertyTypes` asks for; its methods are those of every level.
  new LeasedLevel(profile, lease, onLost) as unknown as Level;
