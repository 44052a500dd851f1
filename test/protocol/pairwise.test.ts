import assert from "node:assert/strict";
import fc from "fast-check";
import { hex } from "../../src/protocol/codec.ts";
import { attest, pairOf } from "../../src/protocol/identity.ts";
import { HOUR, PAIR_WINDOW } from "../../src/protocol/limits.ts";
import {
  expected,
  expectedOfPair,
  newPair,
  nextNumber,
  pairFrameKey,
  receiveNumber,
  receivePairNumber,
} from "../../src/protocol/pairwise.ts";
import { openPairwise } from "../../src/protocol/receivingControl.ts";
import { sealPairwise } from "../../src/protocol/sending.ts";
import { NOW, type Person, room, seeded } from "./room.ts";

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
const numberNext = (from: Person, to: Person): number =>
  nextNumber(from.state.pairs.get(hex(to.self.agreement.public)) ?? newPair, from.now);
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
    const at = numberNext(ana, bo);
    const frames = [post(ana, bo), post(ana, bo), post(ana, bo)];
    assert.ok(!take(cy, ana, at, frames[0]!));
    assert.ok(take(bo, ana, at + 2, frames[2]!));
    assert.ok(!take(bo, ana, at + 2, frames[2]!));
    assert.ok(!take(bo, ana, at + 1, frames[0]!));
    assert.ok(take(bo, ana, at, frames[0]!));
    assert.ok(take(bo, ana, at + 1, frames[1]!));
    assert.ok(!take(ana, bo, at, frames[0]!), "not reflected to its sender");
  });
});

describe("a pair that was apart", () => {
  const DAY = 24 * HOUR;
  /** `lost` frames of each of some days, which expire unread. */
  const silence = (from: Person, to: Person, days: number, lost: number): void => {
    for (let day = 0; day < days; day++) {
      for (let i = 0; i < lost; i++) post(from, to);
      from.now += DAY;
    }
    to.now = from.now;
  };

  it("hears again from the first frame of a day, however many expired unread", () => {
    const [ana, bo] = pairs();
    const first = numberNext(ana, bo);
    assert.ok(take(bo, ana, first, post(ana, bo)));
    silence(ana, bo, 3, 40);
    const number = numberNext(ana, bo);
    assert.ok(expectedOfPair(bo.state.pairs.get(hex(ana.self.agreement.public))!, bo.now).includes(number));
    const frames = [post(ana, bo), post(ana, bo), post(ana, bo)];
    assert.ok(take(bo, ana, number + 2, frames[2]!));
    assert.ok(take(bo, ana, number, frames[0]!), "those before it of that day too");
    assert.ok(!take(bo, ana, number, frames[0]!), "once");
    // And goes on from there as always.
    for (let i = 3; i < 35; i++) {
      const frame = post(ana, bo);
      if (i % 8 === 0) assert.ok(take(bo, ana, number + i, frame), `${i}`);
    }
  });

  it("hears what is on its way from the days before and from a clock that is ahead", () => {
    for (const [days, heard] of [
      [0, true],
      [3, true],
      [4, true],
      [5, false],
      [-1, true],
      [-2, false],
    ] as const) {
      const [ana, bo] = pairs();
      ana.now += 10 * DAY;
      const number = numberNext(ana, bo);
      bo.now = ana.now + days * DAY;
      assert.equal(expectedOfPair(newPair, bo.now).includes(number), heard, `${days}`);
      // How long a frame lives is the envelope's business: `openPairwise` asks for the number only.
      assert.equal(take(bo, ana, number, post(ana, bo)), heard, `${days} days later`);
    }
  });

  it("expects exactly what it takes, bounded, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(45), fc.nat(2)), { maxLength: 60 }), (steps) => {
        let state = newPair;
        let now = NOW;
        const taken = new Set<number>();
        for (const [day, offset, wait] of steps) {
          now += (wait * DAY) / 2;
          const number = nextNumber(newPair, now - 2 * DAY + day * DAY) + offset;
          const after = receivePairNumber(state, number, now);
          assert.equal(after !== undefined, expectedOfPair(state, now).includes(number), `${number}`);
          if (!after) continue;
          assert.ok(!taken.has(number), "twice");
          taken.add(number);
          state = { ...state, receiveNext: after.next, receiveSkipped: after.skipped };
          assert.ok(state.receiveSkipped.size <= 5 * PAIR_WINDOW);
          assert.ok(after.next > number || taken.size > 0);
        }
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});

describe("a window of numbers", () => {
  it("takes each number once, within reach, and remembers a bounded few", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 300 }), (numbers) => {
        let { receiveNext: next, receiveSkipped: skipped } = newPair;
        const taken = new Set<number>();
        for (const number of numbers) {
          const awaited = expected(next, skipped, PAIR_WINDOW);
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
