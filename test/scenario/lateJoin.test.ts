/** Who comes late: newcomers by code, people who were asleep, people who are never there together. */
import assert from "node:assert/strict";
import { meet } from "../helpers/simWorld.ts";

const HOUR = 3_600_000;

describe("late", () => {
  it("somebody who joins by code reads what is said from then on", async () => {
    const { alice, bob, dave, world } = await meet(101, ["alice", "bob", "dave"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.says(caucus, "before Dave");
    await world.settles();
    const result = await dave.joins(await alice.invites(caucus));
    assert.deepEqual(result, { caucus, state: "joined" });
    await world.settles();
    await bob.says(caucus, "welcome");
    await world.settles();
    await dave.says(caucus, "thank you");
    await world.settles();
    assert.deepEqual(await dave.reads(caucus), ["welcome", "thank you"]);
    for (const person of [alice, bob]) {
      assert.deepEqual(await person.reads(caucus), ["before Dave", "welcome", "thank you"]);
      assert.deepEqual(person.members(caucus), ["alice", "bob", "dave"]);
    }
    await world.audit();
  });

  it("somebody who joins by code whom nobody has met before", async () => {
    const { alice, dave, world } = await meet(102, ["alice", "dave"], { present: ["alice"] });
    const caucus = await alice.creates("Caucus");
    const code = await alice.invites(caucus);
    await dave.starts();
    await dave.joins(code);
    await world.passes(1_000);
    await alice.says(caucus, "so you made it");
    await world.settles();
    assert.deepEqual(await dave.reads(caucus), ["so you made it"]);
    await world.audit();
  });

  it("a code serves once", async () => {
    const { alice, bob, carol, world } = await meet(103, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus");
    const code = await alice.invites(caucus);
    await bob.joins(code);
    await assert.rejects(carol.joins(code, 30_000));
    await world.settles();
    assert.deepEqual(alice.members(caucus), ["alice", "bob"]);
    await world.audit();
  });

  it("a code from before their removal brings nobody back; a later one does", async () => {
    const { alice, bob, carol, world } = await meet(105, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [carol]);
    const early = await alice.invites(caucus);
    await alice.adds(caucus, bob);
    await world.settles();
    await alice.removes(caucus, bob);
    await world.settles();
    await assert.rejects(bob.joins(early, 30_000), { code: "invite-revoked" });
    await alice.says(caucus, "without Bob");
    await world.settles();
    assert.deepEqual(carol.members(caucus), ["alice", "carol"]);
    await bob.joins(await alice.invites(caucus));
    await world.settles();
    assert.deepEqual(carol.members(caucus), ["alice", "bob", "carol"]);
    await world.audit();
  });

  it("somebody asleep catches up through a carrier who is in no caucus", async () => {
    const { alice, bob, carrier, world } = await meet(104, ["alice", "bob", "carrier"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    bob.goesOffline();
    await world.passes(20_000);
    await alice.says(caucus, "one");
    await alice.says(caucus, "two");
    await world.settles();
    await alice.stops();
    bob.comesOnline();
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["one", "two"]);
    assert.deepEqual(carrier.messenger.caucuses(), []);
    await world.audit();
  });

  it("two who are never there together talk through a carrier, in a caucus made while one was away", async () => {
    const { alice, bob, carrier, world } = await meet(105, ["alice", "bob", "carrier"]);
    await bob.stops();
    await world.passes(20_000);
    const caucus = await alice.creates("Caucus", [bob]);
    await alice.says(caucus, "are you there?");
    await world.settles();
    await alice.stops();
    await bob.starts();
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["are you there?"]);
    await bob.says(caucus, "I am now");
    await world.settles();
    await bob.stops();
    await alice.starts();
    await world.settles();
    assert.deepEqual(await alice.reads(caucus), ["are you there?", "I am now"]);
    assert.deepEqual(carrier.messenger.caucuses(), []);
    await world.audit();
  });

  it("mail waits two days with a carrier, and its reader restarts meanwhile", async () => {
    const { alice, bob, world } = await meet(106, ["alice", "bob", "carrier"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    bob.goesOffline();
    await world.passes(20_000);
    await alice.says(caucus, "on Monday");
    await world.settles();
    await alice.stops();
    await world.passes(24 * HOUR);
    await bob.restarts({ crash: true });
    await world.passes(24 * HOUR);
    bob.comesOnline();
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["on Monday"]);
    await world.audit();
  });

  it("mail that is four days old is gone everywhere", async () => {
    const { alice, bob, world } = await meet(107, ["alice", "bob", "carrier"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    bob.goesOffline();
    await world.passes(20_000);
    await alice.says(caucus, "on Monday");
    await world.settles();
    await alice.stops();
    await world.passes(96 * HOUR);
    bob.comesOnline();
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), []);
    await alice.starts();
    await alice.says(caucus, "on Friday");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["on Friday"]);
    assert.deepEqual(await alice.reads(caucus), ["on Monday", "on Friday"]);
  });
});
