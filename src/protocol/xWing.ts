/** X-Wing (draft-connolly-cfrg-xwing-kem-09): ML-KEM-768 and X25519. Large and seldom used: load it when it is needed. */
import { ml_kem768_x25519 as noble } from "@noble/post-quantum/hybrid.js";
import { concat } from "./codec.ts";
import type { Kem } from "./hybrid.ts";

const orNothing = (make: () => Uint8Array): Uint8Array | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

export const xWing: Kem = {
  publicKey: async (seed) => noble.keygen(seed).publicKey,
  encapsulate: async (publicKey, random) =>
    orNothing(() => {
      const { cipherText, sharedSecret } = noble.encapsulate(publicKey, random);
      return concat(cipherText, sharedSecret);
    }),
  decapsulate: async (seed, cipher) => orNothing(() => noble.decapsulate(cipher, seed)),
};
