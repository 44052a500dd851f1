/** Persons who compare in person: codes, emoji, room codes, and what happens when keys change. */
import assert from "node:assert/strict";
import type { GroupId, MessengerEvents, PersonView } from "../../src/types.ts";
import { moves } from "../helpers/simMoving.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const PASSPHRASE = "corridor diplomacy";

/** How one sees another. */
const seen = (by: SimPerson, other: SimPerson): PersonView => {
  const view = by.messenger.people().find(({ person }) => person === other.id);
  assert.ok(view, `${by.name} knows ${other.name}`);
  return view;
};
const codeOf = (person: SimPerson): Promise<string> => person.does(person.messenger.verifyCode());
const caucusOf = (by: SimPerson, caucus: GroupId) => {
  const view = by.messenger.caucuses().find((one) => one.caucus === caucus);
  assert.ok(view);
  return view;
};
const memberOf = (by: SimPerson, caucus: GroupId, other: SimPerson) => {
  const member = caucusOf(by, caucus).members.find(({ person }) => person === other.id);
  assert.ok(member);
  return member;
};
const emojiOf = (by: SimPerson, other: SimPerson) =>
  by.messenger.comparisons().find(({ person }) => person === other.id)?.emoji;
/** Everything of one kind that a person is told from now on. */
const told = <E extends keyof MessengerEvents>(by: SimPerson, event: E): MessengerEvents[E][] => {
  const all: MessengerEvents[E][] = [];
  by.messenger.on(event, (value) => all.push(value));
  return all;
};

/** Somebody new who calls themselves so; everybody has heard of them. */
const called = async (world: World, who: string, name: string): Promise<SimPerson> => {
  const person = world.person(who);
  await person.starts();
  await person.does(person.messenger.setProfile({ name, flag: "", delegation: "" }));
  await world.introduces();
  await world.settles();
  return person;
};

describe("codes shown in person", () => {
  it("verify both when each reads the other's, and nobody else", async () => {
    const { alice, bob, carol } = await meet(901, ["alice", "bob", "carol"]);
    const [ofAlice, ofBob] = [await codeOf(alice), await codeOf(bob)];
    const view = await alice.does(alice.messenger.verify(`http://192.168.8.20:4700/#${ofBob}`, bob.id));
    assert.deepEqual([view.trust, view.verified, view.checkedBy], ["verified", true, "code"]);
    assert.equal(seen(bob, alice).trust, "unverified");
    await bob.does(bob.messenger.verify(ofAlice));
    assert.deepEqual([seen(bob, alice).trust, seen(bob, carol).trust], ["verified", "unverified"]);
    await alice.restarts();
    assert.equal(seen(alice, bob).trust, "verified");
    await assert.rejects(alice.does(alice.messenger.verify(ofAlice)), { fault: "usage", code: "own-code" });
    const cut = ofBob.slice(0, -3);
    await assert.rejects(alice.does(alice.messenger.verify(cut)), { fault: "usage", code: "bad-code" });
  });

  it("of somebody else than whom they are read for are refused, with whose they are (19: MITM/Sybil names)", async () => {
    const { alice, bob, world } = await meet(902, ["alice", "bob"]);
    const sybil = await called(world, "sybil", "bob");
    // In person Bob shows his own code; what Alice has under his name may be somebody else.
    await assert.rejects(alice.does(alice.messenger.verify(await codeOf(bob), sybil.id)), (error: Error) => {
      assert.equal((error as unknown as { code: string }).code, "code-of-another");
      assert.match(error.message, new RegExp(`${bob.id.slice(0, 8)}.*not of bob \\(${sybil.id.slice(0, 8)}\\)`));
      return true;
    });
    assert.deepEqual([seen(alice, bob).trust, seen(alice, sybil).trust], ["unverified", "unverified"]);
    const stranger = await codeOf((await meet(903, ["dee"])).dee);
    await assert.rejects(alice.does(alice.messenger.verify(stranger)), { fault: "usage", code: "unknown-person" });
  });
});

