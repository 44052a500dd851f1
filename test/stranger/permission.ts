/** Who may sign what, SPEC.md §7 ("who may"). */
import { Refused } from "./cbor.ts";
import { concat, label, verify } from "./crypto.ts";
import { joinProof, readDevices, type Card } from "./identity.ts";
import { isKind, type Operation, type OperationOf, type Role } from "./operations.ts";
import { unhex } from "./shapes.ts";
import { cardOf, isOpen, type Invite, type View } from "./view.ts";

const MOST_DEVICES = 512;

/** How an operation is judged: `early` in the view of its parents (rule 1), else where it comes to stand (rule 4). */
export interface Judged {
  readonly early: boolean;
  /** Whether an operation rests on another. */
  readonly rests: (on: Operation) => boolean;
}

/** What somebody would do to a person's office or seat, and from how many admins on it takes two. */
export interface Weight {
  readonly from: 2 | 3;
  readonly person: string;
  /** Each of them needs a second. */
  readonly lines: ReadonlySet<string>;
  readonly to: "out" | Role;
}

/** Whether and from when on an operation weighs, in that view. */
export const weightOf = (view: View, op: Operation): Weight | undefined => {
  const own = view.personOf(op.author);
  if (isKind(op, "remove")) {
    const { person, members } = op.body;
    const named = new Set(members.map((member) => view.seats.get(member)?.line));
    const acting = [...view.seats.values()].filter(({ member, line }) => named.has(line) && view.acts(member));
    const lines = new Set(acting.map(({ line }) => line));
    return lines.size > 0 && person !== own ? { from: 3, person, lines, to: "out" } : undefined;
  }
  if (!isKind(op, "role")) return undefined;
  const { member, role } = op.body;
  const seat = view.seats.get(member);
  if (seat === undefined) return undefined;
  const { person, line } = seat;
  const isOwn = view.seats.get(op.author)?.line === line;
  const lines = new Set([line]);
  if (role === "member") return seat.role === "admin" && !isOwn ? { from: 3, person, lines, to: role } : undefined;
  const already = [...view.seats.values()].some((each) => each.line === line && each.role === "admin");
  return already ? undefined : { from: 2, person, lines, to: role };
};

/** The weight of what weighs with as many admins as that takes. */
export const enoughFor = (view: View, op: Operation): Weight | undefined => {
  const weight = weightOf(view, op);
  return weight !== undefined && view.admins().size >= weight.from ? weight : undefined;
};

/** Whether its author may sign it as an admin, alone or with a second. */
export const isEntitled = (view: View, op: Operation, weight: Weight | undefined): boolean =>
  view.acts(op.author) && (!isKind(op, "invite") || view.admins().size <= 1) && isSeconded(view, op, weight);

