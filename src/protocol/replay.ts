/** Applying a subset of a group's operations in its order, once it is decided what does not count. SPEC.md §8, rule 4. */
import type { MemberId, OpId } from "../types.ts";
import type { Dag, Facts } from "./dag.ts";
import type { Card } from "./identity.ts";
import { IndexSet } from "./indexSet.ts";
import type { SignedOp } from "./membership.ts";
import type { Draft, Member, OpenInvite } from "./draft.ts";
import { apply, openInvite, withdraw } from "./applying.ts";
import { draftOf, revocation } from "./draft.ts";
import { permitted } from "./rules.ts";

/** Whether somebody is in, or was. */
const knows = ({ members, gone }: Draft, member: MemberId): boolean => members.has(member) || gone.has(member);

/** Whether it was done by two. */
const isByTwo = ({ seconds }: Facts): boolean => seconds.length > 0;

/**
 * Whether an operation is permitted where it comes to stand. What depends on the order alone does not put anybody out: a
 * change of policy binds who knew of it, a withdrawal whom it struck; a removal needs an author who was in, a revocation
 * nobody. Whether somebody may make and unmake admins is decided before, by their own past alone.
 */
const stands = (
  draft: Draft | undefined,
  op: SignedOp,
  { facts, left }: { readonly facts: Facts; readonly left: Passed["left"] },
): boolean => {
  const { author, body } = op.op;
  if (!draft || body.kind === "create") return permitted(draft, op);
  if (body.kind === "unseat") return true;
  if (body.kind === "remove") return knows(draft, author);
  if (body.kind === "role" && facts.weight)
    return (
      (isByTwo(facts) || knows(draft, author)) &&
      (body.role === "member" || draft.members.has(body.member) || left.has(body.member))
    );
  if (body.kind === "rekey" || body.kind === "leave" || body.kind === "motion") return permitted(draft, op);
  // A list that revokes devices binds who knew of it, and what its own line signed beside that is struck.
  const policy = { ...draft.policy, invite: "members", guests: "ask" } as const;
  const asked = { ...draft, policy, revoked: NONE };
  const plain = body.kind === "invite" ? { ...op, op: { ...op.op, body: { ...body, role: "member" } as const } } : op;
  return permitted(asked, plain);
};

const NONE: ReadonlySet<string> = new Set();

/** What others come in by: it outlasts that its author left beside it. */
const LASTING: ReadonlySet<string> = new Set(["invite", "admit", "device"]);

/** What is remembered on the way. */
interface Passed {
  /** Seats that left of their own accord, or by a list that another line of their person gave, as they were. */
  readonly left: Map<MemberId, Member>;
  /** Motions that were seconded, or ended. */
  readonly spent: Set<OpId>;
}

/**
 * Whether a ROLE by two has been done before, by the same word: who seconds it once more beside that changes nothing that was
 * done since. A word for putting somebody out never is spent.
 */
const isSpent = (draft: Draft, { weight, seconds }: Facts, { spent }: Passed): boolean =>
  weight !== undefined &&
  seconds.length > 0 &&
  seconds.every((motion) => spent.has(motion)) &&
  !(
    weight.to === "admin" &&
    [...draft.members.values()].some((one) => weight.lines.includes(one.line) && one.role === "admin")
  );

/** The motions that a ROLE ends, and those that it is done by. */
const spend = ({ motions }: Draft, { weight, seconds }: Facts, spent: Set<OpId>): void => {
  const ended = [...motions.values()].filter((one) => weight?.lines.includes(one.line) && one.to === weight.to);
  for (const motion of [...seconds, ...ended.map((one) => one.motion)]) spent.add(motion);
};

/** Applies an operation if it is permitted where it comes to stand. Whether it is. */
const take = (
  draft: Draft,
  op: SignedOp,
  { facts, passed }: { readonly facts: Facts; readonly passed: Passed },
): boolean => {
  const { left, spent } = passed;
  const { author, body } = op.op;
  const was = draft.members.get(author);
  const back = was || !LASTING.has(body.kind) ? undefined : left.get(author);
  if (back) draft.members.set(author, back);
  const others = body.kind === "unseat" ? body.members.flatMap((one) => draft.members.get(one) ?? []) : [];
  const done = stands(draft, op, { facts, left }) && !isSpent(draft, facts, passed);
  if (done && facts.weight && facts.weight.to !== "out") spend(draft, facts, spent);
  if (done) apply(draft, op, facts);
  if (back) draft.members.delete(author);
  if (done && was && body.kind === "leave") left.set(author, was);
  // Of another line they went as if they had left.
  if (done) for (const one of others) if (one.line !== facts.line) left.set(one.member, one);
  // Who left is an admin no more either, or one now, were another seat to come by theirs.
  const role = done && body.kind === "role" && facts.weight ? body.role : undefined;
  if (role)
    for (const one of left.values()) if (facts.weight?.lines.includes(one.line)) left.set(one.member, { ...one, role });
  return done;
};

const begin = (op: SignedOp): Draft | undefined => {
  if (op.op.body.kind !== "create") return undefined;
  const { name, bucket, policy, prekey } = op.op.body;
  const card = op.card as Card;
  const { author: member } = op.op;
  const creator: Member = { member, line: member, person: card.person, card, prekey, role: "admin", by: op.id };
  return {
    name,
    bucket,
    policy,
    lasting: [],
    comings: [op.id],
    members: new Map([[creator.member, creator]]),
    invites: new Map(),
    gone: new Map(),
    withdrawn: new Map(),
    motions: new Map(),
    revoked: new Set(),
  };
};

