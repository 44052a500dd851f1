/** Chains that this device knows of and cannot open: asked for until they come, also after a restart. SPEC.md §9. */
import type { ChainId, GroupId, MemberId } from "../types.ts";
import { tellCaucus } from "./offices.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { wantsOf } from "./wants.ts";

const keep = (step: Step, group: GroupId): void => {
  const { state, marks } = step.held(group) as Held;
  const { lacking: now } = wantsOf(step.session, group);
  const lacking = new Map(
    [...now].map(([chain, { since, from }]) => [chain, { since, ...(from && { from }) }] as const),
  );
  const kept = ([chain, { from }]: readonly [ChainId, { readonly from?: MemberId }]): boolean =>
    marks.lacking.has(chain) && marks.lacking.get(chain)?.from === from;
  const same = lacking.size === marks.lacking.size && [...lacking].every(kept);
  if (same) return;
  step.hold(state, { ...marks, lacking });
  tellCaucus(step, group);
};

/** `from`: whose distribution came, and could not be opened; without it, others have acknowledged the chain. */
export const lackChain = (
  step: Step,
  group: GroupId,
  { chain, from }: { readonly chain: ChainId; readonly from?: MemberId },
): void => {
  wantsOf(step.session, group).lacks(chain, step.now, from);
  keep(step, group);
};

/** It came, or all of it that others have. */
export const hasChain = (step: Step, group: GroupId, chain: ChainId): void => {
  wantsOf(step.session, group).has(chain);
  keep(step, group);
};
