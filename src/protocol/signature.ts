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
import { concat, equalBytes, unhex } from "./codec.ts";
import { lateVerdict } from "./lateEngine.ts";
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

export const littleEndian = (bytes: Uint8Array): bigint => {
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

/** `useEngine` of `engines.ts` tests an engine before. */
export const setEngine = (candidate: Engine): void => {
  engine = candidate;
};

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

/** All that is asked of a signature and its key before the equation. */
export const soundEdges = (signature: Uint8Array, publicKey: Uint8Array): boolean =>
  signature.length === 64 &&
  usableKey(publicKey) &&
  usableKey(signature.subarray(0, 32)) &&
  littleEndian(signature.subarray(32)) < L;

/** Decides the equation now, by the engine of this host. Never throws. */
export const decide: Engine["verify"] = (signature, message, publicKey) => engine.verify(signature, message, publicKey);

/** The one verdict, or within `withVerdicts` what is known of it by now. Never throws. */
export const verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean =>
  soundEdges(signature, publicKey) &&
  (lateVerdict(signature, message, publicKey) ?? decide(signature, message, publicKey));

/** A 64-byte signature; deterministic. */
export const sign = (message: Uint8Array, seed: Uint8Array): Uint8Array => engine.sign(message, seed);

/** An Ed25519 pair from 32 random bytes. */
export const signingPair = (seed: Uint8Array): KeyPair => ({ secret: seed, public: ed25519.getPublicKey(seed) });
