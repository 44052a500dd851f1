/** Whose keys hold back what is written: somebody who was compared in person, and a device of theirs that was not. SPEC.md §16. */
import type { GroupState } from "../protocol/group.ts";
import { devicesOf } from "../protocol/group.ts";
import type { Card } from "../protocol/identity.ts";
import type { PersonId } from "../types.ts";
import type { Session } from "./session.ts";

/** Whether this device may be served, as far as its person's keys go. */
export const isHeld = (
  { people, person: self }: Session,
  { person, device }: Pick<Card, "person" | "device">,
): boolean => {
  const record = person === self ? undefined : people.trust.get(person);
  return record !== undefined && (record.mismatch || record.check?.devices.includes(device) === false);
};

/** Everybody whose keys hold back what is written in a group as it is now. */
export const heldFor = (session: Session, { view }: Pick<GroupState, "view">): readonly PersonId[] => [
  ...new Set(
    devicesOf(view)
      .filter(({ card }) => isHeld(session, card))
      .map(({ person }) => person),
  ),
];

/** The same, as views have it. */
export const heldView = (session: Session, state: GroupState): { readonly heldFor?: readonly PersonId[] } => {
  const persons = heldFor(session, state);
  return persons.length > 0 ? { heldFor: persons } : {};
};
