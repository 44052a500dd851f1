/** Answering who asks to come in by an invite of a group that this device is in. SPEC.md §11. */
import { refused } from "../errors.ts";
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
import type { OpenInvite } from "../protocol/rules.ts";
import type { GroupId, MemberId } from "../types.ts";
import { HAIL_CONTEXT } from "./asks.ts";
import { Budget } from "./budget.ts";
import { caucusView } from "./caucuses.ts";
import { makeWelcomes } from "./invitations.ts";
import { freshChain } from "./chains.ts";
import type { Held } from "./parts.ts";
import { takeOps } from "./receive.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

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

const verdictOf = (
  step: Step,
  state: GroupState,
  { op, card, member }: Asked,
): "welcome" | "wait" | "later" | (typeof REFUSALS)[number] => {
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
  if (invite.approval && !invite.admitted.has(member)) return "wait";
  return reserve(step, invite, member) ? "welcome" : "later";
};

const answerAsk = async (step: Step, group: GroupId, asked: Asked): Promise<void> => {
  const state = step.held(group)?.state;
  if (!state || !isMember(state)) return;
  if (!budgetOf(step.session, asked.op.id).take(step.now)) return;
  const verdict = verdictOf(step, state, asked);
  // No word: they ask again in a moment.
  if (verdict === "later") return;
  if (verdict === "welcome") return welcomeIn(step, state, asked);
  if (verdict === "wait") {
    noteAsking(step, group, asked);
    return sendAnswer(step, state, asked.at, { kind: "wait" });
  }
  sendAnswer(step, state, asked.at, { kind: "refused", reason: REFUSALS.indexOf(verdict) });
};

const welcomeIn = async (step: Step, state: GroupState, { op, card, at }: Asked): Promise<void> => {
  for (const welcome of makeWelcomes(step, state, card, { invite: op.id })) {
    const box = await sealBox(card.prekey.key, welcomes.encode(welcome), {
      info: label("answer box"),
      ikm: step.context.random(32),
    });
    if (box) sendAnswer(step, state, at, { kind: "welcome", prekey: card.prekey.number, box });
  }
};

const sendAnswer = (step: Step, state: GroupState, at: EnvelopeKey, answer: Answer): void => {
  const frame = sealEnvelope(at, answers.encode(answer), {
    slot: slotFor(step.now),
    random: step.context.random,
    context: HAIL_CONTEXT,
  });
  step.publish(step.session.venue.bucketOf(state.view.bucket), [frame]);
};

/** People who wait for a group's approval. */
const MAX_ASKING = 256;

const noteAsking = (step: Step, group: GroupId, { op, card, member }: Asked): void => {
  const { session } = step;
  step.after(() => {
    const all = session.asking.get(group) ?? new Map<MemberId, Asking>();
    if (all.size >= MAX_ASKING && !all.has(member)) return;
    all.set(member, { card, invite: op.id });
    session.asking.set(group, all);
    const view = caucusView(session, group);
    if (view) session.events.emit("caucus", view);
  });
};

/** Somebody who waits for approval. They ask again every few seconds, so this need not survive a restart. */
export interface Asking {
  readonly card: Card;
  readonly invite: SignedOp["id"];
}

/** Lets somebody in who waits. */
export const admitAsking = async (step: Step, group: GroupId, member: MemberId, asking: Asking): Promise<void> => {
  const { state } = step.held(group) as Held;
  const done = act(state, { kind: "admit", invite: asking.invite, member, person: asking.card.person }, step.now);
  if (!done) throw refused("may-not-admit", "this caucus does not let you bring people in; ask an admin of it");
  step.hold(done.state);
  await freshChain(step, group);
  const op = done.state.dag.get(asking.invite) as SignedOp;
  const body = op.op.body as Extract<SignedOp["op"]["body"], { kind: "invite" }>;
  step.after(() => step.session.asking.get(group)?.delete(member));
  await welcomeIn(step, (step.held(group) as Held).state, {
    op,
    card: asking.card,
    member,
    at: answerKey(body.hail as Uint8Array, member),
  });
};
