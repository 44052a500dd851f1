/**
 * The store: sealed records in a LevelDB, on whatever implements abstract-level. Every write is one atomic, synced
 * batch. What is read is either what was written or a `CouloirError` of fault `storage`.
 */
import { CouloirError } from "../errors.ts";
import type { EnvelopeId, Topic } from "../types.ts";
import { CommitQueue, type RawChange } from "./commitQueue.ts";
import { keyspace, slotOf, spaceSpan, type Keyspace, type Span } from "./keys.ts";
import type { Bounds, KeyOf, RecordKey, RecordOf, Scope, Space } from "./keys.ts";
import { durable, readsAtOnce, views, type Level } from "./level.ts";
import { storageError } from "./levelError.ts";
import { damagedRecord, decodeRecord, encodeRecord, type Change } from "./record.ts";
import type { Records } from "./records.ts";
import { firstRecords, readSchema, schemaIs } from "./schema.ts";
import type { Vault } from "./vault.ts";

/** A record of a range, with its whole key. */
export interface Entry<S extends Space> {
  readonly key: KeyOf<S>;
  readonly value: Records[S];
}

/** Brings a data folder from one schema version to the next: what to change, given the store as it is. */
export type Migration = (store: Store) => Promise<readonly Change[]>;

/** How a store is opened. */
export interface StoreOptions {
  /** Told of each record that a range cannot read; the range goes on. Without it, the range throws. */
  readonly onDamaged?: (error: CouloirError, scope: Scope) => void;
  /** Entry `n` leads from version `n + 1` to `n + 2`; the newest version is one more than there are entries. */
  readonly migrations?: readonly Migration[];
}

const migrationsSoFar: readonly Migration[] = [];
/** How many keys are read, and deleted, in one step of a sweep. */
const sweepKeys = 1000;
type Sweep = Span & { readonly limit?: number; readonly reverse?: boolean };

/**
 * Where a database can, so many single records are read at once before others have the thread again: to hand each to another
 * thread takes many times longer than to find it.
 */
const MOST_AT_ONCE = 32;

/** All that a profile has on disk. */
export class Store {
  readonly #level: Level;
  readonly #vault: Vault;
  readonly #keys: Keyspace;
  readonly #queue: CommitQueue;
  readonly #onDamaged: StoreOptions["onDamaged"];
  #closed = false;
  #atOnce = 0;

  private constructor(level: Level, vault: Vault, options: StoreOptions) {
    this.#level = level;
    this.#vault = vault;
    this.#keys = keyspace(vault);
    this.#onDamaged = options.onDamaged;
    this.#queue = new CommitQueue((changes) => level.batch([...changes], durable));
  }

  /** Opens the database (if it is not yet open), makes or checks its schema, and migrates what is older. */
  static async open(level: Level, vault: Vault, options: StoreOptions = {}): Promise<Store> {
    const store = new Store(level, vault, options);
    try {
      await level.open();
      await store.#prepare(options.migrations ?? migrationsSoFar);
      return store;
    } catch (error) {
      throw storageError(error);
    }
  }

  async #prepare(migrations: readonly Migration[]): Promise<void> {
    const newest = migrations.length + 1;
    const version = await readSchema(this.#level, this.#vault, newest);
    if (version === undefined) return this.#queue.add(firstRecords(this.#vault, newest));
    for (let from = version; from < newest; from++) {
      const changes = (await migrations[from - 1]?.(this)) ?? [];
      await this.#queue.add([...this.#raw(changes), schemaIs(from + 1)]);
    }
  }

