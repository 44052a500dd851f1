/** HPKE (RFC 9180), single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305; modes base and PSK. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { refuse } from "./cbor.ts";
import { agreementKey, concat, DH, empty, u16, u8, utf8 } from "./crypto.ts";

type Bytes = Uint8Array;

/** A pre-shared key, of the mode PSK. */
export interface Shared {
  readonly psk: Bytes;
  readonly id: Bytes;
}

interface Sealing {
  /** The recipient's public key. */
  readonly to: Bytes;
  readonly info: Bytes;
  readonly shared?: Shared;
  /** 32 random bytes. */
  readonly random: Bytes;
  readonly plaintext: Bytes;
}

interface Opening {
  /** The recipient's secret key. */
  readonly secret: Bytes;
  readonly info: Bytes;
  readonly shared?: Shared;
  readonly box: Bytes;
}

const KEM = concat(utf8("KEM"), u16(0x20));
const SUITE = concat(utf8("HPKE"), u16(0x20), u16(1), u16(3));
const VERSION = utf8("HPKE-v1");

interface Labelled {
  readonly suite: Bytes;
  readonly name: string;
}

const labelledExtract = ({ suite, name }: Labelled, salt: Bytes, ikm: Bytes): Bytes =>
  extract(sha256, concat(VERSION, suite, utf8(name), ikm), salt);

const labelledExpand = ({ suite, name, length = 32 }: Labelled & { length?: number }, prk: Bytes, info: Bytes): Bytes =>
  expand(sha256, prk, concat(u16(length), VERSION, suite, utf8(name), info), length);

/** DeriveKeyPair of the KEM: the secret key. */
const deriveSecret = (ikm: Bytes): Bytes =>
  labelledExpand({ suite: KEM, name: "sk" }, labelledExtract({ suite: KEM, name: "dkp_prk" }, empty, ikm), empty);

/** `enc(32) ‖ ciphertext`. */
export const sealBox = ({ to, info, shared, random, plaintext }: Sealing): Bytes => {
  const ephemeral = deriveSecret(random);
  const enc = agreementKey(ephemeral);
  const { key, nonce } = schedule(encapsulated(DH(ephemeral, to), concat(enc, to)), info, shared);
  return concat(enc, chacha20poly1305(key, nonce).encrypt(plaintext));
};

/** @throws Refused if the box is not whole, or for somebody else. */
export const openBox = ({ secret, info, shared, box }: Opening): Bytes => {
  if (box.length < 48) refuse("a box that is too short");
  const enc = box.slice(0, 32);
  const { key, nonce } = schedule(encapsulated(DH(secret, enc), concat(enc, agreementKey(secret))), info, shared);
  try {
    return chacha20poly1305(key, nonce).decrypt(box.slice(32));
  } catch {
    return refuse("a box that does not open");
  }
};

const encapsulated = (dh: Bytes, context: Bytes): Bytes =>
  labelledExpand(
    { suite: KEM, name: "shared_secret" },
    labelledExtract({ suite: KEM, name: "eae_prk" }, empty, dh),
    context,
  );

const schedule = (secret: Bytes, info: Bytes, shared?: Shared): { readonly key: Bytes; readonly nonce: Bytes } => {
  const { psk, id } = shared ?? { psk: empty, id: empty };
  const context = concat(
    u8(shared === undefined ? 0 : 1),
    labelledExtract({ suite: SUITE, name: "psk_id_hash" }, empty, id),
    labelledExtract({ suite: SUITE, name: "info_hash" }, empty, info),
  );
  const prk = labelledExtract({ suite: SUITE, name: "secret" }, secret, psk);
  return {
    key: labelledExpand({ suite: SUITE, name: "key" }, prk, context),
    nonce: labelledExpand({ suite: SUITE, name: "base_nonce", length: 12 }, prk, context),
  };
};
