/** What the tests of the contract work with. */
import type { RawChange } from "../../src/store/commitQueue.ts";
import type { RecordKey } from "../../src/store/keys.ts";
import type { Level } from "../../src/store/level.ts";
import type { Store, StoreOptions } from "../../src/store/store.ts";

/** A place for data that outlives its handles. */
export interface Medium {
  /** A handle on the same data; the one before is closed. */
  handle(): Promise<Level>;
  /** The data go. */
  destroy(): Promise<void>;
}

/** What a test works with: a medium of its own and ways to open it. */
export interface Bench {
  /** Opens the store; closes it after the test. */
  open(options?: StoreOptions & { readonly key?: Uint8Array }): Promise<Store>;
  /** The database itself, opened, with no store on it. */
  raw(): Promise<Level>;
  /** The bytes of a key under the profile key of the tests. */
  bytes(key: RecordKey): Uint8Array;
  /** The handle that the newest store works on. */
  level(): Level;
  /** The version that lies in the database. */
  version(): Promise<readonly number[]>;
}

/** Holds back the database's writes until they are let go, and shows what is in them. */
export interface Gate {
  readonly rounds: { readonly changes: readonly RawChange[]; readonly options: unknown }[];
  /** Lets the oldest write that is held back go on, or fail. */
  next(error?: Error): Promise<void>;
}

/** Puts a gate before the writes of `level`. */
export const gate = (level: Level): Gate => {
  const write = level.batch.bind(level) as (changes: RawChange[], options: object) => Promise<void>;
  const rounds: Gate["rounds"] = [];
  const held: { go(error?: Error): void }[] = [];
  let arrived: () => void = () => undefined;
  Object.defineProperty(level, "batch", {
    configurable: true,
    value: async (changes: RawChange[], options: object) => {
      rounds.push({ changes, options });
      await new Promise<void>((go, fail) => {
        held.push({ go: (error) => (error ? fail(error) : go()) });
        arrived();
      });
      return write(changes, options);
    },
  });
  return {
    rounds,
    next: async (error) => {
      if (held.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
      held.shift()?.go(error);
    },
  };
};