  /** The record, or `undefined` if there is none. Throws for one that is damaged. */
  async get<const K extends RecordKey>(key: K): Promise<RecordOf<K> | undefined> {
    if (!readsAtOnce(this.#level) || ++this.#atOnce % MOST_AT_ONCE === 0) return (await this.getMany([key]))[0];
    const bytes = this.#keys.bytes(key);
    const sealed = await this.#reading(() => this.#level.getSync(bytes, views));
    return sealed === undefined ? undefined : (this.#open(key.space, bytes, sealed).value as RecordOf<K>);
  }

  /** The records in the order of their keys, `undefined` where there is none. */
  async getMany<const K extends RecordKey>(keys: readonly K[]): Promise<(RecordOf<K> | undefined)[]> {
    const bytes = keys.map((key) => this.#keys.bytes(key));
    const found = await this.#reading(() => this.#level.getMany(bytes, views));
    return keys.map(({ space }, at) => {
      const sealed = found[at];
      return sealed === undefined
        ? undefined
        : (this.#open(space, bytes[at] as Uint8Array, sealed).value as RecordOf<K>);
    });
  }

  /**
   * Puts all changes on disk, synced, or none of them. Values are taken as they are at the call. Commits happen in the
   * order of the calls; when one fails, those that wait behind it fail with it.
   */
  async commit(changes: readonly Change[]): Promise<void> {
    this.#openOrThrow();
    await this.#write(this.#raw(changes));
  }

  /** The records of a scope within bounds, in the order of their keys, as they are when reading begins. */
  async *range<const C extends Scope>(scope: C, bounds: Bounds<C["space"]> = {}): AsyncGenerator<Entry<C["space"]>> {
    const { limit = -1, reverse = false } = bounds;
    this.#openOrThrow();
    // The limit counts records that can be read.
    let left = limit < 0 ? Infinity : limit;
    const options = { ...views, ...this.#keys.span(scope, bounds), reverse };
    if (left === 0) return;
    try {
      for await (const [key, sealed] of this.#level.iterator(options)) {
        const entry = this.#entry(scope, key, sealed);
        if (entry === undefined) continue;
        yield entry;
        if (--left === 0) return;
      }
    } catch (error) {
      throw storageError(error);
    }
  }

  /** The ids of a topic's mail, slot by slot, read from the keys alone. */
  async *envelopes(
    topic: Topic,
    bounds: Bounds<"mail"> = {},
  ): AsyncGenerator<{ readonly slot: number; readonly envelope: EnvelopeId }> {
    const scope = { space: "mail", topic } as const;
    const { limit = -1, reverse = false } = bounds;
    for await (const keys of this.#sweep({ ...this.#keys.span(scope, bounds), limit, reverse }))
      yield* this.#keys.envelopes(keys);
  }

  /** Removes a part of a scope in batches, each synced, and says how many records went. */
  async clear<const C extends Scope>(scope: C, bounds: Bounds<C["space"]> = {}): Promise<number> {
    const { limit = -1, reverse = false } = bounds;
    return this.#remove({ ...this.#keys.span(scope, bounds), limit, reverse }, () => true);
  }

  /** Removes the mail of all topics whose slot has `expired`, and says how many records went. */
  async clearSlots(expired: (slot: number) => boolean): Promise<number> {
    const gone = (key: Uint8Array): boolean => expired(slotOf(key));
    return this.#remove(spaceSpan("mail"), gone);
  }

  /** Makes LevelDB drop now what was overwritten or removed, which it does in its own time otherwise. */
  async compact(): Promise<void> {
    const level: Level & { compactRange?(from: Uint8Array, to: Uint8Array, options: object): Promise<void> } =
      this.#level;
    await this.#reading(async () => level.compactRange?.(Uint8Array.of(0), Uint8Array.of(0xff), views));
  }

  /** Waits for commits under way and closes the database. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.drain();
    await this.#level.close();
  }

  /** Forgets the keys at once, then removes every record and closes. Whoever keeps the key file must destroy it first. */
  async wipe(): Promise<void> {
    this.#closed = true;
    this.#vault.forget();
    await this.#queue.drain();
    try {
      await this.#level.clear();
    } catch (error) {
      throw storageError(error);
    } finally {
      await this.#level.close();
    }
  }

  #raw(changes: readonly Change[]): RawChange[] {
    return changes.map((change) => {
      const key = this.#keys.bytes(change.key);
      if (change.type === "del") return { type: "del", key };
      const record = encodeRecord(change.key.space, this.#keys.item(change.key), change.value);
      return { type: "put", key, value: this.#vault.seal(key, record) };
    });
  }

  async #write(changes: readonly RawChange[]): Promise<void> {
    try {
      await this.#queue.add(changes);
    } catch (error) {
      throw storageError(error);
    }
  }

  #open(space: Space, key: Uint8Array, sealed: Uint8Array): { readonly item: string | null; readonly value: unknown } {
    const record = this.#vault.open(key, sealed);
    if (record === undefined) throw damagedRecord(space);
    return decodeRecord(space, record);
  }

  #entry<C extends Scope>(scope: C, bytes: Uint8Array, sealed: Uint8Array): Entry<C["space"]> | undefined {
    try {
      const { item, value } = this.#open(scope.space, bytes, sealed);
      return { key: this.#keys.parse(scope, bytes, item), value: value as Records[C["space"]] };
    } catch (error) {
      if (!(error instanceof CouloirError) || error.code !== "record-damaged" || !this.#onDamaged) throw error;
      this.#onDamaged(error, scope);
      return undefined;
    }
  }

  async *#sweep(span: Sweep): AsyncGenerator<Uint8Array[]> {
    this.#openOrThrow();
    const keys = this.#level.keys({ ...views, ...span });
    try {
      for (let part = await keys.nextv(sweepKeys); part.length > 0; part = await keys.nextv(sweepKeys)) yield part;
    } catch (error) {
      throw storageError(error);
    } finally {
      await keys.close();
    }
  }

  async #remove(span: Sweep, gone: (key: Uint8Array) => boolean): Promise<number> {
    let count = 0;
    for await (const keys of this.#sweep(span)) {
      const changes = keys.filter(gone).map((key) => ({ type: "del", key }) as const);
      if (changes.length > 0) await this.#write(changes);
      count += changes.length;
    }
    return count;
  }

  async #reading<T>(read: () => T | Promise<T>): Promise<T> {
    this.#openOrThrow();
    try {
      return await read();
    } catch (error) {
      throw storageError(error);
    }
  }

  #openOrThrow(): void {
    if (this.#closed) throw new CouloirError("storage", "store-closed", "the store is closed; open the profile again");
  }
}
