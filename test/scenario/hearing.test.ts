/** Pages in a venue of many buckets: they hear a part of them, and all that concerns them. */
import assert from "node:assert/strict";
import { makeVenue } from "../../src/messenger/venue.ts";
import type { VenueDescriptor } from "../../src/protocol/venue.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const geneva: VenueDescriptor = { name: "geneva", buckets: 8, hubs: [] };
const { carried, presence } = makeVenue("geneva", 8);
const heardBy = (world: World, { name }: SimPerson): ReadonlySet<string> => new Set(world.network.at(name)?.topics);

describe("a page in a venue of many buckets", () => {
  it("is brought in by its card, comes in by codes, and reads everything, hearing a part of what is said", async () => {
    const options = { venue: geneva, pages: ["bob", "carol"] };
    const { alice, bob, carol, world } = await meet(821, ["alice", "bob", "carol"], options);
    assert.equal(heardBy(world, alice).size, carried.length + 1);
    assert.deepEqual([heardBy(world, bob).size, heardBy(world, carol).size], [5, 5], "cover, lobby and presence");
    const caucuses = [];
    for (const name of ["one", "two", "three"]) caucuses.push(await alice.creates(name, [bob]));
    await world.settles();
    for (const [at, caucus] of caucuses.entries()) await alice.says(caucus, `in ${at}`);
    await world.settles();
    for (const [at, caucus] of caucuses.entries()) assert.deepEqual(await bob.reads(caucus), [`in ${at}`]);
    assert.ok(heardBy(world, bob).size < carried.length + 1);
    const [caucus] = caucuses as [(typeof caucuses)[0]];
    // The code of one page, followed on another: neither hears all that the other says.
    assert.deepEqual(await carol.joins(await bob.invites(caucus)), { caucus, state: "joined" });
    await world.settles();
    await carol.says(caucus, "from carol");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["in 0", "from carol"]);
    assert.equal(heardBy(world, carol).size, carried.length + 1, "who asks hears all: the answer may be anywhere");
    await carol.restarts();
    assert.ok(heardBy(world, carol).size <= 6);
    await bob.says(caucus, "to carol");
    await world.settles();
    assert.deepEqual(await carol.reads(caucus), ["from carol", "to carol"]);
    await world.audit();
  });

  it("attack 25: hears the same cover at every start, whatever groups it is in", async () => {
    const { alice, bob, carol, world } = await meet(822, ["alice", "bob", "carol"], {
      venue: geneva,
      pages: ["bob", "carol"],
    });
    const cover = heardBy(world, bob);
    assert.notDeepEqual(cover, heardBy(world, carol));
    await bob.restarts();
    assert.deepEqual(heardBy(world, bob), cover);
    for (const name of ["one", "two", "three", "four"]) await alice.creates(name, [bob]);
    await world.settles();
    await bob.restarts();
    const later = heardBy(world, bob);
    assert.ok(cover.isSubsetOf(later) && later.has(presence));
    assert.ok(later.size > cover.size, "a bucket beyond the cover, with this seed");
  });
});
