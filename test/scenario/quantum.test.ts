/** A caucus that is closed to a later quantum computer, and when it is not. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const closed = (caucus: GroupId, ...people: readonly SimPerson[]): readonly boolean[] =>
  people.map(({ messenger }) => messenger.caucuses().find((one) => one.caucus === caucus)?.quantum === true);

describe("closed to a later quantum computer", () => {
  it("is a caucus soon after it is made, and again after somebody came, by an exchange a pair", async () => {
    const { alice, bob, carol, dave, world } = await meet(801, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await alice.says(caucus, "at once");
    assert.deepEqual(closed(caucus, alice), [false]);
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob, carol), [true, true, true]);
    await alice.adds(caucus, dave);
    assert.deepEqual(closed(caucus, alice), [false], "dave is served without");
    await world.settles();
    assert.deepEqual(closed(caucus, alice, bob, carol, dave), [true, true, true, true]);
    await dave.says(caucus, "I am in");
    await world.settles();
    assert.deepEqual(await carol.reads(caucus), ["at once", "I am in"]);
    await world.audit();
  });
});
