/** Rounds of room codes as this device remembers them: in memory only, one a group, ten minutes at most. */
import { equalBytes } from "../protocol/codec.ts";
import type { GroupState } from "../protocol/group.ts";
import type { GroupId, MemberId, Millis, PersonId, RoomCodeView } from "../types.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";

/** What a member opens. */
export interface Opened {
  readonly nonce: Uint8Array;
  readonly digest: Uint8Array;
}

export interface Round {
  readonly group: GroupId;
  readonly round: string;
  readonly startedBy: MemberId;
  readonly state: "asked" | "gathering" | "opening" | "compare";
  readonly expires: Millis;
  /** What this device committed to. */
  readonly own?: Opened;
  readonly commits: ReadonlyMap<MemberId, Uint8Array>;
  readonly opened: ReadonlyMap<MemberId, Opened>;
  /** Who takes part, once it is closed. */
  readonly members?: readonly MemberId[];
  /** This device's part is on its way, or will be in a moment. */
  readonly opening: boolean;
  readonly emoji?: readonly number[];
  readonly moves: number;
}

export const personsOf = ({ view }: GroupState, members: Iterable<MemberId>): readonly PersonId[] => [
  ...new Set([...members].flatMap((one) => (view.members.get(one) ?? view.gone.get(one))?.person ?? [])),
];

export const viewOf = (session: Session, one: Round): RoomCodeView => {
  const { state } = session.groups.get(one.group) as Held;
  const others = [...one.opened].filter(([, { digest }]) => one.own && !equalBytes(digest, one.own.digest));
  return {
    caucus: one.group,
    startedBy: personsOf(state, [one.startedBy])[0] ?? session.person,
    state: one.state,
    committed: personsOf(state, one.members ?? one.commits.keys()),
    opened: personsOf(state, one.opened.keys()),
    differs: personsOf(
      state,
      others.map(([member]) => member),
    ),
    ...(one.emoji && { emoji: one.emoji }),
    expires: one.expires,
  };
};

export const roomCodes = (session: Session): readonly RoomCodeView[] =>
  [...session.rounds.values()].map((one) => viewOf(session, one));

export const emit = (session: Session, group: GroupId): void => {
  const one = session.rounds.get(group);
  if (one) session.events.emit("roomCode", viewOf(session, one));
};

type Reason = NonNullable<RoomCodeView["reason"]>;
export const end = (session: Session, one: Round, reason: Reason): void => {
  if (session.rounds.get(one.group)?.round !== one.round) return;
  session.rounds.delete(one.group);
  session.events.emit("roomCode", { ...viewOf(session, one), state: "ended", reason });
};

/** Keeps a round, ten minutes at most. In memory at once: what follows may stand in the same step. */
export const begin = (session: Session, one: Round): void => {
  session.rounds.set(one.group, one);
  session.clock.after(one.expires - session.clock.now(), () => {
    const now = session.rounds.get(one.group);
    if (now?.round === one.round && !session.closed) end(session, now, "expired");
  });
};

/** A round that this device has just heard of, or begins. */
export const fresh = (about: Pick<Round, "group" | "round" | "startedBy" | "expires">, moves = 0): Round => ({
  ...about,
  state: "asked",
  commits: new Map(),
  opened: new Map(),
  opening: false,
  moves,
});
