/** What shows somebody that by what others did meanwhile they never came in, and no more than that. SPEC.md §8. */
import type { OpId } from "../types.ts";
import type { Dag } from "./dag.ts";
import type { IndexSet } from "./indexSet.ts";
import { FOLD_UNITS } from "./limits.ts";
import type { SignedOp } from "./membership.ts";
import { resolve, type View } from "./resolve.ts";

/** So much work goes into finding one operation that is the reason alone: each that is tried is a view. In `Dag.unitsOf`. */
const UNITS = FOLD_UNITS / 4;

const isVoid = (view: View, { id, op: { author, body } }: SignedOp): boolean => {
  const seat = body.kind === "join" ? author : body.kind === "device" ? body.member : undefined;
  return seat === undefined ? !view.invites.has(id) : !view.members.has(seat) && !view.gone.has(seat);
};

/** The invite by which a JOIN came in, or the JOIN with which a DEVICE's line began. */
const invitedBy = (dag: Dag, at: number): OpId | undefined => {
  const first = dag.by(dag.facts(at).line)[0];
  const own = dag.at(at).op.body;
  const { body } = own.kind === "device" && first !== undefined ? dag.at(first).op : { body: own };
  return body.kind === "join" ? body.invite : undefined;
};

/** Whether one operation beside another may be why that one is void. */
const mayVoid = (dag: Dag, by: number, at: number): boolean => {
  const { body } = dag.at(by).op;
  switch (body.kind) {
    case "remove":
    case "unseat":
    case "revoke":
    case "policy":
      return true;
    case "join":
      return dag.at(at).op.body.kind !== "invite" && body.invite === invitedBy(dag, at);
    default:
      return false;
  }
};

/** Heads of a view of these operations and all that they rest on. */
const headsOf = (dag: Dag, some: readonly number[]): readonly OpId[] =>
  some
    .filter((i) => !some.some((other) => dag.isAncestor(i, other)))
    .map((i) => dag.at(i).id)
    .sort();

/**
 * For a JOIN, DEVICE or INVITE that is void by what is beside it: the operations that say so, in causal order. The one
 * that takes it along alone and brings the fewest others, if there is one, with those; who is told has all the rest of their
 * own. Nothing where all that is beside it leaves it standing, as an INVITE that is withdrawn on top of it.
 */
export const whyVoid = (dag: Dag, id: OpId): readonly SignedOp[] => {
  const at = dag.indexOf(id);
  const own = dag.closure([id]);
  if (at === undefined || !own) return [];
  const one = dag.at(at);
  const reasons = [...dag.all().keys()]
    .filter((i) => dag.concurrent(i, at) && mayVoid(dag, i, at))
    .map((i) => ({ i, brings: dag.ancestors(i).without(own).size }))
    .sort((a, b) => a.brings - b.brings)
    .map(({ i }) => i);
  const viewBy = (some: readonly number[]): readonly OpId[] => headsOf(dag, [at, ...some]);
  const isVoidAt = (heads: readonly OpId[]): boolean => {
    const view = resolve(dag, heads);
    return view !== undefined && isVoid(view, one);
  };
  let left = UNITS;
  const alone = reasons.find((i) => {
    const heads = viewBy([i]);
    left -= dag.unitsOf(dag.closure(heads) as IndexSet);
    return left >= 0 && isVoidAt(heads);
  });
  if (alone === undefined && !isVoidAt(viewBy(reasons))) return [];
  const past = dag.closure((alone === undefined ? reasons : [alone]).map((i) => dag.at(i).id));
  return dag.all().filter((_, i) => past?.has(i) && !own.has(i));
};
