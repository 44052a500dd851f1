import assert from "node:assert/strict";
import { ED25519_TORSION_SUBGROUP, ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { nodeEngine } from "../../src/nodeEngine.ts";
import { hex, unhex } from "../../src/protocol/codec.ts";
import { useEngine, useLateEngine } from "../../src/protocol/engines.ts";
import type { LateEngine } from "../../src/protocol/lateEngine.ts";
import { setLateEngine, withVerdicts } from "../../src/protocol/lateEngine.ts";
import {
  type Engine,
  pureEngine,
  setEngine,
  sign,
  signingPair,
  usableKey,
  verify,
} from "../../src/protocol/signature.ts";
import { edges, L, little, message } from "./signatureEdges.ts";
import { wycheproof } from "./wycheproof.ts";

describe("attack 21: signature edge cases", () => {
  afterEach(() => useEngine(nodeEngine));

  it("gives the one verdict on every edge, whichever engine decides", () => {
    const all = edges();
    assert.ok(all.length > 150);
    for (const engine of [pureEngine, nodeEngine]) {
      useEngine(engine);
      for (const { name, signature, key, good } of all) assert.equal(verify(signature, message, key), good, name);
    }
  });

  it("gives the verdict of Project Wycheproof, whichever engine decides", () => {
    const vectors = wycheproof("ed25519");
    for (const engine of [pureEngine, nodeEngine]) {
      useEngine(engine);
      for (const [id, result, key = "", text = "", signature = ""] of vectors)
        assert.equal(verify(unhex(signature), unhex(text), unhex(key)), result === "valid", `${id}`);
    }
  });

  it("leaves nothing but the equation to an engine", () => {
    const lenient: Engine = {
      ...pureEngine,
      verify: (signature, text, key) => little(signature.subarray(32)) >= L || pureEngine.verify(signature, text, key),
    };
    useEngine(lenient);
    for (const { name, signature, key, good } of edges())
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
    for (const point of ED25519_TORSION_SUBGROUP.map((one) => unhex(one))) assert.equal(usableKey(point), false);
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

describe("an engine that answers later", () => {
  const asked: string[] = [];
  const late: LateEngine = {
    verify: async (signature, message, key) => {
      asked.push(hex(signature));
      await Promise.resolve();
      return nodeEngine.verify(signature, message, key);
    },
  };
  beforeEach(async () => {
    await useLateEngine(late);
    asked.length = 0;
    // Whatever is decided at once is decided wrongly: only the late engine's word can be right.
    setEngine({ ...pureEngine, verify: () => true });
  });
  afterEach(() => {
    setLateEngine(undefined);
    useEngine(nodeEngine);
  });

  it("gives the one verdict on every edge to whoever waits for it", async () => {
    const all = edges();
    const verdicts = await withVerdicts(() => all.map(({ signature, key }) => verify(signature, message, key)));
    for (const [at, { name, good }] of all.entries()) assert.equal(verdicts[at], good, name);
  });

  it("runs the work again until it meets no new signature, and asks for each once", async () => {
    const { secret, public: key } = signingPair(new Uint8Array(32).fill(3));
    const chain = [1, 2, 3].map((n) => {
      const message = Uint8Array.of(n);
      return { message, signature: pureEngine.sign(message, secret) };
    });
    let runs = 0;
    const good = await withVerdicts(() => {
      runs++;
      return chain.every(({ signature, message }) => verify(signature, message, key));
    });
    assert.ok(good);
    assert.equal(runs, chain.length + 1);
    assert.deepEqual(
      asked,
      chain.map(({ signature }) => hex(signature)),
    );
  });

  it("decides at once for whoever does not wait, and after work that threw", async () => {
    await assert.rejects(
      withVerdicts(() => {
        throw new RangeError("broken");
      }),
      RangeError,
    );
    const { public: key } = signingPair(new Uint8Array(32).fill(3));
    assert.equal(verify(pureEngine.sign(message, new Uint8Array(32).fill(4)), message, key), true);
    assert.deepEqual(asked, []);
  });

  it("is refused when its verdicts differ", async () => {
    const differing: LateEngine[] = [
      { verify: () => Promise.resolve(true) },
      { verify: () => Promise.resolve(false) },
      { verify: (signature, message, key) => Promise.resolve(ed25519.verify(signature, message, key)) },
    ];
    for (const one of differing) await assert.rejects(useLateEngine(one), { code: "signature-engine" });
  });
});
