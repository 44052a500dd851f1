/** Answering who asks to come in by an invite of a group that this device is in. SPEC.md §11. */
import { type CouloirError, refused } from "../errors.ts";
import type { Answer } from "../protocol/control.ts";
import { answers, hails, REFUSALS, welcomes } from "../protocol/control.ts";
import type { EnvelopeKey } from "../protocol/envelope.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../protocol/envelope.ts";
import type { GroupState } from "../protocol/group.ts";
import { act, isMember } from "../protocol/group.ts";
import { answerKey } from "../protocol/hail.ts";
import { sealBox } from "../protocol/hpke.ts";
import type { Card } from "../protocol/identity.ts";
import { readCard } from "../protocol/identity.ts";
import { withVerdicts } from "../protocol/lateEngine.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { joinProved } from "../protocol/membership.ts";
import { label } from "../protocol/primitives.ts";
import { readProved } from "../protocol/proving.ts";
import { overtaken } from "../protocol/removal.ts";
import type { OpenInvite } from "../protocol/draft.ts";
import type { GroupId, MemberId } from "../types.ts";
import { HAIL_CONTEXT } from "./asks.ts";
import { Budget } from "./budget.ts";
import { makeWelcomes } from "./invitations.ts";
import { emitCaucus } from "./offices.ts";
import { freshChain } from "./chains.ts";
import type { Held } from "./parts.ts";
import { takeOps } from "./receive.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { tellWaiting, type Asking } from "./waiting.ts";

/** Other members answer when the inviter has not, so much later. */
const SECOND_ANSWER = 2_000;

/** A frame under the hail of one of this group's invites. */
export const takeHail = async (
  step: Step,
  group: GroupId,
  { invite, key }: { readonly invite: string; readonly key: Uint8Array },
  frame: Uint8Array,
): Promise<void> => {
  const plain = openEnvelope(key, frame, HAIL_CONTEXT);
  const hail = plain && hails.decode(plain);
  const held = step.held(group);
  if (!hail || !held || !isMember(held.state)) return;
  if (hail.kind === "joined")
    return takeOps(step, group, await readProved(hail.ops, { dag: held.state.dag, pause: step.context.pause }));
  const op = held.state.dag.get(invite as SignedOp["id"]);
  const card = await withVerdicts(() => readCard(hail.card));
  if (!op || op.op.body.kind !== "invite" || !op.op.body.hail || !card) return;
  const { key: by } = op.op.body;
  if (!(await withVerdicts(() => joinProved(hail.proof, by, group, hail.member, card.person)))) return;
  if (held.state.view.members.has(hail.member) || held.state.view.gone.has(hail.member)) return;
  const at = answerKey(op.op.body.hail, hail.member);
  const asked = { op, card, member: hail.member, at };
  // Whoever answers: all of them may let somebody in.
  if (standingOf(step, held.state, asked) === "wait") noteAsking(step, group, asked);
  if (op.op.author === held.state.seat.member) return answerAsk(step, group, asked);
  answerLater(step, group, asked);
};

interface Asked {
  readonly op: SignedOp;
  readonly card: Card;
  readonly member: MemberId;
  readonly at: EnvelopeKey;
}

/** Answers if the inviter has not meanwhile: he may be away. */
const answerLater = (step: Step, group: GroupId, asked: Asked): void => {
  const { session } = step;
  const part = `answered/${asked.member}`;
  if (session.tags.has(part)) return;
  session.tags.set(part, [[asked.at.tag, { kind: "answered", ask: asked.member }]]);
  const [a] = step.context.random(1) as unknown as [number];
  step.after(() => {
    session.clock.after(SECOND_ANSWER + a * 16, () => {
      if (!session.tags.has(part) || session.closed) return;
      session.tags.set(part, []);
      session.track(session.step((later) => answerAsk(later, group, asked)).catch(() => undefined));
    });
  });
};

/** Somebody else has answered: no need to. */
export const heardAnswer = (session: Session, member: string): void => {
  session.tags.set(`answered/${member}`, []);
};

/** A holder of a poster's code could have everybody answer without end: so many answers a minute, for each invite. */
const ANSWERS = 30;
const budgetOf = (session: Session, invite: SignedOp["id"]): Budget => {
  const known = session.answers.get(invite) ?? new Budget(ANSWERS, 60_000);
  session.answers.set(invite, known);
  return known;
};

/** An answered asker has so long to come in before somebody else may take the place. */
const HOLD_PLACE = 30_000;

