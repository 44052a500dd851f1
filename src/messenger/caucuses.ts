/** What people see of a group. */
import { isMember } from "../protocol/group.ts";
import type { Card } from "../protocol/identity.ts";
import { actsAsAdmin } from "../protocol/rules.ts";
import type { CaucusMember, CaucusView, GroupId, MemberState, PersonId, Role } from "../types.ts";
import { nameOf } from "./lines.ts";
import { lastView } from "./newest.ts";
import { isOwnGroup } from "./own.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";

interface Place {
  readonly role: Role;
  readonly state: MemberState;
  readonly confirmed: boolean;
}

/** A person of a group; `card` is the one that the group's operations hold, perhaps an old one. */
const memberOf = (session: Session, card: Card, place: Place): CaucusMember => {
  const { person } = card;
  const self = person === session.person;
  const { name, flag, delegation, guest } = self ? session.card : (session.people.get(person)?.card ?? card);
  const known = session.people.view(person);
  return {
    person,
    name,
    flag,
    delegation,
    ...place,
    verified: known?.verified ?? false,
    online: self || (known?.online ?? false),
    guest: guest || card.guest,
  };
};

const membersOf = (session: Session, { state: { view, seat, peers, group } }: Held): readonly CaucusMember[] => {
  const members = new Map<PersonId, CaucusMember>();
  for (const one of view.members.values()) {
    const before = members.get(one.person);
    const known = one.member === seat.member || peers.get(one.member)?.confirmed === true;
    const confirmed = known && !session.people.devices.revoked(one.card);
    const place = {
      role: before?.role === "admin" ? "admin" : one.role,
      state: "joined",
      confirmed: confirmed && before?.confirmed !== false,
    } as const;
    members.set(one.person, memberOf(session, one.card, place));
  }
  for (const { card, role } of view.invites.values())
    if (card && !members.has(card.person))
      members.set(card.person, memberOf(session, card, { role, state: "invited", confirmed: false }));
  for (const { card } of session.asking.get(group)?.values() ?? [])
    if (!members.has(card.person))
      members.set(card.person, memberOf(session, card, { role: "member", state: "asked", confirmed: false }));
  return [...members.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.person < b.person ? -1 : 1,
  );
};

export const caucusView = (session: Session, group: GroupId): CaucusView | undefined => {
  const held = session.groups.get(group);
  if (!held || isOwnGroup(session, group)) return undefined;
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
    state: joined ? "joined" : "gone",
  };
};
