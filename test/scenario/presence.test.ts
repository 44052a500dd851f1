/** Who is shown as here, in a venue where people come, go and fall silent. */
import assert from "node:assert/strict";
import { presenceAnswers } from "../../src/messenger/presenceFrame.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const sees = (one: SimPerson, other: SimPerson): boolean =>
  one.messenger.people().some(({ person, online }) => person === other.id && online);

describe("presence", () => {
  it("is told to a newcomer by a neighbour, and ends with a word; whoever only falls silent is gone later", async () => {
    const names = ["alice", "bob", "carol", "dave"] as const;
    const { alice, bob, carol, dave, world } = await meet(811, names, { present: names.slice(0, 3) });
    await world.passes(30_000);
    await dave.starts();
    assert.ok(await world.clock.until(() => [alice, bob, carol].every((one) => sees(dave, one)), 2_000));
    assert.ok(await world.clock.until(() => [alice, bob, carol].every((one) => sees(one, dave)), 2_000));
    await bob.stops();
    await world.passes(1_000);
    assert.ok([alice, carol, dave].every((one) => !sees(one, bob)));
    await carol.crashes();
    await world.passes(30_000);
    assert.ok(sees(alice, carol));
    await world.passes(150_000);
    assert.ok(!sees(alice, carol) && !sees(dave, carol));
  });

  it("is known at once to somebody who began anew, though nobody has shown themselves since", async () => {
    const { alice, bob, carol, world } = await meet(814, ["alice", "bob", "carol"]);
    await world.passes(10_000);
    assert.ok(sees(alice, bob) && sees(alice, carol));
    await alice.restarts();
    assert.ok(await world.clock.until(() => sees(alice, bob) && sees(alice, carol), 2_000));
  });

  it("is shown again soon where no neighbour has taken it yet", async () => {
    const { alice, bob, world } = await meet(816, ["alice", "bob"], { present: ["alice"] });
    const { presence } = makeVenue("couloir");
    await bob.starts();
    const link = world.network.at("bob")!;
    const publish = link.publish.bind(link);
    let refused = 0;
    link.publish = (topic, frame) => (topic === presence && refused++ < 3 ? Promise.resolve(0) : publish(topic, frame));
    // Nobody is asked either: a newcomer may be known by gossip alone.
    world.network.liars.set("bob", async function* () {});
    assert.ok(await world.clock.until(() => sees(alice, bob), 20_000));
    assert.ok(refused > 3);
  });

  it("goes on by gossip though a neighbour's answer was first", async () => {
    const { alice, bob, carol, world } = await meet(817, ["alice", "bob", "carol"]);
    const { presence } = makeVenue("couloir");
    await world.passes(10_000);
    const last = world.network.published.filter(({ topic, by }) => topic === presence && by === "carol").at(-1)!;
    await alice.restarts();
    assert.ok(await world.clock.until(() => sees(alice, carol) && sees(alice, bob), 2_000));
    const offer = (): Promise<string> => world.network.at("alice")!.offer(presence, last.frame, "bob");
    assert.equal(await world.clock.wait(offer(), 1_000), "accept");
    assert.equal(await world.clock.wait(offer(), 1_000), "ignore");
  });

  it("attack: is not made longer by who tells somebody who began anew that it was just now", async () => {
    const { alice, bob, carol, world } = await meet(815, ["alice", "bob", "carol"]);
    await world.passes(10_000);
    const { presence } = makeVenue("couloir");
    const last = world.network.published.filter(({ topic, by }) => topic === presence && by === "carol").at(-1)!;
    await carol.crashes();
    world.network.liars.set("bob", async function* () {
      yield presenceAnswers.encode({ frames: [{ age: 0, frame: last.frame }] });
    });
    await world.passes(120_000);
    await alice.restarts();
    await world.passes(60_000);
    assert.ok(!sees(alice, carol));
    assert.ok(sees(alice, bob));
  });

  it("costs a frame a minute each while nobody comes", async () => {
    const { world } = await meet(812, ["alice", "bob", "carol"]);
    await world.settles();
    const before = world.network.published.length;
    await world.passes(600_000);
    const { presence } = makeVenue("couloir");
    const shown = world.network.published.slice(before).filter(({ topic }) => topic === presence).length;
    assert.ok(shown >= 24 && shown <= 40, `${shown} in ten minutes`);
  });

  it("attack: a neighbour that answers with garbage, without end or with old frames makes nobody present", async () => {
    const { alice, bob, carol, world } = await meet(813, ["alice", "bob", "carol"]);
    await world.passes(10_000);
    const { presence } = makeVenue("couloir");
    const old = world.network.published.filter(({ topic, by }) => topic === presence && by === "carol");
    await carol.stops();
    let messages = 0;
    world.network.liars.set("bob", async function* () {
      const frame = old[0]!.frame;
      for (const lie of [
        { age: 0, frame },
        { age: 0, frame: new Uint8Array(1024).fill(1) },
      ])
        for (;;) {
          messages++;
          yield presenceAnswers.encode({ frames: Array.from({ length: 32 }, () => lie) });
        }
    });
    await alice.restarts();
    await world.passes(600_000);
    assert.ok(!sees(alice, carol));
    assert.ok(sees(alice, bob), "who shows himself all the same");
    assert.ok(messages > 0 && messages < 50, `${messages}`);
  });
});
