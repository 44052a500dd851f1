/** Conversations of two. */
import assert from "node:assert/strict";
import { meet } from "../helpers/simWorld.ts";

describe("direct conversation", () => {
  it("is one and the same, whoever begins", async () => {
    const { alice, bob, world } = await meet(501, ["alice", "bob"]);
    const first = await alice.writesTo(bob);
    await alice.says(first, "hello");
    await world.settles();
    const second = await bob.writesTo(alice);
    await bob.says(second, "hello yourself");
    await world.settles();
    assert.equal(second, first);
    assert.deepEqual(await alice.reads(first), ["hello", "hello yourself"]);
    await world.audit();
  });

  it("begun by both at once in two halves becomes one without losing a word", async () => {
    const { alice, bob, world } = await meet(502, ["alice", "bob"]);
    world.splits([alice], [bob]);
    await world.passes(20_000);
    const hers = await alice.writesTo(bob);
    const his = await bob.writesTo(alice);
    await alice.says(hers, "from Alice");
    await bob.says(his, "from Bob");
    world.heals();
    await world.settles();
    const both = new Set([hers, his]);
    for (const person of [alice, bob]) {
      const texts = await Promise.all([...both].map((caucus) => person.reads(caucus)));
      assert.deepEqual(texts.flat().toSorted(), ["from Alice", "from Bob"]);
    }
    const [agreed, alike] = [await alice.writesTo(bob), await bob.writesTo(alice)];
    assert.equal(agreed, alike);
    await alice.says(agreed, "this one, then");
    await world.settles();
    assert.ok((await bob.reads(agreed)).includes("this one, then"));
    await world.audit();
  });
});
