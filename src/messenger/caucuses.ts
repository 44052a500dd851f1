/** What people see of a group. */
import type { GroupState } from "../protocol/group.ts";
import { devicesOf, isMember } from "../protocol/group.ts";
import type { Card } from "../protocol/identity.ts";
import { MOTION_LIFE } from "../protocol/limits.ts";
import { actsAsAdmin, standing } from "../protocol/admins.ts";
import type { View } from "../protocol/resolve.ts";
import { isHybrid } from "../protocol/rotation.ts";
import type {
  CaucusMember,
  CaucusView,
  ContestView,
  DeviceId,
  GroupId,
  LastingView,
  MemberId,
  MemberState,
  Millis,
  MotionView,
  PersonId,
  Role,
} from "../types.ts";
import { comingsOf } from "./comings.ts";
import { heldView } from "./holding.ts";
import { nameOf } from "./lines.ts";
import { lastView } from "./newest.ts";
import { isOwnGroup } from "./own.ts";
import type { Held } from "./parts.ts";
import { comparedView } from "./roomRecord.ts";
import type { Session } from "./session.ts";
import { openAsks } from "./waiting.ts";

interface Place {
  readonly role: Role;
  readonly state: MemberState;
  readonly confirmed: boolean;
  readonly equivocated?: boolean;
  readonly unopened?: boolean;
}

/** Whose devices a group serves, and which. */
interface Served {
  readonly devices: ReadonlyMap<PersonId, readonly DeviceId[]>;
  readonly among: ReadonlySet<PersonId>;
}
const servedIn = (view: View): Served => {
  const devices = new Map<PersonId, DeviceId[]>();
  for (const { person, card } of devicesOf(view)) devices.set(person, [...(devices.get(person) ?? []), card.device]);
  return { devices, among: new Set(devices.keys()) };
};

/** A person of a group; `card` is the one that the group's operations hold, perhaps an old one. */
const memberOf = (
  session: Session,
  { card, place, all }: { readonly card: Card; readonly place: Place; readonly all: Served },
): CaucusMember => {
  const { person } = card;
  const self = person === session.person;
  const { name, flag, delegation, guest } = self ? session.card : (session.people.get(person)?.card ?? card);
  const mark = guest || card.guest;
  const about = { devices: all.devices.get(person) ?? [card.device], guest: mark, among: all.among };
  return {
    person,
    name,
    flag,
    delegation,
    role: place.role,
    state: place.state,
    confirmed: place.confirmed,
    ...session.people.trust.standing(person, about),
    online: self || session.people.online(person),
    guest: mark,
    ...(place.unopened && { unopened: true }),
    ...(place.equivocated && { equivocated: true }),
  };
};

/** The persons of these devices, in the group or gone from it. */
const personsOf = ({ view }: GroupState, devices: Iterable<MemberId>): ReadonlySet<PersonId> => {
  const out = new Set<PersonId>();
  for (const member of devices) {
    const seat = view.members.get(member) ?? view.gone.get(member);
    if (seat) out.add(seat.person);
  }
  return out;
};

const membersOf = (session: Session, held: Held): readonly CaucusMember[] => {
  const { view, seat, peers, group } = held.state;
  const twofold = personsOf(held.state, held.marks.accused.keys());
  const sealed = personsOf(
    held.state,
    [...held.marks.lacking.values()].flatMap(({ from }) => from ?? []),
  );
  const members = new Map<PersonId, CaucusMember>();
  const all = servedIn(view);
  for (const one of view.members.values()) {
    const before = members.get(one.person);
    const known = one.member === seat.member || peers.get(one.member)?.confirmed === true;
    const confirmed = known && !session.people.devices.revoked(one.card);
    const place = {
      role: before?.role === "admin" ? "admin" : one.role,
      state: "joined",
      confirmed: confirmed && before?.confirmed !== false,
      unopened: sealed.has(one.person),
      equivocated: twofold.has(one.person),
    } as const;
    members.set(one.person, memberOf(session, { card: one.card, place, all }));
  }
  for (const { card, role } of view.invites.values())
    if (card && !members.has(card.person))
      members.set(card.person, memberOf(session, { card, place: { role, state: "invited", confirmed: false }, all }));
  for (const { card } of openAsks(session, group))
    if (!members.has(card.person))
      members.set(
        card.person,
        memberOf(session, { card, place: { role: "member", state: "asked", confirmed: false }, all }),
      );
  return [...members.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.person < b.person ? -1 : 1,
  );
};

