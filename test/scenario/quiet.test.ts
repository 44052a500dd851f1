/** Who has nothing to say says nothing: a caucus costs the venue nothing while nobody talks. */
import assert from "node:assert/strict";
import { makeVenue } from "../../src/messenger/venue.ts";
import { meet } from "../helpers/simWorld.ts";

describe("quiet", () => {
  it("falls after everything that can happen to a caucus", async () => {
    const { alice, bob, carol, dave, world } = await meet(701, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.passes(5_000);
    await bob.says(caucus, "one");
    await world.passes(5_000);
    await dave.joins(await bob.invites(caucus));
    await dave.says(caucus, "two");
    await world.passes(5_000);
    await alice.removes(caucus, carol);
    await bob.leaves(caucus);
    await dave.restarts({ crash: true });
    await world.passes(5_000);
    await alice.adds(caucus, bob);
    await world.settles();
    const before = world.network.published.length;
    await world.passes(600_000);
    const { presence } = makeVenue("couloir");
    const said = world.network.published.slice(before).filter(({ topic }) => topic !== presence);
    assert.deepEqual(
      said.map(({ by }) => by),
      [],
    );
    assert.ok(world.network.published.length > before, "presence goes on");
    await world.audit();
  });
});
