/** What people see of a group. */
import { devicesOf, isMember } from "../protocol/group.ts";
import type { Card } from "../protocol/identity.ts";
import type { View } from "../protocol/resolve.ts";
import { isHybrid } from "../protocol/rotation.ts";
import { actsAsAdmin } from "../protocol/rules.ts";
import type { CaucusMember, CaucusView, DeviceId, GroupId, MemberState, PersonId, Role } from "../types.ts";
import { heldView } from "./holding.ts";
import { nameOf } from "./lines.ts";
import { lastView } from "./newest.ts";
import type { Held } from "./parts.ts";
import { comparedView } from "./roomRecord.ts";
import type { Session } from "./session.ts";

interface Place {
  readonly role: Role;
  readonly state: MemberState;
  readonly confirmed: boolean;
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
    ...place,
    ...session.people.trust.standing(person, about),
    online: self || session.people.online(person),
    guest: mark,
  };
};

const membersOf = (session: Session, { state, marks }: Held): readonly CaucusMember[] => {
  const { view, seat, peers, group } = state;
  const accused = new Set([...marks.accused.keys()].map((one) => view.members.get(one)?.person));
  const members = new Map<PersonId, CaucusMember>();
  const all = servedIn(view);
  for (const one of view.members.values()) {
    const before = members.get(one.person);
    const confirmed = one.member === seat.member || peers.get(one.member)?.confirmed === true;
    const place = {
      role: before?.role === "admin" ? "admin" : one.role,
      state: "joined",
      confirmed: confirmed && before?.confirmed !== false,
    } as const;
    members.set(one.person, memberOf(session, { card: one.card, place, all }));
  }
  for (const { card, role } of view.invites.values())
    if (card && !members.has(card.person))
      members.set(card.person, memberOf(session, { card, place: { role, state: "invited", confirmed: false }, all }));
  for (const { card } of session.asking.get(group)?.values() ?? [])
    if (!members.has(card.person))
      members.set(
        card.person,
        memberOf(session, { card, place: { role: "member", state: "asked", confirmed: false }, all }),
      );
  for (const [person, one] of members) if (accused.has(person)) members.set(person, { ...one, equivocated: true });
  return [...members.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.person < b.person ? -1 : 1,
  );
};

export const caucusView = (session: Session, group: GroupId): CaucusView | undefined => {
  const held = session.groups.get(group);
  if (!held) return undefined;
  const { view, seat } = held.state;
  const { unread, unreadFrom } = held.marks;
  const members = membersOf(session, held);
  const other = members.find(({ person }) => person !== session.person)?.person ?? session.person;
  const joined = isMember(held.state);
  const admin = joined && actsAsAdmin(view, seat.member);
  const full = view.policy.direct && view.members.size + view.invites.size >= 2;
  const last = lastView(session, held);
  return {
    caucus: group,
    name: view.policy.direct ? nameOf(session.people, view, other) : view.name,
    open: view.policy.open,
    direct: view.policy.direct,
    members,
    unread,
    ...(unreadFrom && { unreadFrom: unreadFrom.message, unreadSince: unreadFrom.time }),
    ...(last && { last }),
    mayInvite: joined && !full && (admin || view.policy.invite === "members"),
    admin,
    quantum: isHybrid(held.state, session.exchanges.hybrids),
    state: joined ? "joined" : "gone",
    ...(joined && { ...heldView(session, held.state), ...comparedView(session, held.state) }),
  };
};
