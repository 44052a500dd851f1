/** A key encapsulation mechanism that is quick and none: for venues of many, where what it hides is not asked. */
import { concat } from "../../src/protocol/codec.ts";
import { KEM_CIPHER_BYTES, KEM_KEY_BYTES, type Kem } from "../../src/protocol/hybrid.ts";
import { sha256 } from "../../src/protocol/primitives.ts";

const padded = (bytes: Uint8Array, length: number): Uint8Array => {
  const out = new Uint8Array(length);
  out.set(bytes);
  return out;
};

/** How often it was used, by all. */
export const simKemUse = { encapsulations: 0 };

/** The public key is a hash of the seed, and everybody who sees a ciphertext knows its secret. */
export const simKem: Kem = {
  publicKey: async (seed) => padded(sha256(seed), KEM_KEY_BYTES),
  encapsulate: async (key, random) => {
    simKemUse.encapsulations += 1;
    const cipher = padded(random.subarray(0, 32), KEM_CIPHER_BYTES);
    return concat(cipher, sha256(key, cipher));
  },
  decapsulate: async (seed, cipher) => sha256(padded(sha256(seed), KEM_KEY_BYTES), cipher),
};