/** Motions that a second admin can still act on. */
const openMotions = ({ view }: GroupState, now: Millis): readonly MotionView[] => {
  const out = new Map<string, MotionView>();
  // Of a person with several lines of devices, one about each.
  for (const { mover, person, to, at } of standing(view, now)) {
    const name = `${mover} ${person} ${to}`;
    const until = Math.max(at + MOTION_LIFE, out.get(name)?.until ?? 0);
    out.set(name, { by: mover, about: person, to, until });
  }
  return [...out.values()];
};

const contestsOf = (held: Held): readonly ContestView[] => {
  const { dag, view } = held.state;
  const persons = (members: readonly MemberId[]): readonly PersonId[] => {
    const joins = members.flatMap((member) => dag.by(member).map((i) => dag.at(i).card?.person ?? []));
    return [...new Set(joins.flat())];
  };
  return view.contests.map(({ kept, lost }) => ({ kept: persons(kept), lost: persons(lost) }));
};

/** What the group agreed on, beyond what every group does. */
const terms = ({ policy }: View): Pick<CaucusView, "adminsInvite" | "noGuests" | "lasts"> => ({
  ...(policy.invite === "admins" && { adminsInvite: true }),
  ...(policy.guests === "refuse" && { noGuests: true }),
  ...(policy.lasts !== undefined && { lasts: policy.lasts }),
});

/** Who changed how long messages stay. */
const lastingsOf = (session: Session, { dag, view }: GroupState): readonly LastingView[] =>
  view.lasting.flatMap((id) => {
    const { body, author, at } = dag.get(id)?.op ?? {};
    const by = author && (view.members.get(author) ?? view.gone.get(author))?.person;
    if (body?.kind !== "policy" || !by || at === undefined) return [];
    const name = by === session.person ? session.profile.name : nameOf(session.people, view, by);
    const { lasts } = body.policy;
    return [{ by, name, at, ...(lasts !== undefined && { lasts }) }];
  });

export const caucusView = (session: Session, group: GroupId): CaucusView | undefined => {
  const held = session.groups.get(group);
  if (!held || isOwnGroup(session, group)) return undefined;
  const { view, seat } = held.state;
  const { unread, unreadFrom, mentioned } = held.marks;
  const members = membersOf(session, held);
  const other = members.find(({ person }) => person !== session.person)?.person ?? session.person;
  const joined = isMember(held.state);
  const admin = joined && actsAsAdmin(view, seat.member);
  const full = view.policy.direct && view.members.size + view.invites.size >= 2;
  const last = lastView(session, held);
  const motions = openMotions(held.state, session.clock.now());
  const contests = contestsOf(held);
  const lastings = lastingsOf(session, held.state);
  return {
    caucus: group,
    name: view.policy.direct ? nameOf(session.people, view, other) : view.name,
    open: view.policy.open,
    direct: view.policy.direct,
    members,
    unread,
    ...(unreadFrom && { unreadFrom: unreadFrom.message, unreadSince: unreadFrom.time }),
    ...(mentioned > 0 && { mentioned }),
    ...(last && { last }),
    mayInvite: joined && !full && (admin || view.policy.invite === "members"),
    admin,
    quantum: isHybrid(held.state, session.exchanges.hybrids),
    ...terms(view),
    ...(lastings.length > 0 && { lastings }),
    ...(!view.policy.direct && { comings: comingsOf(session, held.state) }),
    ...(motions.length > 0 && { motions }),
    ...(contests.length > 0 && { contests }),
    state: joined ? "joined" : "gone",
    ...(joined && { ...heldView(session, held.state), ...comparedView(session, held.state) }),
  };
};
