/** The exchange against a later quantum computer, SPEC.md §5. */
import { ml_kem768_x25519 as xWing } from "@noble/post-quantum/hybrid.js";
import { H, KDF, label, MAC } from "./crypto.ts";
import type { Exchange } from "./distribution.ts";
import type { Pair } from "./identity.ts";

type Bytes = Uint8Array;

export const kemKey = (seed: Bytes): Bytes => xWing.keygen(seed).publicKey;
export const keyId = (key: Bytes): Bytes => H(label("kem key"), key).slice(0, 16);

/** What an answerer makes of a key. `coins` are 64 random bytes. */
export const encapsulate = (key: Bytes, coins: Bytes): { readonly cipher: Bytes; readonly shared: Bytes } => {
  const { cipherText, sharedSecret } = xWing.encapsulate(key, coins);
  return { cipher: cipherText, shared: sharedSecret };
};

export const decapsulate = (seed: Bytes, cipher: Bytes): Bytes =>
  xWing.decapsulate(cipher, xWing.keygen(seed).secretKey);

/** Who exchanges: the answerer and the shower, by their agreement keys. */
export interface Two {
  readonly answerer: Bytes;
  readonly shower: Bytes;
}

export const exchangeOf = (shared: Bytes, { answerer, shower }: Two, said: { key: Bytes; cipher: Bytes }): Exchange => {
  const transcript = H(label("hybrid exchange"), answerer, shower, keyId(said.key), H(said.cipher));
  const all = KDF(shared, transcript, ["hybrid secret", 40]);
  return { secret: all.slice(0, 32), id: all.slice(32) };
};

/** The words of an exchange; `from` is the sender's agreement key. */
export const wanted = ({ key }: Pair, from: Bytes, shown: Bytes): Bytes =>
  MAC(key, label("kem wanted"), from, shown).slice(0, 16);
export const cipherName = ({ key }: Pair, from: Bytes, said: { key: Bytes; cipher: Bytes }): Bytes =>
  MAC(key, label("kem cipher"), from, keyId(said.key), said.cipher).slice(0, 16);
export const got = ({ secret }: Exchange, from: Bytes): Bytes => MAC(secret, label("kem got"), from).slice(0, 16);
