/**
 * Strong removal: which removals hold when operations are concurrent, and what they strike. SPEC.md §8.
 *
 * A removal strikes what the removed did concurrently. Another removal it strikes also when that one would not have been
 * permitted without what it strikes: whoever was brought in, made an admin or seconded by the removed cannot save them.
 * Removals that strike each other's authors all hold. A person's root key needs no leave: what it says of their own lost
 * devices nothing strikes.
 */
import type { MemberId, OpId, PersonId } from "../types.ts";
import { isOffice, MANY, SEVERAL } from "./admins.ts";
import type { Strikers } from "./circles.ts";
import { holding } from "./circles.ts";
import type { Contest } from "./claims.ts";
import { beyondReach, placesOf, raisesBeside, revocationOf, vouchers } from "./claims.ts";
import type { Dag, Facts } from "./dag.ts";
import type { SignedOp } from "./membership.ts";
import type { Part } from "./part.ts";
import { hits, Reach, targets } from "./reach.ts";
import { replay } from "./replay.ts";
import { spares } from "./spared.ts";

/** What is not there any more of an operation's past, and what stands whatever is not. */
export interface Less {
  /** Says which this is. */
  readonly name: string;
  /** Nothing else is gone. */
  readonly among: Iterable<number>;
  /** Whether `i` does not count for `r`. */
  readonly gone: (i: number, r: number) => boolean;
  /**
   * Whether an office falls that nobody is entitled to without the rest, as far as it has been asked: the same for everybody
   * for whom the same is gone. `undefined` where those are gone already.
   */
  readonly falls: Map<number, boolean> | undefined;
  readonly outlives: (join: number) => boolean;
}
/** Whether the author of `r` would be entitled to it in its own past, less what does not count there. */
export type Allowed = (r: number, less: Less) => boolean;

/** A part of a group's operations, to be decided about. */
interface Case {
  readonly part: Part;
  readonly reach: Reach;
  readonly allowed: Allowed;
  readonly knowledge: Knowledge;
  readonly lost: Lost;
}

/** What some removals hit, and which offices fall with that. */
interface LostBeside {
  readonly name: string;
  readonly among: readonly number[];
  readonly falls: Map<number, boolean>;
}

/** Worked out once for one after another who lose the same: offices and removals without end would make it their product. */
class Lost {
  readonly #part: Part;
  readonly #reach: Reach;
  #last: LostBeside = { name: "", among: [], falls: new Map() };

  constructor(part: Part, reach: Reach) {
    this.#part = part;
    this.#reach = reach;
  }

  /** @param by in order */
  to(by: readonly number[]): LostBeside {
    const name = by.join(" ");
    if (this.#last.name === name) return this.#last;
    const some = new Set(by);
    const among = this.#part.order.filter((i) => this.#reach.on(i).some((q) => some.has(q)));
    this.#last = { name, among, falls: new Map() };
    return this.#last;
  }
}

/** Whether `r` stands by what of `removals` is beside it. */
const standsBeside = ({ part, reach, allowed, lost }: Case, r: number, removals: ReadonlySet<number>): boolean => {
  // It needs no admin, and no invitation that might be void: the root key has said so.
  if (part.dag.at(r).op.body.kind === "unseat") return true;
  const beside = (q: number): boolean => removals.has(q) && part.dag.concurrent(q, r);
  if (![...reach.under(r)].some(beside)) return true;
  const by = [...removals].filter(beside);
  const some = new Set(by);
  return allowed(r, {
    ...lost.to(by),
    gone: (i, one) => reach.on(i).some((q) => some.has(q) && !spares(part, q, one)),
    outlives: (j) => outlives(part, j, by),
  });
};

/** What is void: by holding removals, and for any other reason. */
interface Void {
  readonly holds: ReadonlySet<number>;
  readonly other: ReadonlySet<number>;
  /** All of it. */
  readonly all: readonly number[];
}

/** Whether `r` stands by all that is void of what it rests on. */
const standsOn = ({ part, reach, allowed }: Case, r: number, { holds, other, all }: Void): boolean => {
  if (!all.some((i) => part.dag.isAncestor(i, r))) return true;
  const by = [...holds];
  return allowed(r, {
    name: by.join(" "),
    among: all,
    gone: (i, one) => other.has(i) || reach.on(i).some((q) => holds.has(q) && !spares(part, q, one)),
    falls: undefined,
    outlives: (j) => !other.has(j) && outlives(part, j, by),
  });
};

/** Of each removal, those that strike it. */
const strikersIn = (of: Case): Strikers => {
  const { reach } = of;
  const out = new Map(reach.removals.map((r) => [r, new Set(reach.on(r))]));
  const doubted = new Map<number, number[]>();
  for (const [r, by] of out)
    for (const q of reach.under(r)) {
      if (by.has(q)) continue;
      const some = doubted.get(q);
      if (some) some.push(r);
      else doubted.set(q, [r]);
    }
  for (const [q, some] of doubted) {
    const alone = new Set([q]);
    for (const r of some) if (!standsBeside(of, r, alone)) out.get(r)?.add(q);
  }
  return new Map([...out].map(([r, by]) => [r, [...by].filter((q) => q !== r)]));
};

/** Whether an operation was signed where there were many admins, or made them many. */
const knowsMany = (dag: Dag, i: number): boolean => {
  const { weight, admins } = dag.facts(i);
  return admins >= MANY || (weight?.to === "admin" && admins >= SEVERAL);
};

/** What there is to say that somebody knew of many admins: worked out once for a part, and only if it is asked for. */
class Knowledge {
  readonly #part: Part;
  readonly #words = new Map<string, readonly number[]>();
  #many: readonly number[] | undefined;
  #rested: ReadonlySet<number> | undefined;

