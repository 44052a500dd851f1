/**
 * The primitives and nothing of ours: SHA-256 (FIPS 180-4), HMAC (RFC 2104), HKDF (RFC 5869), X25519 (RFC 7748),
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha). All work without `crypto.subtle`.
 *
 * Every use has a domain label of its own; `label` makes one: UTF-8 of `couloir/1 <name>` and a zero byte.
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./codec.ts";

export const label = (name: string): Uint8Array => utf8(`couloir/1 ${name}\0`);

/** SHA-256 of all parts in a row, 32 bytes. */
export const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = nobleSha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** HMAC-SHA256 of all parts in a row, 32 bytes. */
export const mac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = hmac.create(nobleSha256, key);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** HKDF-SHA256: `length` bytes from `secret` for the purpose `info`. */
export const derive = (secret: Uint8Array, salt: Uint8Array, info: string, length = 32): Uint8Array =>
  expand(nobleSha256, extract(nobleSha256, secret, salt), label(info), length);

/** A secret without salt. */
export const NO_SALT = new Uint8Array(0);

/** Encrypts and authenticates; `key` 32 bytes, `nonce` 24 bytes; the result is 16 bytes longer than `plaintext`. */
export const seal = (key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array =>
  xchacha20poly1305(key, nonce, aad).encrypt(plaintext);

/** The plaintext, or `undefined` when anything was altered. */
export const unseal = (
  key: Uint8Array,
  nonce: Uint8Array,
  ciphertext: Uint8Array,
  aad: Uint8Array,
): Uint8Array | undefined => {
  try {
    return xchacha20poly1305(key, nonce, aad).decrypt(ciphertext);
  } catch {
    return undefined;
  }
};

export interface KeyPair {
  readonly secret: Uint8Array;
  readonly public: Uint8Array;
}

/** An X25519 pair from 32 random bytes. */
export const agreementPair = (seed: Uint8Array): KeyPair => ({ secret: seed, public: x25519.getPublicKey(seed) });

/** The X25519 secret, or `undefined` for a low-order public key (an all-zero result is never a secret). */
export const agree = (secret: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined => {
  try {
    return x25519.getSharedSecret(secret, publicKey);
  } catch {
    return undefined;
  }
};

/** Big-endian unsigned integers, as they stand in headers and hash inputs. */
export const u16 = (value: number): Uint8Array => Uint8Array.of((value >> 8) & 0xff, value & 0xff);
export const u32 = (value: number): Uint8Array => {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value);
  return out;
};
