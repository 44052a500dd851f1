/** Crafted signatures, for every host that gives the verdict: nothing here needs Node. */
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concat, hex, unhex, utf8 } from "../../src/protocol/codec.ts";
import { pureEngine, signingPair } from "../../src/protocol/signature.ts";
import { seeded } from "./seeded.ts";

const { Point } = ed25519;
/** The order of the base point. */
export const L = Point.Fn.ORDER;
/** The number that bytes spell, the lowest first. */
export const little = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const scalarBytes = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const torsion = ED25519_TORSION_SUBGROUP.map((point) => unhex(point));
/** What every one of them is about. */
export const message = utf8("speak in support of X");

/** A key and a signature, and whether it is one. */
export interface Edge {
  readonly name: string;
  readonly signature: Uint8Array;
  readonly key: Uint8Array;
  readonly good: boolean;
}

/** A good signature with a nonce of one's own: not the one that an honest signer makes. */
export const signedWith = (text: Uint8Array, seed: Uint8Array, nonce: bigint): Uint8Array => {
  const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(seed);
  const r = Point.BASE.multiply(nonce).toBytes();
  const k = little(sha512(concat(r, pointBytes, text))) % L;
  return concat(r, scalarBytes((nonce + k * scalar) % L));
};

/** A signature by `a` with the nonce `r`, whose R and A carry points of small order. */
const forge = (
  a: bigint,
  r: bigint,
  onKey: Uint8Array,
  onNonce: Uint8Array,
  secretFactor = 1n,
): Omit<Edge, "name" | "good"> => {
  const lift = (scalar: bigint, by: Uint8Array): Uint8Array =>
    Point.BASE.multiplyUnsafe(scalar).add(Point.fromBytes(by, true)).toBytes();
  const key = lift(a, onKey);
  const nonce = lift(r, onNonce);
  const k = little(sha512(concat(nonce, key, message))) % L;
  return { key, signature: concat(nonce, scalarBytes((r + secretFactor * k * a) % L)) };
};

/** R = encoding of a point of small order with S = k·a, so that the equation holds up to that point. */
const smallNonce = (a: bigint, key: Uint8Array, nonce: Uint8Array): Uint8Array => {
  const k = little(sha512(concat(nonce, key, message))) % L;
  return concat(nonce, scalarBytes((k * a) % L));
};

/** Every edge on which libraries differ: S, points of small and of mixed order, spellings that are not canonical. */
export const edges = (): readonly Edge[] => {
  const random = seeded("edges");
  const out: Edge[] = [];
  const identity = torsion[0] as Uint8Array;
  for (let i = 0; i < 3; i++) {
    const seed = random(32);
    const { public: key } = signingPair(seed);
    const good = pureEngine.sign(message, seed);
    const s = little(good.subarray(32));
    const { scalar } = ed25519.utils.getExtendedPublicKey(seed);
    const r = little(random(32)) % L;
    out.push({ name: "good", signature: good, key, good: true });
    out.push({ name: "made by hand", ...forge(scalar, r, identity, identity), good: true });
    out.push({ name: "S + L", signature: concat(good.subarray(0, 32), scalarBytes(s + L)), key, good: false });
    out.push({ name: "S = L", signature: concat(good.subarray(0, 32), scalarBytes(L)), key, good: false });
    out.push({ name: "S = 0", signature: concat(good.subarray(0, 32), new Uint8Array(32)), key, good: false });
    out.push({
      name: "S all ones",
      signature: concat(good.subarray(0, 32), new Uint8Array(32).fill(0xff)),
      key,
      good: false,
    });
    out.push({ name: "other R", signature: concat(random(32), good.subarray(32)), key, good: false });
    out.push({ name: "R is the identity", signature: smallNonce(scalar, key, identity), key, good: false });
    const negativeZero = identity.slice();
    negativeZero[31] = 0x80;
    out.push({ name: "R is minus zero", signature: smallNonce(scalar, key, negativeZero), key, good: false });
    for (const [n, point] of torsion.entries()) {
      if (n === 0) continue;
      out.push({ name: `mixed R ${n}`, ...forge(scalar, r, identity, point), good: false });
      out.push({ name: `small R ${n}`, signature: smallNonce(scalar, key, point), key, good: false });
      const mixed = forge(scalar, r, point, identity);
      const k = little(sha512(concat(mixed.signature.subarray(0, 32), mixed.key, message))) % L;
      const vanishes = Point.fromBytes(point, true)
        .multiplyUnsafe(k % 8n)
        .is0();
      out.push({ name: `mixed A ${n}`, ...mixed, good: vanishes });
    }
  }
  // Keys of small order, in every spelling: for them anything, or nothing, verifies.
  for (const point of torsion)
    for (const sign of [0, 0x80]) {
      const key = point.slice();
      key[31] = ((key[31] as number) & 0x7f) | sign;
      out.push({
        name: `small A ${hex(key)}`,
        signature: concat(torsion[0] as Uint8Array, new Uint8Array(32)),
        key,
        good: false,
      });
    }
  // The same with an honest R for which k·A vanishes: the equation holds, to the byte.
  const spellings = [...torsion, unhex(`ee${"ff".repeat(30)}7f`), unhex(`ee${"ff".repeat(31)}`)];
  for (const key of spellings)
    for (let nonce = 1n; ; nonce++) {
      const r = Point.BASE.multiplyUnsafe(nonce).toBytes();
      if ((little(sha512(concat(r, key, message))) % L) % 8n !== 0n) continue;
      out.push({ name: `small A ${hex(key)}, honest R`, signature: concat(r, scalarBytes(nonce)), key, good: false });
      break;
    }
  // y ≥ p, as A and as R.
  for (let low = 0xed; low <= 0xff; low++)
    for (const top of [0x7f, 0xff]) {
      const point = new Uint8Array(32).fill(0xff);
      point[0] = low;
      point[31] = top;
      const { public: key } = signingPair(random(32));
      out.push({
        name: `A ≥ p ${low}`,
        signature: concat(torsion[0] as Uint8Array, new Uint8Array(32)),
        key: point,
        good: false,
      });
      out.push({ name: `R ≥ p ${low}`, signature: concat(point, new Uint8Array(32)), key, good: false });
    }
  for (const length of [0, 63, 65])
    out.push({
      name: `${length} bytes`,
      signature: new Uint8Array(length),
      key: signingPair(random(32)).public,
      good: false,
    });
  return out;
};
