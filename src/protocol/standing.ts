/** What removals stand by what, and what is void with those that hold. SPEC.md §8, rules 2 and 3. */
import type { OpId } from "../types.ts";
import { isOffice } from "./admins.ts";
import type { Contest } from "./claims.ts";
import { placesOf, revocationOf } from "./claims.ts";
import type { Dag } from "./dag.ts";
import { IndexSet } from "./indexSet.ts";
import type { Allowed, Loss, Losses } from "./loss.ts";
import { hitsFor } from "./loss.ts";
import type { Part } from "./part.ts";
import type { Reach } from "./reach.ts";

/** A part of a group's operations, to be decided about. */
export interface Case {
  readonly part: Part;
  readonly reach: Reach;
  readonly allowed: Allowed;
  readonly losses: Losses;
}

/** It takes no admin, and no invitation that might be void: the root key has said so. */
export const needsNoLeave = (dag: Dag, r: number): boolean => dag.at(r).op.body.kind === "unseat";

/** Whether `r` stands by what of `removals` is beside it. */
export const standsBeside = ({ part, reach, allowed, losses }: Case, r: number, removals: IndexSet): boolean => {
  if (needsNoLeave(part.dag, r)) return true;
  const by = reach.beside(r).and(removals);
  const past = part.dag.ancestors(r);
  for (const q of by) if (reach.hit(q).meets(past)) return allowed(part, r, losses.of(by));
  return true;
};

/** What is void: by holding removals, and for any other reason. */
interface Void {
  readonly holds: IndexSet;
  readonly other: IndexSet;
  /** All of it. */
  readonly all: IndexSet;
}

/** Whether operations stand by all that is void of what they rest on. */
export const standingOn = ({ part, reach, allowed }: Case, { holds, other, all }: Void): ((r: number) => boolean) => {
  const { all: hits, hitsOf } = hitsFor(part, reach, holds);
  const outlived = reach.outliving(holds);
  return (r) => {
    if (!all.meets(part.dag.ancestors(r))) return true;
    const goneFor = (one: number): IndexSet => {
      const for_ = hitsOf(one);
      return for_ === hits ? all : for_.and(all).addAll(other);
    };
    const loss: Loss = {
      goneFor,
      outlived: outlived.without(other),
      fallenFor: undefined,
      verdicts: new Map(),
      replays: new Map(),
    };
    return allowed(part, r, loss);
  };
};

/** What does not count of a subset of operations, and who took the same place. */
export interface Struck {
  readonly struck: IndexSet;
  /** JOINs beyond the reach of removals that hold: they stand, though what let them in may not. */
  readonly kept: IndexSet;
  readonly contests: readonly Contest[];
  /** Of each invite, how many keys came in by it, were it only to fall: their places are taken. */
  readonly taken: ReadonlyMap<OpId, number>;
}

/** What the holding removals leave of the rest: what they strike, whom a withdrawal keeps out, who has the last place. */
export const settle = (of: Case, holds: IndexSet, evades: (i: number) => boolean): Struck & Void => {
  const { part, reach } = of;
  const { dag, order } = part;
  const hits = reach.hitBy(holds);
  const other = new IndexSet();
  const all = new IndexSet();
  const fall = (i: number): void => {
    other.add(i);
    all.add(i);
  };
  for (const i of order) {
    const removal = reach.first(i);
    if (removal !== undefined) {
      if (!holds.has(removal)) fall(i);
    } else if (hits.has(i)) all.add(i);
    else if (evades(i)) fall(i);
  }
  const counted = new Map<number, boolean>();
  const counts = (i: number): boolean => {
    const is = counted.get(i) ?? (!all.has(i) && standsBeside(of, i, holds));
    counted.set(i, is);
    return is;
  };
  const joins = part.joins.filter((j) => !all.has(j));
  const withdrawn = joins.filter((j) => revocationOf(part, j, counts) !== undefined);
  for (const j of withdrawn) fall(j);
  const unfounded = (): void => {
    const standsOn = standingOn(of, { holds, other, all });
    for (const i of order) if (isOffice(dag.at(i).op, dag.facts(i).weight) && !all.has(i) && !standsOn(i)) fall(i);
  };
  unfounded();
  const { contests, taken, lost } = placesOf(
    part,
    joins.filter((j) => !other.has(j)),
    (i) => !all.has(i),
  );
  for (const j of lost) fall(j);
  if (lost.length > 0) unfounded();
  return { struck: all, holds, other, all, kept: reach.outliving(holds), contests, taken };
};
