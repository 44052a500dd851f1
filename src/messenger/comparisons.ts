/** Comparisons of emoji as this device remembers them: in memory only, one a person, ten minutes at most. */
import type { ListSeen } from "../protocol/deviceHistory.ts";
import type { ComparisonView, DeviceId, GroupId, Millis, PersonId } from "../types.ts";
import { nameOf } from "./lines.ts";
import type { Session } from "./session.ts";

export interface Comparison {
  readonly person: PersonId;
  readonly group: GroupId;
  readonly session: string;
  /** The device of theirs that takes part. */
  readonly device: DeviceId;
  readonly agreement: Uint8Array;
  readonly starter: boolean;
  readonly nonce: Uint8Array;
  readonly state: "asked" | "waiting" | "compare";
  readonly expires: Millis;
  /** What they committed to, where they asked. */
  readonly commit?: Uint8Array;
  /** Their list, as they sent it. */
  readonly list?: ListSeen;
  readonly emoji?: readonly number[];
}

export const viewOf = (session: Session, one: Comparison): ComparisonView => ({
  person: one.person,
  name: nameOf(session.people, undefined, one.person),
  caucus: one.group,
  state: one.state,
  ...(one.emoji && { emoji: one.emoji }),
  expires: one.expires,
});

export const comparisons = (session: Session): readonly ComparisonView[] =>
  [...session.comparisons.values()].map((one) => viewOf(session, one));

export const set = (session: Session, one: Comparison): ComparisonView => {
  session.comparisons.set(one.person, one);
  const view = viewOf(session, one);
  session.events.emit("comparison", view);
  return view;
};

type Reason = NonNullable<ComparisonView["reason"]>;
export const end = (session: Session, one: Comparison, reason: Reason): void => {
  session.comparisons.delete(one.person);
  session.events.emit("comparison", { ...viewOf(session, { ...one, state: "waiting" }), state: "ended", reason });
};

export const isLive = (session: Session, one: Comparison): boolean =>
  session.comparisons.get(one.person)?.session === one.session;

/** Begins to wait, ten minutes at most. */
export const begin = (session: Session, one: Comparison): ComparisonView => {
  session.clock.after(one.expires - session.clock.now(), () => {
    const now = session.comparisons.get(one.person);
    if (now?.session === one.session && !session.closed) end(session, now, "expired");
  });
  return set(session, one);
};
