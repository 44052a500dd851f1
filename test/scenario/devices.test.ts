/** A person with several devices: linked, seated in their caucuses, told what was said, and in step from then on. */
import assert from "node:assert/strict";
import type { GroupId, MessageView } from "../../src/types.ts";
import { ROUGH } from "../helpers/simConnection.ts";
import { compares, devicesOf, freshDevice, linkOf, links, linksAre } from "../helpers/simLinking.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const viewOf = (one: SimPerson, caucus: GroupId) => one.messenger.caucuses().find((view) => view.caucus === caucus);
const unread = (one: SimPerson, caucus: GroupId): number | undefined => viewOf(one, caucus)?.unread;
const lineOf = async (one: SimPerson, caucus: GroupId, text: string): Promise<MessageView | undefined> =>
  (await one.lines(caucus)).find((line) => line.text === text);
const states = async (one: SimPerson): Promise<readonly string[]> =>
  (await devicesOf(one)).map(({ name, state }) => `${name} ${state}`.trim());

describe("a person with several devices", () => {
  it("has verified others on all of them, until the device that compared is lost; and doubts on all", async () => {
    const { alice, bob, carol, world } = await meet(921, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const [tablet, phone] = [await freshDevice(world, "tablet"), await freshDevice(world, "phone")];
    await links(world, alice, tablet);
    await links(world, alice, phone);
    await world.settles();
    const trusts = (): unknown =>
      [alice, tablet, phone].map(({ messenger }) =>
        [bob, carol].map(({ id }) => messenger.people().find(({ person }) => person === id)?.trust),
      );
    const codeOf = (one: SimPerson): Promise<string> => one.does(one.messenger.verifyCode());
    await phone.does(phone.messenger.verify(await codeOf(bob)));
    await phone.does(phone.messenger.compare(carol.id));
    await world.settles(30_000);
    await carol.does(carol.messenger.compare(alice.id));
    await world.settles(30_000);
    await phone.does(phone.messenger.endComparison(carol.id, "differ"));
    await world.settles(300_000);
    const all = [
      ["verified", "mismatch"],
      ["verified", "mismatch"],
      ["verified", "mismatch"],
    ];
    assert.deepEqual(trusts(), all);
    await assert.rejects(alice.does(alice.messenger.add(caucus, carol.id)));
    await alice.restarts();
    await world.settles(300_000);
    assert.deepEqual(trusts(), all);
    // Each device accepts for itself.
    await phone.does(phone.messenger.acceptKeys(carol.id));
    await world.settles(300_000);
    assert.deepEqual(trusts(), [...all.slice(0, 2), ["verified", "unverified"]]);
    const lost = (await devicesOf(alice)).find(({ name }) => name === "phone")!.device;
    await alice.does(alice.messenger.revokeDevice(lost));
    await world.settles(300_000);
    assert.deepEqual((trusts() as unknown[]).slice(0, 2), [
      ["unverified", "mismatch"],
      ["unverified", "mismatch"],
    ]);
  });

  it("links one, and is in all caucuses on both, with the history of their choice", async () => {
    const { alice, bob, carol, world } = await meet(901, ["alice", "bob", "carol"]);
    const caucuses = [
      await alice.creates("First", [bob, carol]),
      await bob.creates("Second", [alice]),
      await alice.writesTo(carol),
    ] as const;
    await world.settles();
    for (const [i, caucus] of caucuses.entries())
      for (let n = 0; n < 3; n++) await alice.says(caucus, `caucus ${i} line ${n}`);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 2 });
    await world.settles();
    for (const [i, caucus] of caucuses.entries()) {
      assert.equal(viewOf(phone, caucus)?.state, "joined");
      assert.deepEqual(await phone.reads(caucus), [`caucus ${i} line 1`, `caucus ${i} line 2`]);
    }
    assert.equal(phone.messenger.caucuses().length, 3);
    assert.deepEqual(
      [phone.messenger.profile().name, viewOf(phone, caucuses[2])?.name, bob.members(caucuses[0])],
      ["alice", "carol", ["alice", "bob", "carol"]],
    );
    // What either says is the person's own on the other, and counts the others only.
    await phone.does(phone.messenger.send(caucuses[0], "from the phone"));
    await world.settles();
    const line = await lineOf(alice, caucuses[0], "from the phone");
    assert.deepEqual([line?.sender, line?.state, line?.of, line?.reached], [alice.id, "sent", 2, 2]);
    assert.equal(unread(alice, caucuses[0]), 0);
    await bob.says(caucuses[0], "to both");
    await world.settles();
    for (const one of [alice, phone, carol])
      assert.deepEqual((await one.reads(caucuses[0])).slice(-2), ["from the phone", "to both"]);
    // Two others, whatever devices they have.
    const said = await lineOf(bob, caucuses[0], "to both");
    assert.deepEqual([said?.of, said?.reached], [2, 2]);
    const names = async (one: SimPerson) => (await devicesOf(one)).map(({ name, here, main }) => [name, here, main]);
    assert.deepEqual(await names(alice), [
      ["", true, true],
      ["phone", false, false],
    ]);
    assert.deepEqual(await names(phone), [
      ["phone", true, false],
      ["", false, true],
    ]);
    await phone.does(phone.messenger.block(carol.id));
    await world.settles();
    assert.deepEqual(
      alice.messenger.people().flatMap(({ name, blocked }) => (blocked ? [name] : [])),
      ["carol"],
    );
    // Both as they were after a restart, and nothing of it on a list of caucuses.
    await alice.restarts();
    await phone.restarts({ crash: true });
    await world.settles();
    await alice.does(alice.messenger.send(caucuses[2], "still both"));
    await world.settles();
    assert.deepEqual((await phone.reads(caucuses[2])).at(-1), "still both");
    assert.equal(phone.messenger.caucuses().length, 3);
  });

  it("is asked on both sides, and either may say no", async () => {
    const { alice, bob, world } = await meet(902, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    const before = phone.messenger.person;
    const first = await compares(world, alice, phone);
    await phone.does(phone.messenger.confirmLink(first));
    await alice.does(alice.messenger.cancelLink(first));
    await linksAre(world, first, [[phone, "failed"]]);
    assert.deepEqual(
      [linkOf(alice, first).problem?.code, linkOf(phone, first).problem?.code],
      ["link-cancelled", "link-refused"],
    );
    const second = await compares(world, alice, phone);
    await alice.does(alice.messenger.confirmLink(second));
    await phone.does(phone.messenger.cancelLink(second));
    await linksAre(world, second, [[alice, "failed"]]);
    // One who says yes alone has linked nothing, however long the other thinks about it.
    const third = await compares(world, alice, phone);
    await alice.does(alice.messenger.confirmLink(third));
    await world.passes(660_000);
    for (const one of [alice, phone]) assert.equal(linkOf(one, third).problem?.code, "link-expired");
    assert.deepEqual(
      [phone.messenger.person, phone.messenger.caucuses(), await states(alice)],
      [before, [], ["linked"]],
    );
    await assert.rejects(phone.does(phone.messenger.confirmLink("00".repeat(16) as never)), { code: "unknown-link" });
    const { code } = await phone.does(phone.messenger.offerLink("phone"));
    await assert.rejects(alice.does(alice.messenger.readLink(code!.slice(0, -2))), { code: "link-garbled" });
    await world.passes(660_000);
    await assert.rejects(alice.does(alice.messenger.readLink(code!)), { code: "link-expired" });
    // Somebody who is in a caucus would lose it.
    await assert.rejects(bob.does(bob.messenger.offerLink("bob's")), { code: "not-empty" });
    assert.deepEqual(bob.members(caucus), ["alice", "bob"]);
  });

  it("links one that is out of reach, by the mail that others carry", async () => {
    const { alice, world } = await meet(906, ["alice", "bob"], { full: false, present: ["alice"] });
    const [bob] = world.people.slice(1) as [SimPerson];
    const caucus = await alice.creates("Caucus");
    world.network.wire("alice", "bob");
    world.network.wire("bob", "phone");
    await bob.starts();
    const phone = await freshDevice(world, "phone");
    await world.settles();
    await links(world, alice, phone);
    await world.settles();
    assert.equal(viewOf(phone, caucus)?.state, "joined");
    // Whoever carried it has no idea.
    assert.deepEqual(bob.messenger.caucuses(), []);
  });

  it("goes with the first of two who read its code, and with nobody else", async () => {
    const { alice, bob, world } = await meet(903, ["alice", "bob"]);
    const phone = await freshDevice(world, "phone");
    const { link, code } = await phone.does(phone.messenger.offerLink("phone"));
    await bob.does(bob.messenger.readLink(code!));
    await linksAre(world, link, [
      [bob, "compare"],
      [phone, "compare"],
    ]);
    assert.equal(linkOf(phone, link).person, bob.id);
    await alice.does(alice.messenger.readLink(code!));
    await world.passes(60_000);
    assert.deepEqual([linkOf(alice, link).state, linkOf(alice, link).signs], ["waiting", []]);
    assert.equal(linkOf(phone, link).person, bob.id);
  });

  it("has read on one what was read on the other, also what comes late or got lost on the way", async () => {
    const { alice, bob, world } = await meet(904, ["alice", "bob"], { edge: ROUGH });
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone);
    await world.settles(600_000);
    for (const text of ["one", "two"]) await bob.says(caucus, text);
    await world.settles(600_000);
    assert.deepEqual([unread(alice, caucus), unread(phone, caucus)], [2, 2]);
    await phone.does(phone.messenger.markRead(caucus));
    await world.settles(600_000);
    assert.deepEqual([unread(alice, caucus), unread(phone, caucus)], [0, 0]);
    assert.equal((await lineOf(bob, caucus, "two"))?.read, 1);
    // A line that one of them has not got yet has been read as well when it comes.
    world.splits([alice], [bob, phone]);
    await bob.says(caucus, "three");
    await world.settles(600_000);
    await phone.does(phone.messenger.markRead(caucus));
    await world.settles(600_000);
    await bob.says(caucus, "four");
    await world.settles(600_000);
    assert.deepEqual([unread(alice, caucus), unread(phone, caucus)], [0, 1]);
    world.heals();
    await world.settles(600_000);
    const { unreadFrom } = viewOf(alice, caucus)!;
    assert.deepEqual([unread(alice, caucus), unread(phone, caucus)], [1, 1]);
    assert.equal(unreadFrom, (await lineOf(alice, caucus, "four"))?.message);
    await alice.does(alice.messenger.markRead(caucus));
    await world.settles(600_000);
    assert.deepEqual([unread(alice, caucus), unread(phone, caucus)], [0, 0]);
  });

  it("finds drafts and settings on both as they were left last, whatever was lost or cut off", async () => {
    const { alice, world } = await meet(905, ["alice"], { edge: ROUGH });
    await alice.does(alice.messenger.remember("muted", ["a"], { shared: true }));
    const phone = await freshDevice(world, "phone");
    await phone.does(phone.messenger.remember("muted", ["of nobody"], { shared: true }));
    await links(world, alice, phone);
    await world.settles(600_000);
    const both = async (name: string) => [
      await alice.does(alice.messenger.remembered(name)),
      await phone.does(phone.messenger.remembered(name)),
    ];
    assert.deepEqual(await both("muted"), [["a"], ["a"]]);
    const told: string[] = [];
    alice.messenger.on("remembered", ({ name }) => told.push(name));
    await phone.does(phone.messenger.remember("draft/1", "on the phone", { shared: true }));
    await phone.does(phone.messenger.remember("look", "dark"));
    await world.settles(600_000);
    assert.deepEqual(
      [await both("draft/1"), await both("look")],
      [
        ["on the phone", "on the phone"],
        [undefined, "dark"],
      ],
    );
    assert.deepEqual(told, ["draft/1"]);
    // Told at once when they meet again, the older as well.
    world.splits([alice], [phone]);
    await phone.does(phone.messenger.remember("draft/2", "newer", { shared: true }));
    await alice.does(alice.messenger.remember("draft/3", "newer", { shared: true }));
    await world.passes(1000);
    await alice.does(alice.messenger.remember("draft/2", "newest", { shared: true }));
    await phone.does(phone.messenger.remember("draft/3", "newest", { shared: true }));
    await world.passes(600_000);
    world.heals();
    await world.settles(600_000);
    for (const name of ["draft/2", "draft/3"]) assert.deepEqual(await both(name), ["newest", "newest"]);
    world.splits([alice], [phone]);
    await alice.does(alice.messenger.remember("draft/1", "first", { shared: true }));
    await world.passes(1000);
    await phone.does(phone.messenger.remember("draft/1", "later", { shared: true }));
    await alice.does(alice.messenger.remember("muted", undefined, { shared: true }));
    await alice.does(alice.messenger.setProfile({ name: "Alice B.", flag: "FR", delegation: "" }));
    // Off for longer than anything is carried.
    for (const one of [alice, phone]) await one.stops();
    await world.passes(75 * 3_600_000);
    world.heals();
    for (const one of [alice, phone]) await one.starts();
    await world.settles(600_000);
    assert.deepEqual(
      [await both("draft/1"), await both("muted")],
      [
        ["later", "later"],
        [undefined, undefined],
      ],
    );
    assert.equal(phone.messenger.profile().name, "Alice B.");
    await assert.rejects(alice.does(alice.messenger.remember("couloir/profile", 1, { shared: true })), {
      code: "bad-name",
    });
  });
});
