/** What an operation does to a draft of a view. SPEC.md §7. */
import type { MemberId, Millis, OpId, PersonId } from "../types.ts";
import type { Motion } from "./admins.ts";
import { SEVERAL } from "./admins.ts";
import type { Facts } from "./dag.ts";
import type { DeviceList } from "./devices.ts";
import type { Draft, Gone, Member, OpenInvite } from "./draft.ts";
import { revocation, welcome } from "./draft.ts";
import type { Card } from "./identity.ts";
import type { Cut, SignedOp } from "./membership.ts";

/** Changes of how long messages last that are remembered. */
const MAX_LASTINGS = 16;
/** Comings and goings that are remembered: of a venue's largest caucus each person's, and some more. */
const MAX_COMINGS = 256;

const holds = ({ members }: Draft, person: PersonId): boolean => {
  for (const one of members.values()) if (one.person === person) return true;
  return false;
};

const remember = (draft: Draft, { id }: SignedOp): void => {
  draft.comings = [...draft.comings, id].slice(-MAX_COMINGS);
};

const countLeft = (invite: OpenInvite): OpenInvite => ({ ...invite, left: invite.left - 1 });

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

export const withdraw = (draft: Draft, invite: OpId, at: Millis): void => {
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
      if (!holds(draft, card.person)) remember(draft, op);
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
    case "remove": {
      const was = holds(draft, body.person);
      for (const member of body.members) dismiss(draft, member, { how: "removed", at: op.op.at, cut: body.cut });
      if (was && !holds(draft, body.person)) remember(draft, op);
      for (const invite of body.invites) withdraw(draft, invite, op.op.at);
      // Whoever made an invitation still has its secret.
      for (const { invite, by } of draft.invites.values())
        if (body.members.includes(by)) withdraw(draft, invite, op.op.at);
      return;
    }
    case "leave": {
      const person = draft.members.get(author)?.person;
      dismiss(draft, author, { how: "left", at: op.op.at, cut: body.cut });
      if (person && !holds(draft, person)) remember(draft, op);
      return;
    }
    case "role": {
      const line = weight?.lines[0] ?? draft.members.get(body.member)?.line;
      // Who was none in its past was made one beside it: that takes nothing away, save on one's own devices.
      const takesNone = body.role === "member" && !weight && draft.members.get(author)?.line !== line;
      // Whom others make or unmake an admin, they do so on all their devices: what gave one more of them the role would be no office.
      const whole = weight !== undefined;
      let turned = false;
      for (const one of draft.members.values()) {
        if (takesNone || (one.member !== body.member && !(whole && one.line === line))) continue;
        turned ||= one.role !== body.role;
        draft.members.set(one.member, { ...one, role: body.role });
      }
      if (turned) remember(draft, op);
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
      if (body.policy.lasts !== draft.policy.lasts) draft.lasting = [...draft.lasting, op.id].slice(-MAX_LASTINGS);
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
