/** Chains that this device knows of and cannot open: asked for until they come, also after a restart. SPEC.md §9. */
import type { ChainId, GroupId } from "../types.ts";
import type { Held } from "./parts.ts";
import type { Step } from "./step.ts";
import { wantsOf } from "./wants.ts";

const keep = (step: Step, group: GroupId): void => {
  const { state, marks } = step.held(group) as Held;
  const { lacking: now } = wantsOf(step.session, group);
  const lacking = new Map([...now].map(([chain, { since, seen }]) => [chain, { since, seen }] as const));
  const kept = ([chain, { seen }]: readonly [ChainId, { readonly seen: boolean }]): boolean =>
    marks.lacking.get(chain)?.seen === seen;
  const same = lacking.size === marks.lacking.size && [...lacking].every(kept);
  if (!same) step.hold(state, { ...marks, lacking });
};

/** `seen`: its distribution came, and could not be opened; else others have acknowledged it. */
export const lackChain = (step: Step, group: GroupId, chain: ChainId, seen: boolean): void => {
  wantsOf(step.session, group).lacks(chain, step.now, seen);
  keep(step, group);
};

/** It came, or all of it that others have. */
export const hasChain = (step: Step, group: GroupId, chain: ChainId): void => {
  wantsOf(step.session, group).has(chain);
  keep(step, group);
};
