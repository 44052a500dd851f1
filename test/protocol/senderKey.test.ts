import assert from "node:assert/strict";
import fc from "fast-check";
import { hex } from "../../src/protocol/codec.ts";
import { messageSigned, placedMessages, signedBodies } from "../../src/protocol/control.ts";
import { openEnvelope, readHeader, sealEnvelope } from "../../src/protocol/envelope.ts";
import { CHAIN_LENGTH } from "../../src/protocol/limits.ts";
import { messageContext } from "../../src/protocol/sending.ts";
import { complete, contiguous, keyAt, openTags, type ReceiveChain, step } from "../../src/protocol/senderKey.ts";
import { sign } from "../../src/protocol/signature.ts";
import type { Tag } from "../../src/types.ts";
import { NOW, type Person, seeded, talkingRoom } from "./room.ts";

const two = async (): Promise<readonly [Person, Person, Person]> =>
  (await talkingRoom(["Ana", "Bo", "Cy"])) as unknown as readonly [Person, Person, Person];
const chainOf = (at: Person, from: Person): ReceiveChain => at.state.receive.get(from.chain) as ReceiveChain;
const received = (at: Person, from: Person, index: number, frame: Uint8Array): string =>
  at.hear(from.chain, index, frame).kind;

describe("a chain of message keys", () => {
  it("has other keys and tags at every step, in every chain and under every distribution", async () => {
    const [ana, bo] = await two();
    const chain = chainOf(bo, ana);
    const tags = openTags(chain);
    assert.equal(tags.length, CHAIN_LENGTH);
    assert.equal(new Set(tags.map(([tag]) => tag)).size, CHAIN_LENGTH);
    const here = step(chain.key, chain.distribution);
    const there = step(chain.key, seeded("another distribution")(32));
    assert.notEqual(hex(here.at.key), hex(there.at.key));
    assert.notEqual(here.at.tag, there.at.tag);
    assert.equal(hex(here.next), hex(there.next));
    assert.equal(here.at.tag, tags[0]?.[0]);
  });

  it("gives the same keys in any order of arrival, each once", async () => {
    const [ana, bo] = await two();
    const fresh = chainOf(bo, ana);
    const inOrder: string[] = [];
    for (let i = 0, chain = fresh; i < CHAIN_LENGTH; i++) {
      const at = keyAt(chain, i) as NonNullable<ReturnType<typeof keyAt>>;
      inOrder.push(hex(at.key.key) + at.key.tag);
      chain = at.after;
    }
    const order = fc.shuffledSubarray(
      Array.from({ length: CHAIN_LENGTH }, (_, i) => i),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(order, (indices) => {
        let chain = fresh;
        const got = new Set<number>();
        for (const index of indices) {
          const at = keyAt(chain, index);
          assert.equal(at && hex(at.key.key) + at.key.tag, inOrder[index]);
          chain = (at as NonNullable<typeof at>).after;
          got.add(index);
          assert.equal(keyAt(chain, index), undefined, "a key is used once");
          let gap = 0;
          while (got.has(gap)) gap++;
          assert.equal(contiguous(chain), gap);
        }
        const rest = new Map(openTags(chain).map(([tag, index]) => [index, tag]));
        assert.equal(rest.size, CHAIN_LENGTH - got.size);
        for (const [index, tag] of rest) assert.ok(inOrder[index]?.endsWith(tag));
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  it("keeps nothing from which a consumed key could be derived", async () => {
    const [ana, bo] = await two();
    const before = chainOf(bo, ana);
    const { key, after } = keyAt(before, 10) as NonNullable<ReturnType<typeof keyAt>>;
    assert.deepEqual(
      [...after.skipped.keys()],
      Array.from({ length: 10 }, (_, i) => i),
    );
    const kept = [after.key, ...[...after.skipped.values()].map((one) => one.key)].map(hex);
    assert.ok(!kept.includes(hex(key.key)));
    assert.ok(!kept.includes(hex(before.key)));
  });

  it("ends at 128", async () => {
    const [ana, bo] = await two();
    const chain = chainOf(bo, ana);
    for (const index of [-1, CHAIN_LENGTH, CHAIN_LENGTH + 1, 2 ** 31, Number.MAX_SAFE_INTEGER])
      assert.equal(keyAt(chain, index), undefined);
    assert.ok(keyAt(chain, CHAIN_LENGTH - 1));
  });

  it("is complete when its successor has said how long it is, and all of it came", async () => {
    const [ana, bo] = await two();
    const old = ana.chain;
    const frames = [ana.say("1"), ana.say("2")].map(({ frame }) => frame);
    bo.hear(old, 1, frames[1] as Uint8Array);
    await bo.follow(await ana.rotate());
    const chain = (): ReceiveChain => bo.state.receive.get(old) as ReceiveChain;
    assert.equal(chain().count, 2);
    assert.equal(complete(chain()), false);
    bo.hear(old, 0, frames[0] as Uint8Array);
    assert.equal(complete(chain()), true);
  });
});

describe("a message", () => {
  it("opens once for each who was served, out of order and after gaps", async () => {
    const [ana, bo, cy] = await two();
    const frames = Array.from({ length: 5 }, (_, i) => ana.say(`${i}`).frame);
    for (const [at, order] of [
      [bo, [4, 0, 3, 1, 2]],
      [cy, [0, 1, 2, 3, 4]],
    ] as const)
      for (const i of order) {
        assert.equal(received(at, ana, i, frames[i] as Uint8Array), "message");
        assert.equal(received(at, ana, i, frames[i] as Uint8Array), "stale");
      }
  });

  it("opens at its own index and chain only", async () => {
    const [ana, bo, cy] = await two();
    const { frame, chain } = ana.say();
    const others = cy.say();
    for (const index of [1, 2, 127]) assert.equal(received(bo, ana, index, frame), "forged");
    assert.equal(bo.hear(cy.chain, 0, frame).kind, "forged");
    assert.equal(bo.hear(chain, 0, others.frame).kind, "forged");
    assert.equal(received(bo, ana, 128, frame), "stale");
    assert.equal(bo.hear(hex(seeded("no")(16)) as typeof chain, 0, frame).kind, "stale");
    assert.equal(received(bo, ana, 0, frame), "message");
  });

  it("changes nothing when any bit of it is flipped", async () => {
    const [ana, bo] = await two();
    const { frame } = ana.say("the text");
    const before = bo.state;
    for (let at = 0; at < frame.length; at++) {
      const flipped = frame.slice();
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      assert.equal(received(bo, ana, 0, flipped), "forged", `byte ${at}`);
    }
    assert.equal(bo.state, before);
    assert.equal(received(bo, ana, 0, frame), "message");
  });

  it("cannot be made or burnt by a member who holds the chain but not its signing key", async () => {
    const [ana, bo, cy] = await two();
    const { frame } = ana.say("the original");
    // Cy opens Ana's message and knows key, tag and body; that is all that a member can have.
    const chain = chainOf(cy, ana);
    const { at } = step(chain.key, chain.distribution);
    const context = messageContext(chain.distribution, 0);
    const { body, signature } = signedBodies.decode(openEnvelope(at.key, frame, context) as Uint8Array) as {
      body: Uint8Array;
      signature: Uint8Array;
    };
    const slot = readHeader(frame, NOW)?.slot as number;
    const forge = (plain: Uint8Array, index = 0, at2: { key: Uint8Array; tag: Tag } = at, when = slot): string =>
      received(
        bo,
        ana,
        index,
        sealEnvelope(at2, plain, { slot: when, random: cy.random, context: messageContext(chain.distribution, index) }),
      );
    const mine = cy.state.send?.signer as Uint8Array;
    const covered = messageSigned(chain.distribution, slot, at.tag, body);
    assert.equal(forge(cy.random(40)), "forged", "garbage");
    assert.equal(forge(signedBodies.encode({ body, signature: sign(covered, mine) })), "forged", "own signature");
    const placed = placedMessages.decode(body) as NonNullable<ReturnType<typeof placedMessages.decode>>;
    const changed = placedMessages.encode({ ...placed, content: cy.random(3) });
    assert.equal(forge(signedBodies.encode({ body: changed, signature })), "forged", "other content");
    // Ana's signed text at another index, under another hour, or in Cy's own chain.
    const next = step(step(chain.key, chain.distribution).next, chain.distribution).at;
    assert.equal(forge(signedBodies.encode({ body, signature }), 1, next), "forged", "another index");
    assert.equal(forge(signedBodies.encode({ body, signature }), 0, at, slot + 1), "forged", "another hour");
    const moved = placedMessages.encode({ ...placed, index: 1 });
    assert.equal(forge(signedBodies.encode({ body: moved, signature }), 1, next), "forged", "moved");
    assert.equal(received(bo, ana, 0, frame), "message", "the original still opens");
  });

  it("must name the index that its tag has, whatever its author signs", async () => {
    const [ana, bo] = await two();
    const send = ana.state.send as NonNullable<typeof ana.state.send>;
    const { at } = step(send.key, send.distribution);
    const placed = { index: 1, nonce: ana.random(16), time: NOW, parents: [], acks: [], content: ana.random(3) };
    const body = placedMessages.encode(placed);
    const signature = sign(messageSigned(send.distribution, send.slot, at.tag, body), send.signer);
    const options = { slot: send.slot, random: ana.random, context: messageContext(send.distribution, 0) };
    assert.equal(received(bo, ana, 0, sealEnvelope(at, signedBodies.encode({ body, signature }), options)), "forged");
  });

  it("cannot be sealed on a chain that does not fit the view", async () => {
    const [ana, bo] = await two();
    ana.act({ kind: "rekey" });
    assert.throws(() => ana.say(), RangeError);
    assert.ok(bo.say());
  });

  it("keeps its id when it is sealed again, and its author's nonce is nobody else's id", async () => {
    const [ana, bo] = await two();
    const nonce = ana.random(16);
    const first = ana.say("x", nonce);
    await bo.follow(await ana.rotate());
    const second = ana.say("x", nonce);
    assert.equal(first.message, second.message);
    assert.notEqual(bo.say("x", nonce).message, first.message);
  });
});
