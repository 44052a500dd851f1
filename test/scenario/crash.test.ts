/** A messenger dies at any write of what it does, and is opened again on what has reached the disk. */
import assert from "node:assert/strict";
import type { MessengerApi } from "../../src/messenger/api.ts";
import type { GroupId } from "../../src/types.ts";
import { meet } from "../helpers/simWorld.ts";

const WRITES = [0, 1, 2, 3] as const;

describe("crash", () => {
  for (const landed of [false, true]) {
    for (const writes of WRITES) {
      const where = `${landed ? "after" : "before"} write ${writes + 1}`;

      it(`in sending, ${where}: the text is there once or not at all, and what follows is`, async () => {
        const { alice, bob, world } = await meet(`send ${writes} ${landed}`, ["alice", "bob"]);
        const caucus = await alice.creates("Caucus", [bob]);
        await world.settles();
        world.auditor.saying(alice, caucus, "crash");
        const dead = await alice.crashesDuring({ writes, landed }, async (messenger) => {
          world.auditor.said(alice, await messenger.send(caucus, "crash"));
          // Sealing and publishing come after the answer.
          await new Promise(() => undefined);
        });
        if (dead) await alice.starts();
        await alice.says(caucus, "and on");
        await world.settles();
        const texts = await bob.reads(caucus);
        assert.deepEqual(texts, await alice.reads(caucus));
        assert.ok(texts.includes("and on"));
        await world.audit();
      });

      it(`in receiving, ${where}: nothing is lost`, async () => {
        const { alice, bob, world } = await meet(`receive ${writes} ${landed}`, ["alice", "bob"]);
        const caucus = await alice.creates("Caucus", [bob]);
        await world.settles();
        await alice.says(caucus, "hello");
        await bob.crashesDuring({ writes, landed }, () => new Promise(() => undefined));
        await world.passes(30_000);
        await bob.starts();
        await world.settles();
        await alice.says(caucus, "still there?");
        await bob.says(caucus, "yes");
        await world.settles();
        assert.deepEqual((await bob.reads(caucus)).toSorted(), ["hello", "still there?", "yes"]);
        assert.deepEqual(await bob.reads(caucus), await alice.reads(caucus));
        await world.audit();
      });

      it(`in making a caucus, ${where}: it is there as a whole or not at all`, async () => {
        const { alice, bob, world } = await meet(`create ${writes} ${landed}`, ["alice", "bob"]);
        await alice.crashesDuring({ writes, landed }, (messenger) =>
          messenger.createCaucus("Caucus", { with: [bob.id] }),
        );
        await alice.starts();
        const made = alice.messenger.caucuses()[0]?.caucus;
        const caucus: GroupId = made ?? (await alice.creates("Caucus", [bob]));
        await world.settles();
        await alice.says(caucus, "here we are");
        await world.settles();
        assert.deepEqual(await bob.reads(caucus), ["here we are"]);
        await world.audit();
      });

      it(`in removing, ${where}: it counts or it does not, for all`, async () => {
        const { alice, bob, carol, world } = await meet(`remove ${writes} ${landed}`, ["alice", "bob", "carol"]);
        const caucus = await alice.creates("Caucus", [bob, carol]);
        await world.settles();
        await alice.crashesDuring({ writes, landed }, (messenger) => messenger.remove(caucus, carol.id));
        await alice.starts();
        await world.settles();
        assert.deepEqual(alice.members(caucus), bob.members(caucus));
        await alice.says(caucus, "so?");
        await world.settles();
        assert.equal((await carol.reads(caucus)).includes("so?"), alice.members(caucus).includes("carol"));
        await world.audit();
      });
    }
  }

  it("nothing leaves before it is on disk", async () => {
    const { alice, bob, carol, world } = await meet("commit first", ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const deeds: ((messenger: MessengerApi) => Promise<unknown>)[] = [
      (messenger) => messenger.send(caucus, "lost"),
      (messenger) => messenger.createCaucus("Other", { with: [bob.id] }),
      (messenger) => messenger.invite(caucus),
      (messenger) => messenger.remove(caucus, carol.id),
      (messenger) => messenger.leave(caucus),
    ];
    for (const deed of deeds) {
      const before = world.network.published.length;
      assert.ok(await alice.crashesDuring({ writes: 0, landed: false }, deed));
      assert.deepEqual(
        world.network.published.slice(before).map(({ by }) => by),
        [],
      );
      await alice.starts();
      await world.settles();
    }
    assert.deepEqual(bob.members(caucus), ["alice", "bob", "carol"]);
    await world.audit();
  });

  it("restarts between any two messages change nothing", async () => {
    const { alice, bob, world } = await meet(401, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const said: string[] = [];
    for (let turn = 1; turn <= 6; turn += 1) {
      const [speaker, listener] = turn % 2 === 0 ? [alice, bob] : [bob, alice];
      said.push(`turn ${turn}`);
      await speaker.says(caucus, `turn ${turn}`);
      await listener.restarts({ crash: turn % 3 === 0 });
      await world.passes(15_000);
    }
    await world.settles();
    for (const person of [alice, bob]) assert.deepEqual(await person.reads(caucus), said);
    await world.audit();
  });
});
