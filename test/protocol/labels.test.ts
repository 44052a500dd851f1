import assert from "node:assert/strict";
import { concat, fromCbor, hex } from "../../src/protocol/codec.ts";
import { controlSigned, messageSigned } from "../../src/protocol/control.ts";
import { openEnvelope, sealEnvelope, slotFor } from "../../src/protocol/envelope.ts";
import { useEngine } from "../../src/protocol/engines.ts";
import { label } from "../../src/protocol/primitives.ts";
import { CONTROL_CONTEXT, messageContext } from "../../src/protocol/sending.ts";
import { pureEngine, signingPair, verify } from "../../src/protocol/signature.ts";
import { nodeEngine } from "../../src/nodeEngine.ts";
import type { Tag } from "../../src/types.ts";
import { sources, spec, uses } from "./labelUses.ts";
import { NOW, seeded } from "./room.ts";
import { samples } from "./samples.ts";

describe("attack 28: protocol confusion", () => {
  afterEach(() => useEngine(nodeEngine));

  it("every label stands for one use, which SPEC.md names", () => {
    const all = uses();
    assert.ok(all.length > 35, `${all.length} labels`);
    const byName = Map.groupBy(all, ({ name }) => name);
    for (const [name, places] of byName) {
      assert.ok(spec().includes(`"${name}"`), `SPEC.md does not name "${name}"`);
      // Sealing and opening are one use, in two places.
      const pair = name === "answer box" || name === "file chunk";
      assert.equal(places.length, pair ? 2 : 1, `"${name}": ${JSON.stringify(places)}`);
    }
  });

  it("what is not of this version's labels has a domain of its own", () => {
    const domains = sources("src", "web/peer").flatMap(([, text]) =>
      [...text.matchAll(/utf8\(["`](couloir[^"`$]*)/gu)].map(([, domain = ""]) => domain),
    );
    assert.ok(domains.length >= 5);
    const own = domains.filter((domain) => domain !== "couloir/1 ");
    assert.equal(own.length, domains.length - 1);
    for (const one of own) assert.ok(!one.startsWith("couloir/1 "), one);
  });

  it("no label begins another: each ends with a byte that stands in none", () => {
    for (const { name } of uses()) {
      const bytes = label(name);
      assert.equal(bytes.indexOf(0), bytes.length - 1, name);
    }
    assert.notEqual(hex(concat(label("a"), label("b"))), hex(concat(label("a b"), label(""))));
  });

  it("a signature over one structure is none over another, whoever made it", async () => {
    const all = (await samples()).filter(({ bytes }) => {
      const outer = fromCbor(bytes);
      return Array.isArray(outer) && outer.length === 2 && (outer as unknown[])[1] instanceof Uint8Array;
    });
    const kinds = all.filter(({ name }) => /^(device list|card|distribution|operation)/u.test(name));
    assert.ok(kinds.length > 10);
    const random = seeded("confusion");
    const seed = random(32);
    const { public: key } = signingPair(seed);
    useEngine(pureEngine);
    const domains = ["devices", "card", "distribution", "operation", "presence"].map((name) => label(name));
    for (const { bytes } of kinds.slice(0, 6)) {
      const [body] = fromCbor(bytes) as [Uint8Array];
      const [hash, tag] = [random(32), hex(random(16)) as Tag];
      // The same bytes under every domain that a key of this protocol signs.
      const inputs = [
        ...domains.map((domain) => concat(domain, body)),
        messageSigned(hash, 7, tag, body),
        controlSigned(hash, 7, 9, body),
        concat(label("join proof"), body),
        concat(label("device proof"), body),
        body,
      ];
      for (const [i, signed] of inputs.entries()) {
        const signature = pureEngine.sign(signed, seed);
        for (const [j, other] of inputs.entries()) assert.equal(verify(signature, other, key), i === j);
      }
    }
    // And a body of one kind, rightly signed, is no structure of another.
    for (const one of kinds)
      for (const other of kinds) {
        const same = one.name.split(" ")[0] === other.name.split(" ")[0];
        if (!same) assert.equal(other.read(one.bytes), undefined, `${one.name} as ${other.name}`);
      }
  });

  it("a frame sealed in one context opens in no other, with the same key and tag", () => {
    const random = seeded("contexts");
    const at = { key: random(32), tag: hex(random(16)) as Tag };
    const hash = random(32);
    const contexts = [
      CONTROL_CONTEXT,
      messageContext(hash, 0),
      messageContext(hash, 1),
      messageContext(random(32), 0),
      label("hail"),
      label("presence frame"),
      new Uint8Array(0),
    ];
    for (const [i, context] of contexts.entries()) {
      const frame = sealEnvelope(at, random(20), { slot: slotFor(NOW), random, context });
      for (const [j, other] of contexts.entries())
        assert.equal(openEnvelope(at.key, frame, other) !== undefined, i === j, `${i} in ${j}`);
    }
  });
});
