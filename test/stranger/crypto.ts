/** The primitives of SPEC.md §1. */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { refuse } from "./cbor.ts";
import { hex } from "./shapes.ts";

type Bytes = Uint8Array;

const ORDER = ed25519.Point.Fn.ORDER;

export const concat = (...parts: readonly Bytes[]): Bytes => Uint8Array.from(Buffer.concat(parts));
export const utf8 = (text: string): Bytes => Uint8Array.from(Buffer.from(text));
export const label = (name: string): Bytes => utf8(`couloir/1 ${name}\0`);
export const same = (a: Bytes, b: Bytes): boolean => Buffer.compare(a, b) === 0;
export const empty: Bytes = new Uint8Array();

/** A big-endian number of so many bytes. */
const number = (size: number) => (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return Uint8Array.from(bytes.subarray(8 - size));
};
export const [u8, u16, u32, u64] = [number(1), number(2), number(4), number(8)] as const;

export const H = (...parts: readonly Bytes[]): Bytes => sha256(concat(...parts));
export const MAC = (key: Bytes, ...parts: readonly Bytes[]): Bytes => hmac(sha256, key, concat(...parts));

/** A label's name; with it how many bytes come out, if not 32. */
type Purpose = string | readonly [name: string, length: number];

export const KDF = (secret: Bytes, salt: Bytes, purpose: Purpose): Bytes => {
  const [name, length] = typeof purpose === "string" ? ([purpose, 32] as const) : purpose;
  return hkdf(sha256, secret, salt, label(name), length);
};

/** A key of 32 bytes and the tag of 16 behind it. */
export interface KeyAndTag {
  readonly key: Bytes;
  readonly tag: Bytes;
}

export const keyAndTag = (bytes: Bytes): KeyAndTag => ({ key: bytes.slice(0, 32), tag: bytes.slice(32, 48) });

/** What AEAD takes besides the text. */
export interface Lock {
  readonly key: Bytes;
  readonly nonce: Bytes;
  readonly aad: Bytes;
}

export const seal = ({ key, nonce, aad }: Lock, plaintext: Bytes): Bytes =>
  xchacha20poly1305(key, nonce, aad).encrypt(plaintext);

/** @throws Refused if it is not whole. */
export const open = ({ key, nonce, aad }: Lock, sealed: Bytes): Bytes =>
  attempt(() => xchacha20poly1305(key, nonce, aad).decrypt(sealed));

/** @throws Refused where the result is all zero. */
export const DH = (secret: Bytes, key: Bytes): Bytes => attempt(() => x25519.getSharedSecret(secret, key));
export const agreementKey = (secret: Bytes): Bytes => x25519.getPublicKey(secret);

export const signingKey = (seed: Bytes): Bytes => ed25519.getPublicKey(seed);
export const sign = (seed: Bytes, ...parts: readonly Bytes[]): Bytes => ed25519.sign(concat(...parts), seed);

/** The verdict of §1: cofactorless, canonical, nothing of small order. */
export const verify = (key: Bytes, signature: Bytes, ...parts: readonly Bytes[]): boolean => {
  if (signature.length !== 64 || key.length !== 32) return false;
  const [R, S] = [signature.slice(0, 32), little(signature.slice(32))];
  if (S >= ORDER) return false;
  try {
    const [A, point] = [ed25519.Point.fromBytes(key, false), ed25519.Point.fromBytes(R, false)];
    if (A.isSmallOrder() || point.isSmallOrder()) return false;
    const k = little(sha512(concat(R, key, ...parts))) % ORDER;
    const base = S === 0n ? ed25519.Point.ZERO : ed25519.Point.BASE.multiply(S);
    return same(base.subtract(A.multiplyUnsafe(k)).toBytes(), R);
  } catch {
    return false;
  }
};

const little = (bytes: Bytes): bigint => BigInt(`0x${hex(Uint8Array.from(bytes).reverse())}`);

const attempt = (act: () => Bytes): Bytes => {
  try {
    return act();
  } catch (error) {
    return refuse(String(error));
  }
};
