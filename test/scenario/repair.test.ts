/** A device that cannot open a chain gets its messages from whoever has them. */
import assert from "node:assert/strict";
import { loadGroup } from "../../src/messenger/parts.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import type { Store } from "../../src/store/store.ts";
import { del } from "../../src/store/record.ts";
import type { GroupId } from "../../src/types.ts";
import { ROUGH } from "../helpers/simConnection.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

/** What a device knew of somebody's chains is lost: a damaged disk. */
const losesChains = async (who: SimPerson, group: GroupId, of: SimPerson): Promise<void> =>
  who.sleepsChanged(async (store: Store) => {
    const { receive, view } = (await loadGroup(store, group))!.state;
    for (const { chain, sender } of receive.values())
      if (view.members.get(sender)?.person === of.id)
        await store.commit([del({ space: "part", group, part: `receive ${chain}` })]);
  });

const three = async (seed: number) => {
  const people = await meet(seed, ["alice", "bob", "carol", "eve"]);
  const { alice, bob, carol, world } = people;
  const caucus = await alice.creates("Caucus", [bob, carol]);
  await world.settles();
  await alice.says(caucus, "one");
  await world.settles();
  await losesChains(bob, caucus, alice);
  await alice.says(caucus, "two");
  await alice.says(caucus, "three");
  await world.passes(2_000);
  return { ...people, caucus };
};

describe("repair", () => {
  it("is the chain's sender sealing it anew", async () => {
    const { bob, world, caucus } = await three(811);
    await bob.starts();
    await world.ends();
    assert.deepEqual(await bob.reads(caucus), ["one", "two", "three"]);
    await world.audit();
  });

  it("is any member handing on what it has, when the sender is gone for good", async () => {
    const { alice, bob, carol, world, caucus } = await three(812);
    await alice.stops();
    await bob.starts();
    await world.passes(3_600_000);
    assert.deepEqual(await bob.reads(caucus), ["one", "two", "three"]);
    assert.deepEqual(await bob.reads(caucus), await carol.reads(caucus));
    assert.deepEqual(
      (await bob.lines(caucus)).map(({ granted }) => granted),
      [undefined, undefined, undefined],
    );
    await world.audit();
  });

  it("comes under loss, and over restarts of the device that asks", async () => {
    const { alice, bob, carol, world, caucus } = await three(813);
    await alice.stops();
    world.network.conditions(ROUGH);
    await bob.starts();
    for (let i = 0; i < 4; i++) {
      await world.passes(20_000);
      await (i % 2 ? carol : bob).restarts({ crash: true });
    }
    await world.passes(3_600_000);
    assert.deepEqual(await bob.reads(caucus), ["one", "two", "three"]);
    await world.audit();
  });

  it("then rests: nobody asks for what has come", async () => {
    const { alice, bob, world, caucus } = await three(814);
    await alice.stops();
    await bob.starts();
    await world.passes(3_600_000);
    assert.deepEqual(await bob.reads(caucus), ["one", "two", "three"]);
    const sent = world.network.published.length;
    await world.passes(3_600_000);
    const { presence } = makeVenue("couloir", 1);
    const since = world.network.published.slice(sent).filter(({ topic }) => topic !== presence);
    assert.deepEqual(
      since.map(({ by }) => by),
      [],
    );
    await world.audit();
  });
});
