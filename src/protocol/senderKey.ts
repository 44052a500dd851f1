/**
 * Sender keys: one chain of message keys per device and view. SPEC.md §6.
 *
 *     CK_0, meta = HKDF(S)         seed_i = HMAC(CK_i, 1)         CK_{i+1} = HMAC(CK_i, 2)
 *     key_i ‖ tag_i = HKDF(seed_i, salt = distribution hash)
 *
 * A key is used once. The inbound CK_0 is never kept: after key i is derived, nothing before i can be derived again but
 * the skipped keys, which are listed.
 */
import type { ChainId, MemberId, Millis, OpId, Tag, ViewId } from "../types.ts";
import { hex } from "./codec.ts";
import type { EnvelopeKey } from "./envelope.ts";
import { CHAIN_LENGTH } from "./limits.ts";
import { derive, mac, NO_SALT, u32 } from "./primitives.ts";

const ONE = Uint8Array.of(1);
const TWO = Uint8Array.of(2);

/** The two keys that a distribution's secret `S` carries. */
export const chainKeys = (secret: Uint8Array): { readonly chain: Uint8Array; readonly meta: Uint8Array } => ({
  chain: derive(secret, NO_SALT, "chain"),
  meta: derive(secret, NO_SALT, "meta"),
});

const keyAndTag = (seed: Uint8Array, distribution: Uint8Array, purpose: string): EnvelopeKey => {
  const both = derive(seed, distribution, purpose, 48);
  return { key: both.subarray(0, 32), tag: hex(both.subarray(32)) as Tag };
};

/** The bare ratchet: the seed of a message's keys, and the chain key behind it; neither tells the one before. */
export const ratchet = (chain: Uint8Array): { readonly seed: Uint8Array; readonly next: Uint8Array } => ({
  seed: mac(chain, ONE),
  next: mac(chain, TWO),
});

/** One step of a chain. */
export const step = (
  chain: Uint8Array,
  distribution: Uint8Array,
): { readonly at: EnvelopeKey; readonly next: Uint8Array } => {
  const { seed, next } = ratchet(chain);
  return { at: keyAndTag(seed, distribution, "message key"), next };
};

/** The envelope key for the `number`th frame under a meta key: random access, good for as long as the meta key is. */
export const metaKey = (meta: Uint8Array, distribution: Uint8Array, number: number): EnvelopeKey =>
  keyAndTag(mac(meta, u32(number)), distribution, "meta frame");

/** What every device that was served by a distribution knows of the chain that it opened. */
export interface ReceiveChain {
  readonly chain: ChainId;
  readonly sender: MemberId;
  readonly view: ViewId;
  /** The membership heads that name the view. */
  readonly heads: readonly OpId[];
  /** SHA-256 of the distribution's head: in every key, tag and signature of this chain. */
  readonly distribution: Uint8Array;
  /** Ed25519 key that signs this chain's messages. */
  readonly signer: Uint8Array;
  /** By the sender's clock, and by this device's. */
  readonly startedAt: Millis;
  readonly openedAt: Millis;
  /** Chain key at `index`; all below `index` are consumed or in `skipped`. */
  readonly key: Uint8Array;
  readonly index: number;
  readonly skipped: ReadonlyMap<number, EnvelopeKey>;
  readonly meta: Uint8Array;
  /** Next expected meta frame, and those below it that did not come. */
  readonly metaNext: number;
  readonly metaSkipped: ReadonlySet<number>;
  /** How many messages it has, once its successor said so. */
  readonly count?: number;
}

/** The key for message `index`, with the chain as it is after that one is consumed; `undefined` when it is used up. */
export const keyAt = (
  chain: ReceiveChain,
  index: number,
): { readonly key: EnvelopeKey; readonly after: ReceiveChain } | undefined => {
  if (index < 0 || index >= CHAIN_LENGTH) return undefined;
  const skipped = new Map(chain.skipped);
  if (index < chain.index) {
    const key = skipped.get(index);
    if (!key) return undefined;
    skipped.delete(index);
    return { key, after: { ...chain, skipped } };
  }
  let current = chain.key;
  for (let i = chain.index; ; i++) {
    const { at, next } = step(current, chain.distribution);
    current = next;
    if (i === index) return { key: at, after: { ...chain, key: current, index: index + 1, skipped } };
    skipped.set(i, at);
  }
};

/** Every tag that may still come, with its index. */
export const openTags = (chain: ReceiveChain): readonly (readonly [Tag, number])[] => {
  const out: (readonly [Tag, number])[] = [...chain.skipped].map(([index, { tag }]) => [tag, index] as const);
  let current = chain.key;
  for (let i = chain.index; i < CHAIN_LENGTH; i++) {
    const { at, next } = step(current, chain.distribution);
    out.push([at.tag, i]);
    current = next;
  }
  return out;
};

/** Whether every message of a closed chain has come. */
export const complete = (chain: ReceiveChain): boolean => chain.count !== undefined && contiguous(chain) >= chain.count;

/** How many messages from the start came without a gap. */
export const contiguous = (chain: ReceiveChain): number => {
  let low = chain.index;
  for (const index of chain.skipped.keys()) low = Math.min(low, index);
  return low;
};
