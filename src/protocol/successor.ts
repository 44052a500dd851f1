/**
 * Operations beside a distribution that goes out under the meta key of the chain before. That chain served also who has been
 * removed since: so they are sealed to the new one, and who goes reads none that came after. SPEC.md §5.
 */
import type { Random } from "../types.ts";
import { concat } from "./codec.ts";
import { opLists } from "./control.ts";
import { derive, label, NO_SALT, seal, unseal } from "./primitives.ts";

/** Operations as they lie sealed. `nonce`: random, for there may be others beside the same distribution. */
export interface SealedOps {
  readonly nonce: Uint8Array;
  readonly ops: Uint8Array;
}

/** @param secret `S` of the new chain */
const keyFor = (secret: Uint8Array): Uint8Array => derive(secret, NO_SALT, "chain operations");
const boundTo = (distribution: Uint8Array): Uint8Array => concat(label("sealed operations"), distribution);

/** Seals operations to a chain. `distribution`: its hash. */
export const sealOps = (
  ops: readonly Uint8Array[],
  {
    secret,
    distribution,
    random,
  }: { readonly secret: Uint8Array; readonly distribution: Uint8Array; readonly random: Random },
): SealedOps => {
  const nonce = random(24);
  return { nonce, ops: seal(keyFor(secret), nonce, opLists.encode(ops), boundTo(distribution)) };
};

/** `undefined` for what was not sealed to that chain. */
export const unsealOps = (
  { nonce, ops }: SealedOps,
  { secret, distribution }: { readonly secret: Uint8Array; readonly distribution: Uint8Array },
): readonly Uint8Array[] | undefined => {
  const plain = unseal(keyFor(secret), nonce, ops, boundTo(distribution));
  return plain && opLists.decode(plain);
};
