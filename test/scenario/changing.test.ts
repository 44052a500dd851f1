/** Words that are changed and taken back: wherever, whenever, in whatever order the others hear of it. */
import assert from "node:assert/strict";
import { contents } from "../../src/content/message.ts";
import { makeRecord } from "../../src/content/record.ts";
import { rootOf } from "../../src/messenger/selfRecord.ts";
import { messageId } from "../../src/protocol/control.ts";
import type { GroupId, MessageId, MessageView } from "../../src/types.ts";
import { fileOf } from "../helpers/simFile.ts";
import { freshDevice, links } from "../helpers/simLinking.ts";
import { SimHostile } from "../helpers/simHostile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet } from "../helpers/simWorld.ts";

const lineOf = async (one: SimPerson, caucus: GroupId, message: MessageId): Promise<MessageView | undefined> =>
  (await one.lines(caucus)).find((line) => line.message === message);
const wordingsOn = async (one: SimPerson, caucus: GroupId, message: MessageId): Promise<readonly string[]> =>
  (await one.does(one.messenger.wordings(caucus, message))).map(({ text }) => text);
const revises = (one: SimPerson, caucus: GroupId, [message, text]: readonly [MessageId, string]) =>
  one.does(one.messenger.revise(caucus, message, text));
const withdraws = (one: SimPerson, caucus: GroupId, message: MessageId) =>
  one.does(one.messenger.withdraw(caucus, message));