/** Keeps a place for an asker; `false` while all that are left are kept for others. */
const reserve = (step: Step, invite: OpenInvite, member: MemberId): boolean => {
  const { places } = step.session;
  const kept = new Map(
    [...(places.get(invite.invite) ?? [])].filter(([one, until]) => one !== member && until > step.now),
  );
  if (kept.size >= invite.left) return false;
  places.set(invite.invite, kept.set(member, step.now + HOLD_PLACE));
  return true;
};

/** How a request stands; `open`: whoever asks may come in, if there is room. */
const standingOf = (
  step: Step,
  state: GroupState,
  { op, card, member }: Asked,
): "open" | "wait" | "later" | (typeof REFUSALS)[number] => {
  const invite = state.view.invites.get(op.id);
  const body = op.op.body as Extract<SignedOp["op"]["body"], { kind: "invite" }>;
  // They are not told, and another member may see it otherwise.
  if (step.session.people.blocked(card.person) || step.session.people.devices.revoked(card)) return "later";
  if (body.expires < step.now) return "expired";
  if (card.guest && state.view.policy.guests === "refuse") return "guest";
  // Their app may still be asking by a code that they were given earlier.
  if (overtaken(state.dag, op.id, card.person)) return "revoked";
  if (!invite) {
    const revoked = state.dag.all().some((one) => one.op.body.kind === "revoke" && one.op.body.invite === op.id);
    return revoked ? "revoked" : "used";
  }
  if (!invite.approval || invite.admitted.has(member)) return "open";
  return step.session.waiting.declined(state.group, member) ? "declined" : "wait";
};

const answerAsk = async (step: Step, group: GroupId, asked: Asked): Promise<void> => {
  const state = step.held(group)?.state;
  if (!state || !isMember(state)) return;
  if (!budgetOf(step.session, asked.op.id).take(step.now)) return;
  const standing = standingOf(step, state, asked);
  if (standing === "open") {
    const invite = state.view.invites.get(asked.op.id) as OpenInvite;
    if (reserve(step, invite, asked.member)) await welcomeIn(step, state, asked);
  } else if (standing === "wait") sendAnswer(step, state, asked.at, { kind: "wait" });
  // No word otherwise: they ask again in a moment.
  else if (standing !== "later") sendRefusal(step, state, asked.at, standing);
};

/** Sends all that somebody needs to come in. */
const welcomeIn = async (
  step: Step,
  state: GroupState,
  { op, card, at }: Pick<Asked, "op" | "card" | "at">,
): Promise<void> => {
  for (const welcome of makeWelcomes(step, state, card, { invite: op.id })) {
    const box = await sealBox(card.prekey.key, welcomes.encode(welcome), {
      info: label("answer box"),
      ikm: step.context.random(32),
    });
    if (box) sendAnswer(step, state, at, { kind: "welcome", prekey: card.prekey.number, box });
  }
};

export const sendRefusal = (step: Step, state: GroupState, at: EnvelopeKey, reason: (typeof REFUSALS)[number]): void =>
  sendAnswer(step, state, at, { kind: "refused", reason: REFUSALS.indexOf(reason) });

const sendAnswer = (step: Step, state: GroupState, at: EnvelopeKey, answer: Answer): void => {
  const frame = sealEnvelope(at, answers.encode(answer), {
    slot: slotFor(step.now),
    random: step.context.random,
    context: HAIL_CONTEXT,
  });
  step.publish(step.session.venue.bucketOf(state.view.bucket), [frame]);
};

const noteAsking = (step: Step, group: GroupId, { op, card, member }: Asked): void => {
  const { session } = step;
  step.after(() => {
    session.waiting.note(group, { card, member, invite: op.id, now: step.now });
    if (tellWaiting(session, group)) emitCaucus(session, group);
  });
};

export const mayNotAdmit = (): CouloirError =>
  refused("may-not-admit", "this caucus does not let you bring people in; ask an admin of it");

/** Where somebody is answered who waits. */
export const placeOf = (
  state: GroupState,
  { invite, member }: Asking,
): { readonly op: SignedOp; readonly at: EnvelopeKey } => {
  const op = state.dag.get(invite) as SignedOp;
  const body = op.op.body as Extract<SignedOp["op"]["body"], { kind: "invite" }>;
  return { op, at: answerKey(body.hail as Uint8Array, member) };
};

/** Lets somebody in who waits. */
export const admitAsking = async (step: Step, group: GroupId, asked: Asking): Promise<void> => {
  const { state } = step.held(group) as Held;
  const { invite, member, card } = asked;
  const done = act(state, { kind: "admit", invite, member, person: card.person }, step.now);
  if (!done) throw mayNotAdmit();
  step.hold(done.state);
  await freshChain(step, group);
  const after = (step.held(group) as Held).state;
  await welcomeIn(step, after, { ...placeOf(after, asked), card });
};
