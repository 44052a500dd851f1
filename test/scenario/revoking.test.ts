/** A device that was lost: taken out everywhere, deaf to all that is said by those who know, and powerless. */
import assert from "node:assert/strict";
import { loadGroup } from "../../src/messenger/parts.ts";
import type { DeviceId, GroupId } from "../../src/types.ts";
import { devicesOf, freshDevice, links } from "../helpers/simLinking.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const viewOf = (one: SimPerson, caucus: GroupId) => one.messenger.caucuses().find((view) => view.caucus === caucus);
const deviceNamed = async (one: SimPerson, name: string): Promise<DeviceId> =>
  (await devicesOf(one)).find((device) => device.name === name)!.device;
const revokes = async (one: SimPerson, name: string) =>
  one.does(one.messenger.revokeDevice(await deviceNamed(one, name)));
const says = (one: SimPerson, caucus: GroupId, text: string) => one.does(one.messenger.send(caucus, text));

/** Alice on a laptop and a phone, in two caucuses with Bob and Carol. */
const withPhone = async (seed: number, options: { readonly main?: boolean } = {}) => {
  const { alice, bob, carol, world } = await meet(seed, ["alice", "bob", "carol"]);
  const caucuses = [await alice.creates("First", [bob, carol]), await bob.creates("Second", [alice])] as const;
  await world.settles();
  const phone = await freshDevice(world, "phone");
  await links(world, alice, phone, options);
  await world.settles();
  return { alice, bob, carol, phone, world, caucuses };
};

const lastOp = async (one: SimPerson, caucus: GroupId) =>
  (await loadGroup(await one.copiesDisk(), caucus))?.state.dag.all().at(-1)?.op.body.kind;

/** What a device is told of itself. */
const notices = (one: SimPerson): readonly string[] => {
  const codes: string[] = [];
  one.messenger.on("notice", ({ code }) => codes.push(code));
  return codes;
};
const settles = (world: World): Promise<void> => world.settles(300_000);