describe("words that are changed", () => {
  it("are the same for everybody in the end, with all that they were, through partitions and by any device", async () => {
    const { alice, bob, carol, world } = await meet(1301, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone);
    await world.settles();
    const { message } = await alice.says(caucus, "shall");
    await world.settles();
    world.splits([alice, bob], [phone, carol]);
    await revises(alice, caucus, [message, "should"]);
    await world.passes(5_000);
    await revises(phone, caucus, [message, "may, @carol"]);
    await world.settles();
    assert.equal((await lineOf(bob, caucus, message))?.text, "should");
    assert.equal((await lineOf(carol, caucus, message))?.text, "may, @carol");
    world.heals();
    await world.settles(300_000);
    const seen = await Promise.all([alice, phone, bob, carol].map((one) => lineOf(one, caucus, message)));
    for (const line of seen) {
      assert.equal(line?.text, "may, @carol");
      assert.deepEqual(line.mentions, [{ person: carol.id, as: "carol" }]);
      assert.equal(line.revisedAt, seen[0]?.revisedAt);
    }
    for (const one of [alice, phone, bob, carol])
      assert.deepEqual(await wordingsOn(one, caucus, message), ["shall", "should", "may, @carol"]);
    await bob.restarts();
    assert.equal((await lineOf(bob, caucus, message))?.text, "may, @carol");
    assert.deepEqual(
      (await bob.lines(caucus)).map(({ text }) => text),
      ["may, @carol"],
    );
    assert.equal(bob.messenger.caucuses()[0]?.last?.text, "may, @carol");
    const found = async (words: string) => (await bob.does(bob.messenger.search(words))).lines.length;
    assert.deepEqual([await found("shall"), await found("may")], [0, 1]);
    assert.equal(bob.messenger.caucuses()[0]?.unread, 1, "other words are nothing more to read");
  });

  it("show at once where they are written, in what is only saved there as well", async () => {
    const { alice, bob, world } = await meet(1302, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    alice.goesOffline();
    const { message } = await alice.says(caucus, "one");
    assert.equal((await revises(alice, caucus, [message, "two"])).text, "two");
    assert.deepEqual(await wordingsOn(alice, caucus, message), ["one", "two"]);
    assert.deepEqual(await alice.reads(caucus), ["two"]);
    alice.comesOnline();
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["two"]);
    assert.deepEqual(await wordingsOn(bob, caucus, message), ["one", "two"]);
  });

  it("are none, and nothing is told, of what is off this device when it comes to them", async () => {
    const { alice, bob, world } = await meet(1351, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "hello");
    await world.settles();
    const told: unknown[] = [];
    alice.messenger.on("receipt", (line) => told.push(line));
    const { messenger } = alice;
    const both = [messenger.forget(caucus, message), messenger.revise(caucus, message, "other words")] as const;
    const [, revised] = await alice.does(Promise.allSettled(both));
    assert.equal(revised.status === "rejected" && (revised.reason as { code: string }).code, "unknown-message");
    await world.settles();
    assert.deepEqual(told, []);
    assert.deepEqual(await bob.reads(caucus), ["hello"]);
  });

  it("come with what is pinned to who may read that; and of what was taken back nothing comes", async () => {
    const { alice, bob, dave, world } = await meet(1304, ["alice", "bob", "dave"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const pinned = await alice.says(caucus, "draft");
    const withdrawn = await alice.says(caucus, "slip");
    await revises(alice, caucus, [pinned.message, "final"]);
    await withdraws(alice, caucus, withdrawn.message);
    await world.passes(2_000);
    await alice.does(alice.messenger.pin(caucus, pinned.message, true));
    await world.settles();
    await dave.joins(await bob.invites(caucus, { history: "pinned" }));
    await world.settles();
    assert.deepEqual(await dave.reads(caucus), ["final"]);
    assert.deepEqual(await wordingsOn(dave, caucus, pinned.message), ["draft", "final"]);
    assert.equal(await lineOf(dave, caucus, withdrawn.message), undefined);
  });

  it("are one's own, and neither on record nor taken back", async () => {
    const { alice, bob, world } = await meet(1303, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "mine");
    const record = await alice.does(alice.messenger.send(caucus, "for ever", { onRecord: true }));
    await world.settles();
    const refuses = (who: SimPerson, which: MessageId, code: string) =>
      assert.rejects(revises(who, caucus, [which, "another"]), { code });
    await refuses(bob, message, "not-yours");
    await assert.rejects(withdraws(bob, caucus, message), { code: "not-yours" });
    await refuses(alice, record.message, "on-record");
    await assert.rejects(withdraws(alice, caucus, record.message), { code: "on-record" });
    await revises(alice, caucus, [message, "mine alone"]);
    const other = await alice.says(caucus, "other");
    await withdraws(alice, caucus, other.message);
    await refuses(alice, other.message, "withdrawn");
    await world.settles();
    assert.equal((await lineOf(bob, caucus, message))?.text, "mine alone");
  });
});

describe("words that are taken back", () => {
  it("leave every device, with their file and former words, also where they come later than that", async () => {
    const { alice, bob, carol, world } = await meet(1311, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const { message } = await alice.says(caucus, "slip of the tongue");
    const photo = fileOf("plan.bin", 150_000, { text: "a caption" });
    const file = (await alice.does(alice.messenger.sendFile(caucus, photo))).message;
    await revises(alice, caucus, [message, "slip of the pen"]);
    await world.settles();
    await bob.does(bob.messenger.fetchFile(caucus, file));
    await bob.does(bob.messenger.react(caucus, message, "👍"));
    await bob.does(bob.messenger.pin(caucus, message, true));
    await world.settles();
    assert.equal((await lineOf(bob, caucus, file))?.file?.state, "here");
    await withdraws(alice, caucus, message);
    await withdraws(alice, caucus, file);
    for (const one of [alice]) assert.equal((await lineOf(one, caucus, message))?.kind, "withdrawn");
    await world.settles();
    for (const one of [alice, bob, carol])
      for (const which of [message, file]) {
        const line = await lineOf(one, caucus, which);
        assert.deepEqual([line?.kind, line?.text, line?.file], ["withdrawn", "", undefined]);
        assert.ok((line?.withdrawnAt ?? 0) > line!.sentAt);
        assert.deepEqual(await wordingsOn(one, caucus, which), []);
      }
    assert.deepEqual(await bob.does(bob.messenger.pins(caucus)), []);
    assert.equal((await bob.does(bob.messenger.search("slip"))).lines.length, 0);
    await assert.rejects(bob.does(Array.fromAsync(bob.messenger.readFile(caucus, file))), { code: "no-file" });
    await bob.restarts();
    assert.equal((await lineOf(bob, caucus, file))?.kind, "withdrawn");
    const disk = await bob.copiesDisk();
    const chunks = await Array.fromAsync(disk.range({ space: "file" }));
    assert.deepEqual(
      chunks.filter(({ key }) => /^(?:about|have) /u.test(key.name)),
      [],
      "nothing of the file is left",
    );
  });

  it("are not shown to who hears of that first, on a device that was linked meanwhile, and to newcomers", async () => {
    const { alice, bob, carol, world } = await meet(1312, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 10 });
    await world.settles();
    // The frame with the words is lost for Bob; what takes them back is not.
    world.splits([alice, phone, carol], [bob]);
    const { message } = await alice.says(caucus, "never mind");
    await world.settles();
    await withdraws(phone, caucus, message);
    await world.settles();
    assert.equal((await lineOf(carol, caucus, message))?.kind, "withdrawn");
    world.heals();
    await world.settles(300_000);
    for (const one of [alice, phone, bob, carol]) {
      assert.deepEqual(await one.reads(caucus), []);
      assert.equal((await lineOf(one, caucus, message))?.kind, "withdrawn", one.name);
    }
  });

  it("leave nothing with whom they reach after what takes them back", async () => {
    const { alice, bob, world } = await meet(1315, ["alice", "bob"]);
    const odd = await SimHostile.comes(world, "odd");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, odd.id));
    await world.settles();
    const content = { kind: "text", text: "never shown" } as const;
    const nonce = world.random.bytes(16);
    const to = messageId(odd.member(caucus), nonce, contents.encode(content));
    await odd.utters(caucus, { kind: "withdraw", to });
    const told: string[] = [];
    bob.messenger.on("message", ({ text }) => told.push(text));
    assert.equal(await odd.utters(caucus, content, nonce), to);
    await world.settles();
    assert.equal((await lineOf(bob, caucus, to))?.kind, "withdrawn");
    assert.deepEqual([told, bob.messenger.caucuses()[0]?.unread], [[], 0]);
  });

  it("never leave where they were only saved; what was sealed meanwhile is taken back as it leaves", async () => {
    const { alice, bob, world } = await meet(1313, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    alice.goesOffline();
    const sealed = await alice.says(caucus, "sealed before the link was known to be gone");
    await withdraws(alice, caucus, sealed.message);
    await world.passes(60_000);
    const { message } = await alice.says(caucus, "typed in haste");
    await revises(alice, caucus, [message, "typed in no less haste"]);
    const gone: MessageId[] = [];
    alice.messenger.on("erased", (one) => gone.push(one.message));
    await withdraws(alice, caucus, message);
    assert.deepEqual(gone, [message]);
    const here = await alice.lines(caucus);
    assert.deepEqual(
      here.map(({ kind, text }) => [kind, text]),
      [["withdrawn", ""]],
    );
    alice.comesOnline();
    await alice.says(caucus, "well considered");
    await world.settles();
    assert.deepEqual(
      (await bob.lines(caucus)).map(({ kind, text, missing }) => [kind, text, missing]),
      [
        ["withdrawn", "", 0],
        ["text", "well considered", 0],
      ],
    );
  });

  it("can leave one device alone", async () => {
    const { alice, bob, world } = await meet(1314, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    const { message } = await alice.says(caucus, "to read and burn");
    await world.settles();
    await bob.does(bob.messenger.forget(caucus, message));
    await revises(alice, caucus, [message, "to read and keep"]);
    await world.settles();
    await bob.restarts();
    await world.settles();
    assert.deepEqual([await bob.lines(caucus), await alice.reads(caucus)], [[], ["to read and keep"]]);
    assert.equal(bob.messenger.caucuses()[0]?.last, undefined);
  });
});

describe("attack 1: a member changes what others said", () => {
  it("changes nothing: not their words, not what is on record; and of a flood of new words the last count", async () => {
    const { alice, bob, world } = await meet(1321, ["alice", "bob"]);
    const mallory = await SimHostile.comes(world, "mallory");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, mallory.id));
    await world.settles();
    const { message } = await alice.says(caucus, "what Alice said");
    await world.settles();
    await mallory.utters(caucus, { kind: "revise", to: message, text: "what she did not", mentions: [] });
    await mallory.utters(caucus, { kind: "withdraw", to: message });
    const own = await mallory.utters(caucus, { kind: "text", text: "0" });
    for (let n = 1; n <= 40; n++) await mallory.utters(caucus, { kind: "revise", to: own, text: `${n}`, mentions: [] });
    await world.settles();
    for (const one of [alice, bob]) {
      assert.deepEqual(await one.reads(caucus), ["what Alice said", "40"]);
      assert.deepEqual(await wordingsOn(one, caucus, message), ["what Alice said"]);
      assert.deepEqual(await wordingsOn(one, caucus, own), ["0", ...Array.from({ length: 32 }, (_, n) => `${n + 9}`)]);
    }
    const seed = rootOf(mallory.session.self);
    const record = makeRecord(
      { person: mallory.id, group: caucus, nonce: world.random.bytes(16), at: 5, text: "I promise" },
      seed,
    );
    const signed = await mallory.utters(caucus, { kind: "record", record });
    await mallory.utters(caucus, { kind: "revise", to: signed, text: "I do not", mentions: [] });
    await mallory.utters(caucus, { kind: "withdraw", to: signed });
    await world.settles();
    for (const one of [alice, bob]) {
      const line = await lineOf(one, caucus, signed);
      assert.deepEqual([line?.text, line?.onRecord, line?.kind], ["I promise", true, "text"]);
      assert.ok(await one.does(one.messenger.recordOf(caucus, signed)));
    }
  });

  it("tells nobody of what changes nothing, however often it is said", async () => {
    const { alice, bob, world } = await meet(1352, ["alice", "bob"]);
    const mallory = await SimHostile.comes(world, "mallory");
    const caucus = await alice.creates("Caucus", [bob]);
    await alice.does(alice.messenger.add(caucus, mallory.id));
    await world.settles();
    const { message } = await alice.says(caucus, "hello");
    await world.settles();
    let told = 0;
    bob.messenger.on("receipt", () => {
      told += 1;
    });
    for (let i = 0; i < 5; i++)
      await mallory.utters(caucus, { kind: "revise", to: message, text: `no ${i}`, mentions: [] });
    await world.settles();
    assert.deepEqual([await bob.reads(caucus), told], [["hello"], 0]);
  });
});
