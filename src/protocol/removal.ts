/**
 * Strong removal: which removals hold when operations are concurrent, and what they strike. SPEC.md §8.
 *
 * A removal strikes what the removed did concurrently. Another removal it strikes also when that one would not have been
 * permitted without what it strikes: whoever was brought in, made an admin or seconded by the removed cannot save them.
 * Removals that strike each other's authors all hold. A person's root key needs no leave: what it says of their own lost
 * devices nothing strikes.
 */
import type { OpId, PersonId } from "../types.ts";
import type { Strikers } from "./circles.ts";
import { holding } from "./circles.ts";
import type { Dag } from "./dag.ts";
import { evadingBeside, Knowledge } from "./evading.ts";
import { IndexSet } from "./indexSet.ts";
import type { Allowed } from "./loss.ts";
import { Losses } from "./loss.ts";
import type { Part } from "./part.ts";
import { Reach } from "./reach.ts";
import { replay } from "./replay.ts";
import type { Case, Struck } from "./standing.ts";
import { needsNoLeave, settle, standingOn, standsBeside } from "./standing.ts";

/** Of each removal, those that strike it: that hit it, or what it needs. */
const strikersIn = ({ part, reach, allowed, losses }: Case): Strikers => {
  const { dag } = part;
  const out = new Map(reach.removals.map((r) => [r, reach.on(r).filter((q) => q !== r)]));
  for (const q of reach.removals) {
    const hit = reach.hit(q);
    const loss = losses.of(new IndexSet([q]));
    for (const r of reach.removals) {
      if (!hit.meets(dag.ancestors(r)) || hit.has(r) || !dag.concurrent(q, r)) continue;
      if (!needsNoLeave(dag, r) && !allowed(part, r, loss)) out.get(r)?.push(q);
    }
  }
  return out;
};

/** What the operations of a part strike among themselves. */
export const strike = (part: Part, allowed: Allowed): Struck => {
  const reach = new Reach(part);
  const of: Case = { part, reach, allowed, losses: new Losses(part, reach) };
  const knowledge = new Knowledge(part, reach);
  const strikers = new Map(strikersIn(of));
  for (;;) {
    const holds = new IndexSet(holding(strikers));
    const evades = evadingBeside(part, knowledge, holds);
    // What the root key says falls for nobody.
    const doubtful = reach.removals.filter((r) => holds.has(r) && part.dag.at(r).op.body.kind === "remove");
    // One at a time: what it struck may stand again.
    const alone = doubtful.find(evades) ?? doubtful.find((r) => !standsBeside(of, r, holds));
    if (alone !== undefined) {
      strikers.delete(alone);
      continue;
    }
    const out = settle(of, holds, evades);
    const standsOn = standingOn(of, out);
    const falls = doubtful.find((r) => !standsOn(r)) ?? fallen(part, out, doubtful);
    if (falls === undefined) return out;
    strikers.delete(falls);
  }
};

/** The first of some removals whose author is not in by what is left: nobody is struck by who never came in. */
const fallen = ({ dag, order }: Part, struck: Struck, removals: readonly number[]): number | undefined => {
  if (removals.length === 0) return undefined;
  const { applied } = replay(dag, order, struck);
  return removals.find((r) => !applied.has(r));
};

/** Whether a person was removed by an operation that this (known) invite does not descend from: it was for before that. */
export const overtaken = (dag: Dag, invite: OpId, person: PersonId): boolean => {
  const past = dag.closure([invite]);
  if (!past) return false;
  return dag.all().some(({ op: { body } }, at) => body.kind === "remove" && body.person === person && !past.has(at));
};
