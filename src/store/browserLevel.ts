/**
 * A page's IndexedDB as the store needs it. Every write is one transaction that asks for strict durability (by default a
 * browser says that it is done before it is), and that first looks whether this tab still holds the lease.
 */
import { CouloirError } from "../errors.ts";
import { aboutStore, leaseKey, leaseLost, leaseOf, openDatabase, recordsStore } from "./browserHome.ts";
import type { RawChange } from "./commitQueue.ts";
import type { Level, LevelKeys, LevelRange } from "./level.ts";

/** A record; its value is empty where only keys are read. */
type Read = [key: Uint8Array, value: Uint8Array];
type Reading = <T>(ask: (records: IDBObjectStore) => () => T) => Promise<T>;

/** Often one record is all that is wanted. */
const FIRST_STEP = 1;
const STEP = 100;

/** IndexedDB takes no views on shared memory as keys, and nobody here has any. */
const keyOf = (key: Uint8Array): Uint8Array<ArrayBuffer> => key as Uint8Array<ArrayBuffer>;
/** It gives keys as buffers, and values as they were put. */
const viewOf = (bytes: unknown): Uint8Array =>
  bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes as ArrayBuffer);

class LeasedLevel implements Level {
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

  clear(): Promise<void> {
    return this.#write((records) => void records.clear());
  }

  getMany(keys: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    return this.#read((records) => {
      const asked = keys.map((key) => records.get(keyOf(key)));
      return () => asked.map(({ result }) => (result === undefined ? undefined : viewOf(result)));
    });
  }

  /** All of it or nothing, on disk before it resolves; `lease-lost` when another tab has taken over. */
  batch(changes: readonly RawChange[]): Promise<void> {
    return this.#write((records) => {
      for (const one of changes) {
        if (one.type === "put") records.put(one.value, keyOf(one.key));
        else records.delete(keyOf(one.key));
      }
    });
  }

  async *iterator(range: LevelRange): AsyncGenerator<Read> {
    const walk = new Walk(this.#read, range, true);
    for (let part = await walk.next(FIRST_STEP); part.length > 0; part = await walk.next(STEP)) yield* part;
  }

  keys(range: LevelRange): LevelKeys {
    const walk = new Walk(this.#read, range, false);
    const nextv = async (count: number): Promise<Uint8Array[]> => (await walk.next(count)).map(([key]) => key);
    return { nextv, all: () => nextv(Infinity), close: async () => undefined };
  }

  #openOrThrow(): IDBDatabase {
    if (this.#database === undefined)
      throw new CouloirError("storage", "store-closed", "the store is closed; open the profile again");
    return this.#database;
  }

  /** What the requests that `ask` makes have found, once all of them are done. */
  readonly #read: Reading = (ask) =>
    new Promise((resolve, reject) => {
      const transaction = this.#openOrThrow().transaction([recordsStore], "readonly");
      transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB gave up"));
      const found = ask(transaction.objectStore(recordsStore));
      transaction.oncomplete = () => resolve(found());
    });

  #write(change: (records: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { durability: "strict" } as const;
      const transaction = this.#openOrThrow().transaction([recordsStore, aboutStore], "readwrite", options);
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
        try {
          change(transaction.objectStore(recordsStore));
          // A page that goes away now leaves it done, and not undone as what may still be added to.
          transaction.commit();
        } catch (error) {
          giveUp(error);
        }
      };
    });
  }
}

/** Reads a range step by step, each step in a transaction of its own: IndexedDB ends one that waits. */
class Walk {
  readonly #read: Reading;
  readonly #values: boolean;
  readonly #reverse: boolean;
  #low: { readonly key: Uint8Array; readonly open: boolean } | undefined;
  #high: Uint8Array | undefined;
  #left: number;

  constructor(read: Reading, { gte, lt, limit = -1, reverse = false }: LevelRange, values: boolean) {
    this.#read = read;
    this.#values = values;
    this.#reverse = reverse;
    this.#low = gte && { key: gte, open: false };
    this.#high = lt;
    this.#left = limit < 0 ? Infinity : limit;
  }

  /** At most so many more; none at the end. */
  async next(most: number): Promise<Read[]> {
    const count = Math.min(most, this.#left);
    const range = this.#range();
    if (count === 0 || range === undefined) return [];
    const ask = this.#reverse ? backwards : forwards;
    const found = await this.#read((records) => ask(records, { range, count, values: this.#values }));
    this.#left = found.length < count ? 0 : this.#left - found.length;
    const last = found.at(-1)?.[0];
    if (this.#reverse) this.#high = last;
    else this.#low = last && { key: last, open: true };
    return found;
  }

  /** `undefined` where nothing can lie; IndexedDB throws for such bounds. */
  #range(): IDBKeyRange | null | undefined {
    const [low, high] = [this.#low, this.#high];
    if (low === undefined) return high === undefined ? null : IDBKeyRange.upperBound(keyOf(high), true);
    if (high === undefined) return IDBKeyRange.lowerBound(keyOf(low.key), low.open);
    return indexedDB.cmp(keyOf(low.key), keyOf(high)) < 0
      ? IDBKeyRange.bound(keyOf(low.key), keyOf(high), low.open, true)
      : undefined;
  }
}

interface Step {
  readonly range: IDBKeyRange | null;
  readonly count: number;
  readonly values: boolean;
}

const noBytes = new Uint8Array(0);

const forwards = (records: IDBObjectStore, { range, count, values }: Step): (() => Read[]) => {
  const most = count === Infinity ? undefined : count;
  const keys = records.getAllKeys(range, most);
  const found = values ? records.getAll(range, most) : undefined;
  return () => keys.result.map((key, at) => [viewOf(key), found === undefined ? noBytes : viewOf(found.result[at])]);
};

/** IndexedDB gets many at once in one direction only. */
const backwards = (records: IDBObjectStore, { range, count, values }: Step): (() => Read[]) => {
  const read: Read[] = [];
  const asked = values ? records.openCursor(range, "prev") : records.openKeyCursor(range, "prev");
  asked.onsuccess = () => {
    const cursor = asked.result;
    if (cursor === null) return;
    read.push([viewOf(cursor.key), cursor instanceof IDBCursorWithValue ? viewOf(cursor.value) : noBytes]);
    if (read.length < count) cursor.continue();
  };
  return () => read;
};

/**
 * The records of a profile, to be written under this lease only. `onLost` is told, once or more, when a write found that
 * the lease is gone.
 */
export const browserLevel = (profile: string, lease: number, onLost: () => void = () => undefined): Level =>
  new LeasedLevel(profile, lease, onLost);
