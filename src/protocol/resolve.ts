/**
 * What a set of membership operations means: one view, the same on every replica that has the same operations, in any
 * order of arrival. SPEC.md §8. Pure fold:
 *
 * 1. every operation is authorised against the view of its own ancestors (a fact that never changes);
 * 2. removals that are concurrent with an operation of the removed void it; a removal by somebody who is himself removed
 *    concurrently is void, unless the removals form a cycle: then all of them hold (strong removal);
 * 3. of what is left, a withdrawn invite lets nobody in who came meanwhile, and one for so many lets in so many;
 * 4. the rest is applied in topological order, ties by id; what rests on something void falls with it.
 */
import type { GroupId, MemberId, Millis, OpId, ViewId } from "../types.ts";
import { concat, hex, unhex } from "./codec.ts";
import type { Dag, Facts } from "./dag.ts";
import { isRemoval } from "./dag.ts";
import { FEW_REMOVALS, LAST_CONTEST, LAST_OPS, MAX_CONTEST, MAX_DOUBT, MAX_HELD_OPS, MAX_OPS } from "./limits.ts";
import type { SignedOp } from "./membership.ts";
import { allowed } from "./entitled.ts";
import { apply } from "./applying.ts";
import type { Draft, Drafted } from "./draft.ts";
import { draftOf } from "./draft.ts";
import type { IndexSet } from "./indexSet.ts";
import { groupOf } from "./membership.ts";
import { label, sha256 } from "./primitives.ts";
import { Part } from "./part.ts";
import { replay } from "./replay.ts";
import { actingAdmins, actsAsAdmin, secondsOf, weightOf } from "./admins.ts";
import type { Contest } from "./claims.ts";
import { strike } from "./removal.ts";
import { permitted, proved } from "./rules.ts";

export interface View extends Drafted {
  readonly group: GroupId;
  readonly view: ViewId;
  readonly heads: readonly OpId[];
  /** Invites that more came in by, at once, than they were for. */
  readonly contests: readonly Contest[];
}

const fold = (dag: Dag, subset: IndexSet): (Draft & Pick<View, "contests">) | undefined => {
  const part = new Part(dag, subset);
  const { struck, kept, contests, taken } = strike(part, allowed);
  const { draft } = replay(dag, part.order, { struck, kept });
  if (!draft) return undefined;
  for (const [id, count] of taken) {
    const invite = draft.invites.get(id);
    const body = dag.get(id)?.op.body;
    if (body?.kind !== "invite") continue;
    // Whether it is withdrawn later or not: with every place taken there is nothing to withdraw.
    if (count >= body.uses) draft.withdrawn.delete(id);
    if (!invite) continue;
    const left = Math.min(invite.left, body.uses - count);
    if (left > 0) draft.invites.set(id, { ...invite, left });
    else draft.invites.delete(id);
  }
  return { ...draft, contests };
};

/** `ok`: added. `waiting`: a parent is not here yet, or too much of its author's was refused of late. `refused`: never acceptable to anybody. `known`: nothing to do. */
export type Admitted = "ok" | "waiting" | "refused" | "known";

/** Whether somebody goes by it: then there is room for it where there is none for anything else. */
const isLast = (dag: Dag, { op: { body, parents } }: SignedOp): boolean => {
  if (body.kind !== "unseat") return body.kind === "remove" || body.kind === "leave";
  const before = resolve(dag, parents);
  return body.members.some((member) => before?.members.has(member));
};

/** For whom there is room for what an operation contests, or could: for all, for who has contested little, for nobody. */
const roomFor = (dag: Dag, op: SignedOp, ancestors: IndexSet): "all" | "few" | "none" => {
  const { contest, doubt } = dag.questionOf(op, ancestors);
  const all = dag.question;
  // Who knows of all that there is contests nothing.
  const contested = contest > 0 ? all.contest + contest : 0;
  if (contested <= MAX_CONTEST && (doubt === 0 || all.doubt + doubt <= MAX_DOUBT)) return "all";
  return isRemoval(op.op.body) && contested <= MAX_CONTEST + LAST_CONTEST ? "few" : "none";
};

/**
 * Adds an operation if its author was entitled to it by what its own ancestors say. With the time it is, whoever has signed so
 * much that was refused waits.
 */
