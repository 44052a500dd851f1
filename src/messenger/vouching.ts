/** "I have looked at the app that they use": kept, and told to the caucuses that both are in. SPEC.md §16. */
import { refused } from "../errors.ts";
import type { Vouch } from "../protocol/control.ts";
import type { GroupState } from "../protocol/group.ts";
import { isMember, persons } from "../protocol/group.ts";
import { MAX_VOUCHES } from "../protocol/limits.ts";
import type { GroupId, MemberId, Millis, PersonId, PersonView } from "../types.ts";
import { sayAnew } from "./chains.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { keepRecord, needContact } from "./verifying.ts";

/** A vouch from further ahead than this would outdo all later ones. */
const AHEAD: Millis = 24 * 3_600_000;

/** Up to which vouch a group was told, and who was in it. */
interface ToldGroup {
  readonly at: Millis;
  readonly members: ReadonlySet<MemberId>;
}
const toldGroups = new WeakMap<Session, Map<GroupId, ToldGroup>>();
const toldOf = (session: Session): Map<GroupId, ToldGroup> => {
  const all = toldGroups.get(session) ?? new Map<GroupId, ToldGroup>();
  toldGroups.set(session, all);
  return all;
};

/** See `MessengerApi.vouch`. */
export const vouch = async (session: Session, person: PersonId, looked: boolean): Promise<PersonView> => {
  const { card } = needContact(session, person);
  if (looked && card.guest)
    throw refused(
      "guest-app",
      `${card.name} is a guest: whoever runs this Wi-Fi could have altered their app, so none can vouch for it`,
    );
  const { trust } = session.people;
  await session.step(async (step) => {
    const record = trust.of(card);
    const before = record.vouches.find(({ by }) => by === session.person);
    // Devices that were looked at before stay so, as long as they are theirs.
    const kept = (before?.devices ?? []).filter((one) => record.history.devices.includes(one) && one !== card.device);
    const own = {
      by: session.person,
      devices: looked ? [...kept, card.device] : [],
      at: Math.max(step.now, (before?.at ?? 0) + 1),
    };
    const others = record.vouches.filter((one) => one !== before);
    keepRecord(step, { ...record, vouches: [...others.slice(-31), own] });
  });
  for (const [group, { state }] of session.groups) if (persons(state.view).has(person)) session.onChange(group);
  return session.people.view(person) as PersonView;
};

/** This person's vouches for others of a group. */
const ownVouches = ({ people, person: self }: Session, { view }: GroupState): readonly Vouch[] => {
  const here = persons(view);
  return [...people.trust.vouchedFor].flatMap((person) => {
    const own = here.has(person) ? people.trust.get(person)?.vouches.find(({ by }) => by === self) : undefined;
    return own ? [{ person, devices: own.devices, at: own.at }] : [];
  });
};

/** Whether a group, or somebody who came in since, has not heard all of this person's vouches. */
export const vouchesDue = (session: Session, state: GroupState): boolean => {
  if (session.people.trust.vouchedFor.size === 0) return false;
  const own = ownVouches(session, state);
  const told = toldOf(session).get(state.group);
  if (own.length === 0) return false;
  if (!told || own.some(({ at }) => at > told.at)) return true;
  return (
    own.some(({ devices }) => devices.length > 0) &&
    [...state.view.members.keys()].some((one) => !told.members.has(one))
  );
};

/** Tells a group, in this device's own slot. */
export const tellVouches = async (step: Step, group: GroupId): Promise<void> => {
  const { session } = step;
  const { state } = step.held(group) as Held;
  if (!isMember(state) || !vouchesDue(session, state)) return;
  const own = ownVouches(session, state);
  for (let at = 0; at < own.length; at += MAX_VOUCHES)
    await sayAnew(step, group, { kind: "vouch", vouches: own.slice(at, at + MAX_VOUCHES) });
  const at = Math.max(...own.map((one) => one.at));
  step.after(() => toldOf(session).set(group, { at, members: new Set(state.view.members.keys()) }));
};

/** A member vouches. What they say of people who are not in the group, and of themselves, counts nothing. */
export const takeVouches = (
  step: Step,
  { group, from }: { readonly group: GroupId; readonly from: MemberId },
  vouches: readonly Vouch[],
): void => {
  const { people, person: self, card: ownCard } = step.session;
  const { view } = (step.held(group) as Held).state;
  const by = view.members.get(from)?.person;
  if (!by || by === self || people.blocked(by)) return;
  const here = persons(view);
  for (const { person, devices, at } of vouches) {
    const card = person === self ? ownCard : people.get(person)?.card;
    if (!card || person === by || !here.has(person) || at > step.now + AHEAD) continue;
    step.write(...people.trust.hear(card, { by, devices, at }));
  }
};
