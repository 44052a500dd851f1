/** Who acts as an admin, and what takes two of them. SPEC.md §7. */
import type { MemberId, Millis, OpId, PersonId } from "../types.ts";
import { MOTION_LIFE } from "./limits.ts";
import type { Destiny, Op } from "./membership.ts";
import type { Member } from "./draft.ts";

/** What an admin would have done to the seats of a line, and cannot do alone. */
export interface Motion {
  readonly motion: OpId;
  readonly by: MemberId;
  /** The person that `by` is a device of. */
  readonly mover: PersonId;
  /** Whose card others may bear: it is about these seats, and no others with that person's card. */
  readonly line: MemberId;
  /** By the card of the line. */
  readonly person: PersonId;
  readonly to: Destiny;
  readonly at: Millis;
}

interface Seats {
  readonly members: ReadonlyMap<MemberId, Member>;
}
interface Chamber extends Seats {
  readonly motions: ReadonlyMap<OpId, Motion>;
}

const hasAdmin = ({ members }: Seats): boolean => {
  for (const one of members.values()) if (one.role === "admin") return true;
  return false;
};

/** Persons who act as admins: the admins; everybody where there is none. */
export const actingAdmins = (seats: Seats): ReadonlySet<PersonId> => {
  const out = new Set<PersonId>();
  const everybody = !hasAdmin(seats);
  for (const { person, role } of seats.members.values()) if (everybody || role === "admin") out.add(person);
  return out;
};

/** A group without admins is everybody's: nobody may be locked in or out by an admin's departure. */
export const actsAsAdmin = (seats: Seats, author: MemberId): boolean => {
  const member = seats.members.get(author);
  return member !== undefined && (member.role === "admin" || !hasAdmin(seats));
};

/** So many admins, and none of them can be unmade by one alone; so many, and none can be made by one alone. */
export const MANY = 3;
export const SEVERAL = 2;

/** What an operation does to somebody's being an admin, and from how many admins on that takes two of them. */
export interface Weight {
  readonly person: PersonId;
  /** Of the seat that is given a role; of those that are removed, such as have an admin. */
  readonly lines: readonly MemberId[];
  readonly to: Destiny;
  readonly from: number;
}

/** `undefined` for an operation that makes and unmakes no admin, or only its author's own seats. */
export const weightOf = (draft: Seats, { body, author }: Pick<Op, "body" | "author">): Weight | undefined => {
  const own = draft.members.get(author);
  if (body.kind === "remove") {
    if (body.person === own?.person) return undefined;
    const named = new Set(body.members.map((member) => draft.members.get(member)?.line));
    const acting = [...draft.members.values()].filter((one) => named.has(one.line) && actsAsAdmin(draft, one.member));
    const lines = [...new Set(acting.map((one) => one.line))];
    return lines.length > 0 ? { person: body.person, lines, to: "out", from: MANY } : undefined;
  }
  const target = body.kind === "role" ? draft.members.get(body.member) : undefined;
  if (body.kind !== "role" || !target) return undefined;
  const { person, line } = target;
  if (body.role === "member")
    return target.role === "admin" && line !== own?.line
      ? { person, lines: [line], to: "member", from: MANY }
      : undefined;
  const already = [...draft.members.values()].some((one) => one.line === line && one.role === "admin");
  return already ? undefined : { person, lines: [line], to: "admin", from: SEVERAL };
};

/** Whether it makes or unmakes an admin, by that weight of its own past, without putting anybody out. */
export const isOffice = ({ body }: Pick<Op, "body">, weight: Weight | undefined): boolean =>
  body.kind === "invite" ? body.role === "admin" : body.kind === "role" && weight !== undefined;

/** Motions of admins that stand; by the clocks of the two who sign, for MOTION_LIFE. */
export const standing = (draft: Chamber, now: Millis): readonly Motion[] =>
  [...draft.motions.values()].filter((one) => now <= one.at + MOTION_LIFE && actsAsAdmin(draft, one.by));

/** Those of other persons about the same lines, for the same. */
export const secondsOf = (draft: Chamber, op: Pick<Op, "author" | "at">, { lines, to }: Weight): readonly Motion[] => {
  const own = draft.members.get(op.author)?.person;
  return standing(draft, op.at).filter((one) => lines.includes(one.line) && one.to === to && one.mover !== own);
};

/** Whether there is one about each of them. */
export const seconded = (draft: Chamber, op: Pick<Op, "author" | "at">, weight: Weight): boolean => {
  const seconds = secondsOf(draft, op, weight);
  return weight.lines.every((line) => seconds.some((one) => one.line === line));
};

/** Whether an admin may do this alone, or does it with a second one. */
export const heavyEnough = (draft: Chamber, op: Op): boolean => {
  const weight = weightOf(draft, op);
  return !weight || actingAdmins(draft).size < weight.from || seconded(draft, op, weight);
};
