/**
 * Away for longer than anything stays in the mail: who was taken out meanwhile may be known to others only. What is written
 * waits then until somebody's chain has opened, or nobody has answered. SPEC.md §9.
 */
import type { GroupState } from "../protocol/group.ts";
import { HOUR, LIFETIME_HOURS } from "../protocol/limits.ts";
import { put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { Millis } from "../types.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { wantsOf } from "./wants.ts";

/** So often it asks before it takes it that nobody who could tell is there. */
const ASKS = 2;
const LINKED = { space: "profile", name: "linked" } as const;

/** When this device had links last, as far as it was written down. */
export const loadLinkedAt = async (store: Store): Promise<Millis | undefined> => {
  const kept = await store.get(LINKED);
  return typeof kept === "number" ? kept : undefined;
};

/** Written now and then while there are links, never as they come: who dies before they have heard anything is away still. */
export const noteLinked = (step: Step): void => {
  const { session, now } = step;
  if (!session.ready) return;
  step.write(put(LINKED, now));
  step.after(() => (session.linkedAt = now));
};

/** There are links, and what their ends carry has come. */
export const noteReturn = (session: Session): void => {
  const now = session.clock.now();
  const { linkedAt } = session;
  if (!session.ready && linkedAt !== undefined && now - linkedAt >= LIFETIME_HOURS * HOUR) session.returnedAt = now;
};

/** Whether nothing tells yet that a group is as this device left it. */
export const isApart = ({ returnedAt, wants }: Session, { group, view, receive, seat }: GroupState): boolean =>
  returnedAt !== undefined &&
  view.members.has(seat.member) &&
  view.members.size > 1 &&
  (wants.get(group)?.asksSince(returnedAt) ?? 0) < ASKS &&
  ![...receive.values()].some(({ openedAt }) => openedAt >= returnedAt);

/** Asks once more, if it is so; whether it does. */
export const askApart = (session: Session, state: GroupState): boolean => {
  const { returnedAt } = session;
  const apart = returnedAt !== undefined && isApart(session, state);
  if (apart) wantsOf(session, state.group).askSince(returnedAt);
  return apart;
};
