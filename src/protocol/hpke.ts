/**
 * HPKE (RFC 9180), DHKEM(X25519, HKDF-SHA256) with HKDF-SHA256 and ChaCha20-Poly1305, single shot. Base mode for a
 * stranger's first contact, PSK mode whenever two devices know each other's agreement keys.
 *
 * The ephemeral key comes from the caller's randomness through the KEM's own DeriveKeyPair, so the core stays pure and a
 * seeded run replays to the byte.
 */
import { AEAD_ChaCha20Poly1305, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from "@panva/hpke-noble";
import { CipherSuite } from "hpke";
import { concat } from "./codec.ts";

/** Bytes that a sealed box is longer than its plaintext: encapsulated key and authenticator. */
export const BOX_OVERHEAD = 48;

export interface Psk {
  readonly psk: Uint8Array;
  readonly pskId: Uint8Array;
}

const open = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_ChaCha20Poly1305);

/** A suite whose only ephemeral key is derived from `ikm`. */
const sealing = (ikm: Uint8Array): CipherSuite => {
  const kem = KEM_DHKEM_X25519_HKDF_SHA256();
  return new CipherSuite(
    () => ({ ...kem, GenerateKeyPair: async (extractable: boolean) => kem.DeriveKeyPair(ikm, extractable) }),
    KDF_HKDF_SHA256,
    AEAD_ChaCha20Poly1305,
  );
};

/** `enc(32) ‖ ciphertext`, or `undefined` when `to` is no usable public key. `ikm`: 32 fresh random bytes. */
export const sealBox = async (
  to: Uint8Array,
  plaintext: Uint8Array,
  options: { readonly info: Uint8Array; readonly ikm: Uint8Array; readonly aad?: Uint8Array; readonly psk?: Psk },
): Promise<Uint8Array | undefined> => {
  try {
    const suite = sealing(options.ikm);
    const sealed = await suite.Seal(await suite.DeserializePublicKey(to), plaintext, {
      info: options.info,
      ...(options.aad && { aad: options.aad }),
      ...options.psk,
    });
    return concat(sealed.encapsulatedSecret, sealed.ciphertext);
  } catch {
    return undefined;
  }
};

/** The plaintext, or `undefined`. `secret`: the 32-byte X25519 key that the box was sealed to. */
export const openBox = async (
  secret: Uint8Array,
  box: Uint8Array,
  options: { readonly info: Uint8Array; readonly aad?: Uint8Array; readonly psk?: Psk },
): Promise<Uint8Array | undefined> => {
  if (box.length < BOX_OVERHEAD) return undefined;
  try {
    return await open.Open(await open.DeserializePrivateKey(secret), box.subarray(0, 32), box.subarray(32), {
      info: options.info,
      ...(options.aad && { aad: options.aad }),
      ...options.psk,
    });
  } catch {
    return undefined;
  }
};
