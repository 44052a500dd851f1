/** What shows somebody that they were taken out: the removal, and what of its past they may lack. SPEC.md §8. */
import type { MemberId, OpId } from "../types.ts";
import { acknowledged } from "./evidence.ts";
import type { GroupState } from "./group.ts";
import type { IndexSet } from "./indexSet.ts";
import type { SignedOp } from "./membership.ts";

/** Whom a removal takes out: a seat, and by which operation it came in; or who was invited by one. */
export interface Removed {
  readonly by: OpId;
  readonly member?: MemberId;
}

/** What somebody is known to have: what they came in by, what they signed, what they acknowledged, and all below. */
const knownTo = (state: GroupState, { by, member }: Removed): IndexSet | undefined => {
  const { dag } = state;
  const signed = member ? dag.by(member).map((i) => dag.at(i).id) : [];
  const said = member ? acknowledged(state, member).flat() : [];
  return dag.closure([by, ...signed, ...said].filter((id) => dag.has(id)));
};

/** A removal and what it rests on that who is removed is not known to have, in causal order. */
export const whyOut = (state: GroupState, removal: OpId, removed: Removed): readonly SignedOp[] => {
  const until = state.dag.closure([removal]);
  const known = knownTo(state, removed);
  return state.dag.all().filter((_, i) => until?.has(i) && !known?.has(i));
};

/** Whether somebody is known to know of a seat: else they may not open what it says to them. */
export const knows = (state: GroupState, removed: Removed, by: OpId): boolean => {
  const at = state.dag.indexOf(by);
  return at !== undefined && knownTo(state, removed)?.has(at) === true;
};
