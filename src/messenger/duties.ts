/**
 * What a device says of its own accord: acknowledgements, requests for what is missing, answers. Never because a frame
 * arrived (that would show who is in the group, and cost n² opens), only in a jittered slot of its own clock.
 */
import { askApart, isApart } from "./apart.ts";
import { dueAcks } from "../protocol/acks.ts";
import type { GroupState } from "../protocol/group.ts";
import { isMember, prune } from "../protocol/group.ts";
import { chunked, opsBeyond, resealFor } from "../protocol/sending.ts";
import type { ChainId, GroupId, Millis } from "../types.ts";
import { proofsDue, sayProofs } from "./accusing.ts";
import { sayAnew } from "./chains.ts";
import type { Prepared } from "./exchanges.ts";
import { exchangesDue, prepareExchanges, speakOfExchanges } from "./exchanges.ts";
import { filesDue, speakOfFiles } from "./fileWords.ts";
import { grantSome } from "./granting.ts";
import { handOn, sayAlone, sayGiven } from "./handing.ts";
import { handoutsOf } from "./handouts.ts";
import { forgetHeads, forgetOwnHeads } from "./heads.ts";
import { stillHeld } from "./heldChains.ts";
import { heldFor } from "./holding.ts";
import { flush } from "./outbox.ts";
import { isOwnGroup } from "./own.ts";
import type { Held } from "./parts.ts";
import { recallDue, recallSome } from "./recalling.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";
import { FRAMES_A_SLOT, tellAlone, tellOn } from "./tellingAlone.ts";
import { wantsOf } from "./wants.ts";

/** Chains of others whose keys are handed on in one slot. */
const HANDED_A_SLOT = 2;
/** Devices that are told in one slot that they are not in. */
const ALONE_A_SLOT = 4;
const SHORTEST = 5_000;
const LONGEST = 60_000;

/** The slot's length: a second a device, between 5 s and a minute. */
const period = (state: GroupState): Millis => Math.min(LONGEST, Math.max(SHORTEST, state.view.members.size * 1000));

const rest = (session: Session, state: GroupState): Millis => {
  const [a, b] = session.options.random(2) as unknown as [number, number];
  return period(state) * (0.75 + ((a << 8) | b) / 131_072);
};

/** Operations, or the keys of a chain, that this device knows of and has not got. */
const lacks = (session: Session, group: GroupId, { state, marks }: Held): boolean => {
  const wants = wantsOf(session, group);
  const unknown = wants.unknown((head) => state.dag.has(head)).length > 0;
  return (
    unknown ||
    wants.chains(session.clock.now()).length > 0 ||
    state.waiting.size > 0 ||
    marks.heldChains.some(({ sender }) => state.view.members.has(sender))
  );
};

/** Whether something was written that nothing but time and a link keeps here. */
const waits = (session: Session, group: GroupId, state: GroupState): boolean =>
  (session.outbox.get(group)?.length ?? 0) > 0 && heldFor(session, state).length === 0;

/** Whether there is anything to say or to send. */
const due = (session: Session, group: GroupId): boolean => {
  const held = session.groups.get(group);
  if (!held || !session.ready || !isMember(held.state)) return false;
  return (
    waits(session, group, held.state) ||
    dueAcks(held.state).length > 0 ||
    wantsOf(session, group).hasAsked ||
    wantsOf(session, group).hasUnsaid ||
    wantsOf(session, group).hasAlone ||
    handoutsOf(session, group).hasRecalls ||
    proofsDue(session, group) ||
    recallDue(session, held) ||
    filesDue(session, group) ||
    exchangesDue(session, held) ||
    (session.verification.here?.vouchesDue(session, held.state) ?? false) ||
    (isOwnGroup(session, group) && session.own?.due() === true) ||
    lacks(session, group, held)
  );
};

