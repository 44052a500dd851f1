/** Invitations by card: one device tells another's prekey, in a first-contact frame, what it needs to come in. */
import { invalid, refused } from "../errors.ts";
import type { Shape } from "../protocol/codec.ts";
import { bytes, bytesUpTo, equalBytes, id, list, struct, uint } from "../protocol/codec.ts";
import type { Welcome } from "../protocol/control.ts";
import { welcomes } from "../protocol/control.ts";
import { sealHello, slotFor } from "../protocol/envelope.ts";
import type { GroupState } from "../protocol/group.ts";
import { act, addOps, fromOps, isMember, newSeat, pairWith } from "../protocol/group.ts";
import type { Card } from "../protocol/identity.ts";
import { attest, personOf } from "../protocol/identity.ts";
import { HOUR, LIFETIME_HOURS } from "../protocol/limits.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { proveJoin } from "../protocol/membership.ts";
import { admitAll } from "../protocol/proving.ts";
import { Dag } from "../protocol/dag.ts";
import type { View } from "../protocol/resolve.ts";
import { resolve } from "../protocol/resolve.ts";
import { chunked } from "../protocol/sending.ts";
import { signingPair } from "../protocol/signature.ts";
import { put } from "../store/record.ts";
import type { GroupId, InvitationView, Millis, OpId, Pause, PersonId } from "../types.ts";
import type { GrantOptions } from "./api.ts";
import { caucusView } from "./caucuses.ts";
import { freshChain } from "./chains.ts";
import { grantFields } from "./grantOptions.ts";
import type { Held } from "./parts.ts";
import { noMarks } from "./parts.ts";
import { withRecall } from "./recalling.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** An invitation as it is kept. */
interface KeptInvitation {
  readonly group: GroupId;
  readonly from: PersonId;
  readonly receivedAt: Millis;
  readonly invite: OpId;
  readonly secret: Uint8Array;
  readonly ops: readonly Uint8Array[];
}

/** What waits for this person's answer. */
export interface Invitation extends KeptInvitation {
  /** The caucus as its operations make it. */
  readonly view: View;
}

const shape: Shape<KeptInvitation> = struct({
  group: id<GroupId>(32),
  from: id<PersonId>(32),
  receivedAt: uint(),
  invite: id<OpId>(32),
  secret: bytes(32),
  ops: list(bytesUpTo(5000), 4096),
});
export const invitationName = (group: GroupId): string => `invitation ${group}`;

/** `undefined` for a damaged record. */
export const readInvitation = async (raw: unknown, pause?: Pause): Promise<Invitation | undefined> => {
  const kept = shape.from(raw);
  const graph = kept && (await graphOf(kept, pause));
  return graph && { ...kept, view: graph.view };
};

/** Invites a person's device: an operation, and a frame for it alone. Throws `refused` where policy forbids it. */
export const inviteCard = async (
  step: Step,
  group: GroupId,
  { card, ...grant }: GrantOptions & { readonly card: Card },
): Promise<void> => {
  const { state } = step.held(group) as Held;
  if (card.guest && state.view.policy.guests === "refuse")
    throw refused("no-guests", `${card.name} is a guest, and this caucus lets none in; an admin can change that`);
  const secret = step.context.random(32);
  const invited = act(
    state,
    {
      kind: "invite",
      key: signingPair(secret).public,
      card: card.bytes,
      role: "member",
      uses: 1,
      expires: step.now + LIFETIME_HOURS * HOUR,
      approval: false,
      ...grantFields(grant),
    },
    step.now,
  );
  if (!invited) throw refused("may-not-invite", "this caucus does not let you bring people in; ask an admin of it");
  step.hold(invited.state);
  for (const welcome of makeWelcomes(step, invited.state, card, { invite: invited.op.id, secret })) {
    const options = { slot: slotFor(step.now), random: step.context.random };
    const frame = await sealHello(card.prekey.key, welcomes.encode(welcome), options);
    if (!frame)
      throw invalid("unusable-card", `the card of ${card.name} has no usable key; ask them to come online once`);
    step.publish(step.session.venue.lobby, [frame]);
  }
};

/** All that `card`'s device needs to come in; nothing for a card without a usable agreement key. */
export const makeWelcomes = (
  step: Step,
  state: GroupState,
  card: Card,
  { invite, secret }: { readonly invite: OpId; readonly secret?: Uint8Array },
): readonly Welcome[] => {
  const pair = pairWith(step.context.self, card.agreement);
  if (!pair) return [];
  const attestation = attest(pair, state.group, state.seat.member, personOf(step.context.self));
  const lists = chunked(state.dag.all());
  return lists.map((ops, part) => ({
    group: state.group,
    ops,
    from: state.seat.member,
    attestation,
    invite,
    part,
    parts: lists.length,
    ...(secret && { secret }),
  }));
};

