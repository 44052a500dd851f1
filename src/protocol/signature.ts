/**
 * One Ed25519 verdict (RFC 8032), the same on every host: accept iff S < L, A and R canonical and not of small order,
 * and encode(S·B − k·A) equals R byte for byte (cofactorless).
 *
 * Libraries differ on the edges (ZIP 215, small order, non-canonical points), and a member who can make two hosts
 * disagree can split a group. So the edges are checked here, on bytes, and only the equation is left to an engine:
 * noble's points by default, a native verifier where a host offers one that passes the self-test.
 */
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { invalid } from "../errors.ts";
import { concat, equalBytes, unhex } from "./codec.ts";
import type { KeyPair } from "./primitives.ts";

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const P = Point.Fp.ORDER;

/** Decides the equation for a key and a signature whose edges are already checked. */
export interface Engine {
  /** 64 bytes. `seed` is the 32-byte secret. */
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array;
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

const littleEndian = (bytes: Uint8Array): bigint => {
  let out = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) out = (out << 8n) | BigInt(bytes[i] as number);
  return out;
};

/** The engine that is always there. */
export const pureEngine: Engine = {
  sign: (message, seed) => ed25519.sign(message, seed),
  verify: (signature, message, publicKey) => {
    try {
      const a = Point.fromBytes(publicKey, false);
      const s = littleEndian(signature.subarray(32));
      const k = littleEndian(sha512(concat(signature.subarray(0, 32), publicKey, message))) % L;
      const r = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k));
      return equalBytes(r.toBytes(), signature.subarray(0, 32));
    } catch {
      return false;
    }
  },
};

let engine: Engine = pureEngine;

/** y coordinate below p: the encoding is the only one of its point (the sign of zero is a small-order matter). */
const canonical = (point: Uint8Array): boolean => {
  // p = 2^255 − 19: only encodings whose upper 31 bytes are all ones can reach it.
  const last = (point[31] as number) & 0x7f;
  if (last !== 0x7f) return true;
  for (let i = 1; i < 31; i++) if (point[i] !== 0xff) return true;
  return (point[0] as number) < Number(P & 0xffn);
};

const unsigned = (point: Uint8Array): Uint8Array => {
  const out = point.slice();
  out[31] = (out[31] as number) & 0x7f;
  return out;
};
const smallOrder = ED25519_TORSION_SUBGROUP.map((point) => unsigned(unhex(point)));
const isSmallOrder = (point: Uint8Array): boolean => {
  const bare = unsigned(point);
  return smallOrder.some((one) => equalBytes(one, bare));
};

/** Whether a point may stand in a signature or verify one: 32 bytes, canonical, not of small order. */
export const usableKey = (publicKey: Uint8Array): boolean =>
  publicKey.length === 32 && canonical(publicKey) && !isSmallOrder(publicKey);

const verifyWith = (by: Engine, signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean =>
  signature.length === 64 &&
  usableKey(publicKey) &&
  usableKey(signature.subarray(0, 32)) &&
  littleEndian(signature.subarray(32)) < L &&
  by.verify(signature, message, publicKey);

/** The one verdict. Never throws. */
export const verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean =>
  verifyWith(engine, signature, message, publicKey);

/** A 64-byte signature; deterministic. */
export const sign = (message: Uint8Array, seed: Uint8Array): Uint8Array => engine.sign(message, seed);

/** An Ed25519 pair from 32 random bytes. */
export const signingPair = (seed: Uint8Array): KeyPair => ({ secret: seed, public: ed25519.getPublicKey(seed) });

/** A signature whose R is of small order and whose k·A vanishes only under the cofactor: engines differ on it. */
const mixedOrder = (seed: Uint8Array, message: Uint8Array): { key: Uint8Array; signature: Uint8Array } => {
  const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
  const torsion = Point.fromBytes(unhex(ED25519_TORSION_SUBGROUP[1] as string), true);
  const key = Point.BASE.multiply(scalar).add(torsion).toBytes();
  const nonce = littleEndian(sha512(message)) % L;
  const r = Point.BASE.multiply(nonce).toBytes();
  const k = littleEndian(sha512(concat(r, key, message))) % L;
  let s = (nonce + k * scalar) % L;
  const signature = new Uint8Array(64);
  signature.set(r);
  for (let i = 32; i < 64; i++, s >>= 8n) signature[i] = Number(s & 0xffn);
  return { key, signature };
};

/**
 * Lets a faster engine decide from now on, after it gave the pure engine's verdict on good, bad and crafted signatures.
 * Throws `invalid` when it differs: a host must not run with it.
 */
export const useEngine = (candidate: Engine): void => {
  const seed = new Uint8Array(32).fill(7);
  const { public: key } = signingPair(seed);
  for (let i = 0; i < 8; i++) {
    const message = new Uint8Array(i * 9).fill(i);
    const good = pureEngine.sign(message, seed);
    const bad = good.slice();
    bad[i * 8] = (bad[i * 8] as number) ^ 1;
    const crafted = mixedOrder(seed, message);
    const cases: [Uint8Array, Uint8Array][] = [
      [good, key],
      [bad, key],
      [crafted.signature, crafted.key],
    ];
    const same = cases.every(
      ([signature, by]) =>
        verifyWith(candidate, signature, message, by) === verifyWith(pureEngine, signature, message, by),
    );
    if (!same || !equalBytes(candidate.sign(message, seed), good))
      throw invalid("signature-engine", "this host's Ed25519 differs from the protocol's; not using it");
  }
  engine = candidate;
};
