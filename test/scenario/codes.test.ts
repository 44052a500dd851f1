/** Codes that people come in by: for one, for several, with approval; revoked, expired, used up. */
import assert from "node:assert/strict";
import { NEVER } from "../../src/messenger/api.ts";
import type { CodeView, GroupId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const MINUTE = 60_000;

const codes = (who: SimPerson, caucus: GroupId): Promise<readonly CodeView[]> => who.does(who.messenger.codes(caucus));
const only = async (who: SimPerson, caucus: GroupId): Promise<CodeView> => {
  const [code, ...others] = await codes(who, caucus);
  assert.ok(code);
  assert.deepEqual(others, []);
  return code;
};
const waiting = async (who: SimPerson, caucus: GroupId): Promise<readonly string[]> =>
  (await who.does(who.messenger.waiting(caucus))).map(({ name }) => name);
const revokes = async (who: SimPerson, caucus: GroupId): Promise<readonly CodeView[]> =>
  who.does(who.messenger.revokeCode(caucus, (await only(who, caucus)).invite));

describe("a code for one person", () => {
  it("brings in one; the second is told that it is used, and nobody lists it any more", async () => {
    const { alice, bob, carol, dave, world } = await meet(901, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const code = await alice.invites(caucus, { history: "last", last: 7 });
    await world.settles();
    const { invite, madeAt, expires, ...shown } = await only(alice, caucus);
    assert.equal(expires - madeAt, 60 * MINUTE);
    const terms = { kind: "personal", uses: 1, used: 0, approval: false, history: "last", last: 7 };
    const by = { by: alice.id, name: "alice" };
    assert.deepEqual(shown, { ...terms, ...by, code, mayRevoke: true });
    // The others see that it is there. What it is, only the device that made it knows.
    assert.deepEqual(await only(bob, caucus), { invite, madeAt, expires, ...terms, ...by, mayRevoke: false });
    await carol.joins(code);
    assert.deepEqual(await carol.joins(code), { caucus, state: "joined" }, "followed once more, it says the same");
    await world.settles();
    await assert.rejects(dave.joins(code), { code: "invite-used" });
    for (const one of [alice, bob, carol]) {
      assert.deepEqual(await codes(one, caucus), []);
      assert.deepEqual(one.members(caucus), ["alice", "bob", "carol"]);
    }
    await world.audit();
  });

  it("is shown again after a restart, and forgotten once it has expired", async () => {
    const { alice, bob, world } = await meet(902, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus");
    const code = await alice.invites(caucus, { ttl: 30 * MINUTE });
    await alice.restarts();
    assert.equal((await only(alice, caucus)).code, code);
    await world.passes(31 * MINUTE);
    assert.deepEqual(await codes(alice, caucus), []);
    await assert.rejects(bob.joins(code), { code: "invite-expired" });
    await world.passes(11 * MINUTE);
    await alice.sleepsChanged(async (store) => {
      const names = await Array.fromAsync(store.range({ space: "profile" }), ({ key }) => key.name);
      assert.deepEqual(
        names.filter((name) => name.includes("couloir/code/")),
        [],
      );
    });
  });

  it("whose clock runs late is refused by those who answer", async () => {
    const { alice, bob, world } = await meet(903, ["alice", "bob"], { skew: { bob: -10 * MINUTE } });
    const caucus = await alice.creates("Caucus");
    const code = await alice.invites(caucus, { ttl: MINUTE });
    await world.passes(2 * MINUTE);
    await assert.rejects(bob.joins(code), { code: "invite-expired" });
    assert.deepEqual(alice.members(caucus), ["alice"]);
  });
});

describe("a poster", () => {
  it("for three brings in three, counts them, and refuses the fourth", async () => {
    const { alice, bob, carol, dave, eve, world } = await meet(904, ["alice", "bob", "carol", "dave", "eve"]);
    const caucus = await alice.creates("Caucus");
    const poster = await alice.invites(caucus, { uses: 3, ttl: "never" });
    assert.equal((await only(alice, caucus)).expires, NEVER);
    for (const [i, one] of [bob, carol, dave].entries()) {
      const { kind, uses, used } = await only(alice, caucus);
      assert.deepEqual([kind, uses, used], ["poster", 3, i]);
      await one.joins(poster);
      await world.settles();
    }
    await assert.rejects(eve.joins(poster), { code: "invite-used" });
    assert.deepEqual(alice.members(caucus), ["alice", "bob", "carol", "dave"]);
    assert.deepEqual(await codes(dave, caucus), []);
    await world.audit();
  });

  it("revoked brings in nobody; its maker and an admin may revoke it, another member may not", async () => {
    const { alice, bob, carol, dave, world } = await meet(905, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const told: GroupId[] = [];
    carol.messenger.on("codes", (event) => told.push(event.caucus));
    const first = await bob.invites(caucus, { uses: 5 });
    await world.settles();
    assert.deepEqual(told, [caucus]);
    await assert.rejects(revokes(carol, caucus), { code: "may-not-revoke" });
    assert.deepEqual(await revokes(bob, caucus), []);
    await assert.rejects(dave.joins(first), { code: "invite-revoked" });
    const second = await bob.invites(caucus, { uses: 5 });
    await world.settles();
    const { invite } = await only(alice, caucus);
    assert.deepEqual(await revokes(alice, caucus), []);
    await world.settles();
    for (const one of [alice, bob, carol]) assert.deepEqual(await codes(one, caucus), []);
    await assert.rejects(bob.does(bob.messenger.revokeCode(caucus, invite)), { code: "unknown-code" });
    await assert.rejects(dave.joins(second), { code: "invite-revoked" });
    assert.deepEqual(carol.members(caucus), ["alice", "bob", "carol"]);
    await world.audit();
  });

  it("revoked while somebody comes in by it on the other side of a partition keeps them out, everywhere", async () => {
    const { alice, bob, carol, dave, world } = await meet(906, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const poster = await alice.invites(caucus, { uses: 5 });
    await world.settles();
    world.splits([alice, carol], [bob, dave]);
    await world.passes(20_000);
    await dave.joins(poster);
    await world.passes(5_000);
    assert.deepEqual(bob.members(caucus), ["alice", "bob", "carol", "dave"]);
    await revokes(alice, caucus);
    world.heals();
    await world.ends();
    for (const one of [alice, bob, carol]) assert.deepEqual(one.members(caucus), ["alice", "bob", "carol"]);
    assert.equal(dave.messenger.caucuses().find((one) => one.caucus === caucus)?.state, "gone");
    await alice.says(caucus, "without Dave");
    await world.settles();
    assert.deepEqual(await dave.reads(caucus), []);
    assert.deepEqual(await bob.reads(caucus), ["without Dave"]);
  });

  it("of an open caucus is what it is listed with, and revoked it is listed no more", async () => {
    const { alice, bob, carol, world } = await meet(907, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Open", [], { open: true });
    await world.settles();
    assert.equal(bob.messenger.listed().length, 1);
    assert.equal((await only(alice, caucus)).kind, "listing");
    await carol.stops();
    await revokes(alice, caucus);
    await world.settles();
    await carol.starts();
    await world.settles();
    assert.deepEqual(carol.messenger.listed(), []);
  });
});

describe("a poster with approval", () => {
  type Five = Awaited<ReturnType<typeof meet<"alice" | "bob" | "carol" | "dave" | "eve">>>;
  /** Alice has made it; Bob and Carol are in; Dave waits. */
  const hung = async (seed: number): Promise<Five & { caucus: GroupId; poster: string }> => {
    const people = await meet(seed, ["alice", "bob", "carol", "dave", "eve"]);
    const { alice, bob, carol, dave, world } = people;
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "before");
    const poster = await alice.invites(caucus, { uses: 20, approval: true, history: "all" });
    await world.settles();
    assert.deepEqual(await dave.joins(poster), { caucus, state: "pending" });
    await world.passes(5_000);
    return { ...people, caucus, poster };
  };

  it("lets everybody who may bring people in see who waits, and another admin than its maker let them in", async () => {
    const { alice, bob, carol, dave, world, caucus } = await hung(908);
    for (const one of [alice, bob, carol]) assert.deepEqual(await waiting(one, caucus), ["dave"]);
    const told: GroupId[] = [];
    alice.messenger.on("waiting", (event) => told.push(event.caucus));
    await alice.does(alice.messenger.setRole(caucus, bob.id, "admin"));
    await world.settles();
    await alice.does(alice.messenger.setPolicy(caucus, { invite: "admins" }));
    await world.settles();
    assert.deepEqual(dave.members(caucus), []);
    await assert.rejects(carol.does(carol.messenger.approve(caucus, dave.id)), { code: "may-not-admit" });
    await assert.rejects(carol.does(carol.messenger.refuse(caucus, dave.id)), { code: "may-not-admit" });
    world.auditor.added(caucus, dave);
    await bob.does(bob.messenger.approve(caucus, dave.id));
    await world.settles();
    assert.deepEqual(dave.members(caucus), ["alice", "bob", "carol", "dave"]);
    assert.deepEqual(await dave.reads(caucus), ["before"]);
    for (const one of [alice, bob, carol, dave]) assert.deepEqual(await waiting(one, caucus), []);
    assert.deepEqual(told, [caucus], "told once that nobody waits");
    await assert.rejects(bob.does(bob.messenger.approve(caucus, dave.id)), { code: "not-waiting" });
    await world.audit();
  });

  it("lets in who was away when somebody said yes", async () => {
    const { alice, bob, dave, world, caucus } = await hung(909);
    await dave.stops();
    await bob.does(bob.messenger.approve(caucus, dave.id));
    await world.settles();
    for (const one of [alice, bob]) assert.deepEqual(await waiting(one, caucus), [], "said yes to, if not here yet");
    await dave.starts();
    await world.settles();
    assert.deepEqual(bob.members(caucus), ["alice", "bob", "carol", "dave"]);
    assert.deepEqual(dave.members(caucus), ["alice", "bob", "carol", "dave"]);
  });

  it("turns somebody away: they are told, nobody sees them wait any more, and they may ask again", async () => {
    const { alice, bob, carol, dave, eve, world, caucus, poster } = await hung(910);
    await eve.joins(poster);
    await world.passes(5_000);
    assert.deepEqual(await waiting(carol, caucus), ["dave", "eve"]);
    const told: string[] = [];
    dave.messenger.on("notice", ({ code }) => told.push(code));
    assert.deepEqual(
      (await bob.does(bob.messenger.refuse(caucus, dave.id))).map(({ name }) => name),
      ["eve"],
    );
    await world.settles();
    assert.deepEqual(told, ["invite-declined"]);
    for (const one of [alice, bob, carol]) assert.deepEqual(await waiting(one, caucus), ["eve"]);
    assert.deepEqual(dave.members(caucus), []);
    assert.deepEqual(await dave.joins(poster), { caucus, state: "pending" });
    await world.passes(5_000);
    assert.deepEqual(await waiting(alice, caucus), ["eve", "dave"]);
    await world.audit();
    // Blocked, they are no longer seen.
    await alice.does(alice.messenger.block(dave.id));
    assert.deepEqual(await waiting(alice, caucus), ["eve"]);
  });

  it("does not let them wait again whose request comes from before they were turned away", async () => {
    const { alice, bob, dave, world, caucus } = await hung(912);
    world.splits([bob], [alice, dave]);
    await world.passes(20_000);
    await bob.does(bob.messenger.refuse(caucus, dave.id));
    await world.passes(120_000);
    assert.deepEqual(await waiting(alice, caucus), ["dave"], "she has not heard of it");
    world.heals();
    await world.settles();
    for (const one of [alice, bob]) assert.deepEqual(await waiting(one, caucus), []);
    assert.deepEqual(dave.members(caucus), []);
  });

  it("revoked, tells those who wait, and they are gone from the list", async () => {
    const { alice, bob, dave, world, caucus } = await hung(911);
    const told: string[] = [];
    dave.messenger.on("notice", ({ code }) => told.push(code));
    await revokes(alice, caucus);
    await world.settles();
    assert.deepEqual(await waiting(bob, caucus), []);
    assert.deepEqual(told, ["invite-revoked"]);
  });
});
