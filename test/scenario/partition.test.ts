/** Two halves of a venue go on by themselves and come together again; loss, disorder, duplicates, replays. */
import assert from "node:assert/strict";
import { CALM, ROUGH } from "../helpers/simConnection.ts";
import { meet } from "../helpers/simWorld.ts";

describe("partition", () => {
  it("both halves go on and read everything after, in one order", async () => {
    const { alice, bob, carol, dave, world } = await meet(301, ["alice", "bob", "carol", "dave"], { edge: ROUGH });
    const caucus = await alice.creates("Caucus", [bob, carol, dave]);
    await world.settles();
    world.splits([alice, bob], [carol, dave]);
    for (let turn = 1; turn <= 5; turn += 1) {
      await alice.says(caucus, `left ${turn}`);
      await world.passes(7_000);
      await dave.says(caucus, `right ${turn}`);
      await world.passes(7_000);
    }
    world.heals();
    await world.settles();
    const all = await alice.reads(caucus);
    assert.equal(all.length, 10);
    for (const person of [bob, carol, dave]) assert.deepEqual(await person.reads(caucus), all);
    await world.audit();
  });

  it("one line that only loses, in one direction", async () => {
    const { alice, bob, world } = await meet(302, ["alice", "bob", "carrier"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    world.network.conditions({ ...CALM, drop: 1 }, { from: "alice", to: "bob" });
    await alice.says(caucus, "the long way round");
    await world.settles();
    await bob.says(caucus, "the short way back");
    await world.settles();
    for (const person of [alice, bob])
      assert.deepEqual(await person.reads(caucus), ["the long way round", "the short way back"]);
    await world.audit();
  });

  it("a line of relays", async () => {
    const names = ["alice", "bob", "carol", "dave", "erin"] as const;
    const { alice, erin, world } = await meet(303, names, { full: false, present: [] });
    for (const [at, name] of names.entries()) {
      const next = names[at + 1];
      if (next !== undefined) world.network.wire(name, next);
    }
    for (const person of world.people) await person.starts();
    await world.introduces();
    const caucus = await alice.creates("Caucus", [erin]);
    await world.settles();
    await erin.says(caucus, "through three pairs of hands");
    await world.settles();
    assert.deepEqual(await alice.reads(caucus), ["through three pairs of hands"]);
    await world.audit();
  });

  it("everything comes twice and out of order", async () => {
    const edge = { ...ROUGH, drop: 0, duplicate: 1, reorder: 1, delay: [1, 5_000] } as const;
    const { alice, bob, carol, world } = await meet(304, ["alice", "bob", "carol"], { edge });
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    for (let turn = 1; turn <= 5; turn += 1) {
      await alice.says(caucus, `alice ${turn}`);
      await bob.says(caucus, `bob ${turn}`);
      await world.passes(1_000);
    }
    await world.settles();
    const all = await alice.reads(caucus);
    assert.equal(all.length, 10);
    for (const person of [bob, carol]) assert.deepEqual(await person.reads(caucus), all);
    await world.audit();
  });

  it("attack 24: clock poisoning: clocks that are twenty minutes off change nothing in what is an answer to what", async () => {
    const skew = { alice: 20 * 60_000, bob: -20 * 60_000 };
    const { alice, bob, carol, world } = await meet(306, ["alice", "bob", "carol"], { skew });
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const said = ["one", "two", "three", "four", "five", "six"];
    for (const [at, text] of said.entries()) {
      await [alice, bob, carol][at % 3]?.says(caucus, text);
      await world.passes(2_000);
    }
    await world.settles();
    for (const person of [alice, bob, carol]) assert.deepEqual(await person.reads(caucus), said);
    await world.audit();
  });

  it("a hostile neighbour replays all it ever heard", async () => {
    const { alice, bob, carol, world } = await meet(305, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "once");
    await world.settles();
    await alice.removes(caucus, carol);
    await world.settles();
    await bob.says(caucus, "twice?");
    await world.settles();
    for (const person of [alice, bob, carol]) world.network.replay(person.name, world.network.published);
    await world.settles();
    await bob.restarts();
    world.network.replay("bob", world.network.published.toReversed());
    await world.settles();
    for (const person of [alice, bob]) assert.deepEqual(await person.reads(caucus), ["once", "twice?"]);
    assert.deepEqual(await carol.reads(caucus), ["once"]);
    assert.deepEqual(bob.members(caucus), ["alice", "bob"]);
    await world.audit();
  });
});
