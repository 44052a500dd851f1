/** The database below the store: bytes in the order of bytes. */
import type { RawChange } from "./commitQueue.ts";

/** Bytes in, bytes out, whatever the database's own default. */
export const views = { keyEncoding: "view", valueEncoding: "view" } as const;

/** For writes that must survive a loss of power. `sync` is classic-level's own option; a page always writes so. */
export const durable = { ...views, sync: true } as const;

/** What is read of a database: a half-open range of keys, so many at most, from the end if it is to be. */
export interface Reading {
  readonly keyEncoding?: "view";
  readonly valueEncoding?: "view";
  readonly gte?: Uint8Array;
  readonly lt?: Uint8Array;
  readonly reverse?: boolean;
  /** All where it is absent or less than 0. */
  readonly limit?: number;
}

/** Keys, in steps. */
export interface Keys {
  /** The next ones, at most so many; none at the end. */
  nextv(count: number): Promise<Uint8Array[]>;
  close(): Promise<void>;
}

/** What the store needs of a database: an abstract-level with bytes for keys and values, or an IndexedDB (`browserLevel.ts`). */
export interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
  clear(): Promise<void>;
  getMany(keys: Uint8Array[], options: typeof views): Promise<(Uint8Array | undefined)[]>;
  /** All of it or nothing. */
  batch(changes: RawChange[], options: typeof durable): Promise<void>;
  iterator(options: Reading): AsyncIterable<[Uint8Array, Uint8Array]>;
  keys(options: Reading): Keys;
}
