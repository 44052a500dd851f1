/** What people see of a group. */
import { isMember } from "../protocol/group.ts";
import type { CaucusMember, CaucusView, GroupId, PersonId } from "../types.ts";
import { nameOf } from "./lines.ts";
import type { Session } from "./session.ts";

export const caucusView = (session: Session, group: GroupId): CaucusView | undefined => {
  const held = session.groups.get(group);
  if (!held) return undefined;
  const { view, seat, peers } = held.state;
  const members = new Map<PersonId, CaucusMember>();
  const name = (person: PersonId): string => nameOf(session.people, view, person);
  for (const one of view.members.values()) {
    const before = members.get(one.person);
    const confirmed = one.member === seat.member || peers.get(one.member)?.confirmed === true;
    members.set(one.person, {
      person: one.person,
      name: name(one.person),
      role: before?.role === "admin" ? "admin" : one.role,
      state: "joined",
      confirmed: confirmed && before?.confirmed !== false,
    });
  }
  for (const { card, role } of view.invites.values())
    if (card && !members.has(card.person))
      members.set(card.person, {
        person: card.person,
        name: name(card.person),
        role,
        state: "invited",
        confirmed: false,
      });
  for (const { card } of session.asking.get(group)?.values() ?? [])
    if (!members.has(card.person))
      members.set(card.person, {
        person: card.person,
        name: card.name,
        role: "member",
        state: "asked",
        confirmed: false,
      });
  const others = [...members.keys()].filter((person) => person !== session.person);
  return {
    caucus: group,
    name: view.policy.direct ? name(others[0] ?? session.person) : view.name,
    open: view.policy.open,
    direct: view.policy.direct,
    members: [...members.values()].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : a.person < b.person ? -1 : 1,
    ),
    unread: held.marks.unread,
    state: isMember(held.state) ? "joined" : "gone",
  };
};