describe("a device that is revoked", () => {
  it("reads nothing more in any caucus, is told so, and is heard by nobody", async () => {
    const { alice, bob, carol, phone, world, caucuses } = await withPhone(911);
    const [first, second] = caucuses;
    await says(phone, first, "before");
    await settles(world);
    const told = notices(phone);
    await revokes(alice, "phone");
    // Before anybody has begun a chain without it.
    await alice.invites(first);
    await settles(world);
    assert.deepEqual([await lastOp(phone, first), await lastOp(bob, first)], ["unseat", "invite"]);
    assert.deepEqual(told.includes("device-revoked"), true);
    for (const caucus of caucuses) assert.equal(viewOf(phone, caucus)?.state, "gone");
    for (const one of [alice, phone])
      assert.deepEqual(
        (await devicesOf(one)).map(({ name, state }) => `${name} ${state}`),
        [" linked", "phone revoked"],
      );
    for (const [one, caucus] of [
      [bob, first],
      [carol, first],
      [alice, first],
      [bob, second],
    ] as const)
      await says(one, caucus, `after ${one.name}`);
    await settles(world);
    assert.deepEqual([await phone.reads(first), await phone.reads(second)], [["before"], []]);
    for (const one of [alice, bob, carol])
      assert.deepEqual((await one.reads(first)).toSorted(), ["after alice", "after bob", "after carol", "before"]);
    await assert.rejects(says(phone, first, "let me in"), { code: "not-a-member" });
    // The person has not gone, and nobody counts a device that has.
    assert.deepEqual([bob.members(first), viewOf(bob, first)?.members.length], [["alice", "bob", "carol"], 3]);
    // What is said on one's own devices is told to those that are left.
    await alice.does(alice.messenger.remember("draft/1", "secret", { shared: true }));
    await settles(world);
    assert.equal(await phone.does(phone.messenger.remembered("draft/1")), undefined);
    await assert.rejects(alice.does(alice.messenger.revokeDevice("00".repeat(32) as DeviceId)), {
      code: "unknown-device",
    });
    const { device } = (await devicesOf(alice))[0]!;
    await assert.rejects(alice.does(alice.messenger.revokeDevice(device)), { code: "this-device" });
    assert.equal((await revokes(alice, "phone")).length, 2);
  });

  it("reads what is said by who has not heard of it, and not a word from then on", async () => {
    const { alice, bob, carol, phone, world, caucuses } = await withPhone(912);
    const [first] = caucuses;
    const lost = await deviceNamed(alice, "phone");
    world.splits([alice, carol], [bob, phone]);
    await settles(world);
    await revokes(alice, "phone");
    await settles(world);
    await says(carol, first, "among those who know");
    await says(bob, first, "unaware");
    await settles(world);
    assert.deepEqual(await phone.reads(first), ["unaware"]);
    world.heals();
    await settles(world);
    // Everybody sees which device could read that: Alice herself was meant to.
    for (const one of [alice, bob, carol])
      assert.deepEqual(
        // Said in two halves at one moment: in the order of their ids.
        (await one.lines(first))
          .toSorted((a, b) => (String(a.text) < String(b.text) ? -1 : 1))
          .map(({ text, alsoRead, lostDevices }) => [text, alsoRead, lostDevices]),
        [
          ["among those who know", undefined, undefined],
          ["unaware", undefined, [{ person: alice.id, device: lost, ...(one === alice && { name: "phone" }) }]],
        ],
        one.name,
      );
    await says(bob, first, "aware");
    await settles(world);
    assert.deepEqual(await phone.reads(first), ["unaware"]);
    for (const one of [alice, bob, carol])
      assert.deepEqual((await one.reads(first)).toSorted(), ["among those who know", "aware", "unaware"]);
  });

  it("fights back in vain: what it does before it has heard is void everywhere", async () => {
    const { alice, bob, carol, phone, world, caucuses } = await withPhone(913);
    const [first] = caucuses;
    world.splits([alice, bob], [carol, phone]);
    await settles(world);
    await revokes(alice, "phone");
    await phone.does(phone.messenger.remove(first, bob.id));
    const { code } = await phone.does(phone.messenger.invite(first, { uses: 5 }));
    await says(phone, first, "I am alice");
    await settles(world);
    assert.deepEqual(carol.members(first), ["alice", "carol"]);
    world.heals();
    await settles(world);
    for (const one of [alice, bob, carol]) {
      assert.deepEqual(one.members(first), ["alice", "bob", "carol"]);
      assert.deepEqual(await one.reads(first), []);
    }
    const eve = await freshDevice(world, "eve");
    await assert.rejects(eve.joins(code));
    // It may not take out others, as it has no root key, nor bring in a device of its own.
    await assert.rejects(phone.does(phone.messenger.revokeDevice(await deviceNamed(phone, ""))), { code: "not-main" });
    const { code: offer } = await (
      await freshDevice(world, "another")
    ).does(world.people.at(-1)!.messenger.offerLink("another"));
    await assert.rejects(phone.does(phone.messenger.readLink(offer!)), { code: "not-main" });
  });

  it("is not written to any more by people who know it from elsewhere", async () => {
    const { alice, phone, world } = await withPhone(914);
    const dave = await freshDevice(world, "dave");
    await phone.restarts();
    await settles(world);
    await revokes(alice, "phone");
    await settles(world);
    // The phone shows itself for as long as it has not heard; Dave has heard of the list by Alice's presence.
    const caucus = await dave.does(dave.messenger.createCaucus("New", { with: [alice.id] }));
    await settles(world);
    assert.equal(viewOf(alice, caucus)?.state, "joined");
    assert.equal(viewOf(phone, caucus), undefined);
    // Nor is it let in by a code, where nobody has ever known it.
    const code = await dave.invites(caucus, { uses: 9 });
    await assert.rejects(phone.joins(code, 30_000), { code: "no-answer" });
  });

  it("may be revoked by another that was made a main one, and the first one as well", async () => {
    const { alice, bob, phone, world, caucuses } = await withPhone(915, { main: true });
    const [first] = caucuses;
    assert.equal((await devicesOf(phone))[0]?.main, true);
    const told = notices(alice);
    const laptop = (await devicesOf(alice)).find(({ here }) => here)!.device;
    await phone.does(phone.messenger.revokeDevice(laptop));
    await settles(world);
    assert.ok(told.includes("device-revoked"));
    await says(bob, first, "to the phone alone");
    await settles(world);
    assert.deepEqual([await phone.reads(first), await alice.reads(first)], [["to the phone alone"], []]);
  });

  it("stays revoked when somebody comes back by a backup of before, who may revoke the rest", async () => {
    const { alice, bob, carol, world } = await meet(917, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const file = await alice.backsUp("secret");
    for (const name of ["phone", "tablet"]) {
      const fresh = await freshDevice(world, name);
      await links(world, alice, fresh);
    }
    const [phone, tablet] = world.people.slice(-2) as [SimPerson, SimPerson];
    await settles(world);
    await revokes(alice, "phone");
    await settles(world);
    const laptop = (await devicesOf(alice)).find(({ here }) => here)!.device;
    await alice.stops();
    const again = world.person("again");
    await again.takesOver(file, "secret");
    await again.starts();
    await settles(world);
    // Its own list knows of nobody else: it has made one of that and of the newest.
    const listed = (await devicesOf(again)).map(({ state }) => state);
    assert.deepEqual(listed, ["linked", "linked", "linked", "revoked"]);
    await bob.adds(caucus, again);
    await settles(world);
    await again.does(again.messenger.revokeDevice(laptop));
    await settles(world);
    await says(bob, caucus, "to those who are left");
    await settles(world);
    assert.deepEqual(
      [await again.reads(caucus), await tablet.reads(caucus), await phone.reads(caucus)],
      [["to those who are left"], ["to those who are left"], []],
    );
    assert.deepEqual(bob.members(caucus), ["alice", "bob", "carol"]);
    await alice.starts();
    await settles(world);
    assert.equal(viewOf(alice, caucus)?.state, "gone");
  });

  it("goes with all devices when the person leaves, and only then", async () => {
    const { alice, bob, phone, world, caucuses } = await withPhone(916);
    const [first, second] = caucuses;
    await phone.does(phone.messenger.leave(first));
    await settles(world);
    assert.deepEqual(
      [alice, phone].map((one) => viewOf(one, first)?.state),
      ["gone", "gone"],
    );
    assert.deepEqual(bob.members(first), ["bob", "carol"]);
    // Asked back, they are in on both again.
    await bob.adds(first, alice);
    await world.settles(600_000);
    assert.deepEqual(
      [alice, phone].map((one) => viewOf(one, first)?.state),
      ["joined", "joined"],
    );
    assert.deepEqual(
      [alice, phone].map((one) => viewOf(one, second)?.state),
      ["joined", "joined"],
    );
  });
});
