/** What a person decides about a group: to make it, to bring in, to remove, to leave. */
import { refused, usage } from "../errors.ts";
import { act, fromOps, isMember, newSeat } from "../protocol/group.ts";
import type { GroupState } from "../protocol/group.ts";
import { hex } from "../protocol/codec.ts";
import type { Card } from "../protocol/identity.ts";
import { personOf } from "../protocol/identity.ts";
import { MAX_CUT } from "../protocol/limits.ts";
import type { Policy } from "../protocol/membership.ts";
import { makeOp } from "../protocol/membership.ts";
import { Dag } from "../protocol/dag.ts";
import { admit } from "../protocol/resolve.ts";
import type { Member } from "../protocol/draft.ts";
import { put } from "../store/record.ts";
import type { ChainId, GroupId, MemberId, PersonId } from "../types.ts";
import { makeInvite } from "./asks.ts";
import { admitAsking } from "./answers.ts";
import type { GrantOptions } from "./api.ts";
import { checkGrant } from "./grantOptions.ts";
import { isHeld } from "./holding.ts";
import { inviteCard } from "./invitations.ts";
import { freshChain, say } from "./chains.ts";
import { moveInstead, tellCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import { LISTING_USES, openCodeName } from "./codes.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { tellRemoved } from "./tellingAlone.ts";
import { askOf } from "./waiting.ts";

export interface NewGroup {
  readonly name: string;
  readonly open: boolean;
  readonly direct: boolean;
  readonly with: readonly PersonId[];
  /** What of the past they may read, when they come in. */
  readonly grant?: GrantOptions;
  readonly guests: Policy["guests"];
}

/** Seats and invitations that one removal names. */
export const SEATS = 16;
/** Three days: as long as anything is carried. */
const OPEN_TTL = 72 * 3_600_000;

/** A new group with this device as its only one, and an admin. */
export const foundGroup = (step: Step, name: string, policy: Policy): GroupState => {
  const { session, context } = step;
  const seat = newSeat(context.random);
  const prekey = seat.prekeys[0] as { number: number; key: Uint8Array };
  const create = makeOp(
    {
      parents: [],
      seq: 0,
      at: step.now,
      body: {
        kind: "create",
        nonce: context.random(16),
        name,
        bucket: context.random(16),
        policy,
        card: session.card.bytes,
        prekey: { number: prekey.number, key: prekey.key },
      },
    },
    seat.secret,
  );
  const dag = new Dag();
  admit(dag, create);
  const state = fromOps(dag, seat) as GroupState;
  step.hold(state);
  return state;
};

/** A new group with this person as its admin, and everybody of `with` invited. */
export const createGroup = async (
  step: Step,
  { name, open, direct, guests, with: others, grant = {} }: NewGroup,
): Promise<GroupId> => {
  checkGrant(grant);
  const { session } = step;
  const cards = [...new Set(others)].filter((one) => one !== session.person).map((one) => cardOf(session, one));
  // Talk with one of them begins, so that keys can be compared in it; what is written is held.
  if (!direct) for (const card of cards) needSettled(session, card);
  const { group } = foundGroup(step, name, { open, direct, invite: "members", guests });
  for (const card of cards) await inviteCard(step, group, { ...grant, card });
  if (open) {
    const { code } = await makeInvite(step, group, { ...grant, uses: LISTING_USES, ttl: OPEN_TTL, listed: true });
    step.write(put({ space: "profile", name: openCodeName(group) }, [group, code]));
    step.after(() => session.openCodes.set(group, code));
  }
  await freshChain(step, group);
  tellCaucus(step, group);
  return group;
};

const cardOf = (session: Session, person: PersonId) => {
  const contact = session.people.get(person);
  if (!contact)
    throw usage(
      "unknown-person",
      "nobody of that id is known here; they must have been seen once, or come by an invite code",
    );
  if (contact.blocked) throw usage("blocked-person", `${contact.card.name} is blocked here`);
  if (session.people.devices.revoked(contact.card))
    throw usage(
      "revoked-device",
      `the device of ${contact.card.name} that is known here was revoked; wait until they are seen`,
    );
  return contact.card;
};

/** Refused for a device that the person who was compared in person did not have then. */
const needSettled = (session: Session, card: Card): void => {
  if (isHeld(session, card))
    throw refused("keys-changed", `the keys of ${card.name} have changed; compare again, or accept them unchecked`);
};

/** Whether a seat is of the device that its person uses now, as far as this one has heard: others are left behind. */
const isCurrent = ({ people, self }: Session, { person, card }: Pick<Member, "person" | "card">): boolean => {
  const known = person === personOf(self) ? hex(self.device.public) : people.get(person)?.card.device;
  return known === undefined || known === card.device;
};

/** Invites somebody whose card is known, or lets in somebody who asked. */
export const addPerson = async (
  step: Step,
  group: GroupId,
  { person, ...grant }: GrantOptions & { readonly person: PersonId },
): Promise<void> => {
  checkGrant(grant);
  const { session } = step;
  const { state } = step.held(group) as Held;
  const seats = [...state.view.members.values()].filter((one) => one.person === person);
  // A device that came back from a backup has no sibling to seat it.
  const other = session.people.shownBy(person).find(({ device }) => !seats.some(({ card }) => card.device === device));
  if (!other && seats.some((one) => isCurrent(session, one)))
    throw usage("already-in", "they are in that caucus already");
  const waiting = askOf(session, group, person);
  const known = waiting?.card ?? cardOf(session, person);
  const card = !waiting && seats.length > 0 && other ? other : known;
  needSettled(session, card);
  if (waiting) await admitAsking(step, group, waiting);
  else {
    // Asked again, perhaps because the first invitation went astray: the new one takes its place.
    for (const { invite, card: invited } of state.view.invites.values()) {
      if (invited?.person !== person) continue;
      const revoked = act((step.held(group) as Held).state, { kind: "revoke", invite }, step.now);
      if (revoked) step.hold(revoked.state);
    }
    await inviteCard(step, group, { ...grant, card });
    await freshChain(step, group);
  }
  tellCaucus(step, group);
};

/** Everybody begins a new chain, this device at once, the others before they say anything more. */
export const healGroup = async (step: Step, group: GroupId): Promise<void> => {
  const { state } = step.held(group) as Held;
  const done = act(state, { kind: "rekey" }, step.now);
  if (!done) throw refused("may-not-heal", "this caucus does not know you as a member");
  step.hold(done.state);
  await freshChain(step, group);
};

/** How far this device has got with every chain of these members. */
export const cutOf = (state: GroupState, members: readonly MemberId[]): { chain: ChainId; count: number }[] => {
  const out: { chain: ChainId; count: number }[] = [];
  for (const one of [...state.receive.values()].sort((a, b) => a.openedAt - b.openedAt))
    // Empty ones too: they count nothing and lead on to the next.
    if (members.includes(one.sender)) out.push({ chain: one.chain, count: one.index });
  if (members.includes(state.seat.member))
    for (const one of state.sent.values())
      out.push({ chain: one.chain, count: one.chain === state.send?.chain ? state.send.index : 128 });
  return out.slice(-MAX_CUT);
};

/**
 * Everybody of a person, and every invitation of theirs; where it takes two admins, the first of them only says so. The removed learn it too: the operation goes out on the chain
 * that still served them; the next one does not.
 */
export const removePerson = async (step: Step, group: GroupId, person: PersonId): Promise<void> => {
  const { session } = step;
  if (person === session.person) throw usage("remove-yourself", "to go yourself, leave the caucus");
  const { view } = (step.held(group) as Held).state;
  const seats = [...view.members.values()].filter((one) => one.person === person);
  const invited = [...view.invites.values()].filter((one) => one.card?.person === person);
  const [members, invites] = [seats.map((one) => one.member), invited.map((one) => one.invite)];
  if (members.length === 0 && invites.length === 0) throw usage("not-in", "they are not in that caucus");
  const gist = { kind: "remove", person, members, invites: [], cut: [] } as const;
  if (await moveInstead(step, group, gist)) return tellCaucus(step, group);
  await freshChain(step, group);
  const ops: Uint8Array[] = [];
  // One operation names a few seats only; nobody is out of reach by taking many.
  for (let at = 0; at < Math.max(members.length, invites.length); at += SEATS) {
    const { state } = step.held(group) as Held;
    const some = members.slice(at, at + SEATS);
    const body = { person, members: some, invites: invites.slice(at, at + SEATS), cut: cutOf(state, some) };
    const done = act(state, { kind: "remove", ...body }, step.now);
    if (!done) throw refused("may-not-remove", "only an admin of this caucus can remove people");
    step.hold(done.state);
    ops.push(done.op.bytes);
    const whom = [
      ...seats.slice(at, at + SEATS).map(({ member, by, card }) => ({ member, by, agreement: card.agreement })),
      ...invited.slice(at, at + SEATS).map(({ invite, card }) => ({ by: invite, agreement: (card as Card).agreement })),
    ];
    tellRemoved(step, group, { removal: done.op.id, whom });
  }
  for (const op of ops) say(step, group, { kind: "ops", ops: [op] });
  tellCaucus(step, group);
};

export const leaveGroup = async (step: Step, group: GroupId): Promise<void> => {
  await freshChain(step, group);
  const { state } = step.held(group) as Held;
  const done = act(state, { kind: "leave", cut: cutOf(state, [state.seat.member]) }, step.now);
  if (!done) throw refused("may-not-leave", "this caucus does not know you as a member");
  step.hold(done.state);
  say(step, group, { kind: "ops", ops: [done.op.bytes] });
  tellCaucus(step, group);
};

/** The caucus of two with somebody; of several (both made one at once) the one with the lowest id, for both. */
export const directWith = (session: Session, person: PersonId): GroupId | undefined => {
  const found: GroupId[] = [];
  for (const [group, { state }] of session.groups) {
    if (!state.view.policy.direct || !isMember(state)) continue;
    const persons = new Set<PersonId>();
    for (const one of state.view.members.values()) if (isCurrent(session, one)) persons.add(one.person);
    for (const one of state.view.invites.values()) if (one.card) persons.add(one.card.person);
    if (persons.size === 2 && persons.has(person)) found.push(group);
  }
  return found.sort()[0];
};