/** One timer a group at most; none while there is nothing to say. */
export class Duties {
  readonly #session: Session;
  readonly #planned = new Set<GroupId>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Something may have become due: it is said in the next slot. */
  wake(group: GroupId): void {
    const session = this.#session;
    const held = session.groups.get(group);
    if (!held || session.closed || this.#planned.has(group) || !due(session, group)) return;
    this.#planned.add(group);
    session.clock.after(rest(session, held.state), () => {
      this.#planned.delete(group);
      if (session.closed) return;
      session.track(
        serve(session, group)
          .catch(() => undefined)
          .then(() => this.wake(group)),
      );
    });
  }
  wakeAll(): void {
    for (const group of this.#session.groups.keys()) this.wake(group);
  }
}

const serve = async (session: Session, group: GroupId): Promise<void> => {
  await flush(session, group);
  if (!due(session, group)) return;
  const prepared = await prepareExchanges(session, group);
  await session.step((step) => speak(step, group, prepared));
};

/** Forgets what is kept no longer, in every group. */
export const pruneAll = (session: Session): Promise<void> =>
  session.step(async (step) => {
    for (const { state, marks } of session.groups.values()) {
      const pruned = prune(state, step.now);
      const heldChains = stillHeld(marks.heldChains, pruned, step.now);
      if (pruned === state && heldChains === marks.heldChains) continue;
      forgetHeads(step, state, pruned);
      await forgetOwnHeads(step, state, pruned);
      step.hold(pruned, { ...marks, heldChains });
    }
  });

/** One slot: everything that is due, on a chain that fits the view. */
const speak = async (step: Step, group: GroupId, prepared: Prepared): Promise<void> => {
  const { state, marks } = step.held(group) as Held;
  const wants = wantsOf(step.session, group);
  const acks = dueAcks(state);
  const apart = isApart(step.session, state) && waits(step.session, group, state);
  const asking = (apart || lacks(step.session, group, { state, marks })) && wants.turn();
  if (asking) askApart(step.session, state);
  if (acks.length > 0 || wants.hasUnsaid) {
    const acked = new Map([...state.acked, ...acks.map((one) => [one.chain, one] as const)]);
    step.hold({ ...state, acked });
    await sayAnew(step, group, { kind: "acks", acks, heads: state.view.heads });
    wants.spoken();
  }
  if (asking) await sayAnew(step, group, { kind: "want", heads: state.view.heads, chains: wants.chains(step.now) });
  await speakOfExchanges(step, group, prepared);
  await answer(step, group);
  await grantSome(step, group);
  recallSome(step, group);
  await sayProofs(step, group);
  await speakOfFiles(step, group);
  await step.session.verification.here?.tellVouches(step, group);
  if (isOwnGroup(step.session, group)) await step.session.own?.speak(step);
  for (const one of wants.takeAlone(ALONE_A_SLOT)) tellOn(step, group, one);
};

const answer = async (step: Step, group: GroupId): Promise<void> => {
  const { asked, sent } = wantsOf(step.session, group).takeAsked();
  const told = new Set(sent);
  let handed = 0;
  for (const [member, { heads, chains }] of asked) {
    const { state } = step.held(group) as Held;
    const lacking = opsBeyond(state, heads);
    const ops = lacking.filter((op) => !told.has(op.id));
    // Oldest first: what comes after them can be added only on top of them.
    for (const part of chunked(ops).slice(0, ops.length > 0 ? FRAMES_A_SLOT : 0))
      await sayAnew(step, group, { kind: "ops", ops: part });
    for (const op of ops) told.add(op.id);
    const other = state.view.members.get(member);
    if (!other) continue;
    // What rests on an operation that they lack cannot bring them that operation.
    const { send } = (step.held(group) as Held).state;
    if (lacking.some((op) => send?.heads.includes(op.id)))
      tellAlone(step, group, { agreement: other.card.agreement, ops: lacking });
    const given: ChainId[] = [];
    for (const chain of chains) {
      const box = await resealFor(state, chain, member, step.context);
      if (box) sayAlone(step, group, member, [box]);
      else if (handed < HANDED_A_SLOT && (await handOn(step, group, member, chain))) {
        handed++;
        given.push(chain);
      }
    }
    await sayGiven(step, group, member, given);
  }
};
