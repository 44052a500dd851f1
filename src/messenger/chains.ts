/** The chain that a device speaks on, and frames on it that serve the group. */
import type { Control } from "../protocol/control.ts";
import type { GroupState } from "../protocol/group.ts";
import { needsRotation } from "../protocol/rotation.ts";
import { rotate, sealMeta } from "../protocol/sending.ts";
import type { GroupId, Topic } from "../types.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";

export const topicOf = (step: Step, state: GroupState): Topic => step.session.venue.bucketOf(state.view.bucket);

/** A chain that fits the view, with its distribution on the way. */
export const freshChain = async (step: Step, group: GroupId): Promise<GroupState> => {
  const { state } = step.held(group) as Held;
  if (!needsRotation(state, step.now, step.context.hybrids)) return state;
  const turned = await rotate(state, step.context);
  step.hold(turned.state);
  if (turned.state.send && turned.head) step.putHead(group, turned.state.send.chain, turned.head);
  step.publish(topicOf(step, state), turned.frames);
  return turned.state;
};

/** A control frame for everybody that the newest chain served. */
export const say = (step: Step, group: GroupId, control: Control): void => {
  const { state } = step.held(group) as Held;
  const sent = sealMeta(state, control, step.context);
  step.hold(sent.state);
  step.publish(topicOf(step, state), sent.frames);
};

/** The same, on a chain that fits the view as it is now. */
export const sayAnew = async (step: Step, group: GroupId, control: Control): Promise<void> => {
  await freshChain(step, group);
  say(step, group, control);
};
