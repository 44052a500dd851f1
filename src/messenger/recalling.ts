/** A newcomer's side of a grant of history: it asks one member at a time, the one that invited it first. SPEC.md §9. */
import { grantOf } from "../protocol/handing.ts";
import type { GroupState } from "../protocol/group.ts";
import { RETAIN } from "../protocol/limits.ts";
import type { GroupId, MemberId, Millis } from "../types.ts";
import { sayAlone } from "./handing.ts";
import type { Held, Marks } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** In slots. */
const LONGEST_WAIT = 64;
/** Asked so often in vain, somebody else is asked. */
const MAX_TRIES = 2;

/** Whom a newcomer asks, and how patiently. */
export interface Asking {
  readonly to: MemberId;
  wait: number;
  patience: number;
  tries: number;
}

/** Marks of a device that has just come in. */
export const withRecall = (state: GroupState, marks: Marks, now: Millis): Marks =>
  grantOf(state, state.seat.member) ? { ...marks, recall: { since: now } } : marks;

const inviterOf = ({ dag, view, seat }: GroupState): MemberId | undefined => {
  const by = view.members.get(seat.member)?.by;
  const join = by && dag.get(by)?.op.body;
  const invite = join?.kind === "join" ? dag.get(join.invite) : undefined;
  return invite && view.members.has(invite.op.author) ? invite.op.author : undefined;
};

const anybody = (step: Step, { view, seat }: GroupState, but: MemberId | undefined): MemberId | undefined => {
  const others = [...view.members.keys()].filter((one) => one !== seat.member);
  const choice = others.length > 1 ? others.filter((one) => one !== but) : others;
  const [a, b] = step.context.random(2) as unknown as [number, number];
  return choice[((a << 8) | b) % Math.max(1, choice.length)];
};

export const recallDue = (session: Session, { state, marks }: Held): boolean =>
  marks.recall !== undefined && session.clock.now() - marks.recall.since < RETAIN && state.view.members.size > 1;

/** One slot: asks for what is granted and has not come, now and then. */
export const recallSome = (step: Step, group: GroupId): void => {
  const { session } = step;
  const held = step.held(group) as Held;
  if (!recallDue(session, held)) return;
  const known = session.recalls.get(group);
  // The inviter sends the first part unasked.
  const first = known ? undefined : inviterOf(held.state);
  const gone = !known || known.tries >= MAX_TRIES || !held.state.view.members.has(known.to);
  const to = gone ? (first ?? anybody(step, held.state, known?.to)) : known.to;
  if (!to) return;
  const asking: Asking = known && !gone ? known : { to, wait: first ? 2 : 0, patience: known?.patience ?? 1, tries: 0 };
  session.recalls.set(group, asking);
  if (asking.wait-- > 0) return;
  asking.wait = asking.patience;
  asking.patience = Math.min(LONGEST_WAIT, asking.patience * 2);
  asking.tries++;
  const { after } = held.marks.recall as NonNullable<Marks["recall"]>;
  sayAlone(step, group, to, [{ kind: "recall", ...(after && { after }) }]);
};

/** A part came from the member that is asked: the rest is asked for soon. */
export const heardRecall = (session: Session, group: GroupId): void => {
  const asking = session.recalls.get(group);
  if (asking) session.recalls.set(group, { ...asking, wait: 1, patience: 1, tries: 0 });
};

/** Whose parts move the place from which one asks on: anybody else's are only read. */
export const recallFrom = (session: Session, group: GroupId, { state }: Held): MemberId | undefined =>
  session.recalls.get(group)?.to ?? inviterOf(state);
