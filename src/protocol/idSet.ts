/**
 * Sets of 32-byte ids and their fingerprints.
 *
 * A fingerprint is `SHA-256(sum of the ids, little-endian, mod 2^256 ‖ count as 8 bytes, little-endian)[0..16]`. The sum
 * makes it incremental: whoever keeps a set can keep its `IdSum` and never reads the ids to compare.
 */
import { sha256 } from "@noble/hashes/sha2.js";

/** Bytes of one id. */
export const ID_BYTES = 32;
/** Bytes of one fingerprint. */
export const FINGERPRINT_BYTES = 16;
const LIMBS = ID_BYTES / 4;

/** The running sum of a set of ids; what a fingerprint is made from. */
export interface IdSum {
  /** 32 bytes, little-endian. */
  readonly sum: Uint8Array;
  readonly count: number;
}

/** The sum of no ids. */
export const emptySum: IdSum = { sum: new Uint8Array(ID_BYTES), count: 0 };

const combine = (to: IdSum, id: Uint8Array, sign: 1 | -1): IdSum => {
  const sum = new Uint8Array(ID_BYTES);
  let carry = 0;
  for (let i = 0; i < ID_BYTES; i++) {
    const value = (to.sum[i] as number) + sign * (id[i] as number) + carry;
    sum[i] = value & 0xff;
    carry = value >> 8;
  }
  return { sum, count: to.count + sign };
};

/** The sum with one more id. The caller knows that it was not in the set. */
export const addId = (to: IdSum, id: Uint8Array): IdSum => combine(to, id, 1);

/** The sum with one id fewer. The caller knows that it was in the set. */
export const removeId = (from: IdSum, id: Uint8Array): IdSum => combine(from, id, -1);

/** The fingerprint of the set that has this sum. */
export const fingerprintOf = ({ sum, count }: IdSum): Uint8Array => {
  const preimage = new Uint8Array(ID_BYTES + 8);
  preimage.set(sum);
  new DataView(preimage.buffer).setBigUint64(ID_BYTES, BigInt(count), true);
  return sha256(preimage).slice(0, FINGERPRINT_BYTES);
};

/** The fingerprint of a set of distinct ids, in any order. */
export const fingerprint = (ids: Iterable<Uint8Array>): Uint8Array => {
  let sum = emptySum;
  for (const id of ids) sum = addId(sum, id);
  return fingerprintOf(sum);
};

/** Bytewise order. A shorter array stands for itself followed by zeros, and comes before them. */
export const compareIds = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** A set of ids prepared for reconciliation: any range's fingerprint costs one hash. */
export interface IdSet {
  /** Sorted, distinct. */
  readonly ids: readonly Uint8Array[];
  /** Sums of the first n ids, eight little-endian limbs each. */
  readonly sums: Uint32Array;
}

/** Prepares ids; anything that is not 32 bytes long is left out, the rest is sorted and made distinct. */
export const idSet = (given: readonly Uint8Array[]): IdSet => {
  const ids = given
    .filter((id) => id.length === ID_BYTES)
    .sort(compareIds)
    .filter((id, i, all) => i === 0 || compareIds(all[i - 1] as Uint8Array, id) !== 0);
  const sums = new Uint32Array((ids.length + 1) * LIMBS);
  for (const [index, id] of ids.entries()) {
    const view = new DataView(id.buffer, id.byteOffset, ID_BYTES);
    let carry = 0;
    for (let limb = 0; limb < LIMBS; limb++) {
      const at = index * LIMBS + limb;
      const value = (sums[at] as number) + view.getUint32(limb * 4, true) + carry;
      sums[at + LIMBS] = value >>> 0;
      carry = value > 0xffffffff ? 1 : 0;
    }
  }
  return { ids, sums };
};

/** The index of the first id that is not below `bound`, from `start` on. */
export const lowerBound = (ids: readonly Uint8Array[], bound: Uint8Array, start: number): number => {
  let low = start;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ids[middle] as Uint8Array, bound) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The fingerprint of the ids `from..until`. */
export const rangeFingerprint = (set: IdSet, from: number, until: number): Uint8Array => {
  const sum = new Uint8Array(ID_BYTES);
  const view = new DataView(sum.buffer);
  let borrow = 0;
  for (let limb = 0; limb < LIMBS; limb++) {
    const value = (set.sums[until * LIMBS + limb] as number) - (set.sums[from * LIMBS + limb] as number) - borrow;
    view.setUint32(limb * 4, value >>> 0, true);
    borrow = value < 0 ? 1 : 0;
  }
  return fingerprintOf({ sum, count: until - from });
};

/** The shortest bound that keeps the id at `index` apart from the one before it. */
export const boundBefore = (set: IdSet, index: number): Uint8Array => {
  const above = set.ids[index] as Uint8Array;
  const below = set.ids[index - 1];
  if (below === undefined) return above.slice(0, 1);
  let common = 0;
  while (above[common] === below[common]) common++;
  return above.slice(0, common + 1);
};
