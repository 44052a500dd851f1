/**
 * What two devices share against a later quantum computer: the secret of one X-Wing exchange, mixed into the pre-shared
 * secret of every box between them. The device with the lower agreement key shows its key, the other answers with a
 * ciphertext. Frames name their reader by MACs under the pair key. SPEC.md §5.
 */
import { concat, equalBytes, hex } from "./codec.ts";
import type { Pair } from "./identity.ts";
import { derive, label, mac, NO_SALT, sha256 } from "./primitives.ts";

export const KEM_KEY_BYTES = 1216;
export const KEM_CIPHER_BYTES = 1120;

/** A key encapsulation mechanism of X-Wing's sizes. Rejects when it cannot work now. */
export interface Kem {
  /** The public key of a 32-byte seed. */
  publicKey(seed: Uint8Array): Promise<Uint8Array>;
  /** `ciphertext ‖ secret(32)`; `undefined` for what is no key. `random`: 64 fresh random bytes. */
  encapsulate(publicKey: Uint8Array, random: Uint8Array): Promise<Uint8Array | undefined>;
  /** 32 bytes, which of a ciphertext for another key nobody else has; `undefined` for what is no ciphertext. */
  decapsulate(seed: Uint8Array, cipher: Uint8Array): Promise<Uint8Array | undefined>;
}

/** The outcome of one exchange. `id` (8 bytes) names it in boxes. */
export interface HybridSecret {
  readonly id: Uint8Array;
  readonly secret: Uint8Array;
}

/** The secrets that this device shares with others, by the other's agreement key. */
export interface HybridSecrets {
  /** For boxes to that device: it is known to hold this one. */
  inUse(agreement: Uint8Array): HybridSecret | undefined;
  /** All that may open boxes from it, newest first. */
  known(agreement: Uint8Array): readonly HybridSecret[];
}

/** Whether this device is the one that shows its key. */
export const showsKey = (own: Uint8Array, other: Uint8Array): boolean => hex(own) < hex(other);

/** Names a key in a few bytes. */
export const kemKeyId = (key: Uint8Array): Uint8Array => sha256(label("kem key"), key).subarray(0, 16);

/** The secret of an exchange, bound to both devices, the key and the ciphertext. `key`: `kemKeyId`'s. */
export const hybridSecret = (
  shared: Uint8Array,
  {
    from,
    to,
    key,
    cipher,
  }: { readonly from: Uint8Array; readonly to: Uint8Array; readonly key: Uint8Array; readonly cipher: Uint8Array },
): HybridSecret => {
  const both = derive(shared, sha256(label("hybrid exchange"), from, to, key, sha256(cipher)), "hybrid secret", 40);
  return { secret: both.slice(0, 32), id: both.slice(32) };
};

const name = (key: Uint8Array, purpose: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  mac(key, label(purpose), ...parts).subarray(0, 16);

/** "I hold no secret with you." `key`: what the sender shows, if it is the one to show. */
export const wantedName = (pair: Pair, from: Uint8Array, key: Uint8Array = new Uint8Array(0)): Uint8Array =>
  name(pair.key, "kem wanted", from, key);

/** "This answers your key." */
export const cipherName = (pair: Pair, from: Uint8Array, key: Uint8Array, cipher: Uint8Array): Uint8Array =>
  name(pair.key, "kem cipher", from, key, cipher);

/** "I hold this secret": nobody else can say so. */
export const gotName = ({ secret }: HybridSecret, from: Uint8Array): Uint8Array => name(secret, "kem got", from);

/** Whether a list of names has this one. */
export const named = (list: readonly Uint8Array[], one: Uint8Array): boolean =>
  list.some((other) => equalBytes(other, one));

/** What goes into HPKE of a box between two devices; without `hybrid`, their X25519 alone. */
export const boxPsk = (pair: Pair, hybrid?: HybridSecret): { readonly psk: Uint8Array; readonly pskId: Uint8Array } =>
  hybrid
    ? {
        psk: derive(concat(pair.psk, hybrid.secret), NO_SALT, "hybrid box psk"),
        pskId: concat(label("hybrid pair"), hybrid.id),
      }
    : { psk: derive(pair.psk, NO_SALT, "box psk"), pskId: label("classic pair") };
