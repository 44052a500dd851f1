/**
 * Group commit. A synced write costs about the same for one record as for a hundred, so what is committed while a write
 * is under way goes out together in the next one. Each caller still learns of its own data only once that is on disk,
 * and in the order of the calls.
 */

/** One change as the database takes it. */
export type RawChange =
  | { readonly type: "put"; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: "del"; readonly key: Uint8Array };

interface Waiting {
  readonly changes: readonly RawChange[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Beyond this many bytes a write waits for the next round, so that a burst does not become one enormous batch. */
const roundBytes = 4 * 1024 * 1024;

const sizeOf = (change: RawChange): number => change.key.length + (change.type === "put" ? change.value.length : 0);

/** Serialises commits, many to a write. */
export class CommitQueue {
  readonly #write: (changes: readonly RawChange[]) => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** `write` puts all changes on disk, synced, or none. */
  constructor(write: (changes: readonly RawChange[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves once `changes` and all that were added before are on disk. */
  add(changes: readonly RawChange[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ changes, done, failed });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing waits any more. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn's pause: commits made side by side share the first write too.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const round = this.#take();
      try {
        await this.#write(round.flatMap((one) => one.changes));
        for (const one of round) one.done();
      } catch (error) {
        // What waits behind was made by callers who did not know yet, and may build on what has failed.
        for (const one of [...round, ...this.#waiting.splice(0)]) one.failed(error);
      }
    }
    this.#running = undefined;
  }

  #take(): Waiting[] {
    let count = 0;
    let bytes = 0;
    for (const one of this.#waiting) {
      bytes += one.changes.reduce((sum, change) => sum + sizeOf(change), 0);
      if (count > 0 && bytes > roundBytes) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