export const admit = (dag: Dag, op: SignedOp, now?: Millis): Admitted => {
  if (dag.has(op.id)) return "known";
  const first = dag.size > 0 ? dag.at(0) : undefined;
  if (first && groupOf(op) !== groupOf(first)) return "refused";
  if (!first && op.op.body.kind !== "create") return "waiting";
  const ancestors = dag.ancestorsOf(op);
  if (!ancestors) return "waiting";
  const { author, body, parents, seq } = op.op;
  const { kind } = body;
  const own = dag.by(author);
  const room = roomFor(dag, op, ancestors);
  if (room === "none") return "refused";
  if (dag.size >= (kind === "remove" ? MAX_HELD_OPS : MAX_HELD_OPS - LAST_OPS)) return "refused";
  if (own.filter((i) => ancestors.has(i)).length !== seq) return "refused";
  if (now !== undefined && dag.folds.isSpent(author, now)) return "waiting";
  if (ancestors.size >= (isLast(dag, op) ? MAX_OPS : MAX_OPS - LAST_OPS)) return "refused";
  const before = first && resolve(dag, parents);
  const fits = room === "all" || dag.contestedBy(before?.members.get(author)?.line ?? author) < FEW_REMOVALS;
  if (!fits || !permitted(before, op) || !proved(before, op)) {
    if (now !== undefined && own.length > 0) dag.folds.charge(author, dag.unitsOf(ancestors), now);
    return "refused";
  }
  const facts = factsOf(dag, before, op);
  dag.add(op, ancestors, facts);
  if (before) rememberNext(dag, before, { op, facts });
  return "ok";
};

/** Whether `author` made the invite, or another device that came in beside the one that did. */
const ownsInvite = (dag: Dag, before: View | undefined, invite: OpId, author: MemberId): boolean => {
  const inviter = dag.get(invite)?.op.author;
  if (inviter === undefined || inviter === author) return inviter === author;
  const line = (before?.members.get(inviter) ?? before?.gone.get(inviter))?.line;
  return line !== undefined && before?.members.get(author)?.line === line;
};

/** See `Facts.untouched`. */
const untouchedBy = (before: View, { op: { body } }: SignedOp): readonly MemberId[] => {
  if (body.kind !== "remove") return [];
  const theirs = [...before.members.values()].filter((one) => one.person === body.person);
  const named = new Set(theirs.filter((one) => body.members.includes(one.member)).map((one) => one.line));
  return [...new Set(theirs.map((one) => one.line).filter((line) => !named.has(line)))];
};

const factsOf = (dag: Dag, before: View | undefined, op: SignedOp): Facts => {
  const { body, author } = op.op;
  const weight = before && weightOf(before, op.op);
  const seat = before?.members.get(author);
  const admins = before ? actingAdmins(before).size : 0;
  const seconds = before && weight && admins >= weight.from ? secondsOf(before, op.op, weight) : [];
  const owned = body.kind === "revoke" && ownsInvite(dag, before, body.invite, author);
  return {
    line: seat?.line ?? author,
    ...(seat && { person: seat.person }),
    admin: seat?.role === "admin",
    admins,
    ...(weight && { weight }),
    seconds: seconds.map(({ motion }) => motion),
    untouched: before ? untouchedBy(before, op) : [],
    owned,
    final: owned || (body.kind === "revoke" && before !== undefined && actsAsAdmin(before, author)),
  };
};

/** Nothing is concurrent with an operation in its own past: there, it is one more step on the view that it was made on. */
const rememberNext = (
  dag: Dag,
  before: View,
  { op, facts }: { readonly op: SignedOp; readonly facts: Facts },
): void => {
  const draft = draftOf(before);
  apply(draft, op, facts);
  remember(dag, {
    group: before.group,
    view: viewId(before.group, [op.id]),
    heads: [op.id],
    contests: before.contests,
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

export const viewId = (group: GroupId, heads: readonly OpId[]): ViewId =>
  hex(sha256(label("view"), unhex(group), concat(...heads.map(unhex)))) as ViewId;

/** Whether the view of these heads is at hand, or `by`, who names them, may have it made now. */
export const mayResolve = (
  dag: Dag,
  heads: readonly OpId[],
  { by, now }: { readonly by: MemberId | undefined; readonly now: Millis },
): boolean => {
  const subset = dag.closure(heads);
  return !subset || dag.views.has([...heads].sort().join()) || dag.folds.spend(by, dag.unitsOf(subset), now);
};

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
