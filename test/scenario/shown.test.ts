/** What a person is shown of a caucus besides its lines: the last, the first unread, who has what, what they may do. */
import assert from "node:assert/strict";
import type { CaucusView, GroupId } from "../../src/types.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const viewOf = (who: SimPerson, caucus: GroupId): CaucusView =>
  who.messenger.caucuses().find((one) => one.caucus === caucus)!;

describe("a caucus in a list", () => {
  it("shows its last line and the first unread one, over restarts, and reactions as neither", async () => {
    const { alice, bob, world } = await meet(761, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    assert.deepEqual([viewOf(bob, caucus).last, viewOf(bob, caucus).unread], [undefined, 0]);
    const one = await alice.says(caucus, "one");
    await alice.says(caucus, "two");
    await world.settles();
    await alice.does(alice.messenger.react(caucus, one.message, "🤝"));
    await world.settles();
    const seen = (): unknown[] => {
      const { last, unread, unreadFrom, unreadSince } = viewOf(bob, caucus);
      return [last?.text, unread, unreadFrom, unreadSince !== undefined];
    };
    assert.deepEqual(seen(), ["two", 2, one.message, true]);
    await bob.restarts();
    assert.deepEqual(seen(), ["two", 2, one.message, true]);
    await bob.does(bob.messenger.markRead(caucus));
    assert.deepEqual(seen(), ["two", 0, undefined, false]);
    // What is only saved here is newer than all else.
    bob.goesOffline();
    await world.passes(20_000);
    const saved = await bob.does(bob.messenger.send(caucus, "not out yet"));
    assert.deepEqual([viewOf(bob, caucus).last?.text, saved.state], ["not out yet", "saved"]);
    await bob.restarts();
    assert.deepEqual([viewOf(bob, caucus).last?.state, seen()[0]], ["saved", "not out yet"]);
    bob.comesOnline();
    await world.settles();
    assert.equal(viewOf(bob, caucus).last?.state, "sent");
    const three = await alice.does(alice.messenger.send(caucus, "three"));
    await world.settles();
    assert.deepEqual(seen(), ["three", 1, three.message, true]);
  });

  it("says how much of what is unread names this person, over a new name, a restart and a hostile claim", async () => {
    const { alice, bob, carol, world } = await meet(764, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "bob@bob.example, nobody is named");
    const { message, mentions } = await alice.says(caucus, "@bob, the floor; @Carol and @zoe listen. Not @alice");
    assert.deepEqual(mentions, [
      { person: bob.messenger.person, as: "bob" },
      { person: carol.messenger.person, as: "Carol" },
    ]);
    await bob.does(bob.messenger.setProfile({ name: "Robert", flag: "", delegation: "" }));
    await world.settles();
    const seen = () => [viewOf(bob, caucus).unread, viewOf(bob, caucus).mentioned];
    assert.deepEqual(seen(), [2, 1]);
    assert.deepEqual((await bob.messenger.message(caucus, message))?.mentions, mentions);
    await bob.restarts();
    assert.deepEqual(seen(), [2, 1]);
    // By now the name is another: the old one is nobody's.
    assert.equal((await alice.says(caucus, "@bob")).mentions, undefined);
    assert.equal((await alice.says(caucus, "@robert")).mentions?.[0]?.person, bob.messenger.person);
    await world.settles();
    assert.deepEqual(seen(), [4, 2]);
    await bob.does(bob.messenger.markRead(caucus));
    assert.deepEqual(seen(), [0, undefined]);
  });

  it("says who has a message and who has read it", async () => {
    const { alice, bob, carol, world } = await meet(762, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await carol.stops();
    const { message } = await alice.says(caucus, "speak in support of X");
    const receipts = async () =>
      (await alice.does(alice.messenger.receipts(caucus, message)))
        .map(({ name, reached, read }) => `${name} ${reached} ${read}`)
        .toSorted();
    assert.deepEqual(await receipts(), ["bob false false", "carol false false"]);
    await bob.does(bob.messenger.markRead(caucus));
    await world.settles();
    await bob.does(bob.messenger.markRead(caucus));
    await world.settles();
    assert.deepEqual(await receipts(), ["bob true true", "carol false false"]);
    await assert.rejects(alice.messenger.receipts(caucus, "00".repeat(16) as never), { code: "unknown-message" });
  });

  it("says what its reader may do, and drops the last line of who is removed before it came", async () => {
    const { alice, bob, carol, world } = await meet(763, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    const two = await alice.writesTo(bob);
    await world.settles();
    const may = (who: SimPerson, where = caucus): boolean[] => [viewOf(who, where).mayInvite, viewOf(who, where).admin];
    assert.deepEqual(
      [may(alice), may(bob), may(alice, two)],
      [
        [true, true],
        [true, false],
        [false, true],
      ],
    );
    await bob.says(caucus, "stays");
    await world.settles();
    world.splits([alice, bob], [carol]);
    await world.passes(20_000);
    await carol.does(carol.messenger.send(caucus, "said behind a removal"));
    await alice.removes(caucus, carol);
    world.heals();
    await world.settles();
    for (const who of [alice, bob]) assert.equal(viewOf(who, caucus).last?.text, "stays");
    assert.deepEqual([viewOf(carol, caucus).state, ...may(carol)], ["gone", false, false]);
    const [, member] = viewOf(alice, caucus).members;
    assert.deepEqual([member?.name, member?.online, member?.guest, member?.verified], ["bob", true, false, false]);
    assert.ok((alice.messenger.people()[0]?.lastHeard ?? 0) > 0);
  });

  it("has its program's small things kept, and nothing that is too large", async () => {
    const { alice, bob } = await meet(764, ["alice", "bob"]);
    const { messenger } = alice;
    assert.equal(await messenger.remembered("draft"), undefined);
    await alice.does(messenger.remember("draft", { text: "مسودة", at: 3 }));
    await alice.does(messenger.remember("muted", [1]));
    await alice.restarts({ crash: true });
    assert.deepEqual(await alice.messenger.remembered("draft"), { text: "مسودة", at: 3 });
    await alice.does(alice.messenger.remember("draft", undefined));
    assert.deepEqual(
      [await alice.messenger.remembered("draft"), await alice.messenger.remembered("muted")],
      [undefined, [1]],
    );
    for (const [name, value] of [
      ["", 1],
      ["x".repeat(129), 1],
      ["x", "y".repeat(65_536)],
    ] as const)
      await assert.rejects(bob.messenger.remember(name, value), { fault: "usage" });
  });
});
