/** Heads of chains are kept beside the messages: with them, others can verify whose these are. */
import type { GroupState } from "../protocol/group.ts";
import type { ReceiveChain } from "../protocol/senderKey.ts";
import type { Step } from "./step.ts";

/** Lets go of the heads of chains that are followed no longer and on which nothing was said. */
export const forgetHeads = (step: Step, before: GroupState, after: GroupState): void => {
  const silent = ({ chain, index }: ReceiveChain): boolean => index === 0 && !after.receive.has(chain);
  for (const one of before.receive.values())
    if (silent(one)) step.erase({ space: "head", group: after.group, chain: one.chain });
};

/** The same for this device's own chains. */
export const forgetOwnHeads = async (step: Step, before: GroupState, after: GroupState): Promise<void> => {
  const { group } = after;
  for (const chain of before.sent.keys()) {
    if (after.sent.has(chain) || (await step.place(group, `${chain}:0`))) continue;
    step.erase({ space: "head", group, chain });
  }
};
