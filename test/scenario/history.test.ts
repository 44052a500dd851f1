/** What newcomers may read of what was said before they came. */
import assert from "node:assert/strict";
import type { GrantOptions } from "../../src/messenger/api.ts";
import { Store } from "../../src/store/store.ts";
import type { GroupId } from "../../src/types.ts";
import { ROUGH } from "../helpers/simConnection.ts";
import { bytesOf, contentOf, fileOf } from "../helpers/simFile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

type Four = Record<"alice" | "bob" | "carol" | "dave", SimPerson> & { readonly world: World; readonly caucus: GroupId };

/** A caucus of three in which five things were said and one is pinned; Dave is in the venue and not in it. */
const talk = async (seed: number): Promise<Four> => {
  const people = await meet(seed, ["alice", "bob", "carol", "dave"]);
  const { alice, bob, carol, world } = people;
  const caucus = await alice.creates("Caucus", [bob, carol]);
  await world.settles();
  for (const [i, one] of [alice, bob, carol, alice, bob].entries()) {
    await one.says(caucus, `before ${i}`);
    await world.passes(2_000);
  }
  await world.settles();
  const second = (await carol.lines(caucus)).find(({ text }) => text === "before 1")!;
  await carol.does(carol.messenger.pin(caucus, second.message, true));
  await world.settles();
  return { ...people, caucus };
};

const all = ["before 0", "before 1", "before 2", "before 3", "before 4"];

describe("history for newcomers", () => {
  for (const [name, grant, expected] of [
    ["nothing, unless the inviter says so", {}, []],
    ["all", { history: "all" }, all],
    ["the last two lines", { history: "last", last: 3 }, all.slice(-2)],
    ["what is pinned", { history: "pinned" }, ["before 1"]],
  ] as const satisfies readonly (readonly [string, GrantOptions, readonly string[]])[])
    it(`is ${name}`, async () => {
      const { alice, bob, dave, world, caucus } = await talk(801);
      await dave.joins(await alice.invites(caucus, grant));
      await world.settles();
      assert.deepEqual(await dave.reads(caucus), expected);
      await bob.says(caucus, "welcome");
      await world.settles();
      assert.deepEqual(await dave.reads(caucus), [...expected, "welcome"]);
      const lines = await dave.lines(caucus);
      assert.deepEqual(
        lines
          .filter(({ granted }) => granted)
          .map(({ text }) => text)
          .filter((text) => text !== "pinned"),
        expected,
      );
      // Verified originals: who said what, and when, as everybody else has it.
      for (const line of lines.filter(({ granted }) => granted)) {
        const same = (await bob.lines(caucus)).find(({ message }) => message === line.message);
        assert.deepEqual([same?.sender, same?.sentAt, same?.text], [line.sender, line.sentAt, line.text]);
      }
      assert.equal(dave.messenger.caucuses()[0]?.unread, 1, "what was said before is not unread");
      assert.ok(
        lines.every(({ missing }) => missing === 0),
        "what was said before is not on its way",
      );
      if (expected.includes("before 1" as never))
        assert.deepEqual(
          (await dave.messenger.pins(caucus)).map(({ line }) => line.text),
          ["before 1"],
        );
      await world.audit();
    });

  it("is refused where it says how many lines, and grants none by number", async () => {
    const { alice, bob } = await meet(809, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus");
    for (const grant of [{ last: 3 }, { history: "all", last: 3 }, { history: "last", last: 0 }] as const)
      for (const asked of [
        () => alice.messenger.invite(caucus, grant),
        () => alice.messenger.add(caucus, bob.id, grant),
        () => alice.messenger.createCaucus("Another", grant),
      ])
        await assert.rejects(asked, { fault: "usage", code: /^(?:no|bad)-history$/u });
    assert.equal(alice.messenger.caucuses().length, 1);
  });

  it("comes from another member when the inviter is gone, under loss, and over the newcomer's restart", async () => {
    const { alice, bob, carol, dave, world, caucus } = await talk(802);
    for (let i = 0; i < 150; i++) await carol.says(caucus, `long ${i} ${"x".repeat(1500)}`);
    await world.settles();
    const code = await alice.invites(caucus, { history: "all" });
    await world.settles();
    await alice.stops();
    world.network.conditions(ROUGH);
    await dave.joins(code);
    await world.passes(30_000);
    await dave.restarts({ crash: true });
    await world.ends();
    const read = await dave.reads(caucus);
    assert.equal(read.length, 155);
    assert.deepEqual(read, await bob.reads(caucus));
    assert.equal(new Set((await dave.lines(caucus)).map(({ message }) => message)).size, 156);
    await world.audit();
  });

  it("is looked up once, however many slots it takes", async () => {
    const { alice, carol, dave, world, caucus } = await talk(805);
    for (let i = 0; i < 150; i++) await carol.says(caucus, `long ${i} ${"x".repeat(4000)}`);
    await world.settles();
    const range = Reflect.get(Store.prototype, "range") as Store["range"];
    let looked = 0;
    Store.prototype.range = function (scope, options) {
      if (scope.space === "message") looked++;
      return range.call(this, scope, options) as never;
    };
    try {
      await dave.joins(await alice.invites(caucus, { history: "all" }));
      await world.settles();
    } finally {
      Store.prototype.range = range;
    }
    assert.equal((await dave.reads(caucus)).length, 155);
    assert.equal(looked, 1);
    await world.audit();
  });

  it("is for who was invited by card as well; and files that were sent before can be fetched", async () => {
    const { alice, bob, dave, world, caucus } = await talk(803);
    const { message } = await bob.does(bob.messenger.sendFile(caucus, fileOf("annex.bin", 70_000)));
    await world.settles();
    await alice.adds(caucus, dave, { history: "last", last: 1 });
    await world.settles();
    assert.deepEqual(
      (await dave.lines(caucus)).map(({ kind, granted }) => [kind, granted]),
      [["file", true]],
    );
    await dave.does(dave.messenger.fetchFile(caucus, message));
    await world.settles();
    assert.deepEqual(await contentOf(dave, caucus, message), bytesOf("annex.bin", 70_000));
    await world.audit();
  });

  it("is still verified when the envelopes have long expired", async () => {
    const { alice, bob, carol, dave, world, caucus } = await talk(804);
    for (const one of [bob, carol, dave]) await one.stops();
    await world.passes(100 * 3_600_000);
    await dave.starts();
    await world.passes(60_000);
    await dave.joins(await alice.invites(caucus, { history: "all" }));
    await world.settles();
    assert.deepEqual(await dave.reads(caucus), all);
    await world.audit();
  });
});