/** An invite as its JOIN knew it: open, and its author let in. */
const asKnown = (dag: Dag, { op, card }: SignedOp): OpenInvite | undefined => {
  const invite = op.body.kind === "join" ? dag.get(op.body.invite) : undefined;
  const open = invite && openInvite(invite);
  return open && card && { ...open, left: 1, admitted: new Map([[op.author, card.person]]) };
};

/** What closes invites that somebody may come in by beside it. */
const CLOSING: ReadonlySet<string> = new Set(["revoke", "policy", "unseat"]);

/** An invite that was closed, as it was, and by what. */
interface Closed {
  readonly invite: OpenInvite;
  readonly by: number;
}

/** Operations applied one after the other, in order. */
export class Replay {
  readonly #dag: Dag;
  #draft: Draft | undefined;
  readonly #revoked = new Map<OpId, Closed>();
  readonly #passed: Passed = { left: new Map(), spent: new Set() };
  readonly #unseats: number[] = [];
  /** What counted. */
  readonly applied = new IndexSet();

  constructor(dag: Dag) {
    this.#dag = dag;
  }

  /** `undefined` before a CREATE. */
  get draft(): Draft | undefined {
    return this.#draft;
  }

  /** The same once more, to go on from. */
  copy(): Replay {
    const out = new Replay(this.#dag);
    out.#draft = this.#draft && draftOf(this.#draft);
    for (const [invite, closed] of this.#revoked) out.#revoked.set(invite, closed);
    for (const [member, seat] of this.#passed.left) out.#passed.left.set(member, seat);
    for (const motion of this.#passed.spent) out.#passed.spent.add(motion);
    out.#unseats.push(...this.#unseats);
    out.applied.addAll(this.applied);
    return out;
  }

  /** @param kept a JOIN that stands whatever became of its way in */
  step(i: number, kept: boolean): void {
    if (this.#take(i, kept)) this.applied.add(i);
  }

  #take(i: number, kept: boolean): boolean {
    const op = this.#dag.at(i);
    const { kind } = op.op.body;
    const draft = this.#draft;
    if (!draft) {
      this.#draft = begin(op);
      return this.#draft !== undefined;
    }
    if (kind === "join") return this.#rejoin(draft, i, kept);
    const open = CLOSING.has(kind) ? [...draft.invites.values()] : [];
    if (!take(draft, op, { facts: this.#dag.facts(i), passed: this.#passed })) return false;
    for (const invite of open)
      if (!draft.invites.has(invite.invite)) this.#revoked.set(invite.invite, { invite, by: i });
    if (kind === "unseat") this.#unseats.push(i);
    if (kind === "invite") this.#closeRevoked(draft, op);
    return true;
  }

  /** A device that is revoked is served no more, whoever invited it beside that. */
  #closeRevoked(draft: Draft, { id, card }: SignedOp): void {
    if (!card || !draft.revoked.has(revocation(card.person, card.device))) return;
    const by = this.#unseats.find((i) => {
      const { devices } = this.#dag.at(i);
      return devices?.person === card.person && devices.revoked.includes(card.device);
    }) as number;
    this.#revoked.set(id, { invite: draft.invites.get(id) as OpenInvite, by });
    withdraw(draft, id, this.#dag.at(by).op.at);
  }

  /** A JOIN that was not struck, and does not know of a withdrawal, comes in as if there were none. Whether it does come in. */
  #rejoin(draft: Draft, i: number, kept: boolean): boolean {
    const dag = this.#dag;
    const revoked = this.#revoked;
    const op = dag.at(i);
    const { invite } = op.op.body as Extract<SignedOp["op"]["body"], { readonly kind: "join" }>;
    const closed = revoked.get(invite);
    const meanwhile = closed !== undefined && dag.concurrent(closed.by, i);
    if (closed && meanwhile) draft.invites.set(invite, closed.invite);
    const way = draft.invites.get(invite);
    const facts = dag.facts(i);
    const place = { facts, left: this.#passed.left };
    const fits = stands(draft, op, place);
    const known = fits || !kept ? undefined : asKnown(dag, op);
    if (known) draft.invites.set(invite, known);
    const applied = fits || (known !== undefined && stands(draft, op, place));
    if (applied) apply(draft, op, facts);
    if (known && way) draft.invites.set(invite, way);
    else if (known) draft.invites.delete(invite);
    if (!closed || !meanwhile) return applied;
    const left = draft.invites.get(invite);
    draft.invites.delete(invite);
    if (applied) draft.withdrawn.delete(invite);
    if (left) revoked.set(invite, { ...closed, invite: left });
    else revoked.delete(invite);
    return applied;
  }
}

/** What of a subset does not count, and which JOINs stand whatever became of their way in. */
interface Decided {
  readonly struck: IndexSet;
  readonly kept: IndexSet;
}

/** Applies operations in order, less what is struck. */
export const replay = (dag: Dag, order: readonly number[], { struck, kept }: Decided): Replay => {
  const out = new Replay(dag);
  for (const i of order) if (!struck.has(i)) out.step(i, kept.has(i));
  return out;
};