  constructor(part: Part) {
    this.#part = part;
  }

  /** Operations that know of many. */
  get many(): readonly number[] {
    return (this.#many ??= this.#part.order.filter((i) => knowsMany(this.#part.dag, i)));
  }
  /** Operations of an author's own side which are of these, or on which one of them rests. */
  wordsOf({ line, person }: Facts): readonly number[] {
    const name = `${line} ${person}`;
    const known = this.#words.get(name);
    if (known) return known;
    const { dag } = this.#part;
    this.#rested ??= dag.closure(this.many.map((one) => dag.at(one).id));
    const all = new Set([...this.#part.words(line), ...(person ? this.#part.rulings(person) : [])]);
    const made = [...all].filter((own) => this.#rested?.has(own));
    this.#words.set(name, made);
    return made;
  }
}

/**
 * Whether a removal is of the own side of who has these facts: of their line; or of another seat with their card which is an
 * admin, for admins are counted by persons; or it is their root key's.
 */
const ownSide = (dag: Dag, r: number, { line, person }: Facts): boolean => {
  const by = dag.facts(r);
  if (by.line === line) return true;
  return person !== undefined && by.person === person && (by.admin || dag.at(r).op.body.kind === "unseat");
};

/** Seats that it means to take out, or down. */
const against = (op: SignedOp): readonly MemberId[] => {
  const { body } = op.op;
  if (body.kind === "role") return body.role === "member" ? [body.member] : [];
  return body.kind === "remove" ? body.members : [];
};

/**
 * Whether its author took somebody out, or down, alone, against the word of two. Either as if there were few admins, or as if
 * that one were none yet, beside a word of their own, on any of their devices, on which it rests that there are many: they knew
 * better. Or beside two others who made that very member an admin. What a removal strikes is no evidence, unless the same side
 * signed that one too.
 */
const evades = ({ part, reach, knowledge }: Case, i: number, holds: ReadonlySet<number>): boolean => {
  const { dag } = part;
  const facts = dag.facts(i);
  const { weight, admins } = facts;
  if (weight && admins >= weight.from) return false;
  const counts = (one: number): boolean => !reach.on(one).some((r) => holds.has(r) && !ownSide(dag, r, facts));
  if (targets(dag.at(i)).some((member) => vouchers(part, i, member).some(counts))) return true;
  const raised = (member: MemberId): boolean => raisesBeside(part, i, member).some(counts);
  if (weight?.from !== MANY && !against(dag.at(i)).some(raised)) return false;
  const after = (own: number, one: number): boolean =>
    (one === own || dag.isAncestor(own, one)) && !dag.isAncestor(i, one) && counts(one);
  return knowledge
    .wordsOf(facts)
    .some((own) => dag.concurrent(own, i) && counts(own) && knowledge.many.some((one) => after(own, one)));
};

/** Whether a JOIN came in beyond the reach of one of these removals: what they leave of its way in does not matter. */
const outlives = (part: Part, j: number, removals: readonly number[]): boolean =>
  part.dag.at(j).op.body.kind === "join" &&
  removals.some((r) => part.dag.concurrent(r, j) && beyondReach(part, r, j)) &&
  !removals.some((r) => hits(part, r, j));

/** By itself, for this is kept of every past, and what decided about it is much larger. */
const outliving = (part: Part, holds: ReadonlySet<number>): Struck["kept"] => {
  const by = [...holds];
  return (j) => outlives(part, j, by);
};

/** What does not count of a subset of operations, and who took the same place. */
export interface Struck {
  readonly struck: ReadonlySet<number>;
  /** JOINs beyond the reach of removals that hold: they stand, though what let them in may not. */
  readonly kept: (join: number) => boolean;
  readonly contests: readonly Contest[];
  /** Of each invite, how many keys came in by it, were it only to fall: their places are taken. */
  readonly taken: ReadonlyMap<OpId, number>;
}

/** What the holding removals leave of the rest: what they strike, whom a withdrawal keeps out, who has the last place. */
const settle = (of: Case, holds: ReadonlySet<number>): Struck & Omit<Void, "holds"> => {
  const { part, reach } = of;
  const { dag, order } = part;
  const isHit = (i: number): boolean => reach.on(i).some((r) => holds.has(r));
  const fails = (i: number): boolean => {
    const removal = reach.first(i);
    return removal === undefined ? !isHit(i) && evades(of, i, holds) : !holds.has(removal);
  };
  const other = new Set(order.filter(fails));
  const isVoid = (i: number): boolean => other.has(i) || (reach.first(i) === undefined && isHit(i));
  const counts = (i: number): boolean => !isVoid(i) && standsBeside(of, i, holds);
  const joins = order.filter((j) => dag.at(j).op.body.kind === "join" && !isVoid(j));
  const withdrawn = joins.filter((j) => revocationOf(part, j, counts) !== undefined);
  for (const j of withdrawn) other.add(j);
  const all = order.filter(isVoid);
  const fall = (i: number): void => {
    other.add(i);
    all.push(i);
  };
  const unfounded = (): void => {
    for (const i of order)
      if (isOffice(dag.at(i).op, dag.facts(i).weight) && !isVoid(i) && !standsOn(of, i, { holds, other, all })) fall(i);
  };
  unfounded();
  const { contests, taken, lost } = placesOf(
    part,
    joins.filter((j) => !other.has(j)),
    (i) => !isVoid(i),
  );
  for (const j of lost) fall(j);
  if (lost.length > 0) unfounded();
  return { struck: new Set(all), other, all, kept: outliving(part, holds), contests, taken };
};

/** What the operations of a part strike among themselves. */
export const strike = (part: Part, allowed: Allowed): Struck => {
  const reach = new Reach(part);
  const of: Case = { part, reach, allowed, knowledge: new Knowledge(part), lost: new Lost(part, reach) };
  const strikers = new Map(strikersIn(of));
  for (;;) {
    const holds = holding(strikers);
    const out = settle(of, holds);
    // What the root key says falls for nobody.
    const doubtful = reach.removals.filter((r) => holds.has(r) && part.dag.at(r).op.body.kind === "remove");
    // One at a time: what it struck may stand again.
    const falls =
      doubtful.find((r) => evades(of, r, holds)) ??
      doubtful.find((r) => !standsBeside(of, r, holds)) ??
      doubtful.find((r) => !standsOn(of, r, { holds, other: out.other, all: out.all })) ??
      fallen(part, out, doubtful);
    if (falls === undefined) return out;
    strikers.delete(falls);
  }
};

/** The first of some removals whose author is not in by what is left: nobody is struck by who never came in. */
const fallen = ({ dag, order }: Part, { struck, kept }: Struck, removals: readonly number[]): number | undefined => {
  if (removals.length === 0) return undefined;
  const { applied } = replay(dag, order, { struck: (i) => struck.has(i), kept });
  return removals.find((r) => !applied.has(r));
};

/** Whether a person was removed by an operation that this (known) invite does not descend from: it was for before that. */
export const overtaken = (dag: Dag, invite: OpId, person: PersonId): boolean => {
  const past = dag.closure([invite]);
  if (!past) return false;
  return dag.all().some(({ op: { body } }, at) => body.kind === "remove" && body.person === person && !past.has(at));
};
