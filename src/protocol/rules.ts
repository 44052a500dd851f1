/** Who may do what to a group, and what it does: one operation against one draft of a view. SPEC.md §8. */
import type { ChainId, DeviceId, MemberId, Millis, OpId, PersonId, Role } from "../types.ts";
import type { Motion } from "./admins.ts";
import { actingAdmins, actsAsAdmin, heavyEnough, SEVERAL } from "./admins.ts";
import { equalBytes } from "./codec.ts";
import type { Facts } from "./dag.ts";
import type { DeviceList } from "./devices.ts";
import type { Card, Prekey } from "./identity.ts";
import { MAX_RECIPIENTS } from "./limits.ts";
import type { Cut, Policy, SignedOp } from "./membership.ts";
import { deviceProved, groupOf, joinProved } from "./membership.ts";

export interface Member {
  readonly member: MemberId;
  readonly person: PersonId;
  readonly card: Card;
  readonly prekey: Prekey;
  readonly role: Role;
  /** The operation that brought it in. */
  readonly by: OpId;
  /**
   * The seat that began the line of DEVICEs which seated this one: its own where it came by itself. A JOIN may bear
   * anybody's card, so what a person has a right to as one who is in already goes by this.
   */
  readonly line: MemberId;
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
  readonly line: MemberId;
  readonly card: Card;
  readonly how: "removed" | "left";
  /** The earliest and the latest signed time of the operations that say so. */
  readonly since: Millis;
  readonly at: Millis;
  readonly cut: ReadonlyMap<ChainId, number>;
}

/** A device that was invited by card and is not any more, without having come in. */
export interface Withdrawn {
  readonly card: Card;
  readonly at: Millis;
}

/** A view while operations are applied to it. */
export interface Draft {
  name: string;
  bucket: Uint8Array;
  policy: Policy;
  members: Map<MemberId, Member>;
  invites: Map<OpId, OpenInvite>;
  gone: Map<MemberId, Gone>;
  withdrawn: Map<OpId, Withdrawn>;
  motions: Map<OpId, Motion>;
  /** Devices that their own persons have revoked in this group: `person/device`. */
  revoked: Set<string>;
}

/** Of a person's own: nobody can name another's device. */
export const revocation = (person: PersonId, device: DeviceId): string => `${person}/${device}`;

const countLeft = (invite: OpenInvite): OpenInvite => ({ ...invite, left: invite.left - 1 });

/** One distribution must be able to serve every device: members, and who is invited by card. */
const full = (draft: Draft): boolean => {
  let devices = draft.members.size;
  for (const { card } of draft.invites.values()) if (card) devices++;
  return devices > MAX_RECIPIENTS;
};

/** Whether somebody may come in with this card at all. */
const welcome = ({ policy }: Draft, card: Card | undefined): boolean => policy.guests === "ask" || card?.guest !== true;

/** Whether a list that revokes devices fits these seats: of its person, and of devices that it names. */
const unseats = (draft: Draft, { devices, op: { body } }: SignedOp, person: PersonId | undefined): boolean =>
  devices !== undefined &&
  body.kind === "unseat" &&
  devices.person === person &&
  body.members.length > 0 &&
  body.members.every((one) => {
    const seat = draft.members.get(one) ?? draft.gone.get(one);
    return seat?.person === person && devices.revoked.includes(seat.card.device);
  });

