/** The graph of a group's membership operations. SPEC.md §7. */
import type { MemberId, OpId, PersonId } from "../types.ts";
import type { Weight } from "./admins.ts";
import { Folds } from "./folds.ts";
import { IndexSet } from "./indexSet.ts";
import { CONTESTED_UNITS, FOLD_UNITS, REMOVAL_DOUBT } from "./limits.ts";
import type { OpBody, SignedOp } from "./membership.ts";
import type { View } from "./resolve.ts";

/** What an operation is in the view that it was made on, and for ever. */
export interface Facts {
  /** Of its author's seat: see `Member`. */
  readonly line: MemberId;
  /** By its author's card; of who was not in, none. */
  readonly person?: PersonId;
  /** Whether its author's seat had that role. */
  readonly admin: boolean;
  /** How many persons acted as admins. */
  readonly admins: number;
  readonly weight?: Weight;
  /** Motions that seconded it, where it weighed with as many admins as that takes. */
  readonly seconds: readonly OpId[];
  /** Lines that a REMOVE's person was in by, and of which it names no seat. */
  readonly untouched: readonly MemberId[];
  /** A REVOKE by the invite's own author, or another seat of that one's line. */
  readonly owned: boolean;
  /** A REVOKE by one of these or an admin. */
  readonly final: boolean;
}

/** What an operation adds to what views cost. */
export interface Question {
  /** What rests on: of all that removals beside it put in question, and of what it puts in question itself. */
  readonly contest: number;
  /** Of what a removal could put in question, whether one is there or not. */
  readonly doubt: number;
}

export const isRemoval = ({ kind }: OpBody): boolean => kind === "remove" || kind === "unseat";
/** Whether a removal beside it can raise the question of who was entitled to it. */
const isDoubtful = (body: OpBody): boolean =>
  isRemoval(body) ||
  body.kind === "role" ||
  body.kind === "revoke" ||
  (body.kind === "invite" && body.role === "admin");

/** Operations in causal order with their ancestors; grows only. */
export class Dag {
  readonly #order: SignedOp[] = [];
  readonly #index = new Map<OpId, number>();
  /** Ancestors of the operation at the same index. */
  readonly #ancestors: IndexSet[] = [];
  readonly #depth: number[] = [];
  readonly #facts: Facts[] = [];
  readonly #tops: (number | undefined)[] = [];
  readonly #bases: number[] = [];
  readonly #children: number[] = [];
  readonly #removals = new IndexSet();
  readonly #doubtful = new IndexSet();
  readonly #contested = new IndexSet();
  readonly #sizes: number[] = [];
  #contest = 0;
  #doubt = 0;
  readonly #by = new Map<MemberId, number[]>();
  readonly #forks = new Map<MemberId, readonly [SignedOp, SignedOp]>();
  /** Views by their heads: what is below a set of heads never changes. */
  readonly views = new Map<string, View>();
  /** What members have made of views that were not among these. */
  readonly folds = new Folds();

  has(id: OpId): boolean {
    return this.#index.has(id);
  }
  indexOf(id: OpId): number | undefined {
    return this.#index.get(id);
  }
  get(id: OpId): SignedOp | undefined {
    const at = this.#index.get(id);
    return at === undefined ? undefined : this.#order[at];
  }
  get size(): number {
    return this.#order.length;
  }
  all(): readonly SignedOp[] {
    return this.#order;
  }

