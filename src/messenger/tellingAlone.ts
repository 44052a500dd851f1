/** Telling a device alone of operations: that it is out, or never came in, or what it lacks to open what is said to all. SPEC.md §8. */
import type { GroupState } from "../protocol/group.ts";
import { isMember } from "../protocol/group.ts";
import { RETAIN } from "../protocol/limits.ts";
import type { SignedOp } from "../protocol/membership.ts";
import { chunked, sealPairwise } from "../protocol/sending.ts";
import { knows, type Removed, whyOut } from "../protocol/whyOut.ts";
import { whyVoid } from "../protocol/whyVoid.ts";
import type { GroupId, MemberId, OpId } from "../types.ts";
import { topicOf } from "./chains.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { type Alone, wantsOf } from "./wants.ts";

/** Frames for one of them in one slot. */
export const FRAMES_A_SLOT = 4;

/** Operations for one device that cannot open the group's frames, in as many of these as go at once; the rest. */
export const tellAlone = (
  step: Step,
  group: GroupId,
  { agreement, ops }: { readonly agreement: Uint8Array; readonly ops: readonly SignedOp[] },
): readonly SignedOp[] => {
  let told = 0;
  for (const part of chunked(ops).slice(0, ops.length > 0 ? FRAMES_A_SLOT : 0)) {
    const { state } = step.held(group) as Held;
    const sealed = sealPairwise(state, agreement, { kind: "ops", ops: part }, step.context);
    step.hold(sealed.state);
    step.publish(topicOf(step, state), sealed.frames);
    told += part.length;
  }
  return ops.slice(told);
};

/** Each seat and each invited device that this device's own removal took out, at once: nobody hears them ask any more. */
export const tellRemoved = (
  step: Step,
  group: GroupId,
  {
    removal,
    whom,
  }: { readonly removal: OpId; readonly whom: readonly (Removed & { readonly agreement: Uint8Array })[] },
): void => {
  for (const one of whom) {
    const { agreement } = one;
    const ops = whyOut((step.held(group) as Held).state, removal, one);
    tellOn(step, group, { agreement, op: removal, why: () => ops });
  }
};

/** Tells as much as goes at once, the rest in later slots. */
export const tellOn = (step: Step, group: GroupId, alone: Alone): void => {
  const rest = tellAlone(step, group, { agreement: alone.agreement, ops: alone.why() });
  if (rest.length > 0) step.after(() => wantsOf(step.session, group).tellAlone({ ...alone, why: () => rest }));
};

/**
 * Whoever came in by something that a concurrent removal voided believes to be in for ever, and nobody's chain serves
 * them. Everybody who notices tells them why they are not: it is rare, and whoever brought them in may be gone. So too
 * whom somebody removed of whom they may never have heard, and whose frames they then cannot open.
 */
export const tellVoided = (step: Step, before: GroupState, after: GroupState): void => {
  if (!isMember(after)) return;
  const known = new Set(
    before.dag
      .all()
      .slice(0, step.session.stored(after.group))
      .map((op) => op.id),
  );
  const wants = wantsOf(step.session, after.group);
  const { dag, view } = after;
  // Used, or withdrawn by who told them so.
  const closed = new Set(
    dag.all().flatMap(({ op: { body } }) => {
      if (body.kind === "join" || body.kind === "revoke") return [body.invite];
      return body.kind === "remove" ? body.invites : [];
    }),
  );
  for (const one of dag.all()) {
    const { id, op, card } = one;
    const fresh = !known.has(id);
    const isOut = (seat: MemberId): boolean =>
      !view.members.has(seat) && !view.gone.has(seat) && (fresh || before.view.members.has(seat));
    const isVoid =
      // Whoever holds it will join, and nobody but its void inviter would know their device.
      (op.body.kind === "invite" && fresh && !view.invites.has(id) && !closed.has(id)) ||
      (op.body.kind === "join" && isOut(op.author) && !view.invites.has(op.body.invite)) ||
      (op.body.kind === "device" && isOut(op.body.member));
    if (card && isVoid) wants.tellAlone({ agreement: card.agreement, op: id, why: () => whyVoid(dag, id) });
    if (fresh && op.body.kind === "remove" && step.now - op.at < RETAIN) noteStranger(step, { before, after }, one);
  }
};

/** Whom a removal took out, if its author may be unknown to them. */
const noteStranger = (
  step: Step,
  { before, after }: { readonly before: GroupState; readonly after: GroupState },
  { id, op: { author, body } }: SignedOp,
): void => {
  if (body.kind !== "remove") return;
  const by = (after.view.members.get(author) ?? before.view.members.get(author))?.by;
  for (const member of body.members) {
    const was = before.view.members.get(member);
    if (!by || !was || !after.view.gone.has(member) || author === after.seat.member) continue;
    const removed = { member, by: was.by };
    if (knows(after, removed, by)) continue;
    const { agreement } = was.card;
    wantsOf(step.session, after.group).tellAlone({ agreement, op: id, why: () => whyOut(after, id, removed) });
  }
};
