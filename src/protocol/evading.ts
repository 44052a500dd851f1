/** Who took somebody out, or down, alone, against the word of two. SPEC.md §8, rule 3. */
import type { MemberId } from "../types.ts";
import { MANY, SEVERAL } from "./admins.ts";
import { raisesBeside, vouchers } from "./claims.ts";
import type { Dag, Facts } from "./dag.ts";
import { IndexSet } from "./indexSet.ts";
import type { SignedOp } from "./membership.ts";
import type { Part } from "./part.ts";
import type { Reach } from "./reach.ts";
import { targets } from "./reach.ts";

/** Whether an operation was signed where there were many admins, or made them many. */
const knowsMany = (dag: Dag, i: number): boolean => {
  const { weight, admins } = dag.facts(i);
  return admins >= MANY || (weight?.to === "admin" && admins >= SEVERAL);
};

/**
 * Whether a removal is of the own side of who has these facts: of their line; or of another seat with their card which is an
 * admin, for admins are counted by persons.
 */
const ownSide = (dag: Dag, r: number, { line, person }: Facts): boolean => {
  const by = dag.facts(r);
  if (by.line === line) return true;
  return by.admin && person !== undefined && by.person === person;
};
const sideOf = ({ line, person }: Facts): string => `${line} ${person}`;

/** Seats that it means to take out, or down. */
const against = ({ op: { body } }: SignedOp): readonly MemberId[] => {
  if (body.kind === "role") return body.role === "member" ? [body.member] : [];
  return body.kind === "remove" ? body.members : [];
};

/** What there is to say that somebody knew of many admins: worked out once for a part, and only if it is asked for. */
export class Knowledge {
  readonly #part: Part;
  readonly #reach: Reach;
  readonly #words = new Map<string, readonly number[]>();
  readonly #verdicts = new Map<number, { readonly silent: string; readonly is: boolean }>();
  #many: readonly number[] | undefined;
  #downs: readonly number[] | undefined;
  #rested: IndexSet | undefined;

  constructor(part: Part, reach: Reach) {
    this.#part = part;
    this.#reach = reach;
  }

  /** What is no evidence for a side while these removals hold. */
  silenced(facts: Facts, holds: IndexSet): IndexSet {
    const { dag } = this.#part;
    return this.#reach.hitBy([...holds].filter((r) => !ownSide(dag, r, facts)));
  }

  /** Whether the author of `i` knew better: by a word of their own side beside it on which it rests that there are many. */
  tells(i: number, silent: IndexSet): boolean {
    const before = this.#verdicts.get(i);
    const { name } = silent;
    if (before?.silent === name) return before.is;
    const is = this.#tells(i, silent);
    this.#verdicts.set(i, { silent: name, is });
    return is;
  }
  #tells(i: number, silent: IndexSet): boolean {
    const { dag } = this.#part;
    const own = this.#wordsOf(dag.facts(i)).filter((one) => dag.concurrent(one, i) && !silent.has(one));
    if (own.length === 0) return false;
    const words = new IndexSet(own);
    return this.#knowing.some(
      (one) => !dag.isAncestor(i, one) && !silent.has(one) && (words.has(one) || words.meets(dag.ancestors(one))),
    );
  }

  /** ROLEs that took a seat of a removal's person down, and that it rests on. */
  downsBelow(i: number): readonly number[] {
    const { dag, order } = this.#part;
    const { body } = dag.at(i).op;
    if (body.kind !== "remove" || body.members.length === 0) return [];
    this.#downs ??= order.filter((one) => dag.facts(one).weight?.to === "member");
    return this.#downs.filter((one) => dag.facts(one).weight?.person === body.person && dag.isAncestor(one, i));
  }

  /** Operations that know of many. */
  get #knowing(): readonly number[] {
    return (this.#many ??= this.#part.order.filter((i) => knowsMany(this.#part.dag, i)));
  }
  /** Operations of an author's own side which are of these, or on which one of them rests. */
  #wordsOf(facts: Facts): readonly number[] {
    const name = sideOf(facts);
    const known = this.#words.get(name);
    if (known) return known;
    const { line, person } = facts;
    const { dag } = this.#part;
    const rested = (this.#rested ??= dag.closure(this.#knowing.map((one) => dag.at(one).id)) as IndexSet);
    const all = new Set([...this.#part.words(line), ...(person ? this.#part.rulings(person) : [])]);
    const made = [...all].filter((own) => rested.has(own));
    this.#words.set(name, made);
    return made;
  }
}

/**
 * Which operations evade while some removals hold: whether their author took somebody out, or down, alone, against the word of
 * two. Either as if there were few admins, or as if that one were none yet, beside a word of their own, on any of their devices, on
 * which it rests that there are many: they knew better. Or beside two others who made that very member an admin. What a removal
 * strikes is no evidence, unless the same side signed that one too.
 */
export const evadingBeside = (part: Part, knowledge: Knowledge, holds: IndexSet): ((i: number) => boolean) => {
  const { dag } = part;
  const silences = new Map<string, IndexSet>();
  const silencedFor = (facts: Facts): IndexSet => {
    const name = sideOf(facts);
    const silent = silences.get(name) ?? knowledge.silenced(facts, holds);
    silences.set(name, silent);
    return silent;
  };
  const evades = (i: number): boolean => {
    const facts = dag.facts(i);
    const { weight, admins } = facts;
    if (weight && admins >= weight.from) return false;
    const counts = (one: number): boolean => !silencedFor(facts).has(one);
    if (targets(dag.at(i)).some((member) => vouchers(part, i, member).some(counts))) return true;
    const raised = (member: MemberId): boolean => raisesBeside(part, i, member).some(counts);
    // Whoever was taken down first, by what evades, was an admin all the same.
    const unmade = (): boolean => knowledge.downsBelow(i).some(evades);
    if (weight?.from !== MANY && !against(dag.at(i)).some(raised) && !unmade()) return false;
    return knowledge.tells(i, silencedFor(facts));
  };
  return evades;
};
