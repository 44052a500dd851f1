/** Who waits to be let into a group, as people see it. */
import type { GroupId, PersonId, WaitingView } from "../types.ts";
import type { Session } from "./session.ts";
import { openAsks } from "./waiting.ts";

/** Everybody once, who waits longest first. */
export const waitingViews = (session: Session, group: GroupId): readonly WaitingView[] => {
  const all = new Map<PersonId, WaitingView>();
  for (const { card, invite, since, lastHeard } of openAsks(session, group)) {
    const { person, device, name, flag, delegation, guest } = card;
    const before = all.get(person);
    const { trust } = session.people.trust.standing(person, { devices: [device], guest, among: new Set() });
    all.set(person, {
      person,
      name,
      flag,
      delegation,
      guest,
      trust,
      invite: before && before.lastHeard > lastHeard ? before.invite : invite,
      since: Math.min(since, before?.since ?? since),
      lastHeard: Math.max(lastHeard, before?.lastHeard ?? lastHeard),
    });
  }
  return [...all.values()];
};
