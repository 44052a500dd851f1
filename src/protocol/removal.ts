/**
 * Strong removal: which removals hold when operations are concurrent, and what they strike. SPEC.md §8.
 *
 * A removal strikes what the removed did concurrently. Another removal it strikes also when that one would not have been
 * permitted without what it strikes: whoever was brought in, made an admin or seconded by the removed cannot save them.
 * Removals that strike each other's authors all hold. A person's root key needs no leave: what it says of their own lost
 * devices nothing strikes.
 */
import type { MemberId, OpId, PersonId } from "../types.ts";
import type { Contest } from "./claims.ts";
import { beyondReach, contestOf, revocationOf, vouchers } from "./claims.ts";
import { MANY, SEVERAL } from "./admins.ts";
import type { Dag } from "./dag.ts";
import type { SignedOp } from "./membership.ts";

/** Operations that take others out: by an admin, or by the root key of their own person. */
export const removes = ({ op }: SignedOp): boolean => op.body.kind === "remove" || op.body.kind === "unseat";

const targets = ({ op: { body } }: SignedOp): readonly MemberId[] =>
  body.kind === "remove" || body.kind === "unseat" ? body.members : [];

/** Whether it seats or invites a device that its person has revoked. */
const revokes = ({ devices }: SignedOp, { op: { body }, card }: SignedOp): boolean =>
  card !== undefined &&
  (body.kind === "join" || body.kind === "device" || body.kind === "invite") &&
  card.person === devices?.person &&
  devices.revoked.includes(card.device);

/**
 * Struck itself: by its author; because it is another seat that the removed person took, or had taken, meanwhile; because it
 * seats or invites a revoked device; or because it came in by an invitation that was withdrawn or was the removed's.
 */
export const hits = (dag: Dag, subset: ReadonlySet<number>, removal: number, i: number): boolean => {
  if (!dag.concurrent(removal, i)) return false;
  const { op, card } = dag.at(i);
  const by = dag.at(removal);
  const { body } = by.op;
  // What the root key says stands: a lost device cannot have its own person's hand struck.
  if (op.body.kind === "unseat") return false;
  const removed = targets(by);
  if (removed.includes(op.author) || revokes(by, dag.at(i))) return true;
  if (op.body.kind !== "join" && op.body.kind !== "device") return false;
  const invite = op.body.kind === "join" ? dag.get(op.body.invite) : undefined;
  const named =
    body.kind === "remove" &&
    (card?.person === body.person || (invite !== undefined && body.invites.includes(invite.id)));
  const reached = named || (invite !== undefined && removed.includes(invite.op.author));
  return reached && !beyondReach(dag, subset, removal, i);
};

/** Whether the author of `r` would be entitled to it in its own past, less what the removals `by` strike there. */
export type Allowed = (r: number, by: readonly number[]) => boolean;

/** A subset of operations, in topological order, to be decided about. */
interface Case {
  readonly dag: Dag;
  readonly order: readonly number[];
  readonly subset: ReadonlySet<number>;
  readonly allowed: Allowed;
  readonly knowledge: Knowledge;
}

const strikes = ({ dag, subset, allowed }: Case, q: number, r: number): boolean =>
  dag.concurrent(q, r) && (hits(dag, subset, q, r) || !allowed(r, [q]));

/** Removals that hold against each other. */
const holding = (of: Case, removals: readonly number[]): Set<number> => {
  const hitters = new Map(removals.map((r) => [r, removals.filter((q) => q !== r && strikes(of, q, r))]));
  const holds = new Set<number>();
  const open = new Set(removals);
  const reaches = (from: number, to: number, seen = new Set<number>()): boolean => {
    for (const next of hitters.get(from) as number[]) {
      if (!open.has(next) || seen.has(next)) continue;
      seen.add(next);
      if (next === to || reaches(next, to, seen)) return true;
    }
    return false;
  };
  while (open.size > 0) {
    let progress = false;
    for (const r of open) {
      const by = hitters.get(r) as number[];
      if (by.some((q) => holds.has(q))) progress = open.delete(r);
      else if (!by.some((q) => open.has(q))) {
        holds.add(r);
        progress = open.delete(r);
      }
    }
    if (progress) continue;
    // Only cycles and what they hit are left. A cycle that nothing outside of it hits holds as a whole.
    const source = [...open].filter((r) => [...open].every((q) => q === r || !reaches(r, q) || reaches(q, r)));
    for (const r of source) {
      holds.add(r);
      open.delete(r);
    }
  }
  return holds;
};

/** Whether an operation was signed where there were many admins, or made them many. */
const knowsMany = (dag: Dag, i: number): boolean => {
  const { weight, admins } = dag.facts(i);
  return admins >= MANY || (weight?.to === "admin" && admins >= SEVERAL);
};

/** What there is to say that somebody knew of many admins: worked out once for a subset, and only if it is asked for. */
class Knowledge {
  readonly #dag: Dag;
  readonly #order: readonly number[];
  readonly #words = new Map<MemberId, readonly number[]>();
  #many: readonly number[] | undefined;

  constructor(dag: Dag, order: readonly number[]) {
    this.#dag = dag;
    this.#order = order;
  }

