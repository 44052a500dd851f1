/** A part of a group's operations that holds the ancestors of all its own, and what is looked up in it. SPEC.md §8. */
import type { MemberId, OpId, PersonId } from "../types.ts";
import { isOffice } from "./admins.ts";
import type { Dag } from "./dag.ts";
import { IndexSet } from "./indexSet.ts";
import { MOTION_LIFE } from "./limits.ts";
import type { SignedOp } from "./membership.ts";

const add = <K>(map: Map<K, number[]>, key: K, i: number): void => {
  const known = map.get(key);
  if (known) known.push(i);
  else map.set(key, [i]);
};

/** Worked out once for a part, and only what is asked for: it costs as much as the part is large, not its square. */
export class Part {
  readonly dag: Dag;
  /** In topological order. */
  readonly order: readonly number[];
  readonly #in: IndexSet;
  #inner: ReadonlySet<OpId> | undefined;
  #raises: ReadonlyMap<string, readonly number[]> | undefined;
  #lines: ReadonlyMap<MemberId, readonly MemberId[]> | undefined;
  #revokes: ReadonlyMap<OpId, readonly number[]> | undefined;
  #words: ReadonlyMap<MemberId, readonly number[]> | undefined;
  #rulings: ReadonlyMap<PersonId, readonly number[]> | undefined;
  #seconded: ReadonlyMap<OpId, readonly number[]> | undefined;
  #offices: IndexSet | undefined;
  #joins: readonly number[] | undefined;
  readonly #pasts = new Map<MemberId, IndexSet>();
  readonly #known = new Map<number, IndexSet>();
  readonly #motions = new Map<string, readonly number[]>();

  constructor(dag: Dag, subset: IndexSet) {
    this.dag = dag;
    this.order = dag.sorted(subset);
    this.#in = subset;
  }

  has(i: number): boolean {
    return this.#in.has(i);
  }
  /** Whether nothing in the part rests on it. */
  last(i: number): boolean {
    this.#inner ??= new Set(this.order.flatMap((one) => this.dag.at(one).op.parents));
    return !this.#inner.has(this.dag.at(i).id);
  }
  /** Of its operations, the offices. */
  get offices(): IndexSet {
    return (this.#offices ??= new IndexSet(
      this.order.filter((i) => isOffice(this.dag.at(i).op, this.dag.facts(i).weight)),
    ));
  }
  get joins(): readonly number[] {
    return (this.#joins ??= this.order.filter((i) => this.dag.at(i).op.body.kind === "join"));
  }
  /** ROLEs that make a member an admin: of one that weighed all seats of that line are. */
  raises(member: MemberId): readonly number[] {
    this.#raises ??= this.#by(({ op: { body } }, i) =>
      body.kind === "role" && body.role === "admin"
        ? (this.dag.facts(i).weight?.lines[0] ?? `seat ${body.member}`)
        : undefined,
    );
    const raises = this.#raises;
    return [`seat ${member}`, ...this.#linesOf(member)].flatMap((one) => raises.get(one) ?? []);
  }
  /** Of which lines a seat is: more than one only where its own device has seen to it. */
  #linesOf(member: MemberId): readonly MemberId[] {
    if (!this.#lines) {
      const out = new Map<MemberId, MemberId[]>();
      for (const i of this.order) {
        const { author, body } = this.dag.at(i).op;
        const { line } = this.dag.facts(i);
        const seated = body.kind === "device" ? body.member : line === author ? author : undefined;
        const known = seated === undefined ? undefined : (out.get(seated) ?? []);
        if (known && !known.includes(line)) out.set(seated as MemberId, [...known, line]);
      }
      this.#lines = out;
    }
    return this.#lines.get(member) ?? [];
  }
  /** REVOKEs of an invite. */
  revokes(invite: OpId): readonly number[] {
    this.#revokes ??= this.#by(({ op: { body } }) => (body.kind === "revoke" ? body.invite : undefined));
    return this.#revokes.get(invite) ?? [];
  }
  /** What the devices of a line signed. */
  words(line: MemberId): readonly number[] {
    this.#words ??= this.#by((_, i) => this.dag.facts(i).line);
    return this.#words.get(line) ?? [];
  }
  /** What a person's seats signed while they were admins. */
  rulings(person: PersonId): readonly number[] {
    this.#rulings ??= this.#by((_, i) => {
      const { admin, person: by } = this.dag.facts(i);
      return admin ? by : undefined;
    });
    return this.#rulings.get(person) ?? [];
  }

  /** What a motion seconds of what was done by two. */
  seconded(i: number): readonly number[] {
    if (!this.#seconded) {
      const out = new Map<OpId, number[]>();
      for (const one of this.order) for (const motion of this.dag.facts(one).seconds) add(out, motion, one);
      this.#seconded = out;
    }
    return this.#seconded.get(this.dag.at(i).id) ?? [];
  }

  /** Whether the author of `i` signed something that rests on `known`, which is beside `i`, on another branch than `i`. */
  knew(i: number, known: number): boolean {
    const { author } = this.dag.at(i).op;
    return (this.last(i) ? this.#past(author) : this.#knownBeside(i)).has(known);
  }
  /** All that an author's operations rest on. */
  #past(author: MemberId): IndexSet {
    const known = this.#pasts.get(author);
    if (known) return known;
    const past = this.#under(this.dag.by(author).filter((i) => this.has(i)));
    this.#pasts.set(author, past);
    return past;
  }
  /** All that what the author of `i` signed beside it rests on. */
  #knownBeside(i: number): IndexSet {
    const known = this.#known.get(i);
    if (known) return known;
    const own = this.dag.by(this.dag.at(i).op.author);
    const past = this.#under(own.filter((one) => this.has(one) && this.dag.concurrent(one, i)));
    this.#known.set(i, past);
    return past;
  }
  #under(some: readonly number[]): IndexSet {
    const parents = new Set(some.flatMap((one) => this.dag.at(one).op.parents));
    return this.dag.closure([...parents]) as IndexSet;
  }

  /** How many of the motions that an operation rests on had lapsed by its time. */
  lapsed(i: number): number {
    const { parents, at } = this.dag.at(i).op;
    const name = parents.join();
    const motions = this.#motions.get(name) ?? this.#motionsIn(i);
    this.#motions.set(name, motions);
    return motions.filter((moved) => at > moved + MOTION_LIFE).length;
  }
  #motionsIn(i: number): readonly number[] {
    const out: number[] = [];
    for (const one of this.dag.ancestors(i)) {
      const { body, at } = this.dag.at(one).op;
      if (body.kind === "motion") out.push(at);
    }
    return out;
  }

  #by<K>(key: (op: SignedOp, i: number) => K | undefined): Map<K, number[]> {
    const out = new Map<K, number[]>();
    for (const i of this.order) {
      const of = key(this.dag.at(i), i);
      if (of !== undefined) add(out, of, i);
    }
    return out;
  }
}
