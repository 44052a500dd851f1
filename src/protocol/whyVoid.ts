/** What shows somebody that by what others did meanwhile they never came in, and no more than that. SPEC.md §8. */
import type { OpId } from "../types.ts";
import type { Dag } from "./dag.ts";
import type { IndexSet } from "./indexSet.ts";
import { FOLD_UNITS } from "./limits.ts";
import type { SignedOp } from "./membership.ts";
import { resolve, type View } from "./resolve.ts";

/** So much work goes into finding one operation that is the reason alone: each that is tried is a view. In `Dag.unitsOf`. */
const UNITS = FOLD_UNITS / 4;

const mayVoid = ({ op: { body } }: SignedOp, one: SignedOp): boolean =>
  body.kind === "remove" ||
  body.kind === "unseat" ||
  body.kind === "revoke" ||
  (body.kind === "join" && one.op.body.kind === "join" && body.invite === one.op.body.invite);

const isVoid = (view: View, { id, op }: SignedOp): boolean =>
  op.body.kind === "join" ? !view.members.has(op.author) && !view.gone.has(op.author) : !view.invites.has(id);

/** Who came in by a JOIN or DEVICE and was taken out on top of it: by which operation. */
const takenOutBy = (dag: Dag, at: number): OpId | undefined => {
  const { body, author } = dag.at(at).op;
  const seat = body.kind === "join" ? author : body.kind === "device" ? body.member : undefined;
  return dag.all().find(({ op: { body: by } }, i) => {
    const takesOut = by.kind === "remove" || by.kind === "unseat";
    return takesOut && seat !== undefined && by.members.includes(seat) && dag.isAncestor(at, i);
  })?.id;
};

/**
 * For a JOIN or DEVICE whose seat was taken out later: that removal, with what it rests on. For a JOIN or INVITE that is void by
 * what is beside it: the operations that say so, in causal order. What is beside it and
 * takes it along alone, if anything does, with what that rests on; who is told has all the rest of their own.
 */
export const whyVoid = (dag: Dag, id: OpId): readonly SignedOp[] => {
  const at = dag.indexOf(id);
  const own = dag.closure([id]);
  if (at === undefined || !own) return [];
  const one = dag.at(at);
  const removal = takenOutBy(dag, at);
  const until = removal && dag.closure([removal]);
  if (until) return dag.all().filter((_, i) => until.has(i) && !own.has(i));
  const reasons = [...dag.all().keys()]
    .filter((i) => mayVoid(dag.at(i), one) && dag.concurrent(i, at))
    .sort((a, b) => dag.ancestors(a).size - dag.ancestors(b).size);
  let left = UNITS;
  const alone = reasons.find((i) => {
    const heads = [id, dag.at(i).id].sort();
    left -= dag.unitsOf(dag.closure(heads) as IndexSet);
    const view = left >= 0 ? resolve(dag, heads) : undefined;
    return view && isVoid(view, one);
  });
  const past = dag.closure((alone === undefined ? reasons : [alone]).map((i) => dag.at(i).id));
  return dag.all().filter((_, i) => past?.has(i) && !own.has(i));
};
