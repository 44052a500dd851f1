/** Several admins, who may come in, and what the removed could still read. */
import assert from "node:assert/strict";
import { readCode } from "../../src/messenger/inviteCode.ts";
import { loadGroup } from "../../src/messenger/parts.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { newSeat } from "../../src/protocol/group.ts";
import { inviteKeys } from "../../src/protocol/hail.ts";
import { makeCard } from "../../src/protocol/identity.ts";
import { makeOp, proveJoin } from "../../src/protocol/membership.ts";
import { sealMeta } from "../../src/protocol/sending.ts";
import type { CaucusView, GroupId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, World } from "../helpers/simWorld.ts";
import { publicOf } from "../protocol/room.ts";

const viewOf = (who: SimPerson, caucus: GroupId): CaucusView =>
  who.messenger.caucuses().find((one) => one.caucus === caucus) as CaucusView;
const roles = (who: SimPerson, caucus: GroupId): readonly string[] =>
  viewOf(who, caucus)
    .members.map(({ name, role }) => `${name} ${role}`)
    .toSorted();

describe("several admins", () => {
  it("make and unmake an admin by two: the first one's word is seen by all, the second one's does it", async () => {
    const { alice, bob, carol, dave, world } = await meet(301, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol, dave]);
    await world.settles();
    const gives = (by: SimPerson, to: SimPerson, role: "admin" | "member" = "admin"): Promise<CaucusView> =>
      by.does(by.messenger.setRole(caucus, to.id, role));
    // One alone makes the second, two the third.
    assert.equal((await gives(alice, bob)).motions, undefined);
    await world.settles();
    const moved = await gives(alice, carol);
    assert.deepEqual(
      moved.motions?.map(({ by, about, to }) => [by, about, to]),
      [[alice.id, carol.id, "admin"]],
    );
    assert.deepEqual((await gives(alice, carol)).motions, moved.motions, "said once, however often");
    await world.settles();
    for (const one of [bob, carol, dave]) assert.equal(viewOf(one, caucus).motions?.length, 1);
    assert.equal((await gives(bob, carol)).motions, undefined);
    await world.settles();
    assert.deepEqual(roles(dave, caucus), ["alice admin", "bob admin", "carol admin", "dave member"]);

    // None of three is removed or taken down by one.
    const before = await alice.does(alice.messenger.remove(caucus, bob.id));
    assert.deepEqual(before.members.map(({ name }) => name).toSorted(), ["alice", "bob", "carol", "dave"]);
    assert.deepEqual(
      before.motions?.map(({ about, to }) => [about, to]),
      [[bob.id, "out"]],
    );
    await world.settles();
    await assert.rejects(dave.does(dave.messenger.remove(caucus, bob.id)), { code: "may-not-remove" });
    await carol.removes(caucus, bob);
    await world.settles();
    for (const one of [alice, carol, dave]) {
      assert.deepEqual(one.members(caucus), ["alice", "carol", "dave"]);
      assert.equal(viewOf(one, caucus).motions, undefined);
    }
    assert.equal(viewOf(bob, caucus).state, "gone");
    await alice.says(caucus, "among us");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), []);
    assert.deepEqual(await dave.reads(caucus), ["among us"]);
    await world.audit();
  });
});

describe("a message around a removal", () => {
  it("bears the mark of who could read it, on every device alike", async () => {
    const { alice, bob, carol, dave, world } = await meet(303, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol, dave]);
    await world.settles();
    await dave.says(caucus, "before");
    await world.settles();
    world.splits([alice, carol], [bob, dave]);
    await world.passes(20_000);
    await alice.removes(caucus, bob);
    await world.passes(5_000);
    await dave.says(caucus, "not knowing");
    await carol.says(caucus, "knowing");
    await world.settles();
    world.heals();
    await world.settles();
    await dave.says(caucus, "after");
    await world.settles();
    const marks = async (who: SimPerson): Promise<readonly unknown[]> =>
      (await who.lines(caucus)).map(({ text, alsoRead }) => [text, alsoRead ?? []]);
    const expected = new Map<string, readonly string[]>([
      ["before", []],
      ["not knowing", [bob.id]],
      ["knowing", []],
      ["after", []],
    ]);
    for (const one of [alice, carol, dave]) assert.deepEqual(new Map((await marks(one)) as []), expected);
    assert.deepEqual(await marks(alice), await marks(carol));
    assert.ok((await bob.reads(caucus)).includes("not knowing"));
    await dave.restarts();
    assert.deepEqual(new Map((await marks(dave)) as []), expected);
    await world.audit();
  });
});

