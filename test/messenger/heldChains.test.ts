/** Announced chains that wait for operations: a bounded number, fairly shared, and not for ever. */
import assert from "node:assert/strict";
import { takeIn } from "../../src/messenger/fairly.ts";
import { type HeldChain, holdChain, isHeldChain, releaseChain, stillHeld } from "../../src/messenger/heldChains.ts";
import { openWhole, type WholeDistribution } from "../../src/protocol/distribution.ts";
import { RETAIN } from "../../src/protocol/limits.ts";
import type { MemberId } from "../../src/types.ts";
import { type Person, room } from "../protocol/room.ts";

type Three = readonly [Person, Person, Person];
const announced = async (by: Person) => {
  const raw = await by.rotate();
  return { raw, whole: openWhole(raw) as WholeDistribution };
};
const countOf = (held: readonly HeldChain[], who: Person): number =>
  held.filter(({ sender }) => sender === who.member).length;

describe("chains that are held", () => {
  it("are held once each, until they are released", async () => {
    const [ana, bo] = room(["Ana", "Bo", "Cy"]) as Three;
    const [one, other] = [await announced(bo), await announced(bo)];
    const held = holdChain([], one, ana.state);
    assert.equal(holdChain(held, one, ana.state), held);
    assert.deepEqual([isHeldChain(held, one.whole), isHeldChain(held, other.whole)], [true, false]);
    assert.deepEqual(releaseChain(holdChain(held, other, ana.state), one.whole), holdChain([], other, ana.state));
    assert.equal(releaseChain(held, other.whole), held);
  });

  it("of one member displace nobody else's, nor do those of any number of seats that there are not", async () => {
    const [ana, bo, cy] = room(["Ana", "Bo", "Cy"]) as Three;
    const cys = await announced(cy);
    let held = holdChain([], cys, ana.state);
    for (let i = 0; i < 80; i++) held = holdChain(held, await announced(bo), ana.state);
    assert.deepEqual([held.length, countOf(held, cy), countOf(held, bo)], [64, 1, 63]);
    const { whole } = cys;
    for (let i = 0; i < 80; i++) {
      const sender = i.toString(16).padStart(64, "0") as MemberId;
      const head = Uint8Array.of(i);
      held = holdChain(held, { raw: head, whole: { ...whole, head, body: { ...whole.body, sender } } }, ana.state);
    }
    assert.deepEqual([held.length, countOf(held, cy), countOf(held, bo)], [64, 1, 31]);
  });

  it("are let go once nothing could open them any more", async () => {
    const [ana, bo] = room(["Ana", "Bo", "Cy"]) as Three;
    const held = holdChain([], await announced(bo), ana.state);
    assert.equal(stillHeld(held, ana.state, bo.now + RETAIN - 1), held);
    assert.deepEqual(stillHeld(held, ana.state, bo.now + RETAIN), []);
  });
});

describe("a list that several fill", () => {
  it("loses the oldest of who has most in it", () => {
    const of = (one: string): string => one.slice(0, 1);
    const fill = (...all: readonly string[]) =>
      all.reduce<readonly string[]>((list, one) => takeIn(list, one, { most: 3, of }), []);
    assert.deepEqual(fill("a1", "b1", "b2", "b3", "b4"), ["a1", "b3", "b4"]);
    assert.deepEqual(fill("a1", "a2", "a3", "b1"), ["a2", "a3", "b1"]);
    assert.deepEqual(fill("a1", "b1", "c1", "d1"), ["b1", "c1", "d1"]);
  });
});
