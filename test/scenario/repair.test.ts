/** A device that cannot open a chain gets its messages from whoever has them. */
import assert from "node:assert/strict";
import { changesOf, loadGroup } from "../../src/messenger/parts.ts";
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

/** The keys to which others seal what it gets are others than they believe. */
const losesPrekeys = async (who: SimPerson, group: GroupId): Promise<void> =>
  who.sleepsChanged(async (store: Store) => {
    const held = (await loadGroup(store, group))!;
    const { seat } = held.state;
    const prekeys = seat.prekeys.map((one) => ({ ...one, secret: new Uint8Array(32).fill(7) }));
    const after = { ...held, state: { ...held.state, seat: { ...seat, prekeys } } };
    await store.commit(changesOf(held, after, held.state.dag.all().length));
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

  it("is told of whose words wait for it, and no longer than they do", async () => {
    const { alice, bob, carol, world } = await meet(816, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await losesPrekeys(bob, caucus);
    await alice.does(alice.messenger.heal(caucus));
    await alice.says(caucus, "four");
    await world.settles();
    await alice.stops();
    await bob.starts();
    const told: string[] = [];
    const shown = (): string =>
      bob.messenger
        .caucuses()
        .flatMap(({ members }) => members.flatMap((one) => (one.unopened ? one.name : [])))
        .join();
    bob.messenger.on("caucus", () => told.push(shown()));
    assert.equal(shown(), "");
    await world.passes(3_600_000);
    assert.ok(
      told.some((names) => names.split(",").includes("alice")),
      told.join(" "),
    );
    assert.equal(shown(), "");
    assert.deepEqual(await bob.reads(caucus), ["four"]);
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
