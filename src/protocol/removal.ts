/**
 * Strong removal: which removals hold when operations are concurrent, and what they strike. SPEC.md §8.
 *
 * A removal strikes what the removed did concurrently. Another removal it strikes also when that one would not have been
 * permitted without what it strikes: whoever was brought in or made an admin by the removed cannot save them. Removals
 * that strike each other's authors all hold.
 */
import type { MemberId, OpId, PersonId } from "../types.ts";
import type { Dag } from "./dag.ts";
import type { SignedOp } from "./membership.ts";

/** Operations that take others out: by an admin, or by the root key of their own person. */
export const removes = ({ op }: SignedOp): boolean => op.body.kind === "remove" || op.body.kind === "unseat";

const targets = ({ op: { body } }: SignedOp): readonly MemberId[] =>
  body.kind === "remove" || body.kind === "unseat" ? body.members : [];

/** Whether it seats, or invites, whom a removal takes out: a person, or a person's revoked devices. */
const seats = ({ op: { body }, devices }: SignedOp, { op, card }: SignedOp): boolean => {
  const { kind } = op.body;
  if (!card || (kind !== "join" && kind !== "device" && kind !== "invite")) return false;
  if (body.kind === "remove") return kind !== "invite" && card.person === body.person;
  return card.person === devices?.person && devices.revoked.includes(card.device);
};

/**
 * Struck itself: by its author; because it is another seat that the removed person took, or had taken, meanwhile; or because
 * it came in by an invitation that was withdrawn or was the removed's.
 */
export const hits = (dag: Dag, removal: number, i: number): boolean => {
  if (!dag.concurrent(removal, i)) return false;
  const { op } = dag.at(i);
  const removed = targets(dag.at(removal));
  if (removed.includes(op.author)) return true;
  if (seats(dag.at(removal), dag.at(i))) return true;
  if (op.body.kind !== "join") return false;
  const { body } = dag.at(removal).op;
  const invite = dag.get(op.body.invite);
  const withdrawn = body.kind === "remove" && body.invites.includes(op.body.invite);
  return withdrawn || (invite !== undefined && removed.includes(invite.op.author));
};

/** Whether the author of removal `r` would be an admin in its own past, less what the removals `by` strike there. */
export type Allowed = (r: number, by: readonly number[]) => boolean;

/** What the root key says stands: a lost device cannot have its own person's hand struck. */
const strikes = (dag: Dag, q: number, r: number, allowed: Allowed): boolean =>
  dag.at(r).op.body.kind !== "unseat" && dag.concurrent(q, r) && (hits(dag, q, r) || !allowed(r, [q]));

/** Removals that hold against each other. */
const holding = (dag: Dag, removals: readonly number[], allowed: Allowed): Set<number> => {
  const hitters = new Map(removals.map((r) => [r, removals.filter((q) => q !== r && strikes(dag, q, r, allowed))]));
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

/** What the removals among `order`, a subset in topological order, strike: removals that do not hold, and the rest. */
export const strike = (dag: Dag, order: readonly number[], allowed: Allowed): ((i: number) => boolean) => {
  let candidates = order.filter((i) => removes(dag.at(i)));
  for (;;) {
    const holds = holding(dag, candidates, allowed);
    const falls = [...holds].find(
      (r) =>
        !allowed(
          r,
          [...holds].filter((q) => dag.concurrent(q, r)),
        ),
    );
    if (falls === undefined)
      return (i) => (removes(dag.at(i)) ? !holds.has(i) : [...holds].some((r) => hits(dag, r, i)));
    // One at a time: what it struck may stand again.
    candidates = candidates.filter((r) => r !== falls);
  }
};

/** Whether a person was removed by an operation that this (known) invite does not descend from: it was for before that. */
export const overtaken = (dag: Dag, invite: OpId, person: PersonId): boolean => {
  const past = dag.closure([invite]);
  if (!past) return false;
  return dag.all().some(({ op: { body } }, at) => body.kind === "remove" && body.person === person && !past.has(at));
};
