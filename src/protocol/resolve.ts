/**
 * What a set of membership operations means: one view, the same on every replica that has the same operations, in any
 * order of arrival. SPEC.md §8. Pure fold:
 *
 * 1. every operation is authorised against the view of its own ancestors (a fact that never changes);
 * 2. removals that are concurrent with an operation of the removed void it; a removal by somebody who is himself removed
 *    concurrently is void, unless the removals form a cycle: then all of them hold (strong removal);
 * 3. what is left is applied in topological order, ties by id; what rests on something void falls with it.
 */
import type { GroupId, MemberId, OpId, ViewId } from "../types.ts";
import { concat, hex, unhex } from "./codec.ts";
import type { Dag } from "./dag.ts";
import type { Card } from "./identity.ts";
import { LAST_OPS, MAX_OPS } from "./limits.ts";
import type { Policy, SignedOp } from "./membership.ts";
import { groupOf } from "./membership.ts";
import { label, sha256 } from "./primitives.ts";
import type { Allowed } from "./removal.ts";
import { hits, removes, strike } from "./removal.ts";
import type { Draft, Gone, Member, OpenInvite } from "./rules.ts";
import { actsAsAdmin, apply, permitted } from "./rules.ts";

export interface View {
  readonly group: GroupId;
  readonly view: ViewId;
  readonly heads: readonly OpId[];
  readonly name: string;
  readonly bucket: Uint8Array;
  readonly policy: Policy;
  readonly members: ReadonlyMap<MemberId, Member>;
  readonly invites: ReadonlyMap<OpId, OpenInvite>;
  readonly gone: ReadonlyMap<MemberId, Gone>;
  /** See `Draft`. */
  readonly revoked: ReadonlySet<string>;
}

/** Rule 3 for removals: the author must have been in; rule 2 has already decided about concurrent ones. */
const stands = (draft: Draft | undefined, op: SignedOp): boolean => {
  if (!removes(op) || !draft) return permitted(draft, op);
  return draft.members.has(op.op.author) || draft.gone.has(op.op.author);
};

/** Applies a subset in order, less what is struck. */
const replay = (dag: Dag, order: readonly number[], struck: (i: number) => boolean): Draft | undefined => {
  let draft: Draft | undefined;
  for (const i of order) {
    const op = dag.at(i);
    if (struck(i) || !stands(draft, op)) continue;
    if (op.op.body.kind === "create") {
      const { name, bucket, policy, prekey } = op.op.body;
      const card = op.card as Card;
      const creator: Member = {
        member: op.op.author,
        person: card.person,
        card,
        prekey,
        role: "admin",
        by: op.id,
      };
      draft = {
        name,
        bucket,
        policy,
        members: new Map([[creator.member, creator]]),
        invites: new Map(),
        gone: new Map(),
        revoked: new Set(),
      };
    } else apply(draft as Draft, op);
  }
  return draft;
};

/** What is struck in an operation's own past never changes. */
const pasts = new WeakMap<Dag, Map<number, (i: number) => boolean>>();

const allowedIn =
  (dag: Dag): Allowed =>
  (r, by) => {
    // It needs no admin, and no invitation that might be void: the root key has said so.
    if (dag.at(r).op.body.kind === "unseat") return true;
    const past = dag.ancestors(r);
    if (![...past].some((i) => by.some((q) => hits(dag, q, i)))) return true;
    const order = dag.sorted(past);
    const known = pasts.get(dag) ?? new Map<number, (i: number) => boolean>();
    pasts.set(dag, known);
    const struck = known.get(r) ?? strike(dag, order, allowedIn(dag));
    known.set(r, struck);
    const without = replay(dag, order, (i) => struck(i) || by.some((q) => hits(dag, q, i)));
    return without !== undefined && actsAsAdmin(without, dag.at(r).op.author);
  };

const fold = (dag: Dag, subset: ReadonlySet<number>): Draft | undefined => {
  const order = dag.sorted(subset);
  return replay(dag, order, strike(dag, order, allowedIn(dag)));
};

/** `ok`: added. `waiting`: a parent is not here yet. `refused`: never acceptable to anybody. `known`: nothing to do. */
export type Admitted = "ok" | "waiting" | "refused" | "known";

/** Adds an operation if its author was entitled to it by what its own ancestors say. */
export const admit = (dag: Dag, op: SignedOp): Admitted => {
  if (dag.has(op.id)) return "known";
  const first = dag.size > 0 ? dag.at(0) : undefined;
  if (first && groupOf(op) !== groupOf(first)) return "refused";
  if (!first && op.op.body.kind !== "create") return "waiting";
  const ancestors = dag.ancestorsOf(op);
  if (!ancestors) return "waiting";
  if (ancestors.size >= (removes(op) || op.op.body.kind === "leave" ? MAX_OPS : MAX_OPS - LAST_OPS)) return "refused";
  let earlier = 0;
  for (const i of ancestors) if (dag.at(i).op.author === op.op.author) earlier++;
  if (earlier !== op.op.seq) return "refused";
  const before = first && resolve(dag, op.op.parents);
  if (!permitted(before && draftOf(before), op)) return "refused";
  dag.add(op, ancestors);
  if (before) rememberNext(dag, before, op);
  return "ok";
};

const draftOf = ({ name, bucket, policy, members, invites, gone, revoked }: View): Draft => ({
  name,
  bucket,
  policy,
  members: new Map(members),
  invites: new Map(invites),
  gone: new Map(gone),
  revoked: new Set(revoked),
});

/** Nothing is concurrent with an operation in its own past: there, it is one more step on the view that it was made on. */
const rememberNext = (dag: Dag, before: View, op: SignedOp): void => {
  const draft = draftOf(before);
  apply(draft, op);
  remember(dag, {
    group: before.group,
    view: viewId(before.group, [op.id]),
    heads: [op.id],
    ...draft,
  });
};

const remember = (dag: Dag, view: View): View => {
  if (dag.views.size >= REMEMBERED_VIEWS) dag.views.clear();
  dag.views.set(view.heads.join(), view);
  return view;
};

/** Views that one graph remembers; chains of a few views are open at any time. */
const REMEMBERED_VIEWS = 64;

const viewId = (group: GroupId, heads: readonly OpId[]): ViewId =>
  hex(sha256(label("view"), unhex(group), concat(...heads.map(unhex)))) as ViewId;

/** The view of everything in `dag`, or of the given heads and their ancestors; `undefined` without a CREATE. */
export const resolve = (dag: Dag, at?: readonly OpId[]): View | undefined => {
  const heads = at ? [...at].sort() : dag.heads();
  const name = heads.join();
  const known = dag.views.get(name);
  if (known) return known;
  const subset = dag.closure(heads);
  const draft = subset && fold(dag, subset);
  if (!draft) return undefined;
  const group = groupOf(dag.at(0));
  return remember(dag, { group, view: viewId(group, heads), heads, ...draft });
};