  /** Operations that are no ancestor of another, sorted. */
  heads(): readonly OpId[] {
    const inner = new Set(this.#order.flatMap((one) => one.op.parents));
    return this.#order
      .filter((one) => !inner.has(one.id))
      .map((one) => one.id)
      .sort();
  }

  /** Indices of an operation's ancestors, were it added; `undefined` while a parent is missing. */
  ancestorsOf({ op: { parents } }: SignedOp): IndexSet | undefined {
    return this.closure(parents);
  }

  /** Everything from these heads back, and they themselves; `undefined` when one is unknown. */
  closure(heads: readonly OpId[]): IndexSet | undefined {
    const out = new IndexSet();
    for (const head of heads) {
      const at = this.#index.get(head);
      if (at === undefined) return undefined;
      out.addAll(this.#ancestors[at] as IndexSet).add(at);
    }
    return out;
  }

  /** How many have a removal beside them that may put them in question. */
  get contested(): number {
    return this.#contested.size;
  }
  /** Of all that is here. */
  get question(): Question {
    return { contest: this.#contest, doubt: this.#doubt };
  }
  /** What one more operation would add. */
  questionOf({ op: { body } }: SignedOp, ancestors: IndexSet): Question {
    if (!isDoubtful(body)) return { contest: 0, doubt: 0 };
    const size = ancestors.size + 1;
    let contest = size * this.#removals.without(ancestors).size;
    if (isRemoval(body)) for (const i of this.#doubtful.without(ancestors)) contest += this.#sizes[i] as number;
    return { contest, doubt: isRemoval(body) ? Math.max(size, REMOVAL_DOUBT) : size };
  }
  /** How many removals of a line contest something. */
  contestedBy(line: MemberId): number {
    let count = 0;
    for (const i of this.#removals.and(this.#contested)) if (this.facts(i).line === line) count++;
    return count;
  }
  /** Units of work that a view of some operations is. */
  unitsOf(some: IndexSet): number {
    return Math.min(FOLD_UNITS / 2, some.size + (CONTESTED_UNITS - 1) * some.and(this.#contested).size);
  }
  #ask(op: SignedOp, ancestors: IndexSet): void {
    const { contest, doubt } = this.questionOf(op, ancestors);
    this.#contest += contest;
    this.#doubt += doubt;
    const at = this.#order.length;
    const { body } = op.op;
    if (isRemoval(body)) this.#contested.addAll(this.#doubtful.without(ancestors));
    if (contest > 0) this.#contested.add(at);
    this.#sizes.push(ancestors.size + 1);
    if (isRemoval(body)) this.#removals.add(at);
    if (isDoubtful(body)) this.#doubtful.add(at);
  }

  /** Adds an operation that `authorised` accepted. */
  add(op: SignedOp, ancestors: IndexSet, facts: Facts): void {
    const own = this.#by.get(op.op.author) ?? [];
    if (!this.#forks.has(op.op.author)) {
      const twin = own.find((i) => this.at(i).op.seq === op.op.seq);
      if (twin !== undefined) this.#forks.set(op.op.author, [this.at(twin), op]);
    }
    this.#by.set(op.op.author, own);
    own.push(this.#order.length);
    this.#ask(op, ancestors);
    this.#facts.push(facts);
    this.#index.set(op.id, this.#order.length);
    this.#order.push(op);
    this.#ancestors.push(ancestors);
    const parents = op.op.parents.map((one) => this.#index.get(one) as number);
    for (const one of parents) this.#children[one] = this.children(one) + 1;
    const top = parents.find((one) => parents.every((other) => other === one || this.isAncestor(other, one)));
    this.#tops.push(top);
    this.#bases.push(top === undefined ? this.#bases.length : this.base(top));
    this.#depth.push(
      op.op.parents.reduce(
        (deepest, p) => Math.max(deepest, (this.#depth[this.#index.get(p) as number] as number) + 1),
        0,
      ),
    );
  }

  /** A subset in topological order, ties by id. */
  sorted(subset: Iterable<number>): number[] {
    return [...subset].sort((a, b) => {
      const depth = (this.#depth[a] as number) - (this.#depth[b] as number);
      return depth !== 0 ? depth : this.at(a).id < this.at(b).id ? -1 : 1;
    });
  }
  at(index: number): SignedOp {
    return this.#order[index] as SignedOp;
  }
  facts(index: number): Facts {
    return this.#facts[index] as Facts;
  }
  /** Indices of a member's operations. */
  by(author: MemberId): readonly number[] {
    return this.#by.get(author) ?? [];
  }
  /** Of each member who signed two operations at one place of their own line: the first two that came. Proof, as they are. */
  get forks(): ReadonlyMap<MemberId, readonly [SignedOp, SignedOp]> {
    return this.#forks;
  }
  ancestors(of: number): IndexSet {
    return this.#ancestors[of] as IndexSet;
  }
  isAncestor(a: number, of: number): boolean {
    return (this.#ancestors[of] as IndexSet).has(a);
  }
  /** The parent of an operation that all else in its past lies below, if there is one. */
  top(of: number): number | undefined {
    return this.#tops[of];
  }
  /** Itself, or the first on the way back by tops that has none. */
  base(of: number): number {
    return this.#bases[of] as number;
  }
  /** How many operations name it as a parent. */
  children(of: number): number {
    return this.#children[of] ?? 0;
  }
  /** Heads in ascending order, none of them below another: the one way to name a view. */
  minimal(heads: readonly OpId[]): boolean {
    const at = heads.map((head) => this.#index.get(head));
    if (at.includes(undefined)) return false;
    if (!heads.every((head, i) => i === 0 || (heads[i - 1] as OpId) < head)) return false;
    return !at.some((a) => at.some((b) => a !== b && this.isAncestor(a as number, b as number)));
  }
  concurrent(a: number, b: number): boolean {
    return a !== b && !(this.#ancestors[a] as IndexSet).has(b) && !(this.#ancestors[b] as IndexSet).has(a);
  }
}
