/** The database below the store. */
import type { AbstractLevel } from "abstract-level";

/** classic-level, memory-level or browser-level, keys and values as bytes. */
export type Level = AbstractLevel<string | Uint8Array, Uint8Array, Uint8Array>;

/** Bytes in, bytes out, whatever the database's own default. */
export const views = { keyEncoding: "view", valueEncoding: "view" } as const;

/**
 * For writes that must survive a loss of power. `sync` is classic-level's own option and the others ignore it;
 * browser-level needs an IndexedDB that is asked for strict durability.
 */
export const durable = { ...views, sync: true } as const;

/** Whether a single record can be read without another thread. */
export const readsAtOnce = ({ supports }: Level): boolean => "getSync" in supports && supports.getSync === true;
