/**
 * Who waits to be let into a group. In memory: they ask again now and then, so that it need not survive a restart.
 */
import { actsAsAdmin } from "../protocol/admins.ts";
import type { Card } from "../protocol/identity.ts";
import type { View } from "../protocol/resolve.ts";
import type { GroupId, MemberId, Millis, OpId, PersonId } from "../types.ts";
import { Budget } from "./budget.ts";
import type { Session } from "./session.ts";

/** People who wait for a group's approval, and those turned away that are remembered. */
const MAX_WAITING = 256;
/** Newcomers to the room in a minute, for each invite: any holder of a code could send as many as they like. */
const MAX_NEW = 30;

/** Somebody's request, under the pseudonym that they ask with. */
export interface Asking {
  readonly member: MemberId;
  readonly card: Card;
  readonly invite: OpId;
  readonly since: Millis;
  readonly lastHeard: Millis;
}

export class WaitingRoom {
  readonly #asking = new Map<GroupId, Map<MemberId, Asking>>();
  readonly #declined = new Map<GroupId, Set<MemberId>>();
  readonly #budgets = new Map<OpId, Budget>();
  /** What was told last. */
  readonly told = new Map<GroupId, string>();

  /** Somebody asks, perhaps again; where the room is full, whoever was not heard for longest leaves it. */
  note(group: GroupId, { now, ...asked }: Pick<Asking, "member" | "card" | "invite"> & { readonly now: Millis }): void {
    const all = this.#asking.get(group) ?? new Map<MemberId, Asking>();
    const before = all.get(asked.member);
    const budget = this.#budgets.get(asked.invite) ?? new Budget(MAX_NEW, 60_000);
    this.#budgets.set(asked.invite, budget);
    if (!before && !budget.take(now)) return;
    // In the order of when they were heard.
    all.delete(asked.member);
    if (all.size >= MAX_WAITING) all.delete(all.keys().next().value as MemberId);
    this.#asking.set(group, all.set(asked.member, { ...asked, since: before?.since ?? now, lastHeard: now }));
  }

  forget(group: GroupId, member: MemberId): void {
    this.#asking.get(group)?.delete(member);
  }

  /** Turned away by somebody who may: their next request is another one. */
  decline(group: GroupId, member: MemberId): void {
    this.forget(group, member);
    const all = this.#declined.get(group) ?? new Set<MemberId>();
    if (all.size >= MAX_WAITING) all.delete(all.values().next().value as MemberId);
    this.#declined.set(group, all.add(member));
  }
  declined(group: GroupId, member: MemberId): boolean {
    return this.#declined.get(group)?.has(member) === true;
  }

  of(group: GroupId): readonly Asking[] {
    return [...(this.#asking.get(group)?.values() ?? [])];
  }
}

/** Whether a member may bring people in, and so decide about those who ask. */
export const isHost = (view: View, member: MemberId): boolean =>
  view.members.has(member) && (view.policy.invite === "members" || actsAsAdmin(view, member));

/** Requests that still stand, who waits longest first. */
export const openAsks = ({ groups, waiting, people, clock }: Session, group: GroupId): readonly Asking[] => {
  const view = groups.get(group)?.state.view;
  if (!view) return [];
  const seated = new Set([...view.members.values()].map(({ card }) => card.device));
  const stands = ({ member, card, invite }: Asking): boolean => {
    const open = view.invites.get(invite);
    return (
      open !== undefined &&
      clock.now() <= open.expires &&
      !open.admitted.has(member) &&
      !seated.has(card.device) &&
      !people.blocked(card.person)
    );
  };
  return waiting
    .of(group)
    .filter(stands)
    .toSorted((a, b) => a.since - b.since);
};

/** The request of a person that was heard last: an earlier one may be from before they tried again. */
export const askOf = (session: Session, group: GroupId, person: PersonId): Asking | undefined =>
  openAsks(session, group)
    .filter(({ card }) => card.person === person)
    .reduce<Asking | undefined>((last, one) => (last && last.lastHeard > one.lastHeard ? last : one), undefined);

/** Tells of them, where it is somebody else than was told last; whether it was. */
export const tellWaiting = (session: Session, group: GroupId): boolean => {
  const { waiting, events } = session;
  if (waiting.of(group).length === 0 && !waiting.told.has(group)) return false;
  const names = openAsks(session, group)
    .map(({ member }) => member)
    .join();
  if ((waiting.told.get(group) ?? "") === names) return false;
  waiting.told.set(group, names);
  events.emit("waiting", { caucus: group });
  return true;
};

/** The invites by code, and how many places each has left. */
const places = (view: View | undefined): string =>
  [...(view?.invites.values() ?? [])].flatMap(({ hail, invite, left }) => (hail ? `${invite} ${left}` : [])).join();

/** Tells what a step changed in the ways into a group. */
export const tellWays = (session: Session, group: GroupId, before: View | undefined): void => {
  const view = session.groups.get(group)?.state.view;
  if (view === before) return;
  if (places(view) !== places(before)) session.events.emit("codes", { caucus: group });
  tellWaiting(session, group);
};
