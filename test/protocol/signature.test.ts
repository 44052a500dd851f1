import assert from "node:assert/strict";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { nodeEngine } from "../../src/nodeEngine.ts";
import { concat, hex, unhex, utf8 } from "../../src/protocol/codec.ts";
import {
  type Engine,
  pureEngine,
  sign,
  signingPair,
  usableKey,
  useEngine,
  verify,
} from "../../src/protocol/signature.ts";
import { seeded } from "./room.ts";

const { Point } = ed25519;
const L = Point.Fn.ORDER;
const little = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
const scalarBytes = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
const torsion = ED25519_TORSION_SUBGROUP.map((point) => unhex(point));
const message = utf8("speak in support of X");

interface Case {
  readonly name: string;
  readonly signature: Uint8Array;
  readonly key: Uint8Array;
  readonly good: boolean;
}

/** A signature by `a` with the nonce `r`, whose R and A carry points of small order. */
const forge = (
  a: bigint,
  r: bigint,
  onKey: Uint8Array,
  onNonce: Uint8Array,
  secretFactor = 1n,
): Omit<Case, "name" | "good"> => {
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

const cases = (): readonly Case[] => {
  const random = seeded("edges");
  const out: Case[] = [];
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

describe("signature", () => {
  afterEach(() => useEngine(nodeEngine));

  it("gives the one verdict on every edge, whichever engine decides", () => {
    const all = cases();
    for (const engine of [pureEngine, nodeEngine]) {
      useEngine(engine);
      for (const { name, signature, key, good } of all) assert.equal(verify(signature, message, key), good, name);
    }
  });

  it("leaves nothing but the equation to an engine", () => {
    const lenient: Engine = {
      ...pureEngine,
      verify: (signature, text, key) => little(signature.subarray(32)) >= L || pureEngine.verify(signature, text, key),
    };
    useEngine(lenient);
    for (const { name, signature, key, good } of cases())
      if (name.startsWith("S ")) assert.equal(verify(signature, message, key), good, name);
  });

  it("agrees between engines on signatures and their flips", () => {
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const runs = fc.sample(fc.tuple(seeds, fc.uint8Array({ maxLength: 80 }), fc.nat(64 * 8 - 1), fc.boolean()), {
      numRuns: 30,
      seed: 4,
    });
    for (const engine of [pureEngine, nodeEngine]) {
      useEngine(engine);
      for (const [seed, text, bit, inKey] of runs) {
        const { public: key } = signingPair(seed);
        const signature = sign(text, seed);
        assert.ok(verify(signature, text, key));
        const target = inKey ? key.slice() : signature.slice();
        const at = (bit >> 3) % target.length;
        target[at] = (target[at] as number) ^ (1 << (bit & 7));
        assert.ok(inKey ? !verify(signature, text, target) : !verify(target, text, key));
      }
    }
  });

  it("lets no key of small order, no key that is not canonical and none of another length be used", () => {
    const { public: key } = signingPair(new Uint8Array(32).fill(3));
    assert.equal(usableKey(key), true);
    for (const point of torsion) assert.equal(usableKey(point), false);
    assert.equal(usableKey(key.subarray(1)), false);
    const high = new Uint8Array(32).fill(0xff);
    assert.equal(usableKey(high), false);
  });

  it("refuses an engine that is cofactored, or that signs otherwise", () => {
    const cofactored: Engine = {
      sign: (text, seed) => ed25519.sign(text, seed),
      verify: (signature, text, key) => ed25519.verify(signature, text, key),
    };
    assert.throws(() => useEngine(cofactored), { code: "signature-engine" });
    const yes: Engine = { ...nodeEngine, verify: () => true };
    assert.throws(() => useEngine(yes), { code: "signature-engine" });
    const other: Engine = { ...nodeEngine, sign: () => new Uint8Array(64) };
    assert.throws(() => useEngine(other), { code: "signature-engine" });
  });
});
