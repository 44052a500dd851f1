/** Who is out reads nothing more, whatever was under way when it happened. */
import assert from "node:assert/strict";
import { CALM } from "../helpers/simConnection.ts";
import { meet } from "../helpers/simWorld.ts";

describe("removal", () => {
  it("the removed keep what they had and read nothing more", async () => {
    const { alice, bob, carol, world } = await meet(201, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "with Bob");
    await world.settles();
    await alice.removes(caucus, bob);
    await world.settles();
    await alice.says(caucus, "without Bob");
    await world.passes(1_000);
    await carol.says(caucus, "indeed");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["with Bob"]);
    assert.deepEqual(await carol.reads(caucus), ["with Bob", "without Bob", "indeed"]);
    assert.deepEqual(carol.members(caucus), ["alice", "carol"]);
    assert.equal(bob.messenger.caucuses().find((one) => one.caucus === caucus)?.state, "gone");
    await world.audit();
  });

  it("what was typed offline before a removal goes out after it without the removed", async () => {
    const { alice, bob, carol, world } = await meet(202, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await carol.says(caucus, "all here");
    await world.settles();
    carol.goesOffline();
    await world.passes(20_000);
    await carol.says(caucus, "not for Bob");
    await alice.removes(caucus, bob);
    await world.settles();
    carol.comesOnline();
    await world.settles();
    assert.deepEqual(await alice.reads(caucus), ["all here", "not for Bob"]);
    assert.deepEqual(await bob.reads(caucus), ["all here"]);
    await world.audit();
  });

  describe("what was typed by somebody away for longer than mail lives", () => {
    /** Bob types away, Dave is removed; both are back when no mail tells of it any more. */
    const backAgain = async (seed: number, { tells }: { readonly tells: boolean }) => {
      const { alice, bob, carol, dave, world } = await meet(seed, ["alice", "bob", "carol", "dave"]);
      const caucus = await alice.creates("Caucus", [bob, carol, dave]);
      await world.settles();
      for (const one of [alice, bob, carol, dave]) await one.says(caucus, `${one.name} is here`);
      await world.passes(900_000);
      bob.goesOffline();
      await world.passes(20_000);
      await bob.says(caucus, "not for Dave");
      await bob.stops();
      await alice.removes(caucus, dave);
      await world.settles();
      for (const one of [alice, carol, dave]) await one.stops();
      await world.passes(100 * 3_600_000);
      bob.comesOnline();
      for (const one of tells ? [dave, bob, alice] : [dave, bob]) await one.starts();
      await world.settles();
      const heard = async (one: typeof alice) => (await one.reads(caucus)).includes("not for Dave");
      return { heard, alice, dave };
    };

    it("waits until they have heard who is out", async () => {
      const { heard, alice, dave } = await backAgain(211, { tells: true });
      assert.deepEqual([await heard(alice), await heard(dave)], [true, false]);
    });

    it("goes out when nobody is there to tell", async () => {
      const { heard, dave } = await backAgain(211, { tells: false });
      assert.ok(await heard(dave));
    });
  });

  it("what is typed on a new link waits until it has brought the removal", async () => {
    const slow = { ...CALM, delay: [1_500, 2_500] } as const;
    const { alice, bob, carol, world } = await meet(207, ["alice", "bob", "carol"], { edge: slow });
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await carol.says(caucus, "all here");
    await world.settles();
    carol.goesOffline();
    await world.passes(20_000);
    await alice.removes(caucus, bob);
    await world.settles();
    carol.comesOnline();
    assert.ok(await world.clock.until(() => carol.messenger.status().peers > 0, 10_000));
    await carol.says(caucus, "not for Bob");
    await world.settles();
    assert.deepEqual(await alice.reads(caucus), ["all here", "not for Bob"]);
    assert.deepEqual(await bob.reads(caucus), ["all here"]);
    await world.audit();
  });

  it("somebody removed and let in again reads the new and not the time between", async () => {
    const { alice, bob, carol, world } = await meet(203, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await bob.says(caucus, "first");
    await world.settles();
    await alice.removes(caucus, bob);
    await world.settles();
    await carol.says(caucus, "between");
    await world.settles();
    await alice.adds(caucus, bob);
    await world.settles();
    await carol.says(caucus, "again");
    await world.settles();
    await bob.says(caucus, "glad to be back");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["first", "again", "glad to be back"]);
    for (const person of [alice, carol])
      assert.deepEqual(await person.reads(caucus), ["first", "between", "again", "glad to be back"]);
    await world.audit();
  });

  it("somebody removed and let in again while asleep wakes up a member", async () => {
    const { alice, bob, world } = await meet(206, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    bob.goesOffline();
    await world.passes(20_000);
    await alice.removes(caucus, bob);
    await world.passes(60_000);
    await alice.adds(caucus, bob);
    await alice.says(caucus, "good morning");
    await world.settles();
    bob.comesOnline();
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["good morning"]);
    assert.deepEqual(alice.members(caucus), ["alice", "bob"]);
    await world.audit();
  });

  it("the words of somebody removed in the other half of the venue count alike for all", async () => {
    const { alice, bob, carol, dave, world } = await meet(204, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol, dave]);
    await world.settles();
    world.splits([alice, carol], [bob, dave]);
    await world.passes(20_000);
    await alice.removes(caucus, bob);
    await bob.says(caucus, "I do not know yet");
    await dave.says(caucus, "neither do I");
    await alice.says(caucus, "among us");
    await world.settles();
    world.heals();
    await world.settles();
    for (const person of [alice, carol, dave]) assert.ok((await person.reads(caucus)).includes("among us"));
    assert.ok(!(await bob.reads(caucus)).includes("among us"));
    assert.deepEqual(await alice.reads(caucus), await carol.reads(caucus));
    await world.audit();
  });

  it("who leaves is out, and who declines was never in", async () => {
    const { alice, bob, carol, world } = await meet(205, ["alice", "bob", "carol"], { asking: ["carol"] });
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await carol.declines(caucus);
    await bob.leaves(caucus);
    await world.settles();
    await alice.says(caucus, "anybody?");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), []);
    assert.deepEqual(carol.messenger.invitations(), []);
    assert.equal(carol.messenger.caucuses().length, 0);
    await world.audit();
  });
});
