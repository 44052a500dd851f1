/** A caucus that is closed to a later quantum computer, and when it is not. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import { simKemUse } from "../helpers/simKem.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const closed = (caucus: GroupId, ...people: readonly SimPerson[]): readonly boolean[] =>
  people.map(({ messenger }) => messenger.caucuses().find((one) => one.caucus === caucus)?.quantum === true);

/** What each time a caucus came to be closed, or ceased to be, its person is told. */
const told = ({ messenger }: SimPerson, caucus: GroupId): boolean[] => {
  const out: boolean[] = [];
  messenger.on("caucus", (view) => {
    if (view.caucus === caucus && view.quantum !== out.at(-1)) out.push(view.quantum);
  });
  return out;
};

describe("closed to a later quantum computer", () => {
  it("is a caucus soon after it is made, and again after somebody came, by one exchange a pair", async () => {
    const { alice, bob, carol, dave, world } = await meet(801, ["alice", "bob", "carol", "dave"]);
    const before = simKemUse.encapsulations;
    const caucus = await alice.creates("Caucus", [bob, carol]);
    const heard = told(alice, caucus);
    await alice.says(caucus, "at once");
    assert.deepEqual(closed(caucus, alice), [false]);
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob, carol), [true, true, true]);
    assert.equal(simKemUse.encapsulations - before, 3);
    await alice.adds(caucus, dave);
    assert.deepEqual(closed(caucus, alice), [false], "dave is served without");
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob, carol, dave), [true, true, true, true]);
    assert.deepEqual(heard, [false, true, false, true]);
    await dave.says(caucus, "I am in");
    // A process that starts goes on with what it had.
    for (const one of [alice, bob, carol, dave]) await one.restarts({ crash: true });
    await carol.says(caucus, "so am I");
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob, carol, dave), [true, true, true, true]);
    assert.equal(simKemUse.encapsulations - before, 6);
    // What pairs have they have for every other caucus.
    const other = await bob.creates("Another", [alice, dave]);
    await world.settles();
    await bob.says(other, "who acknowledges it is heard");
    await world.settles();
    assert.deepEqual(closed(other, alice, bob, dave), [true, true, true]);
    assert.equal(simKemUse.encapsulations - before, 6);
    assert.deepEqual(await carol.reads(caucus), ["at once", "I am in", "so am I"]);
    await world.audit();
  });

  it("is no caucus with a device that makes no exchanges, until it is gone; messages come as ever", async () => {
    const { alice, bob, carol, world } = await meet(802, ["alice", "bob", "carol"], { old: ["carol"] });
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await carol.says(caucus, "from an old one");
    await bob.says(caucus, "from a new one");
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob, carol), [false, false, false]);
    assert.deepEqual((await carol.reads(caucus)).toSorted(), ["from a new one", "from an old one"]);
    await alice.removes(caucus, carol);
    await world.settles();
    await bob.says(caucus, "without");
    await alice.says(caucus, "and so");
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob), [true, true]);
    await world.audit();
  });

  it("it becomes through loss, a cut in two, crashes and people who come late", async () => {
    const { alice, bob, carol, dave, world } = await meet(803, ["alice", "bob", "carol", "dave"]);
    world.network.conditions({ delay: [5, 800], drop: 0.3, duplicate: 0.3, reorder: 0.5 });
    const caucus = await alice.creates("Caucus", [bob, carol, dave]);
    await world.passes(12_000);
    world.splits([alice, bob], [carol, dave]);
    await bob.restarts({ crash: true });
    await world.passes(60_000);
    await dave.crashes();
    world.heals();
    await world.passes(8_000);
    await alice.restarts();
    await carol.restarts({ crash: true });
    await alice.says(caucus, "still here");
    await world.ends();
    assert.deepEqual(closed(caucus, alice, bob, carol, dave), [true, true, true, true]);
    await world.audit();
  });

  it("is made anew, for all to see, with a device that has lost its secrets, whichever it is", async () => {
    const { alice, bob, carol, world } = await meet(804, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const losses = [
      [alice, "gone"],
      [bob, "gone"],
      [carol, "gone"],
      [alice, "stale"],
      [carol, "stale"],
    ] as const;
    for (const [loser, how] of losses) {
      const others = [alice, bob, carol].filter((one) => one !== loser);
      assert.deepEqual(closed(caucus, ...others), [true, true], `${loser.name} (${how})`);
      const marks = others.map((one) => told(one, caucus));
      const notices = new Set<string>();
      for (const { messenger } of others) messenger.on("notice", ({ code }) => notices.add(code));
      await loser.stops();
      await loser.losesExchanges(how);
      // New chains meanwhile, which it cannot open.
      await world.passes(3_600_000);
      for (const one of others) await one.says(caucus, `${one.name} to ${loser.name}, who is away (${how})`);
      await world.passes(20_000);
      await loser.starts();
      await world.settles();
      for (const one of others) await one.says(caucus, `${one.name} to ${loser.name} (${how})`);
      await world.settles();
      await loser.says(caucus, `${loser.name} has read (${how})`);
      await world.ends();
      assert.deepEqual(closed(caucus, alice, bob, carol), [true, true, true], `after ${loser.name} (${how})`);
      assert.ok(notices.has("quantum-lost"), `${loser.name} has lost it (${how})`);
      assert.ok(
        marks.some((mark) => mark.includes(false)),
        "the mark went out meanwhile",
      );
    }
    assert.equal((await alice.reads(caucus)).length, 25);
    await world.audit();
  });

  it("is a conversation that both began at once in two halves, by one exchange", async () => {
    const { alice, bob, world } = await meet(805, ["alice", "bob"]);
    const before = simKemUse.encapsulations;
    world.splits([alice], [bob]);
    await world.passes(20_000);
    const hers = await alice.writesTo(bob);
    const his = await bob.writesTo(alice);
    world.heals();
    await world.settles();
    for (const caucus of [hers, his]) {
      await alice.says(caucus, `a word in ${caucus}`);
      await bob.says(caucus, `another in ${caucus}`);
    }
    await world.settles();
    assert.deepEqual([...closed(hers, alice, bob), ...closed(his, alice, bob)], [true, true, true, true]);
    assert.equal(simKemUse.encapsulations - before, 1);
    await world.audit();
  });
});