/** Operations that a stranger can make this device look at; more are fetched from inside. */
const MAX_WELCOME_OPS = 1024;

/** A graph of the operations of a welcome; `undefined` when they make no group of that name. */
const graphOf = async (
  welcome: Pick<Welcome, "group" | "ops">,
  pause: Pause | undefined,
): Promise<{ readonly dag: Dag; readonly ops: readonly SignedOp[]; readonly view: View } | undefined> => {
  if (welcome.ops.length > MAX_WELCOME_OPS) return undefined;
  const dag = new Dag();
  const ops = await admitAll(dag, welcome.ops, pause);
  const view = resolve(dag);
  return view?.group === welcome.group ? { dag, ops, view } : undefined;
};

/** Who sent a welcome, if it was the device that it names. */
const senderOf = (step: Step, welcome: Welcome, view: View): PersonId | undefined => {
  const member = view.members.get(welcome.from);
  const pair = member && pairWith(step.context.self, member.card.agreement);
  if (!member || !pair) return undefined;
  const expected = attest(pair, welcome.group, welcome.from, member.person);
  return equalBytes(expected, welcome.attestation) ? member.person : undefined;
};

/** Invitations that wait for their person. */
const MAX_INVITATIONS = 256;

/** What a device does with an invitation: comes in, or lets its person decide. */
export const beInvited = async (step: Step, welcome: Welcome): Promise<void> => {
  const { session } = step;
  const view = (await graphOf(welcome, step.context.pause))?.view;
  const from = view && senderOf(step, welcome, view);
  const known = step.held(welcome.group);
  const { group, invite, secret } = welcome;
  if (!from || !secret || session.people.blocked(from) || (known && isMember(known.state))) return;
  const invitation: Invitation = { group, from, receivedAt: step.now, invite, secret, ops: welcome.ops, view };
  if (!session.options.ask && session.welcomes.take(step.now)) return void (await enter(step, welcome, secret));
  if (session.invitations.size >= MAX_INVITATIONS && !session.invitations.has(group)) return;
  step.write(put({ space: "profile", name: invitationName(welcome.group) }, shape.to(invitation)));
  step.after(() => {
    session.invitations.set(welcome.group, invitation);
    session.events.emit("invitation", invitationView(session, invitation));
  });
};

export const invitationView = (session: Session, invitation: Invitation): InvitationView => {
  const { view } = invitation;
  const fromName =
    session.people.get(invitation.from)?.card.name ??
    [...view.members.values()].find((one) => one.person === invitation.from)?.card.name ??
    "";
  return {
    caucus: invitation.group,
    name: view.policy.direct ? fromName : view.name,
    from: invitation.from,
    fromName,
    direct: view.policy.direct,
    members: new Set([...view.members.values()].map((one) => one.person)).size,
    receivedAt: invitation.receivedAt,
  };
};

/** Comes in by a welcome: this device's own JOIN operation, and its first chain. Throws `refused` when it may not. */
export const enter = async (
  step: Step,
  welcome: Pick<Welcome, "group" | "ops" | "invite">,
  secret: Uint8Array,
  seat = newSeat(step.context.random),
): Promise<GroupState> => {
  const { session } = step;
  const { group } = welcome;
  const before = step.held(group);
  const graph = await graphOf(welcome, step.context.pause);
  const base = before ? addOps({ ...before.state, seat }, graph?.ops ?? []).state : graph && fromOps(graph.dag, seat);
  if (!base) throw invalid("welcome-garbled", "the invitation does not hold together; ask for another one");
  const { send: _ended, ...withoutChain } = base;
  const prekey = seat.prekeys[0] as { number: number; key: Uint8Array };
  const joined = act(
    { ...withoutChain, acked: new Map() },
    {
      kind: "join",
      invite: welcome.invite,
      card: session.card.bytes,
      prekey: { number: prekey.number, key: prekey.key },
      proof: proveJoin(secret, group, seat.member, session.person),
    },
    step.now,
  );
  if (!joined) throw refused("invite-void", "this invitation is used up, expired or withdrawn; ask for a new one");
  await session.groupTags.prepare(joined.state, step.now, step.context.pause);
  step.hold(joined.state, withRecall(joined.state, before?.marks ?? noMarks, step.now));
  for (const one of joined.state.view.members.values()) step.write(...session.people.learn(one.card));
  step.erase({ space: "profile", name: invitationName(group) });
  step.after(() => {
    session.invitations.delete(group);
    const view = caucusView(session, group);
    if (view) session.events.emit("caucus", view);
  });
  return freshChain(step, group);
};
