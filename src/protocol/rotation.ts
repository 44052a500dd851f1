/** When a device begins a new chain, and what its boxes say of a later quantum computer. SPEC.md §5, §6. */
import type { MemberId, Millis } from "../types.ts";
import { slotFor } from "./envelope.ts";
import type { GroupState } from "./group.ts";
import { isMember, served } from "./group.ts";
import type { HybridSecrets } from "./hybrid.ts";
import { CHAIN_LENGTH } from "./limits.ts";

/** Whether the next frame needs a new chain. */
export const needsRotation = (state: GroupState, now: Millis, hybrids?: HybridSecrets): boolean => {
  const { send } = state;
  return (
    !send ||
    send.ended ||
    send.view !== state.view.view ||
    send.slot !== slotFor(now) ||
    send.index >= CHAIN_LENGTH ||
    sealedHybrid(state, state.seat.member) !== sealsHybrid(state, hybrids)
  );
};

const sealedHybrid = (state: GroupState, member: MemberId): boolean => state.sealings.get(member)?.hybrid === true;

/** Whether every box of this device's next chain will be closed to a later quantum computer. */
export const sealsHybrid = (state: GroupState, hybrids: HybridSecrets | undefined): boolean => {
  const others = hybrids ? served(state) : [];
  return others.length > 0 && others.every((one) => hybrids?.inUse(one.agreement) !== undefined);
};

/**
 * Whether what is said in the group is closed to a later quantum computer, as far as this device can tell: every box of
 * its newest chain and of its next one is hybrid, and so is every box of every member's newest chain. A member whose
 * chain is not known counts as one whose chain is not.
 */
export const isHybrid = (state: GroupState, hybrids: HybridSecrets | undefined): boolean =>
  isMember(state) &&
  sealsHybrid(state, hybrids) &&
  [...state.view.members.keys()].every((member) => sealedHybrid(state, member));
