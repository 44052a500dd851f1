/** Devices that say two things in one place: noticed, proved, told to everybody, and nobody is put out for it. */
import assert from "node:assert/strict";
import { contents } from "../../src/content/message.ts";
import { loadGroup } from "../../src/messenger/parts.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import { distributionHash, openWhole } from "../../src/protocol/distribution.ts";
import { act } from "../../src/protocol/group.ts";
import { makeOp } from "../../src/protocol/membership.ts";
import { rotate, sealMessage, sealMeta } from "../../src/protocol/sending.ts";
import { sealOps } from "../../src/protocol/successor.ts";
import type { GroupId } from "../../src/types.ts";
import { graphOf } from "../protocol/room.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const accused = (who: SimPerson, caucus: GroupId): readonly string[] =>
  who.messenger
    .caucuses()
    .filter((one) => one.caucus === caucus)
    .flatMap(({ members }) => members.filter(({ equivocated }) => equivocated).map(({ name }) => name));

describe("a device that is copied", () => {
  it("and says another thing at the same place: everybody knows, keeps the first, and newcomers hear of it", async () => {
    const { alice, bob, carol, dave, world } = await meet(821, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await alice.says(caucus, "hello");
    await world.settles();
    const copy = await alice.copiesDisk();
    await alice.says(caucus, "yes");
    await world.settles();
    const { state } = (await loadGroup(copy, caucus))!;
    const { self } = await loadSelf(copy, world.random.bytes);
    const draft = { nonce: world.random.bytes(16), content: contents.encode({ kind: "text", text: "no" }) };
    const running = { ...state, send: { ...state.send!, ended: false } };
    const { frame } = sealMessage(running, draft, [], { self, now: world.clock.now(), random: world.random.bytes });
    const heard: string[] = [];
    bob.messenger.on("notice", ({ code }) => heard.push(code));
    alice.messenger.on("notice", ({ code }) => heard.push(code));
    const topic = makeVenue("couloir", 1).bucketOf(state.view.bucket);
    world.network.replay("carol", [{ by: "alice", topic, frame }]);
    await world.settles();
    for (const one of [alice, bob, carol]) {
      assert.deepEqual(accused(one, caucus), ["alice"], one.name);
      assert.deepEqual(await one.reads(caucus), ["hello", "yes"]);
    }
    assert.deepEqual(heard.toSorted(), ["equivocation", "own-equivocation"], "said once");
    assert.deepEqual(carol.members(caucus), ["alice", "bob", "carol"], "nobody is put out");
    await carol.restarts({ crash: true });
    assert.deepEqual(accused(carol, caucus), ["alice"]);
    await dave.joins(await carol.invites(caucus));
    await world.settles();
    assert.deepEqual(accused(dave, caucus), ["alice"]);
    assert.deepEqual(accused(dave, caucus), accused(bob, caucus));
  });

  it("or put back to an earlier moment, and signs another operation under the same number", async () => {
    const { alice, bob, carol, world } = await meet(822, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.rollsBack(async () => {
      world.splits([alice, bob], [carol]);
      await world.passes(20_000);
      await alice.invites(caucus);
      await world.settles();
    });
    world.splits([alice, carol], [bob]);
    await world.passes(20_000);
    await alice.invites(caucus);
    await world.settles();
    assert.deepEqual([...accused(bob, caucus), ...accused(carol, caucus)], []);
    world.heals();
    await bob.says(caucus, "we go on");
    await world.settles();
    assert.deepEqual(accused(bob, caucus), ["alice"]);
    assert.deepEqual(accused(carol, caucus), ["alice"]);
    assert.deepEqual(carol.members(caucus), ["alice", "bob", "carol"], "nobody is put out");
  });

  it("or put back to an earlier moment, and nothing is signed twice: nobody is accused", async () => {
    const { alice, bob, world } = await meet(823, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.rollsBack(async () => {
      await alice.says(caucus, "before");
      await world.settles();
    });
    await alice.says(caucus, "after");
    await world.settles();
    assert.deepEqual(accused(bob, caucus), []);
    assert.ok((await bob.reads(caucus)).includes("after"));
  });
});

/** What each is warned of from now on, over restarts as well. */
const warnings = (...people: readonly SimPerson[]): (() => readonly (readonly string[])[]) => {
  const all = people.map((one) => {
    const codes: string[] = [];
    one.messenger.on("notice", ({ code, level }) => level === "warn" && codes.push(code));
    return codes;
  });
  return () => all;
};

describe("a member who signs as if it were earlier", () => {
  it("is pointed out to everybody else, once, and stays", async () => {
    const { alice, bob, carol, dave, world } = await meet(827, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol, dave]);
    await world.settles();
    const { state: early } = (await loadGroup(await dave.copiesDisk(), caucus))!;
    await alice.invites(caucus);
    await world.settles();
    // Dave has heard of that, and says so to all.
    await dave.says(caucus, "noted");
    await world.settles();
    const told = warnings(alice, bob, carol);
    const copy = await dave.copiesDisk();
    const { state } = (await loadGroup(copy, caucus))!;
    const { self } = await loadSelf(copy, world.random.bytes);
    const context = { self, now: world.clock.now(), random: world.random.bytes };
    const topic = makeVenue("couloir", 1).bucketOf(state.view.bucket);
    for (let i = 0; i < 3; i++) {
      const op = makeOp(
        {
          group: caucus,
          parents: early.view.heads,
          seq: early.dag.by(early.seat.member).length,
          at: context.now - 60_000 - i,
          body: { kind: "rekey" },
        },
        early.seat.secret,
      );
      const running = { ...state, send: { ...state.send!, ended: false, metaNext: state.send!.metaNext + i } };
      const { frames } = sealMeta(running, { kind: "ops", ops: [op.bytes] }, context);
      world.network.replay(
        "bob",
        frames.map((frame) => ({ by: "dave", topic, frame })),
      );
      await world.settles();
    }
    // Three that contradict each other are a proof besides.
    for (const codes of told()) assert.deepEqual(codes.toSorted(), ["backdated", "equivocation"]);
    assert.deepEqual(carol.members(caucus), ["alice", "bob", "carol", "dave"], "nobody is put out");
    await carol.restarts();
    const again = warnings(carol);
    await dave.says(caucus, "still here");
    await alice.invites(caucus);
    await world.settles();
    assert.deepEqual(again(), [[]]);
  });
});

describe("a member who announces a chain whose view nobody can know", () => {
  it("brings operations with it once: while it is held, no box of it is opened again", async () => {
    const { alice, bob, dave, world } = await meet(829, ["alice", "bob", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, dave]);
    await world.settles();
    await dave.says(caucus, "hello");
    await world.settles();
    const copy = await dave.copiesDisk();
    const { state } = (await loadGroup(copy, caucus))!;
    const { self } = await loadSelf(copy, world.random.bytes);
    const context = { self, now: world.clock.now(), random: world.random.bytes };
    const signs = (at: number) => act({ ...state, dag: graphOf(state.dag.all()) }, { kind: "rekey" }, at)!;
    const unsaid = signs(context.now);
    const { state: turned } = await rotate(unsaid.state, context);
    const { distribution, secret } = turned.sent.get(turned.send!.chain)!;
    const first = signs(context.now + 1);
    const second = act(first.state, { kind: "rekey" }, context.now + 2)!;
    const topic = makeVenue("couloir", 1).bucketOf(state.view.bucket);
    for (const [i, { op }] of [first, second].entries()) {
      const hash = distributionHash(openWhole(distribution)!.head);
      const ops = sealOps([op.bytes], { secret, distribution: hash, random: context.random });
      const running = { ...state, send: { ...state.send!, ended: false, metaNext: state.send!.metaNext + i } };
      const { frames } = sealMeta(running, { kind: "successor", distribution, ...ops }, context);
      world.network.replay(
        "bob",
        frames.map((frame) => ({ by: "dave", topic, frame })),
      );
      await world.settles();
    }
    const { dag } = (await loadGroup(await bob.copiesDisk(), caucus))!.state;
    assert.deepEqual(
      [unsaid, first, second].map(({ op }) => dag.has(op.id)),
      [false, true, false],
    );
  });
});

describe("an invite that two use at once, apart from each other", () => {
  it("lets in as many as it is for, and everybody is told who did not come in, once", async () => {
    const { alice, bob, carol, dave, world } = await meet(828, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob]);
    const code = await alice.invites(caucus, { uses: 1 });
    await world.settles();
    const told = warnings(alice, bob, carol, dave);
    world.splits([alice, carol], [bob, dave]);
    await world.passes(20_000);
    await carol.joins(code);
    await dave.joins(code);
    await world.settles();
    assert.deepEqual(
      [alice.members(caucus), bob.members(caucus)],
      [
        ["alice", "bob", "carol"],
        ["alice", "bob", "dave"],
      ],
    );
    world.heals();
    await alice.says(caucus, "together again");
    await world.settles();
    const [kept, lost] = alice.members(caucus).includes("carol") ? [carol, dave] : [dave, carol];
    for (const one of [alice, bob, kept]) assert.deepEqual(one.members(caucus), ["alice", "bob", kept.name]);
    const [ofAlice, ofBob, ofCarol, ofDave] = told();
    for (const codes of [ofAlice, ofBob, ofCarol, ofDave]) assert.deepEqual(codes, ["invite-used-twice"]);
    assert.equal(lost.messenger.caucuses().find((one) => one.caucus === caucus)?.state, "gone");
    await bob.restarts();
    const again = warnings(bob);
    await alice.invites(caucus);
    await world.settles();
    assert.deepEqual(again(), [[]]);
  });
});

describe("healing", () => {
  it("gives everybody new keys, and the talk goes on", async () => {
    const { alice, bob, carol, world } = await meet(824, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    for (const one of [alice, bob, carol]) await one.says(caucus, `${one.name} before`);
    await world.settles();
    const chains = async (who: SimPerson): Promise<string | undefined> =>
      (await loadGroup(await who.copiesDisk(), caucus))?.state.send?.chain;
    const before = await Promise.all([alice, bob, carol].map(chains));
    const stolen = (await loadGroup(await bob.copiesDisk(), caucus))!.state;
    await bob.does(bob.messenger.heal(caucus));
    await world.settles();
    for (const one of [alice, bob, carol]) await one.says(caucus, `${one.name} after`);
    await world.settles();
    const after = await Promise.all([alice, bob, carol].map(chains));
    for (const [i, chain] of after.entries()) assert.notEqual(chain, before[i]);
    assert.ok(after.every((chain) => !stolen.receive.has(chain as never)));
    const now = (await loadGroup(await bob.copiesDisk(), caucus))!.state;
    assert.ok((now.seat.prekeys[0]?.number ?? 0) > (stolen.seat.prekeys[0]?.number ?? 0));
    assert.equal((await carol.reads(caucus)).length, 6);
    await world.audit();
  });
});

describe("words on record, and pins", () => {
  it("are signed by the person, and a copy of them by somebody else is not", async () => {
    const { alice, bob, world } = await meet(825, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const said = await alice.does(alice.messenger.send(caucus, "We withdraw the amendment.", { onRecord: true }));
    await alice.does(alice.messenger.send(caucus, "between us"));
    await world.settles();
    const lines = await bob.lines(caucus);
    assert.deepEqual(
      lines.map(({ text, onRecord }) => [text, onRecord]),
      [
        ["We withdraw the amendment.", true],
        ["between us", undefined],
      ],
    );
    const record = await bob.does(bob.messenger.recordOf(caucus, said.message));
    assert.equal(record, await alice.does(alice.messenger.recordOf(caucus, said.message)));
    await assert.rejects(bob.does(bob.messenger.recordOf(caucus, lines[1]!.message)), { code: "not-on-record" });
    await world.audit();
  });

  it("under the nonce of before they are the message of before", async () => {
    const { alice, bob, world } = await meet(826, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    const options = { onRecord: true, nonce: "ab".repeat(16) };
    const first = await alice.does(alice.messenger.send(caucus, "once", options));
    await world.passes(5_000);
    assert.equal((await alice.does(alice.messenger.send(caucus, "once", options))).message, first.message);
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["once"]);
  });

  it("pins are the same for all, whoever pinned and unpinned in whatever order", async () => {
    const { alice, bob, carol, world } = await meet(827, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const { message: one } = await alice.says(caucus, "one");
    const { message: two } = await alice.says(caucus, "two");
    await world.settles();
    world.splits([alice, bob], [carol]);
    await world.passes(20_000);
    await bob.does(bob.messenger.pin(caucus, one, true));
    await carol.does(carol.messenger.pin(caucus, one, true));
    await world.passes(1_000);
    await bob.does(bob.messenger.pin(caucus, one, false));
    await carol.does(carol.messenger.pin(caucus, two, true));
    world.heals();
    await world.settles();
    for (const who of [alice, bob, carol])
      assert.deepEqual(
        (await who.messenger.pins(caucus)).map(({ line, name }) => [line.text, name]),
        [
          ["two", "carol"],
          ["one", "carol"],
        ],
        who.name,
      );
    await alice.does(alice.messenger.pin(caucus, one, false));
    await world.settles();
    for (const who of [alice, bob, carol])
      assert.deepEqual(
        (await who.messenger.pins(caucus)).map(({ line }) => line.text),
        ["two"],
      );
    assert.equal(alice.messenger.caucuses()[0]?.last?.text, "two", "a pin is no last line");
    await world.audit();
  });
});