/** Whether `op` may be applied to what its author knew. */
export const permitted = (draft: Draft | undefined, op: SignedOp): boolean => {
  const { body, author } = op.op;
  if (body.kind === "create") return draft === undefined;
  if (!draft) return false;
  if (op.card && draft.revoked.has(revocation(op.card.person, op.card.device))) return false;
  const member = draft.members.get(author);
  const admin = actsAsAdmin(draft, author);
  const host = member !== undefined && (admin || draft.policy.invite === "members");
  switch (body.kind) {
    case "invite":
      return (
        host &&
        (body.role === "member" || (admin && actingAdmins(draft).size < SEVERAL)) &&
        welcome(draft, op.card) &&
        (body.card === undefined || !full(draft)) &&
        (!draft.policy.direct || draft.members.size + draft.invites.size < 2)
      );
    case "join": {
      const invite = draft.invites.get(body.invite);
      const person = op.card?.person as PersonId;
      return (
        invite !== undefined &&
        invite.left > 0 &&
        op.op.seq === 0 &&
        op.op.at <= invite.expires &&
        !draft.members.has(author) &&
        !draft.gone.has(author) &&
        welcome(draft, op.card) &&
        (invite.card === undefined ? !full(draft) : invite.card.person === person) &&
        (!invite.approval || invite.admitted.get(author) === person)
      );
    }
    case "admit":
      return host && draft.invites.has(body.invite);
    case "revoke":
      return host && draft.invites.has(body.invite);
    case "remove":
      return (
        admin &&
        heavyEnough(draft, op.op) &&
        // A person's own devices are taken out by a list that the root key signs, and by nothing less.
        body.person !== member?.person &&
        body.members.every((one) => draft.members.get(one)?.person === body.person) &&
        body.invites.every((one) => draft.invites.get(one)?.card?.person === body.person)
      );
    case "leave":
    case "rekey":
      return member !== undefined;
    case "role":
      return admin && draft.members.has(body.member) && heavyEnough(draft, op.op);
    case "motion":
      return admin && [...draft.members.values()].some((one) => one.line === body.line);
    case "policy":
      return admin;
    case "device":
      return (
        member !== undefined &&
        !full(draft) &&
        welcome(draft, op.card) &&
        op.card?.person === member.person &&
        !draft.members.has(body.member) &&
        !draft.gone.has(body.member)
      );
    case "unseat":
      return unseats(draft, op, member?.person);
  }
};

/** Whether who comes in by an operation that is permitted has shown that they may: a fact of the bytes, decided once. */
export const proved = (draft: Draft | undefined, op: SignedOp): boolean => {
  const { body, author } = op.op;
  if (body.kind === "device") return op.proof?.good ?? deviceProved(body.proof, body.member, groupOf(op), author);
  if (body.kind !== "join") return true;
  const invite = draft?.invites.get(body.invite);
  if (invite && op.proof?.key && equalBytes(op.proof.key, invite.key)) return op.proof.good;
  return invite !== undefined && joinProved(body.proof, invite.key, groupOf(op), author, op.card?.person as PersonId);
};

const dismiss = (
  draft: Draft,
  member: MemberId,
  { how, at, cut }: { readonly how: Gone["how"]; readonly at: Millis; readonly cut: Cut },
): void => {
  const was = draft.members.get(member) ?? draft.gone.get(member);
  if (!was) return;
  const before = draft.gone.get(member)?.cut;
  const counts = new Map(before);
  // Concurrent removals count what any of them had seen.
  for (const { chain, count } of cut) counts.set(chain, Math.max(count, counts.get(chain) ?? 0));
  draft.members.delete(member);
  const earlier = draft.gone.get(member);
  const since = Math.min(at, earlier?.since ?? at);
  const latest = Math.max(at, earlier?.at ?? at);
  draft.gone.set(member, {
    member,
    person: was.person,
    line: was.line,
    card: was.card,
    how,
    since,
    at: latest,
    cut: counts,
  });
  if ([...draft.members.values()].some((one) => one.line === was.line)) return;
  dropMotions(draft, ({ line }) => line === was.line);
};

const dropMotions = (draft: Draft, which: (motion: Motion) => boolean): void => {
  for (const one of draft.motions.values()) if (which(one)) draft.motions.delete(one.motion);
};

const withdraw = (draft: Draft, invite: OpId, at: Millis): void => {
  const card = draft.invites.get(invite)?.card;
  if (card) draft.withdrawn.set(invite, { card, at });
  draft.invites.delete(invite);
};

/** What an INVITE opens; `undefined` for what is none. */
export const openInvite = ({ id, op: { author, body }, card }: SignedOp): OpenInvite | undefined =>
  body.kind === "invite"
    ? {
        invite: id,
        by: author,
        key: body.key,
        ...(body.hail && { hail: body.hail }),
        ...(card && { card }),
        role: body.role,
        left: body.uses,
        expires: body.expires,
        approval: body.approval,
        admitted: new Map(),
      }
    : undefined;