  /** Operations that know of many. */
  get many(): readonly number[] {
    return (this.#many ??= this.#order.filter((i) => knowsMany(this.#dag, i)));
  }
  /** Operations of an author which are of these, or on which one of them rests. */
  wordsOf(author: MemberId): readonly number[] {
    const known = this.#words.get(author);
    if (known) return known;
    const rests = (own: number): boolean => this.many.some((one) => one === own || this.#dag.isAncestor(own, one));
    const made = this.#order.filter((i) => this.#dag.at(i).op.author === author && rests(i));
    this.#words.set(author, made);
    return made;
  }
}

/**
 * Whether its author took somebody out, or down, alone, against the word of two. Either as if there were few admins, beside
 * a word of their own on which it rests that there are many: they knew better. Or beside two others who made that very
 * member an admin. What a removal strikes is no evidence.
 */
const evades = ({ dag, subset, knowledge }: Case, i: number, holds: readonly number[]): boolean => {
  const { weight, admins } = dag.facts(i);
  if (weight && admins >= weight.from) return false;
  const counts = (one: number): boolean => !holds.some((r) => r !== i && hits(dag, subset, r, one));
  if (targets(dag.at(i)).some((member) => vouchers(dag, subset, i, member).some(counts))) return true;
  const { author } = dag.at(i).op;
  if (weight?.from !== MANY || !dag.forks.has(author)) return false;
  const after = (own: number, one: number): boolean =>
    (one === own || dag.isAncestor(own, one)) && !dag.isAncestor(i, one) && counts(one);
  return knowledge
    .wordsOf(author)
    .some((own) => dag.concurrent(own, i) && counts(own) && knowledge.many.some((one) => after(own, one)));
};

/** Whether a JOIN came in beyond the reach of one of these removals: what they leave of its way in does not matter. */
export const outlives = (
  { dag, subset }: Pick<Case, "dag" | "subset">,
  j: number,
  removals: readonly number[],
): boolean =>
  dag.at(j).op.body.kind === "join" &&
  removals.some((r) => dag.concurrent(r, j) && beyondReach(dag, subset, r, j)) &&
  !removals.some((r) => hits(dag, subset, r, j));

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
const settle = (of: Case, removals: readonly number[], holds: readonly number[]): Struck => {
  const { dag, order, subset, allowed } = of;
  const falls = (i: number): boolean =>
    removals.includes(i) ? !holds.includes(i) : holds.some((r) => hits(dag, subset, r, i)) || evades(of, i, holds);
  const struck = new Set(order.filter(falls));
  const byRemovals = new Set(struck);
  const counts = (i: number): boolean =>
    !byRemovals.has(i) &&
    allowed(
      i,
      holds.filter((r) => dag.concurrent(r, i)),
    );
  const byInvite = new Map<OpId, number[]>();
  for (const j of order) {
    const { body } = dag.at(j).op;
    if (body.kind !== "join" || byRemovals.has(j)) continue;
    if (revocationOf(dag, { subset, j, counts }) !== undefined) struck.add(j);
    else byInvite.set(body.invite, [...(byInvite.get(body.invite) ?? []), j]);
  }
  const contests: Contest[] = [];
  const taken = new Map<OpId, number>();
  for (const [invite, some] of byInvite) {
    taken.set(invite, new Set(some.map((j) => dag.at(j).op.author)).size);
    const contest = some.length > 1 ? contestOf(dag, invite, some) : undefined;
    if (!contest) continue;
    contests.push(contest);
    for (const j of some) if (contest.lost.includes(dag.at(j).op.author)) struck.add(j);
  }
  return { struck, kept: (j) => outlives({ dag, subset }, j, holds), contests, taken };
};

/** What the operations of `order`, a subset in topological order, strike among themselves. */
export const strike = (dag: Dag, order: readonly number[], allowed: Allowed): Struck => {
  const of: Case = { dag, order, subset: new Set(order), allowed, knowledge: new Knowledge(dag, order) };
  const removals = order.filter((i) => removes(dag.at(i)));
  let open = removals;
  for (;;) {
    const held = holding(of, open);
    const holds = open.filter((r) => held.has(r));
    const beside = (r: number): readonly number[] => holds.filter((q) => dag.concurrent(q, r));
    const out = settle(of, removals, holds);
    // What the root key says falls for nobody.
    const doubtful = holds.filter((r) => dag.at(r).op.body.kind === "remove");
    // One at a time: what it struck may stand again.
    const falls =
      doubtful.find((r) => evades(of, r, holds)) ??
      doubtful.find((r) => !allowed(r, beside(r))) ??
      doubtful.find((r) => cameInBy(dag, r, out.struck));
    if (falls === undefined) return out;
    open = open.filter((r) => r !== falls);
  }
};

/** Whether the author of `r` came in by something struck. */
const cameInBy = (dag: Dag, r: number, struck: ReadonlySet<number>): boolean =>
  dag.by(dag.at(r).op.author).some((i) => dag.at(i).op.body.kind === "join" && struck.has(i) && dag.isAncestor(i, r));

/** Whether a person was removed by an operation that this (known) invite does not descend from: it was for before that. */
export const overtaken = (dag: Dag, invite: OpId, person: PersonId): boolean => {
  const past = dag.closure([invite]);
  if (!past) return false;
  return dag.all().some(({ op: { body } }, at) => body.kind === "remove" && body.person === person && !past.has(at));
};
