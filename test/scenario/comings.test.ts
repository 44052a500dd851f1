/** Who came into a caucus, who went, and whose role changed: the same for everybody in it. */
import assert from "node:assert/strict";
import type { ComingView, GroupId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const told = (who: SimPerson, caucus: GroupId): readonly string[] =>
  (who.messenger.caucuses().find((one) => one.caucus === caucus)?.comings ?? []).map(
    ({ byName, kind, name, granted, lines }: ComingView) =>
      [byName, kind, name, granted, lines].filter((word) => word !== undefined).join(" "),
  );

describe("who came and went", () => {
  it("is told by those who did it, with what a newcomer may read, and to everybody the same", async () => {
    const { alice, bob, carol, dave, world } = await meet(911, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await carol.joins(await bob.invites(caucus, { history: "last", last: 7 }));
    await world.settles();
    await dave.joins(await alice.invites(caucus, { history: "all" }));
    await world.settles();
    await alice.does(alice.messenger.setRole(caucus, carol.id, "admin"));
    await world.settles();
    await bob.leaves(caucus);
    await world.settles();
    await alice.removes(caucus, dave);
    await carol.removes(caucus, dave);
    await world.settles();
    await bob.joins(await carol.invites(caucus));
    await world.settles();
    const all = [
      "alice opened alice",
      "alice added bob none",
      "bob came carol last 7",
      "alice came dave all",
      "alice admin carol",
      "bob left bob",
      "carol removed dave",
      "carol came bob none",
    ];
    for (const one of [alice, bob, carol]) assert.deepEqual(told(one, caucus), all, one.name);
    assert.deepEqual(told(dave, caucus), all.slice(0, 7), "who is out hears of nothing after that");
  });

  it("says nothing of a second device of somebody who is in, nor of what was void", async () => {
    const { alice, bob, carol, dave, world } = await meet(912, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    world.splits([alice, dave], [bob, carol]);
    await bob.adds(caucus, carol);
    await alice.removes(caucus, bob);
    await world.settles();
    await alice.adds(caucus, dave);
    await world.settles();
    world.heals();
    await world.settles();
    const all = ["alice opened alice", "alice added bob none", "alice removed bob", "alice added dave none"];
    assert.deepEqual([told(alice, caucus), told(dave, caucus)], [all, all]);
    // They hear why they are not in, and nothing that came after.
    for (const one of [bob, carol]) {
      assert.deepEqual(told(one, caucus), all.slice(0, 3), one.name);
      assert.equal(one.messenger.caucuses().find(({ caucus: id }) => id === caucus)?.state, "gone");
    }
  });
});
