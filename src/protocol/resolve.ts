/**
 * What a set of membership operations means: one view, the same on every replica that has the same operations, in any
 * order of arrival. SPEC.md §8. Pure fold:
 *
 * 1. every operation is authorised against the view of its own ancestors (a fact that never changes);
 * 2. removals that are concurrent with an operation of the removed void it; a removal by somebody who is himself removed
 *    concurrently is void, unless the removals form a cycle: then all of them hold (strong removal);
 * 3. what is left is applied in topological order, ties by id; what rests on something void falls with it.
 */
import type { ChainId, GroupId, MemberId, OpId, PersonId, Role, ViewId } from "../types.ts";
import { concat, unhex } from "./codec.ts";
import type { Card, Prekey } from "./identity.ts";
import { hex } from "./codec.ts";
import { MAX_OP_PARENTS } from "./limits.ts";
import type { Policy, SignedOp } from "./membership.ts";
import { deviceProved, groupOf, joinProved } from "./membership.ts";
import { label, sha256 } from "./primitives.ts";

export interface Member {
  readonly member: MemberId;
  readonly person: PersonId;
  readonly card: Card;
  readonly prekey: Prekey;
  readonly role: Role;
  /** The operation that brought it in. */
  readonly by: OpId;
}

export interface OpenInvite {
  readonly invite: OpId;
  readonly by: MemberId;
  readonly key: Uint8Array;
  readonly hail?: Uint8Array;
  /** By card: this device is served until its person joins. */
  readonly card?: Card;
  readonly role: Role;
  readonly left: number;
  readonly expires: number;
  readonly approval: boolean;
  readonly admitted: ReadonlyMap<MemberId, PersonId>;
}

/** Somebody who was in: how many messages of each of their chains count. */
export interface Gone {
  readonly member: MemberId;
  readonly person: PersonId;
  readonly card: Card;
  readonly how: "removed" | "left";
  readonly cut: ReadonlyMap<ChainId, number>;
}

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
}

interface Draft {
  name: string;
  bucket: Uint8Array;
  policy: Policy;
  members: Map<MemberId, Member>;
  invites: Map<OpId, OpenInvite>;
  gone: Map<MemberId, Gone>;
}

/** Operations in causal order with their ancestors; grows only. */
export class Dag {
  readonly #order: SignedOp[] = [];
  readonly #index = new Map<OpId, number>();
  /** Ancestors of the operation at the same index. */
  readonly #ancestors: ReadonlySet<number>[] = [];
  readonly #depth: number[] = [];
  /** Views by their heads: what is below a set of heads never changes. */
  readonly views = new Map<string, View>();

  has(id: OpId): boolean {
    return this.#index.has(id);
  }
  get(id: OpId): SignedOp | undefined {
    const at = this.#index.get(id);
    return at === undefined ? undefined : this.#order[at];
  }
  get size(): number {
    return this.#order.length;
  }
  all(): readonly SignedOp[] {
    return this.#order;
  }

