/** The database below the store. */
import type { RawChange } from "./commitQueue.ts";
import type { Span } from "./keys.ts";

/** Which records are read: all of them, or those of a span; a limit below zero is none. */
export type LevelRange = Partial<Span> & { readonly limit?: number; readonly reverse?: boolean };

/** Keys of a range, read in steps. */
export interface LevelKeys {
  /** At most so many more; none at the end. */
  nextv(count: number): Promise<Uint8Array[]>;
  /** All that are left. */
  all(): Promise<Uint8Array[]>;
  close(): Promise<void>;
}

/**
 * What the store asks of it, keys and values as bytes. `classic-level` and `memory-level` have it, as has everything that
 * is made with `abstract-level`; a page's IndexedDB gets it from `browserLevel.ts`.
 */
export interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
  /** Removes all records. */
  clear(): Promise<void>;
  /** In the order of the keys, `undefined` where there is none. */
  getMany(keys: Uint8Array[], options: typeof views): Promise<(Uint8Array | undefined)[]>;
  /** All of the changes or none, in their order. */
  batch(changes: RawChange[], options: typeof durable): Promise<void>;
  iterator(range: LevelRange & typeof views): AsyncIterable<[Uint8Array, Uint8Array]>;
  keys(range: LevelRange & typeof views): LevelKeys;
}

/** Bytes in, bytes out, whatever the database's own default. */
export const views = { keyEncoding: "view", valueEncoding: "view" } as const;

/**
 * For writes that must survive a loss of power. `sync` is classic-level's own option and the others ignore it; a page's
 * IndexedDB is asked for strict durability with every write.
 */
export const durable = { ...views, sync: true } as const;
