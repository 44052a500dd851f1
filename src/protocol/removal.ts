/**
 * Strong removal: which removals hold when operations are concurrent, and what they strike. SPEC.md §8.
 *
 * A removal strikes what the removed did concurrently, and everything whose right rests on that: who came in by an
 * invitation of theirs, who was made an admin by them, and so on. Removals that strike each other all hold.
 */
import type { MemberId } from "../types.ts";
import type { Dag } from "./dag.ts";
import type { SignedOp } from "./membership.ts";

const targets = (op: SignedOp): readonly MemberId[] => (op.op.body.kind === "remove" ? op.op.body.members : []);

const brings = (op: SignedOp): MemberId | undefined => {
  if (op.op.body.kind === "join") return op.op.author;
  return op.op.body.kind === "device" ? op.op.body.member : undefined;
};

/** For every operation of `order`: those that its author's right to it rests on, itself left out. */
const authorities = (dag: Dag, order: readonly number[]): ReadonlyMap<number, ReadonlySet<number>> => {
  const out = new Map<number, ReadonlySet<number>>();
  const grants = new Map<MemberId, number[]>();
  const index = new Map(order.map((i) => [dag.at(i).id, i]));
  for (const i of order) {
    const { op } = dag.at(i);
    const rests = new Set<number>();
    const lean = (on: number | undefined): void => {
      if (on === undefined) return;
      rests.add(on);
      for (const one of out.get(on) ?? []) rests.add(one);
    };
    for (const grant of grants.get(op.author) ?? []) if (dag.isAncestor(grant, i)) lean(grant);
    if (op.body.kind === "join") lean(index.get(op.body.invite));
    out.set(i, rests);
    const brought = brings(dag.at(i)) ?? (op.body.kind === "role" ? op.body.member : undefined);
    if (brought !== undefined) grants.set(brought, [...(grants.get(brought) ?? []), i]);
  }
  return out;
};

/** Struck itself: by its author, or because it came in by an invitation that was withdrawn or was the removed's. */
const hits = (dag: Dag, removal: number, i: number): boolean => {
  if (!dag.concurrent(removal, i)) return false;
  const { op } = dag.at(i);
  const removed = targets(dag.at(removal));
  if (removed.includes(op.author)) return true;
  const { body } = dag.at(removal).op;
  if (body.kind !== "remove" || op.body.kind !== "join") return false;
  const invite = dag.get(op.body.invite);
  return body.invites.includes(op.body.invite) || (invite !== undefined && removed.includes(invite.op.author));
};

/** Removals that hold as far as their own authors go. */
const holding = (dag: Dag, removals: readonly number[]): Set<number> => {
  const hitters = new Map(removals.map((r) => [r, removals.filter((q) => q !== r && hits(dag, q, r))]));
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

/** What a subset's removals decide. */
export interface Strike {
  /** Removals that hold. */
  readonly holds: ReadonlySet<number>;
  /** Whether another operation is struck by one of them. */
  readonly voided: (i: number) => boolean;
}

/** `order`: a subset in topological order. */
export const strike = (dag: Dag, order: readonly number[]): Strike => {
  const all = order.filter((i) => dag.at(i).op.body.kind === "remove");
  if (all.length === 0) return { holds: new Set(), voided: () => false };
  const rests = authorities(dag, order);
  const fallen = new Set<number>();
  for (;;) {
    const holds = holding(
      dag,
      all.filter((r) => !fallen.has(r)),
    );
    const struck = (i: number): boolean => [...holds].some((r) => r !== i && hits(dag, r, i));
    const falls = [...holds].filter((r) => [...(rests.get(r) ?? [])].some(struck));
    if (falls.length === 0) return { holds, voided: struck };
    // The earliest first: what it struck may stand again.
    fallen.add(falls[0] as number);
  }
};
