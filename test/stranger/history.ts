/** A set of operations with its ancestry, and the views of them, SPEC.md §8 (rule 1). */
import { isKind, readOperation, viewId, type Operation } from "./operations.ts";
import { permits } from "./permission.ts";
import { decide, replay } from "./resolve.ts";
import type { View } from "./view.ts";

const MOST_ANCESTORS = 4096;
const KEPT_FOR_LEAVING = 256;

/** What a set of operations gives. */
export interface Resolved {
  readonly view: View;
  readonly id: string;
  readonly heads: readonly string[];
  readonly void: ReadonlySet<Operation>;
}

/** The admitted operations of one group, in whatever order they came. */
export class History {
  readonly operations = new Map<string, Operation>();
  readonly #ancestors = new Map<Operation, ReadonlySet<Operation>>();
  readonly #depths = new Map<Operation, number>();
  readonly #before = new Map<Operation, View>();
  readonly #resolved = new Map<string, Resolved>();
  readonly #waiting = new Map<string, Operation>();

  constructor(operations: readonly Uint8Array[] = []) {
    for (const bytes of operations) this.add(readOperation(bytes));
  }

  /** Admits it and what waited for it, lets it wait, or refuses it. */
  add(op: Operation): "admitted" | "waiting" | "refused" {
    if (this.operations.has(op.id)) return "admitted";
    if (op.parents.some((parent) => !this.operations.has(parent))) {
      this.#waiting.set(op.id, op);
      return "waiting";
    }
    const verdict = this.#admits(op) ? "admitted" : "refused";
    const ready = [...this.#waiting.values()].filter(({ parents }) => parents.every((id) => this.operations.has(id)));
    for (const each of ready) this.#waiting.delete(each.id);
    for (const each of ready) this.add(each);
    return verdict;
  }

  /** What became of one that was handed to `add`. */
  verdict(id: string): "admitted" | "waiting" | "refused" {
    return this.operations.has(id) ? "admitted" : this.#waiting.has(id) ? "waiting" : "refused";
  }

  get missing(): readonly string[] {
    const named = [...this.#waiting.values()].flatMap(({ parents }) => parents);
    return [...new Set(named)].filter((id) => !this.operations.has(id) && !this.#waiting.has(id));
  }

  ancestors(op: Operation): ReadonlySet<Operation> {
    return this.#ancestors.get(op)!;
  }

  rests(op: Operation, on: Operation): boolean {
    return this.ancestors(op).has(on);
  }

  beside(a: Operation, b: Operation): boolean {
    return a !== b && !this.rests(a, b) && !this.rests(b, a);
  }

  /** The view of an operation's parents. */
  before(op: Operation): View {
    return this.#before.get(op)!;
  }

  /** In the order of rule 4: depth, then id. */
  ordered(set: Iterable<Operation>): readonly Operation[] {
    const depth = (op: Operation): number => this.#depths.get(op)!;
    return [...set].toSorted((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1));
  }

  /** Of all that is here. */
  get now(): Resolved {
    return this.#resolve(new Set(this.operations.values()));
  }

  /** Of certain heads and all that they rest on; undefined if one is not here. */
  at(heads: readonly string[]): Resolved | undefined {
    const ops = heads.map((id) => this.operations.get(id));
    if (ops.some((op) => op === undefined)) return undefined;
    return this.#resolve(new Set(ops.flatMap((op) => [op!, ...this.ancestors(op!)])));
  }

  #admits(op: Operation): boolean {
    const parents = op.parents.map((id) => this.operations.get(id)!);
    const ancestors = new Set(parents.flatMap((parent) => [parent, ...this.ancestors(parent)]));
    const before = this.#resolve(ancestors).view;
    const leaves =
      isKind(op, "remove", "leave") || (isKind(op, "unseat") && op.body.members.some((m) => before.seats.has(m)));
    const own = [...ancestors].filter(({ author }) => author === op.author);
    const fits = ancestors.size < (leaves ? MOST_ANCESTORS : MOST_ANCESTORS - KEPT_FOR_LEAVING);
    const rests = (on: Operation): boolean => ancestors.has(on);
    if (own.length !== op.seq || !fits || !permits(before, op, { early: true, rests })) return false;
    this.operations.set(op.id, op);
    this.#ancestors.set(op, ancestors);
    this.#before.set(op, before);
    this.#depths.set(op, Math.max(-1, ...parents.map((parent) => this.#depths.get(parent)!)) + 1);
    return true;
  }

  #resolve(set: ReadonlySet<Operation>): Resolved {
    const below = new Set([...set].flatMap(({ parents }) => parents));
    const heads = [...set]
      .map(({ id }) => id)
      .filter((id) => !below.has(id))
      .toSorted();
    const key = heads.join();
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const decided = decide(this, set);
    const { view, fallen } = replay(this, set, decided);
    const [first] = set;
    const resolved = {
      view,
      id: first === undefined ? "" : viewId(first.group, heads),
      heads,
      void: new Set([...decided.void, ...fallen]),
    };
    this.#resolved.set(key, resolved);
    return resolved;
  }
}