describe("somebody who comes in with another's card", () => {
  it("is not made an admin along with them", async () => {
    const { alice, bob, carol, world } = await meet(305, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [carol]);
    await world.settles();
    const { secret } = readCode(await carol.invites(caucus));
    await carol.says(caucus, "hello");
    await world.settles();
    const copy = await carol.copiesDisk();
    const { state } = (await loadGroup(copy, caucus))!;
    const { self } = await loadSelf(copy, world.random.bytes);
    const context = { self, now: world.clock.now(), random: world.random.bytes };
    const keys = inviteKeys(secret);
    const invite = [...state.view.invites.values()].find(({ hail }) => hail?.join() === keys.hail.join())!.invite;
    // A card is no secret: whoever is near hears it.
    const { self: bobs, profile } = await loadSelf(await bob.copiesDisk(), world.random.bytes);
    const card = makeCard(bobs, profile, context.now);
    const seat = newSeat(world.random.bytes);
    const body = {
      kind: "join",
      invite,
      card: card.bytes,
      prekey: publicOf(seat),
      proof: proveJoin(keys.pair.secret, caucus, seat.member, bob.id),
    } as const;
    const op = makeOp({ group: caucus, parents: state.view.heads, seq: 0, at: context.now, body }, seat.secret);
    const { frames } = sealMeta(
      { ...state, send: { ...state.send!, ended: false } },
      { kind: "ops", ops: [op.bytes] },
      context,
    );
    const topic = makeVenue("couloir", 1).bucketOf(state.view.bucket);
    world.network.replay(
      "alice",
      frames.map((frame) => ({ by: "carol", topic, frame })),
    );
    await world.settles();
    await assert.rejects(alice.does(alice.messenger.setRole(caucus, bob.id, "admin")), { code: "not-confirmed" });
    await bob.joins(await alice.invites(caucus));
    await world.settles();
    const seats = async (at = alice) =>
      [...(await loadGroup(await at.copiesDisk(), caucus))!.state.view.members.values()]
        .filter(({ person }) => person === bob.id)
        .map(({ member, role }) => [member === seat.member ? "the other" : "bob's", role].join(" "))
        .toSorted();
    assert.deepEqual(await seats(), ["bob's member", "the other member"]);
    await alice.does(alice.messenger.setRole(caucus, bob.id, "admin"));
    assert.deepEqual(await seats(), ["bob's admin", "the other member"]);

    // Two who would have him out are rid of both: the second one's word is about his line, the other needs none.
    for (const by of [alice, bob]) {
      await by.does(by.messenger.setRole(caucus, carol.id, "admin"));
      await world.settles();
    }
    await alice.removes(caucus, bob);
    await world.settles();
    assert.deepEqual(
      viewOf(carol, caucus).motions?.map(({ about, to }) => [about, to]),
      [[bob.id, "out"]],
    );
    await carol.removes(caucus, bob);
    assert.deepEqual(await seats(carol), []);
  });
});

describe("a caucus without guests", () => {
  it("lets none in by card or by code, until an admin changes it", async () => {
    const world = new World(304);
    const [alice, bob] = [world.person("alice"), world.person("bob")];
    const gus = world.person("gus", { guest: true });
    for (const one of [alice, bob, gus]) await one.starts();
    await world.introduces();
    const caucus = await alice.does(alice.messenger.createCaucus("Caucus", { with: [bob.id], guests: "refuse" }));
    world.auditor.created(caucus, alice);
    await world.settles();
    assert.equal(viewOf(bob, caucus).noGuests, true);
    await assert.rejects(bob.does(bob.messenger.add(caucus, gus.id)), { code: "no-guests" });
    const code = await bob.invites(caucus);
    await assert.rejects(gus.joins(code), { code: "invite-guest" });
    await assert.rejects(bob.does(bob.messenger.setPolicy(caucus, { guests: "ask" })), {
      code: "may-not-change-policy",
    });
    const after = await alice.does(alice.messenger.setPolicy(caucus, { guests: "ask", invite: "admins" }));
    assert.deepEqual([after.noGuests, after.adminsInvite], [undefined, true]);
    await world.settles();
    assert.equal(viewOf(bob, caucus).mayInvite, false);
    await alice.adds(caucus, gus);
    await world.settles();
    assert.deepEqual(gus.members(caucus), ["alice", "bob", "gus"]);
    await world.audit();
  });
});