  /** Operations that are no ancestor of another, sorted. */
  heads(): readonly OpId[] {
    const inner = new Set(this.#order.flatMap((one) => one.op.parents));
    return this.#order.filter((one) => !inner.has(one.id)).map((one) => one.id).sort();
  }

  /** Indices of an operation's ancestors, were it added; `undefined` while a parent is missing. */
  ancestorsOf(op: SignedOp): Set<number> | undefined {
    const out = new Set<number>();
    for (const parent of op.op.parents) {
      const at = this.#index.get(parent);
      if (at === undefined) return undefined;
      out.add(at);
      for (const one of this.#ancestors[at] as ReadonlySet<number>) out.add(one);
    }
    return out;
  }

  /** Everything from these heads back, and they themselves; `undefined` when one is unknown. */
  closure(heads: readonly OpId[]): Set<number> | undefined {
    const out = new Set<number>();
    for (const head of heads) {
      const at = this.#index.get(head);
      if (at === undefined) return undefined;
      out.add(at);
      for (const one of this.#ancestors[at] as ReadonlySet<number>) out.add(one);
    }
    return out;
  }

  /** Adds an operation that `authorised` accepted. */
  add(op: SignedOp, ancestors: ReadonlySet<number>): void {
    this.#index.set(op.id, this.#order.length);
    this.#order.push(op);
    this.#ancestors.push(ancestors);
    this.#depth.push(op.op.parents.reduce((deepest, p) => Math.max(deepest, (this.#depth[this.#index.get(p) as number] as number) + 1), 0));
  }

  /** A subset in topological order, ties by id. */
  sorted(subset: Iterable<number>): number[] {
    return [...subset].sort((a, b) => {
      const depth = (this.#depth[a] as number) - (this.#depth[b] as number);
      return depth !== 0 ? depth : (this.at(a).id < this.at(b).id ? -1 : 1);
    });
  }
  at(index: number): SignedOp {
    return this.#order[index] as SignedOp;
  }
  concurrent(a: number, b: number): boolean {
    return a !== b && !(this.#ancestors[a] as ReadonlySet<number>).has(b) && !(this.#ancestors[b] as ReadonlySet<number>).has(a);
  }
}

const targets = (op: SignedOp): readonly MemberId[] => (op.op.body.kind === "remove" ? op.op.body.members : []);

/** A removal strikes what the removed did, and what came in by the invitations that it withdrew. */
const hits = (removal: SignedOp, op: SignedOp): boolean =>
  targets(removal).includes(op.op.author) ||
  (removal.op.body.kind === "remove" && op.op.body.kind === "join" && removal.op.body.invites.includes(op.op.body.invite));

/** Removals that hold, given all of a subset: rule 2. */
const holding = (dag: Dag, removals: readonly number[]): Set<number> => {
  const hitters = new Map(
    removals.map((r) => [r, removals.filter((q) => targets(dag.at(q)).includes(dag.at(r).op.author) && dag.concurrent(q, r))]),
  );
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

const countLeft = (invite: OpenInvite): OpenInvite => ({ ...invite, left: invite.left - 1 });

const activeAdmins = (draft: Draft): number => [...draft.members.values()].filter((one) => one.role === "admin").length;

/** Whether `op` may be applied to what its author knew. */
const permitted = (draft: Draft | undefined, op: SignedOp): boolean => {
  const { body, author } = op.op;
  if (body.kind === "create") return draft === undefined;
  if (!draft) return false;
  const member = draft.members.get(author);
  // A group without admins is everybody's: nobody may be locked in or out by an admin's departure.
  const admin = member !== undefined && (member.role === "admin" || activeAdmins(draft) === 0);
  const host = member !== undefined && (admin || draft.policy.invite === "members");
  switch (body.kind) {
    case "invite":
      return host && (admin || body.role === "member") && (!draft.policy.direct || draft.members.size + draft.invites.size < 2);
    case "join": {
      const invite = draft.invites.get(body.invite);
      const person = op.card?.person as PersonId;
      return (
        invite !== undefined &&
        invite.left > 0 &&
        op.op.at <= invite.expires &&
        !draft.members.has(author) &&
        !draft.gone.has(author) &&
        (invite.card === undefined || invite.card.person === person) &&
        (!invite.approval || invite.admitted.get(author) === person) &&
        joinProved(body.proof, invite.key, groupOf(op), author, person)
      );
    }
    case "admit":
      return host && draft.invites.has(body.invite);
    case "revoke":
      return host && draft.invites.has(body.invite);
    case "remove":
      return (
        admin &&
        body.members.every((one) => draft.members.get(one)?.person === body.person) &&
        body.invites.every((one) => draft.invites.get(one)?.card?.person === body.person)
      );
    case "leave":
    case "rekey":
      return member !== undefined;
    case "role":
      return admin && draft.members.has(body.member);
    case "policy":
      return admin;
    case "device":
      return (
        member !== undefined &&
        op.card?.person === member.person &&
        !draft.members.has(body.member) &&
        !draft.gone.has(body.member) &&
        deviceProved(body.proof, body.member, groupOf(op), author)
      );
  }
};

const dismiss = (draft: Draft, member: MemberId, how: Gone["how"], cut: readonly { chain: ChainId; count: number }[]): void => {
  const was = draft.members.get(member) ?? draft.gone.get(member);
  if (!was) return;
  const before = draft.gone.get(member)?.cut;
  const counts = new Map(before);
  // Concurrent removals count what any of them had seen.
  for (const { chain, count } of cut) counts.set(chain, Math.max(count, counts.get(chain) ?? 0));
  draft.members.delete(member);
  draft.gone.set(member, { member, person: was.person, card: was.card, how, cut: counts });
};

const apply = (draft: Draft, op: SignedOp): void => {
  const { body, author } = op.op;
  switch (body.kind) {
    case "create":
      return;
    case "invite":
      draft.invites.set(op.id, {
        invite: op.id,
        by: author,
        key: body.key,
        ...(body.hail && { hail: body.hail }),
        ...(op.card && { card: op.card }),
        role: body.role,
        left: body.uses,
        expires: body.expires,
        approval: body.approval,
        admitted: new Map(),
      });
      return;
    case "join": {
      const invite = draft.invites.get(body.invite) as OpenInvite;
      const rest = countLeft(invite);
      if (rest.left > 0) draft.invites.set(invite.invite, rest);
      else draft.invites.delete(invite.invite);
      const card = op.card as Card;
      draft.members.set(author, { member: author, person: card.person, card, prekey: body.prekey, role: invite.role, by: op.id });
      return;
    }
    case "admit": {
      const invite = draft.invites.get(body.invite) as OpenInvite;
      draft.invites.set(invite.invite, { ...invite, admitted: new Map(invite.admitted).set(body.member, body.person) });
      return;
    }
    case "remove":
      for (const member of body.members) dismiss(draft, member, "removed", body.cut);
      for (const invite of body.invites) draft.invites.delete(invite);
      return;
    case "leave":
      dismiss(draft, author, "left", body.cut);
      return;
    case "role": {
      const member = draft.members.get(body.member) as Member;
      draft.members.set(member.member, { ...member, role: body.role });
      return;
    }
    case "revoke":
      draft.invites.delete(body.invite);
      return;
    case "rekey":
      return;
    case "policy":
      draft.policy = body.policy;
      return;
    case "device": {
      const { role } = draft.members.get(author) as Member;
      const card = op.card as Card;
      draft.members.set(body.member, { member: body.member, person: card.person, card, prekey: body.prekey, role, by: op.id });
      return;
    }
  }
};

/** Rule 3 for removals: the author must have been in; rule 2 has already decided about concurrent ones. */
const stands = (draft: Draft | undefined, op: SignedOp): boolean => {
  if (op.op.body.kind !== "remove" || !draft) return permitted(draft, op);
  return draft.members.has(op.op.author) || draft.gone.has(op.op.author);
};

const fold = (dag: Dag, subset: ReadonlySet<number>): Draft | undefined => {
  const order = dag.sorted(subset);
  const removals = order.filter((i) => dag.at(i).op.body.kind === "remove");
  const holds = holding(dag, removals);
  const voided = (i: number): boolean => {
    const op = dag.at(i);
    if (op.op.body.kind === "remove") return !holds.has(i);
    for (const r of holds) if (dag.concurrent(r, i) && hits(dag.at(r), op)) return true;
    return false;
  };
  let draft: Draft | undefined;
  for (const i of order) {
    const op = dag.at(i);
    if (voided(i) || !stands(draft, op)) continue;
    if (op.op.body.kind === "create") {
      const { name, bucket, policy, prekey } = op.op.body;
      const card = op.card as Card;
      const creator: Member = { member: op.op.author, person: card.person, card, prekey, role: "admin", by: op.id };
      draft = { name, bucket, policy, members: new Map([[creator.member, creator]]), invites: new Map(), gone: new Map() };
    } else apply(draft as Draft, op);
  }
  return draft;
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
  let earlier = 0;
  for (const i of ancestors) if (dag.at(i).op.author === op.op.author) earlier++;
  if (earlier !== op.op.seq) return "refused";
  if (!permitted(fold(dag, ancestors), op)) return "refused";
  dag.add(op, ancestors);
  return "ok";
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
  const draft = subset && heads.length <= MAX_OP_PARENTS ? fold(dag, subset) : undefined;
  if (!draft) return undefined;
  const group = groupOf(dag.at(0));
  const view = { group, view: viewId(group, heads), heads, ...draft };
  if (dag.views.size >= REMEMBERED_VIEWS) dag.views.clear();
  dag.views.set(name, view);
  return view;
};