/** Whether the table permits an operation. Whatever is wrong with what it carries, it does not. */
export const permits = (view: View, op: Operation, judged: Judged): boolean => {
  try {
    return isKind(op, "create") ? view.ever.size === 0 : judge(view, op, judged);
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
};

const judge = (view: View, op: Operation, judged: Judged): boolean => {
  if (isKind(op, "join")) return mayJoin(view, op, judged);
  if (!view.seats.has(op.author)) return false;
  if (isKind(op, "leave", "rekey")) return true;
  if (isKind(op, "invite")) return isHost(view, op, judged) && mayInvite(view, op, judged);
  if (isKind(op, "admit", "revoke")) return isHost(view, op, judged) && isOpenInvite(view, op.body.invite);
  if (isKind(op, "device")) return mayBring(view, op, judged);
  if (isKind(op, "unseat")) return mayUnseat(view, op);
  if (!view.acts(op.author)) return false;
  if (isKind(op, "motion")) return view.isInLine(op.body.line);
  if (isKind(op, "role")) return view.seats.has(op.body.member) && hasWeight(view, op);
  return isKind(op, "remove") ? mayRemove(view, op) && hasWeight(view, op) : true;
};

const isHost = (view: View, op: Operation, { early }: Judged): boolean =>
  !early || view.policy?.invite === "members" || view.acts(op.author);

const isOpenInvite = (view: View, id: string): boolean => {
  const invite = view.invites.get(id);
  return invite !== undefined && isOpen(invite);
};

const hasWeight = (view: View, op: Operation): boolean => isSeconded(view, op, enoughFor(view, op));

const isSeconded = (view: View, op: Operation, weight: Weight | undefined): boolean =>
  weight === undefined || [...weight.lines].every((line) => view.secondsFor(op, line, weight.to).length > 0);

const isWelcome = (view: View, card: Card, { early }: Judged): boolean =>
  !early || (!view.isRevoked(card) && !(view.policy?.guests === "refuse" && card.guest));

const hasRoom = (view: View): boolean => view.seats.size + view.openCards().length <= MOST_DEVICES;

const mayInvite = (view: View, op: OperationOf<"invite">, judged: Judged): boolean => {
  const { card: bytes, hail, role } = op.body;
  if ((bytes === null) === (hail === null)) return false;
  if (role === "admin" && !(view.acts(op.author) && view.admins().size <= 1)) return false;
  const invited = [...view.invites.values()].filter(isOpen);
  if (view.policy?.direct === true && view.seats.size + invited.length >= 2) return false;
  return bytes === null || (isWelcome(view, cardOf(bytes), judged) && hasRoom(view));
};

const isNew = (view: View, member: string): boolean => !view.ever.has(member);

const mayJoin = (view: View, op: OperationOf<"join">, judged: Judged): boolean => {
  const { invite: id, card: bytes, proof } = op.body;
  const invite = view.invites.get(id);
  const card = cardOf(bytes);
  if (invite === undefined || op.seq !== 0 || !isNew(view, op.author) || !isWelcome(view, card, judged)) return false;
  const { body } = invite.operation;
  if (!isOpenFor(invite, judged) || op.at > body.expires) return false;
  if (invite.card !== null ? invite.card.person !== card.person : !hasRoom(view)) return false;
  if (body.approval && !invite.admitted.has(`${op.author} ${card.person}`)) return false;
  return !judged.early || verify(body.key, proof, joinProof(op.group, op.author, card.person));
};

/** Where it comes to stand, rule 3 has decided about places, and about withdrawals beside it. */
const isOpenFor = (invite: Invite, { early, rests }: Judged): boolean =>
  early ? isOpen(invite) : !invite.closed.some((op) => rests(op) || isKind(op, "remove"));

const mayBring = (view: View, op: OperationOf<"device">, judged: Judged): boolean => {
  const { member, card: bytes, proof } = op.body;
  const card = cardOf(bytes);
  if (card.person !== view.personOf(op.author) || !isNew(view, member)) return false;
  if (!isWelcome(view, card, judged) || !hasRoom(view)) return false;
  return (
    !judged.early || verify(unhex(member), proof, concat(label("device proof"), unhex(op.group), unhex(op.author)))
  );
};

const mayRemove = (view: View, op: OperationOf<"remove">): boolean => {
  const { person, members, invites } = op.body;
  if (person === view.personOf(op.author)) return false;
  const isOf = (id: string): boolean => isOpenInvite(view, id) && view.invites.get(id)?.card?.person === person;
  return members.every((member) => view.personOf(member) === person) && invites.every(isOf);
};

const mayUnseat = (view: View, op: OperationOf<"unseat">): boolean => {
  const { person, revoked } = readDevices(op.body.devices).body;
  if (person !== view.personOf(op.author) || op.body.members.length === 0) return false;
  const line = view.seats.get(op.author)?.line;
  return op.body.members.every((member) => {
    const seat = view.ever.get(member);
    return seat !== undefined && seat.line === line && revoked?.includes(seat.card.device) === true;
  });
};
