import assert from "node:assert/strict";
import fc from "fast-check";
import { hex } from "../../src/protocol/codec.ts";
import { attest, pairOf } from "../../src/protocol/identity.ts";
import { PAIR_WINDOW } from "../../src/protocol/limits.ts";
import { expected, newPair, pairFrameKey, receiveNumber } from "../../src/protocol/pairwise.ts";
import { openPairwise } from "../../src/protocol/receiving.ts";
import { sealPairwise } from "../../src/protocol/sending.ts";
import { type Person, room, seeded } from "./room.ts";

const pairs = (): readonly [Person, Person, Person] =>
  room(["Ana", "Bo", "Cy"]) as unknown as readonly [Person, Person, Person];
const control = { kind: "pointer", tag: "00".repeat(16), key: new Uint8Array(32) } as Parameters<
  typeof sealPairwise
>[2];
const post = (from: Person, to: Person): Uint8Array => {
  const sent = sealPairwise(from.state, to.self.agreement.public, control, from.context);
  from.state = sent.state;
  return sent.frames[0] as Uint8Array;
};
const take = (at: Person, from: Person, number: number, frame: Uint8Array): boolean => {
  const opened = openPairwise(at.state, from.self.agreement.public, number, frame, at.context);
  if (opened) at.state = opened.state;
  return opened !== undefined;
};

describe("a pair", () => {
  it("shares the same secrets on both sides, unlike those of any other pair", () => {
    const [ana, bo, cy] = pairs();
    const here = pairOf(ana.self.agreement, bo.self.agreement.public);
    assert.deepEqual(here, pairOf(bo.self.agreement, ana.self.agreement.public));
    assert.notDeepEqual(here, pairOf(ana.self.agreement, cy.self.agreement.public));
    assert.notDeepEqual(here?.psk, here?.key);
  });

  it("has no secret with a key of low order", () => {
    const [ana] = pairs();
    for (const low of ["00", "01"])
      assert.equal(pairOf(ana.self.agreement, new Uint8Array(32).fill(0, 1).fill(Number(low), 0, 1)), undefined);
  });

  it("attests one member of one group as one person, differently each way", () => {
    const [ana, bo] = pairs();
    const pair = pairOf(ana.self.agreement, bo.self.agreement.public)!;
    const group = ana.state.group;
    const proof = attest(pair, group, ana.member, ana.person);
    assert.equal(proof.length, 16);
    const others = [
      attest(pair, group, bo.member, ana.person),
      attest(pair, group, ana.member, bo.person),
      attest(pair, hex(seeded("group")(32)), ana.member, ana.person),
    ];
    for (const other of others) assert.notDeepEqual(proof, other);
  });

  it("has other tags for each direction, number and group", () => {
    const [ana, bo] = pairs();
    const pair = pairOf(ana.self.agreement, bo.self.agreement.public)!;
    const group = ana.state.group;
    const other = hex(seeded("group")(32)) as typeof group;
    const tags = [0, 1, 2 ** 32 - 1].flatMap((number) =>
      [ana, bo].flatMap(({ self }) =>
        [group, other].map((one) => pairFrameKey(pair, one, self.agreement.public, number).tag),
      ),
    );
    assert.equal(new Set(tags).size, tags.length);
  });

  it("delivers each frame once, to its one reader", () => {
    const [ana, bo, cy] = pairs();
    const frames = [post(ana, bo), post(ana, bo), post(ana, bo)];
    assert.ok(!take(cy, ana, 0, frames[0]!));
    assert.ok(take(bo, ana, 2, frames[2]!));
    assert.ok(!take(bo, ana, 2, frames[2]!));
    assert.ok(!take(bo, ana, 1, frames[0]!));
    assert.ok(take(bo, ana, 0, frames[0]!));
    assert.ok(take(bo, ana, 1, frames[1]!));
    assert.ok(!take(ana, bo, 0, frames[0]!), "not reflected to its sender");
  });
});

describe("a window of numbers", () => {
  it("takes each number once, within reach, and remembers a bounded few", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (numbers) => {
        let { receiveNext: next, receiveSkipped: skipped } = newPair;
        const taken = new Set<number>();
        for (const number of numbers) {
          const awaited = expected(next, skipped);
          const after = receiveNumber(next, skipped, number, PAIR_WINDOW);
          assert.equal(after !== undefined, awaited.includes(number), `${number} at ${next}`);
          if (!after) continue;
          assert.ok(!taken.has(number), "twice");
          taken.add(number);
          assert.ok(after.skipped.size <= 5 * PAIR_WINDOW);
          assert.ok(after.next > number || skipped.has(number));
          ({ next, skipped } = after);
        }
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it("does not follow a leap", () => {
    assert.equal(receiveNumber(5, new Set(), 5 + PAIR_WINDOW, PAIR_WINDOW), undefined);
    assert.equal(receiveNumber(5, new Set(), 5 + PAIR_WINDOW - 1, PAIR_WINDOW)?.next, 5 + PAIR_WINDOW);
    assert.equal(receiveNumber(5, new Set(), 4, PAIR_WINDOW), undefined);
  });
});
