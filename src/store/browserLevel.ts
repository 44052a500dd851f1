/**
 * A profile's records in IndexedDB. Every write is one transaction that asks for strict durability (by default a browser
 * says that it is done before it is), and that first looks whether this tab still holds the lease.
 */
import { concat } from "../protocol/codec.ts";
import type { RawChange } from "./commitQueue.ts";
import { aboutStore, leaseKey, leaseLost, leaseOf, openDatabase, recordsStore } from "./browserHome.ts";
import type { Keys, Level, Reading } from "./level.ts";

/** Entries that are read at a time. */
const PAGE = 100;

/** IndexedDB takes no views on shared memory, and gives no views at all, as keys. */
type Key = Uint8Array<ArrayBuffer>;
type Entry = [key: Uint8Array, value: Uint8Array];

/** The keys between these; `undefined` where there can be none, which IndexedDB calls an error. */
const rangeOf = ({ gte, lt }: Reading): IDBKeyRange | null | undefined => {
  if (gte === undefined) return lt === undefined ? null : IDBKeyRange.upperBound(lt, true);
  if (lt === undefined) return IDBKeyRange.lowerBound(gte);
  return indexedDB.cmp(gte, lt) < 0 ? IDBKeyRange.bound(gte, lt, false, true) : undefined;
};

const failure = (transaction: IDBTransaction): Error => transaction.error ?? new Error("IndexedDB gave up");

class LeasedDatabase implements Level {
  readonly #profile: string;
  readonly #lease: number;
  readonly #onLost: () => void;
  #database: IDBDatabase | undefined;

  constructor(profile: string, lease: number, onLost: () => void) {
    this.#profile = profile;
    this.#lease = lease;
    this.#onLost = onLost;
  }

  async open(): Promise<void> {
    this.#database ??= await openDatabase(this.#profile);
  }

  async close(): Promise<void> {
    this.#database?.close();
    this.#database = undefined;
  }

  getMany(keys: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    return this.#read((records, done) => {
      const found = keys.map((key) => records.get(key as Key) as IDBRequest<Uint8Array | undefined>);
      records.transaction.oncomplete = () => done(found.map(({ result }) => result));
    });
  }

  /** All of it or nothing, on disk before it resolves; `lease-lost` when another tab has taken over. */
  batch(changes: readonly RawChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#open().transaction([recordsStore, aboutStore], "readwrite", { durability: "strict" });
      let why: unknown;
      const giveUp = (reason: unknown): void => {
        why = reason;
        transaction.abort();
      };
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(why ?? failure(transaction));
      const lease = transaction.objectStore(aboutStore).get(leaseKey);
      lease.onsuccess = () => {
        if (leaseOf(lease.result) !== this.#lease) {
          giveUp(leaseLost());
          this.#onLost();
          return;
        }
        const records = transaction.objectStore(recordsStore);
        try {
          for (const one of changes) {
            if (one.type === "put") records.put(one.value, one.key as Key);
            else records.delete(one.key as Key);
          }
        } catch (error) {
          giveUp(error);
        }
      };
    });
  }

  async *iterator(reading: Reading): AsyncGenerator<Entry> {
    let left = limitOf(reading);
    let rest = reading;
    while (left > 0) {
      const entries = await this.#entries(rest, Math.min(left, PAGE));
      yield* entries;
      left -= entries.length;
      const last = entries.at(-1)?.[0];
      if (last === undefined || entries.length < PAGE) return;
      rest = after(rest, last);
    }
  }

  keys(reading: Reading): Keys {
    let left = limitOf(reading);
    let rest = reading;
    return {
      nextv: async (count) => {
        const wanted = Math.min(count, left);
        const keys = wanted === 0 ? [] : await this.#keys(rest, wanted);
        left = keys.length < wanted ? 0 : left - keys.length;
        const last = keys.at(-1);
        if (last !== undefined) rest = after(rest, last);
        return keys;
      },
      close: async () => undefined,
    };
  }

  async clear(): Promise<void> {
    const all = this.keys({});
    for (let keys = await all.nextv(1000); keys.length > 0; keys = await all.nextv(1000))
      await this.batch(keys.map((key) => ({ type: "del", key })));
  }

  #open(): IDBDatabase {
    if (this.#database === undefined) throw new Error("the database is not open");
    return this.#database;
  }

  #read<T>(work: (records: IDBObjectStore, done: (value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = this.#open().transaction([recordsStore], "readonly");
      transaction.onabort = () => reject(failure(transaction));
      work(transaction.objectStore(recordsStore), resolve);
    });
  }

  #entries(reading: Reading, count: number): Promise<Entry[]> {
    const range = rangeOf(reading);
    if (range === undefined) return Promise.resolve([]);
    return this.#read((records, done) => {
      if (reading.reverse === true) {
        const cursor = records.openCursor(range, "prev") as IDBRequest<IDBCursorWithValue | null>;
        walk(cursor, count, ({ key, value }): Entry => [bytesOf(key), value as Uint8Array], done);
        return;
      }
      const keys = records.getAllKeys(range, count);
      const values = records.getAll(range, count) as IDBRequest<Uint8Array[]>;
      // Both of one transaction, so that they belong together.
      values.onsuccess = () => done(values.result.map((value, at) => [bytesOf(keys.result[at]), value]));
    });
  }

  #keys(reading: Reading, count: number): Promise<Uint8Array[]> {
    const range = rangeOf(reading);
    if (range === undefined) return Promise.resolve([]);
    return this.#read((records, done) => {
      if (reading.reverse === true) {
        walk(records.openKeyCursor(range, "prev"), count, ({ key }) => bytesOf(key), done);
        return;
      }
      const keys = records.getAllKeys(range, count);
      keys.onsuccess = () => done(keys.result.map(bytesOf));
    });
  }
}

/** So many steps of a cursor. */
const walk = <C extends IDBCursor, T>(
  request: IDBRequest<C | null>,
  count: number,
  step: (cursor: C) => T,
  done: (steps: T[]) => void,
): void => {
  const steps: T[] = [];
  request.onsuccess = () => {
    const cursor = request.result;
    if (cursor !== null) steps.push(step(cursor));
    if (cursor === null || steps.length >= count) done(steps);
    else cursor.continue();
  };
};

const limitOf = ({ limit = -1 }: Reading): number => (limit < 0 ? Infinity : limit);
const bytesOf = (key: unknown): Uint8Array => new Uint8Array(key as ArrayBuffer);

/** What is left of a reading behind this key. */
const after = (reading: Reading, key: Uint8Array): Reading =>
  reading.reverse === true ? { ...reading, lt: key } : { ...reading, gte: concat(key, Uint8Array.of(0)) };

/**
 * The records of a profile, to be written under this lease only. `onLost` is told, once or more, when a write found that
 * the lease is gone.
 */
export const browserLevel = (profile: string, lease: number, onLost: () => void = () => undefined): Level =>
  new LeasedDatabase(profile, lease, onLost);