/** What an operation is for its own past decides what it gives and takes, wherever it comes to stand. */
export const apply = (draft: Draft, op: SignedOp, { weight, admins }: Pick<Facts, "weight" | "admins">): void => {
  const { body, author } = op.op;
  switch (body.kind) {
    case "create":
      return;
    case "invite":
      draft.invites.set(op.id, openInvite(op) as OpenInvite);
      return;
    case "join": {
      const invite = draft.invites.get(body.invite) as OpenInvite;
      const rest = countLeft(invite);
      if (rest.left > 0) draft.invites.set(invite.invite, rest);
      else draft.invites.delete(invite.invite);
      const card = op.card as Card;
      draft.members.set(author, {
        member: author,
        line: author,
        person: card.person,
        card,
        prekey: body.prekey,
        // Whoever else had been made an admin has a say in it by then.
        role: admins < SEVERAL ? invite.role : "member",
        by: op.id,
      });
      return;
    }
    case "admit": {
      const invite = draft.invites.get(body.invite) as OpenInvite;
      draft.invites.set(invite.invite, { ...invite, admitted: new Map(invite.admitted).set(body.member, body.person) });
      return;
    }
    case "remove":
      for (const member of body.members) dismiss(draft, member, { how: "removed", at: op.op.at, cut: body.cut });
      for (const invite of body.invites) withdraw(draft, invite, op.op.at);
      // Whoever made an invitation still has its secret.
      for (const { invite, by } of draft.invites.values())
        if (body.members.includes(by)) withdraw(draft, invite, op.op.at);
      return;
    case "leave":
      dismiss(draft, author, { how: "left", at: op.op.at, cut: body.cut });
      return;
    case "role": {
      const line = weight?.lines[0] ?? draft.members.get(body.member)?.line;
      // Whom others take down they take down on all their devices: another one may have been raised meanwhile.
      const whole = weight?.to === "member";
      for (const one of draft.members.values())
        if (one.member === body.member || (whole && one.line === line))
          draft.members.set(one.member, { ...one, role: body.role });
      dropMotions(draft, (one) => one.line === line && one.to === body.role);
      return;
    }
    case "motion": {
      const { line, to } = body;
      const mover = (draft.members.get(author) as Member).person;
      const { person } = [...draft.members.values()].find((one) => one.line === line) as Member;
      const same = (one: Motion): boolean => one.by === author && one.line === line && one.to === to;
      // Nobody takes back what another has seconded by saying it once more, as of long ago.
      if ([...draft.motions.values()].some((one) => same(one) && one.at > op.op.at)) return;
      dropMotions(draft, same);
      draft.motions.set(op.id, { motion: op.id, by: author, mover, line, person, to, at: op.op.at });
      return;
    }
    case "revoke":
      withdraw(draft, body.invite, op.op.at);
      return;
    case "rekey":
      return;
    case "policy":
      draft.policy = body.policy;
      // Whoever is invited by card is served, and could never come in.
      for (const { invite, card } of draft.invites.values())
        if (card && !welcome(draft, card)) withdraw(draft, invite, op.op.at);
      return;
    case "unseat": {
      const { person, revoked } = op.devices as DeviceList;
      for (const device of revoked) draft.revoked.add(revocation(person, device));
      for (const member of body.members) dismiss(draft, member, { how: "removed", at: op.op.at, cut: body.cut });
      for (const { invite, by, card } of draft.invites.values())
        if (body.members.includes(by) || (card && draft.revoked.has(revocation(card.person, card.device))))
          withdraw(draft, invite, op.op.at);
      return;
    }
    case "device": {
      const { role, line } = draft.members.get(author) as Member;
      const card = op.card as Card;
      draft.members.set(body.member, {
        member: body.member,
        person: card.person,
        card,
        prekey: body.prekey,
        role,
        line,
        by: op.id,
      });
      return;
    }
  }
};
