/** Announced chains whose view cannot be made yet, held until what they rest on has come. SPEC.md §6. */
import { bytesUpTo, hex, id, struct, text, uint, type Shape } from "../protocol/codec.ts";
import { distributionHash, type WholeDistribution } from "../protocol/distribution.ts";
import { openable } from "../protocol/following.ts";
import type { GroupState } from "../protocol/group.ts";
import { MAX_PLAINTEXT } from "../protocol/envelope.ts";
import type { MemberId, Millis } from "../types.ts";
import { takeIn } from "./fairly.ts";

const MAX_HELD = 64;

export interface HeldChain {
  /** Hex of the hash of its head, which covers the boxes. */
  readonly name: string;
  /** The distribution as it was signed. */
  readonly raw: Uint8Array;
  readonly sender: MemberId;
  readonly startedAt: Millis;
}

export const heldChainShape: Shape<HeldChain> = struct({
  name: text(64),
  raw: bytesUpTo(MAX_PLAINTEXT),
  sender: id<MemberId>(32),
  startedAt: uint(),
});

const nameOf = ({ head }: WholeDistribution): string => hex(distributionHash(head));

export const isHeldChain = (held: readonly HeldChain[], whole: WholeDistribution): boolean =>
  held.some(({ name }) => name === nameOf(whole));

/** One more. Those whose sender has no seat here, of whom there may be any number, count as of one. */
export const holdChain = (
  held: readonly HeldChain[],
  { raw, whole }: { readonly raw: Uint8Array; readonly whole: WholeDistribution },
  { view: { members } }: GroupState,
): readonly HeldChain[] => {
  if (isHeldChain(held, whole)) return held;
  const { sender, startedAt } = whole.body;
  const of = (one: HeldChain): string => (members.has(one.sender) ? one.sender : "");
  return takeIn(held, { name: nameOf(whole), raw, sender, startedAt }, { most: MAX_HELD, of });
};

/** Without this one. */
export const releaseChain = (held: readonly HeldChain[], whole: WholeDistribution): readonly HeldChain[] =>
  isHeldChain(held, whole) ? held.filter(({ name }) => name !== nameOf(whole)) : held;

/** Without those that could not be opened any more. */
export const stillHeld = (held: readonly HeldChain[], state: GroupState, now: Millis): readonly HeldChain[] => {
  const kept = held.filter((one) => openable(state, one, now));
  return kept.length === held.length ? held : kept;
};
