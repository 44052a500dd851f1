/** What every verb asks first: whether there is such a caucus, and whether this device is in it. */
import { refused, usage } from "../errors.ts";
import { isMember } from "../protocol/group.ts";
import type { GroupId } from "../types.ts";
import { isOwnGroup } from "./own.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";

/** Usage error `unknown-caucus` for one that this device never saw. */
export const knownGroup = (session: Session, caucus: GroupId): Held => {
  const held = session.groups.get(caucus);
  if (!held || isOwnGroup(session, caucus)) throw usage("unknown-caucus", "no caucus of that id is known here");
  return held;
};

/** Refused, `not-a-member`, for one that this device has left or was removed from. */
export const joinedGroup = (session: Session, caucus: GroupId): Held => {
  const held = knownGroup(session, caucus);
  if (!isMember(held.state))
    throw refused("not-a-member", "you are no longer in that caucus; its history stays readable");
  return held;
};
