/** Slot summaries: the first, cheapest comparison of two peers' mail. */
import { compareIds } from "./idSet.ts";

/** A slot as two peers compare it before any range. */
export interface SlotDigest {
  readonly topic: string;
  readonly slot: number;
  readonly count: number;
  readonly fingerprint: Uint8Array;
}

/** A slot to reconcile, and how many each says that it holds of it. */
export interface DifferingSlot {
  readonly topic: string;
  readonly slot: number;
  readonly mine: number;
  readonly theirs: number;
}

/** The slots of `topics` that differ, newest expiry first. Slots are u16 hours and compared around the wrap. */
export const differingSlots = (
  mine: readonly SlotDigest[],
  theirs: readonly SlotDigest[],
  topics: ReadonlySet<string>,
): readonly DifferingSlot[] => {
  const key = (digest: SlotDigest): string => `${digest.slot}/${digest.topic}`;
  const other = new Map(theirs.filter((one) => topics.has(one.topic)).map((one) => [key(one), one]));
  const out: DifferingSlot[] = [];
  for (const one of mine) {
    if (!topics.has(one.topic)) continue;
    const twin = other.get(key(one));
    other.delete(key(one));
    if (twin !== undefined && twin.count === one.count && compareIds(twin.fingerprint, one.fingerprint) === 0) continue;
    const theirCount = twin?.count ?? 0;
    if (one.count > 0 || theirCount > 0)
      out.push({ topic: one.topic, slot: one.slot, mine: one.count, theirs: theirCount });
  }
  for (const one of other.values())
    if (one.count > 0) out.push({ topic: one.topic, slot: one.slot, mine: 0, theirs: one.count });
  const reference = out[0]?.slot ?? 0;
  const age = (slot: number): number => ((reference - slot) << 16) >> 16;
  return out.sort((a, b) => age(a.slot) - age(b.slot));
};
