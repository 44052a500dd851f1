/** What a group's devices look for: files of which this one knows no holder in reach, and files that others look for. */
import type { FileId, GroupId } from "../types.ts";

/** Files that one member can make this device answer for, at once. */
const MAX_SOUGHT = 64;
/** So many others have answered: they will do. */
const ENOUGH = 3;
/** A file is sought so often, then not before something changes. */
const MAX_TRIES = 12;
/** In slots. */
const LONGEST_WAIT = 64;

interface Patience {
  wait: number;
  patience: number;
  tries: number;
}

export class Seeking {
  readonly #own = new Map<GroupId, Patience>();
  readonly #found = new Map<GroupId, Set<FileId>>();
  readonly #sought = new Map<GroupId, Map<FileId, number>>();

  /** Whether this device should look in a coming slot, if it lacks anything. */
  hopes(group: GroupId): boolean {
    return (this.#own.get(group)?.tries ?? 0) < MAX_TRIES;
  }
  /** Called once a slot while something is missing: whether to say so in this one. */
  turn(group: GroupId): boolean {
    const own = this.#own.get(group) ?? { wait: 0, patience: 1, tries: 0 };
    this.#own.set(group, own);
    if (own.wait-- > 0) return false;
    own.wait = own.patience;
    own.patience = Math.min(LONGEST_WAIT, own.patience * 2);
    own.tries++;
    return true;
  }
  /** Something changed: somebody who has it may be near. */
  hurry(group: GroupId): void {
    this.#own.delete(group);
  }
  hurryAll(): void {
    this.#own.clear();
  }

  /** Somebody says that they have it; they are asked in this device's own time. */
  found(group: GroupId, file: FileId): void {
    this.#found.set(group, (this.#found.get(group) ?? new Set()).add(file));
  }
  hasFound(group: GroupId): boolean {
    return this.#found.has(group);
  }
  takeFound(group: GroupId): ReadonlySet<FileId> {
    const out = this.#found.get(group) ?? new Set();
    this.#found.delete(group);
    return out;
  }

  /** Somebody else looks for a file that is here. */
  sought(group: GroupId, file: FileId): void {
    const all = this.#sought.get(group) ?? new Map<FileId, number>();
    if (all.size < MAX_SOUGHT) this.#sought.set(group, all.set(file, 0));
  }
  /** Somebody else has answered. */
  answered(group: GroupId, file: FileId): void {
    const all = this.#sought.get(group);
    const count = all?.get(file);
    if (count === undefined) return;
    if (count + 1 < ENOUGH) all?.set(file, count + 1);
    else all?.delete(file);
  }
  hasSought(group: GroupId): boolean {
    return (this.#sought.get(group)?.size ?? 0) > 0;
  }
  takeSought(group: GroupId): readonly FileId[] {
    const out = [...(this.#sought.get(group)?.keys() ?? [])];
    this.#sought.delete(group);
    return out;
  }
}
