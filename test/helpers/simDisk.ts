/** A database in memory that can lose its program in the middle of a write, and outlives it. */
import { MemoryLevel } from "memory-level";

type Operation = { readonly type: "put" | "del"; readonly key: Uint8Array; readonly value?: Uint8Array };

/** When a crash comes: at which write from now, and whether that one still reaches the disk. */
export interface Fuse {
  readonly writes: number;
  readonly landed: boolean;
  readonly blown: () => void;
}

const views = { storeEncoding: "view", keyEncoding: "view", valueEncoding: "view" } as const;
const never = new Promise<never>(() => undefined);
// The hook that implementations of abstract-level fill in; its types leave it out.
const write = Reflect.get(MemoryLevel.prototype, "_batch") as (
  operations: readonly Operation[],
  options: object,
) => Promise<void>;

/** What a program writes to. After a crash nothing that it wrote later is there, and none of its writes comes back. */
export class SimDisk extends MemoryLevel<Uint8Array, Uint8Array> {
  /** Atomic writes so far. */
  writes = 0;
  #fuse: (Fuse & { left: number }) | undefined;
  #dead = false;

  constructor() {
    super(views);
  }

  /** The program dies at a coming write. */
  arm(fuse: Fuse): void {
    this.#fuse = { ...fuse, left: fuse.writes };
  }

  /** The crash is called off. */
  disarm(): void {
    this.#fuse = undefined;
  }

  /** From now on no write is done and none returns. */
  freeze(): void {
    this.#dead = true;
  }

  /** The same content for the next program. */
  async copy(): Promise<SimDisk> {
    const disk = new SimDisk();
    await disk.open();
    await disk.batch((await this.iterator().all()).map(([key, value]) => ({ type: "put", key, value })));
    disk.writes = 0;
    return disk;
  }

  async _batch(operations: readonly Operation[], options: object): Promise<void> {
    if (this.#dead) return never;
    this.writes += 1;
    const fuse = this.#fuse;
    if (fuse !== undefined && (fuse.left -= 1) < 0) {
      if (fuse.landed) await write.call(this, operations, options);
      this.freeze();
      fuse.blown();
      return never;
    }
    return write.call(this, operations, options);
  }
}
