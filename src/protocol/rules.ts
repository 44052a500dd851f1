/** Who may do what to a group: one operation against one draft of a view. SPEC.md §7. */
import type { PersonId } from "../types.ts";
import { actingAdmins, actsAsAdmin, heavyEnough, SEVERAL } from "./admins.ts";
import { equalBytes } from "./codec.ts";
import type { Drafted, Member } from "./draft.ts";
import { revocation, welcome } from "./draft.ts";
import { MAX_RECIPIENTS } from "./limits.ts";
import type { SignedOp } from "./membership.ts";
import { deviceProved, groupOf, joinProved } from "./membership.ts";

/** One distribution must be able to serve every device: members, and who is invited by card. */
const full = (draft: Drafted): boolean => {
  let devices = draft.members.size;
  for (const { card } of draft.invites.values()) if (card) devices++;
  return devices > MAX_RECIPIENTS;
};

/**
 * Whether a list that revokes devices fits these seats: of its author's person and line, and of devices that it names. Lists
 * are public, and a JOIN may bear anybody's card: only who came in beside a seat may say since when it is out.
 */
const unseats = (draft: Drafted, { devices, op: { body } }: SignedOp, by: Member | undefined): boolean =>
  devices !== undefined &&
  by !== undefined &&
  body.kind === "unseat" &&
  devices.person === by.person &&
  body.members.length > 0 &&
  body.members.every((one) => {
    const seat = draft.members.get(one) ?? draft.gone.get(one);
    return seat?.line === by.line && devices.revoked.includes(seat.card.device);
  });

/** Whether `op` may be applied to what its author knew. */
export const permitted = (draft: Drafted | undefined, op: SignedOp): boolean => {
  const { body, author } = op.op;
  if (body.kind === "create") return draft === undefined;
  if (!draft) return false;
  if (op.card && draft.revoked.has(revocation(op.card.person, op.card.device))) return false;
  const member = draft.members.get(author);
  const isAdmin = (): boolean => actsAsAdmin(draft, author);
  const isHost = (): boolean => member !== undefined && (draft.policy.invite === "members" || isAdmin());
  switch (body.kind) {
    case "invite":
      return (
        isHost() &&
        (body.role === "member" || (isAdmin() && actingAdmins(draft).size < SEVERAL)) &&
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
      return isHost() && draft.invites.has(body.invite);
    case "revoke":
      return isHost() && draft.invites.has(body.invite);
    case "remove":
      return (
        isAdmin() &&
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
      return isAdmin() && draft.members.has(body.member) && heavyEnough(draft, op.op);
    case "motion":
      return isAdmin() && [...draft.members.values()].some((one) => one.line === body.line);
    case "policy":
      return isAdmin();
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
      return unseats(draft, op, member);
  }
};

/** Whether who comes in by an operation that is permitted has shown that they may: a fact of the bytes, decided once. */
export const proved = (draft: Drafted | undefined, op: SignedOp): boolean => {
  const { body, author } = op.op;
  if (body.kind === "device") return op.proof?.good ?? deviceProved(body.proof, body.member, groupOf(op), author);
  if (body.kind !== "join") return true;
  const invite = draft?.invites.get(body.invite);
  if (invite && op.proof?.key && equalBytes(op.proof.key, invite.key)) return op.proof.good;
  return invite !== undefined && joinProved(body.proof, invite.key, groupOf(op), author, op.card?.person as PersonId);
};