describe("seven emoji", () => {
  it("are the same for two who compare, and verify both", async () => {
    const { alice, bob, world } = await meet(911, ["alice", "bob"]);
    const [atAlice, atBob] = [told(alice, "comparison"), told(bob, "comparison")];
    assert.equal((await alice.does(alice.messenger.compare(bob.id))).state, "waiting");
    await world.settles(30_000);
    assert.deepEqual([atBob.at(-1)?.state, emojiOf(alice, bob)], ["asked", undefined]);
    assert.equal((await bob.does(bob.messenger.compare(alice.id))).state, "waiting");
    await world.settles(30_000);
    const emoji = emojiOf(alice, bob);
    assert.ok(emoji?.length === 7 && emoji.every((one) => one >= 0 && one < 64));
    assert.deepEqual(emojiOf(bob, alice), emoji);
    await alice.does(alice.messenger.endComparison(bob.id, "match"));
    await bob.does(bob.messenger.endComparison(alice.id, "match"));
    assert.deepEqual([seen(alice, bob).trust, seen(bob, alice).trust], ["verified", "verified"]);
    assert.deepEqual([seen(alice, bob).checkedBy, atAlice.at(-1)?.reason], ["emoji", "match"]);
    assert.deepEqual(alice.messenger.comparisons(), []);
  });

  it("come also when both ask at once, and end by themselves when nobody answers", async () => {
    const { alice, bob, world } = await meet(912, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await Promise.all([alice.does(alice.messenger.compare(bob.id)), bob.does(bob.messenger.compare(alice.id))]);
    await world.settles(30_000);
    assert.equal(emojiOf(alice, bob)?.length, 7);
    assert.deepEqual(emojiOf(bob, alice), emojiOf(alice, bob));
    assert.deepEqual(alice.messenger.comparisons()[0]?.caucus, caucus);
    await alice.does(alice.messenger.endComparison(bob.id, "cancel"));
    await world.settles(30_000);
    assert.deepEqual([alice.messenger.comparisons(), bob.messenger.comparisons()], [[], []]);
    const ends = told(alice, "comparison");
    await alice.does(alice.messenger.compare(bob.id));
    await world.settles(700_000);
    assert.deepEqual([ends.at(-1)?.state, ends.at(-1)?.reason], ["ended", "expired"]);
  });

  it("differ for two with somebody between them who gave each a card of their own (19: MITM/Sybil names)", async () => {
    const { alice, bob, world } = await meet(913, ["alice", "bob"]);
    // Mallory plays Bob to Alice and Alice to Bob.
    const [asBob, asAlice] = [await called(world, "mallory", "bob"), await called(world, "mallet", "alice")];
    await alice.does(alice.messenger.compare(asBob.id));
    await asAlice.does(asAlice.messenger.compare(bob.id));
    await world.settles(30_000);
    await asBob.does(asBob.messenger.compare(alice.id));
    await bob.does(bob.messenger.compare(asAlice.id));
    await world.settles(30_000);
    const [atAlice, atBob] = [emojiOf(alice, asBob), emojiOf(bob, asAlice)];
    assert.ok(atAlice?.length === 7 && atBob?.length === 7);
    assert.notDeepEqual(atAlice, atBob);
    const view = await alice.does(alice.messenger.endComparison(asBob.id, "differ"));
    assert.equal(view.trust, "mismatch");
    const caucus = await alice.does(alice.messenger.direct(asBob.id));
    await alice.does(alice.messenger.send(caucus, "the number is 12"));
    await world.settles();
    assert.deepEqual(caucusOf(alice, caucus).heldFor, [asBob.id]);
    assert.deepEqual(await asBob.reads(caucus), []);
  });
});

describe("a room code", () => {
  it("is the same for all who take part, and says so until somebody comes in", async () => {
    const { alice, bob, carol, dee, world } = await meet(921, ["alice", "bob", "carol", "dee"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.does(alice.messenger.roomCode(caucus));
    await world.settles(10_000);
    assert.equal(bob.messenger.roomCodes()[0]?.state, "asked");
    await bob.does(bob.messenger.roomCode(caucus));
    await world.settles(10_000);
    assert.deepEqual(alice.messenger.roomCodes()[0]?.committed.length, 2);
    await assert.rejects(bob.does(bob.messenger.closeRoomCode(caucus)), { code: "not-yours-to-close" });
    await carol.does(carol.messenger.roomCode(caucus));
    // Everybody is in: it closes by itself.
    await world.settles(30_000);
    const codes = [alice, bob, carol].map((one) => one.messenger.roomCodes()[0]);
    assert.deepEqual(
      codes.map((one) => [one?.state, one?.opened.length, one?.differs]),
      [0, 1, 2].map(() => ["compare", 3, []]),
    );
    assert.equal(codes[0]?.emoji?.length, 8);
    assert.ok(codes.every((one) => one?.emoji?.join() === codes[0]?.emoji?.join()));
    const view = await alice.does(alice.messenger.endRoomCode(caucus, "match"));
    assert.ok(view.comparedAt);
    await alice.restarts();
    assert.equal(caucusOf(alice, caucus).comparedAt, view.comparedAt);
    await alice.adds(caucus, dee);
    await world.settles();
    assert.equal(caucusOf(alice, caucus).comparedAt, undefined);
  });

  it("is one for all though all begin it at the same time", async () => {
    const names = ["alice", "bob", "carol", "dee", "eve", "finn"] as const;
    const { world, ...people } = await meet(924, names);
    const all = names.map((name) => people[name]);
    const caucus = await people.alice.creates("Caucus", all.slice(1));
    await world.settles();
    await Promise.all(all.map((one) => one.does(one.messenger.roomCode(caucus))));
    await world.settles(60_000);
    const codes = all.map((one) => one.messenger.roomCodes()[0]);
    assert.deepEqual(
      codes.map((one) => [one?.state, one?.opened.length, one?.emoji?.join()]),
      all.map(() => ["compare", all.length, codes[0]?.emoji?.join()]),
    );
  });

  it("takes those who are there, and leaves out who comes too late", async () => {
    const { alice, bob, carol, world } = await meet(922, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const atCarol = told(carol, "roomCode");
    await alice.does(alice.messenger.roomCode(caucus));
    await world.settles(10_000);
    await bob.does(bob.messenger.roomCode(caucus));
    await world.settles(10_000);
    await alice.does(alice.messenger.closeRoomCode(caucus));
    await world.settles(30_000);
    assert.equal(alice.messenger.roomCodes()[0]?.state, "compare");
    assert.deepEqual(bob.messenger.roomCodes()[0]?.emoji, alice.messenger.roomCodes()[0]?.emoji);
    assert.deepEqual([atCarol.at(-1)?.state, carol.messenger.roomCodes()], ["ended", []]);
  });

  it("differs where one shows a device that another does not, and says with whom (16: Ghost device)", async () => {
    const { alice, bob, eve, world } = await meet(923, ["alice", "bob", "eve"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    // Whoever controls the network keeps from Bob that Eve was brought in, while he looks at his list.
    world.splits([alice, eve], [bob]);
    await alice.adds(caucus, eve);
    await world.settles(30_000);
    assert.deepEqual([alice.members(caucus).length, bob.members(caucus).length], [3, 2]);
    await bob.does(bob.messenger.roomCode(caucus));
    world.heals();
    await world.settles(60_000);
    await alice.does(alice.messenger.roomCode(caucus));
    await world.settles(30_000);
    await bob.does(bob.messenger.closeRoomCode(caucus));
    await world.settles(30_000);
    const [atAlice, atBob] = [alice, bob].map((one) => one.messenger.roomCodes()[0]);
    assert.deepEqual([atAlice?.state, atBob?.state], ["compare", "compare"]);
    assert.notDeepEqual(atAlice?.emoji, atBob?.emoji);
    assert.deepEqual([atAlice?.differs, atBob?.differs], [[bob.id], [alice.id]]);
    const view = await alice.does(alice.messenger.endRoomCode(caucus, "differ"));
    assert.equal(view.comparedAt, undefined);
  });
});

describe("a changed key", () => {
  it("holds what is written until it is compared anew, and loses nothing", async () => {
    const { alice, bob, carol, world } = await meet(931, ["alice", "bob", "carol"]);
    await alice.does(alice.messenger.verify(await codeOf(bob), bob.id));
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "before");
    await world.settles();
    const file = await bob.backsUp(PASSPHRASE);
    await bob.stops();
    const again = world.person("bob again");
    await again.takesOver(file, PASSPHRASE);
    const notices = told(alice, "notice");
    await again.starts();
    await world.settles();
    assert.equal(seen(alice, bob).trust, "changed");
    assert.deepEqual(
      notices.map(({ code, person }) => [code, person]),
      [["keys-changed", bob.id]],
    );
    // The new device is not in it: nothing is held, and Alice does not bring it in either.
    assert.equal(caucusOf(alice, caucus).heldFor, undefined);
    await assert.rejects(alice.does(alice.messenger.add(caucus, bob.id)), { fault: "refused", code: "keys-changed" });
    await alice.says(caucus, "still going");
    await world.settles();
    assert.deepEqual(await carol.reads(caucus), ["before", "still going"]);
    // Carol, who has not compared, does.
    await carol.does(carol.messenger.add(caucus, bob.id));
    await world.settles();
    assert.deepEqual(caucusOf(alice, caucus).heldFor, [bob.id]);
    assert.equal(memberOf(alice, caucus, bob).trust, "changed");
    const line = await alice.does(alice.messenger.send(caucus, "the number is 12"));
    assert.deepEqual([line.state, line.heldFor], ["saved", [bob.id]]);
    await world.settles();
    await alice.restarts();
    await world.settles();
    assert.deepEqual(await carol.reads(caucus), ["before", "still going"]);
    assert.equal((await alice.lines(caucus)).at(-1)?.heldFor?.[0], bob.id);
    await alice.does(alice.messenger.verify(await codeOf(again), bob.id));
    await world.settles();
    assert.deepEqual(await carol.reads(caucus), ["before", "still going", "the number is 12"]);
    assert.deepEqual(await again.reads(caucus), ["before", "the number is 12"]);
    assert.equal(caucusOf(alice, caucus).heldFor, undefined);
    assert.equal(seen(alice, bob).trust, "verified");
  });

  it("is left as it is by the code of a device that knows of fewer, which says so", async () => {
    const { alice, bob, carol, world } = await meet(933, ["alice", "bob", "carol"]);
    const file = await bob.backsUp(PASSPHRASE);
    // Bob's first device has not heard of the second yet, so its code leaves it out.
    const before = await codeOf(bob);
    const second = world.person("bob's second");
    await second.takesOver(file, PASSPHRASE);
    await second.starts();
    await world.settles();
    const ofFirst = alice.does(alice.messenger.verify(before, bob.id));
    await assert.rejects(ofFirst, { fault: "refused", code: "devices-differ" });
    assert.equal(seen(alice, bob).trust, "changed");
    const caucus = await carol.creates("Caucus", [bob, alice]);
    await world.settles();
    await alice.does(alice.messenger.verify(await codeOf(second)));
    assert.deepEqual([seen(alice, bob).trust, memberOf(alice, caucus, bob).trust], ["verified", "verified"]);
    await alice.does(alice.messenger.createCaucus("Another", { with: [bob.id] }));
  });

  it("is also settled by accepting it unchecked, or by removing the person", async () => {
    const { alice, bob, carol, world } = await meet(932, ["alice", "bob", "carol"]);
    await alice.does(alice.messenger.verify(await codeOf(bob)));
    const again = await moves(world, bob, "bob again");
    const [first, second] = [await carol.creates("First", [alice, bob]), await alice.creates("Second", [carol])];
    await world.settles();
    await carol.does(carol.messenger.add(second, bob.id));
    await world.settles();
    await alice.does(alice.messenger.send(second, "without him"));
    await alice.does(alice.messenger.send(first, "with him"));
    await world.settles();
    assert.deepEqual([await carol.reads(first), await carol.reads(second)], [[], []]);
    await alice.does(alice.messenger.remove(second, bob.id));
    await world.settles();
    assert.deepEqual([await carol.reads(first), await carol.reads(second)], [[], ["without him"]]);
    const view = await alice.does(alice.messenger.acceptKeys(bob.id));
    assert.deepEqual([view.trust, view.checkedAt], ["unverified", undefined]);
    await world.settles();
    assert.deepEqual([await again.reads(first), await again.reads(second)], [["with him"], []]);
  });
});

describe("lists of devices that contradict each other", () => {
  it("are told apart from one that goes on, and what was shown in person decides", async () => {
    const { alice, bob, world } = await meet(935, ["alice", "bob"]);
    await alice.does(alice.messenger.verify(await codeOf(bob)));
    const notices = told(alice, "notice");
    // A backup that is restored twice, the second time by a thief.
    const file = await bob.backsUp(PASSPHRASE);
    await bob.stops();
    const [again, thief] = [world.person("bob again"), world.person("thief")];
    await again.takesOver(file, PASSPHRASE);
    await again.starts();
    await world.settles();
    await again.stops();
    await thief.takesOver(file, PASSPHRASE);
    await thief.starts();
    await world.settles();
    assert.equal(seen(alice, bob).trust, "forked");
    assert.deepEqual(
      notices.map(({ code, level }) => [code, level]),
      [
        ["keys-changed", "warn"],
        ["keys-forked", "warn"],
      ],
    );
    const withThief = await alice.does(alice.messenger.direct(bob.id));
    await alice.does(alice.messenger.send(withThief, "the number is 12"));
    await world.settles();
    await again.starts();
    await world.settles();
    await alice.does(alice.messenger.verify(await codeOf(again), bob.id));
    assert.equal(seen(alice, bob).trust, "verified");
    // What was written to the other device stays held: nobody has compared that one.
    await world.settles();
    assert.deepEqual(caucusOf(alice, withThief).heldFor, [bob.id]);
    assert.deepEqual(await thief.reads(withThief), []);
    const withBob = await alice.does(alice.messenger.direct(bob.id));
    await alice.does(alice.messenger.send(withBob, "the number is 13"));
    await world.settles();
    assert.deepEqual(await again.reads(withBob), ["the number is 13"]);
    // The thief's own code is told for what it is, and changes nothing: until Alice says that she is sure of it.
    await assert.rejects(alice.does(alice.messenger.verify(await codeOf(thief))), { code: "devices-forked" });
    await world.settles();
    assert.deepEqual([await thief.reads(withThief), caucusOf(alice, withBob).heldFor], [[], undefined]);
    await alice.does(alice.messenger.acceptKeys(bob.id));
    const shown = alice.does(alice.messenger.verify(await codeOf(thief)));
    await shown.catch(({ code }: { code?: string }) => assert.equal(code, "devices-forked"));
    await world.settles();
    assert.deepEqual(
      [await thief.reads(withThief), caucusOf(alice, withBob).heldFor],
      [["the number is 12"], [bob.id]],
    );
  });
});

describe("names", () => {
  it("may change: who was compared stays so, and it is told once what they were called", async () => {
    const { alice, bob, world } = await meet(941, ["alice", "bob"]);
    await alice.does(alice.messenger.verify(await codeOf(bob)));
    const notices = told(alice, "notice");
    await bob.does(bob.messenger.setProfile({ name: "Robert", flag: "", delegation: "" }));
    await world.settles();
    const view = seen(alice, bob);
    assert.deepEqual([view.name, view.trust, view.knownAs], ["Robert", "verified", "bob"]);
    assert.deepEqual(
      notices.map(({ code, text }) => [code, text]),
      [["renamed", "bob is called Robert now."]],
    );
  });

  it("that look like another's are pointed out, and lend nothing (19: MITM/Sybil names)", async () => {
    const { alice, bob, world } = await meet(942, ["alice", "bob"]);
    await alice.does(alice.messenger.verify(await codeOf(bob)));
    const [sybil, mirror] = [world.person("Вob"), world.person("Alicе")];
    await sybil.starts();
    await mirror.starts();
    await world.introduces();
    assert.deepEqual([seen(alice, sybil).looksLike, seen(alice, sybil).trust], [[bob.id], "unverified"]);
    assert.deepEqual([seen(alice, bob).looksLike, seen(alice, bob).trust], [[], "verified"]);
    assert.deepEqual(seen(alice, mirror).looksLike, [alice.id]);
    // Whoever was compared and takes another's name later is pointed out like anybody.
    await bob.does(bob.messenger.setProfile({ name: "ALICE", flag: "", delegation: "" }));
    await world.settles();
    assert.deepEqual(seen(alice, bob).looksLike.toSorted(), [alice.id, mirror.id].toSorted());
  });
});

describe("a vouch for an app", () => {
  it("is known to the members of caucuses that both are in, covers the device that was looked at, and no guest", async () => {
    const { alice, bob, carol, dee, world } = await meet(951, ["alice", "bob", "carol", "dee"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const view = await alice.does(alice.messenger.vouch(bob.id, true));
    assert.deepEqual([view.app, view.vouchedBy], ["vouched", [alice.id]]);
    await world.settles();
    assert.deepEqual(
      [memberOf(carol, caucus, bob).app, memberOf(carol, caucus, bob).vouchedBy],
      ["vouched", [alice.id]],
    );
    assert.deepEqual([seen(dee, bob).app, memberOf(carol, caucus, alice).app], ["unchecked", "unchecked"]);
    // Whoever comes later hears of it as well.
    await alice.adds(caucus, dee);
    await world.settles();
    assert.equal(memberOf(dee, caucus, bob).app, "vouched");
    await alice.does(alice.messenger.vouch(bob.id, false));
    await world.settles();
    assert.deepEqual([memberOf(carol, caucus, bob).app, memberOf(dee, caucus, bob).app], ["unchecked", "unchecked"]);
    await alice.does(alice.messenger.vouch(bob.id, true));
    await moves(world, bob, "bob again");
    assert.equal(seen(alice, bob).app, "unchecked");
    const gast = world.person("gast", { guest: true });
    await gast.starts();
    await world.introduces();
    await assert.rejects(alice.does(alice.messenger.vouch(gast.id, true)), { fault: "refused", code: "guest-app" });
    assert.equal(seen(alice, gast).app, "guest");
  });
});
