/** Words that are changed and taken back, by an attacker's eye. */
import assert from "node:assert/strict";
import type { GroupId, MessageId, MessageView } from "../../src/types.ts";
import { contents, show } from "../../src/content/message.ts";
import { lineNamed } from "../../src/messenger/changeBook.ts";
import { withdrawHere } from "../../src/messenger/changing.ts";
import { leaveFile } from "../../src/messenger/erasing.ts";
import { fetchFile } from "../../src/messenger/fileReading.ts";
import { lineById } from "../../src/messenger/history.ts";
import type { Line } from "../../src/messenger/lines.ts";
import { enqueue } from "../../src/messenger/outboxBook.ts";
import { flush } from "../../src/messenger/outbox.ts";
import { withdraw } from "../../src/messenger/rewording.ts";
import { fileOf } from "../helpers/simFile.ts";
import { SimHostile } from "../helpers/simHostile.ts";
import type { World } from "../helpers/simWorld.ts";
import { freshDevice, links } from "../helpers/simLinking.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { wordsOnDisk } from "../helpers/simWords.ts";
import { meet } from "../helpers/simWorld.ts";

const lineOf = async (one: SimPerson, caucus: GroupId, message: MessageId): Promise<MessageView | undefined> =>
  (await one.lines(caucus)).find((line) => line.message === message);
const revises = (one: SimPerson, caucus: GroupId, message: MessageId, text: string) =>
  one.does(one.messenger.revise(caucus, message, text));
const withdraws = (one: SimPerson, caucus: GroupId, message: MessageId) =>
  one.does(one.messenger.withdraw(caucus, message));

const DAY = 86_400_000;
interface Dated {
  readonly caucus: GroupId;
  readonly content: Parameters<typeof contents.encode>[0];
  readonly time: number;
}
/** A hostile member says something as of another time. */
const speaksAt = async (world: World, { session }: SimHostile, { caucus, content, time }: Dated): Promise<void> => {
  const work = async (): Promise<void> => {
    await session.step((step) => enqueue(step, step.held(caucus)!, { content: contents.encode(content) }));
    session.outbox.set(
      caucus,
      session.outbox.get(caucus)!.map((one) => ({ ...one, time, parents: [] })),
    );
    await flush(session, caucus);
  };
  await world.clock.wait(work(), 60_000);
};

const linesOnDisk = async (one: SimPerson, group: GroupId): Promise<number> =>
  (await Array.fromAsync((await one.copiesDisk()).range({ space: "message", group }))).length;

describe("words that are taken back, by an attacker's eye", () => {
  it("do not leave the device afterwards as new words that were only saved there", async () => {
    const { alice, bob, world } = await meet(1401, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "harmless");
    await world.settles();
    alice.goesOffline();
    await world.passes(60_000);
    await revises(alice, caucus, message, "SECRET words");
    await withdraws(alice, caucus, message);
    await world.passes(1_000);
    const onDisk = await wordsOnDisk(await alice.copiesDisk(), caucus, "SECRET words");
    alice.comesOnline();
    await world.settles();
    assert.equal((await lineOf(bob, caucus, message))?.kind, "withdrawn");
    assert.deepEqual([onDisk, await linesOnDisk(bob, caucus)], [[], 2], "its line, and the one that takes it back");
  });

  it("do not leave the device afterwards where another of its person's devices took them back", async () => {
    const { alice, bob, world } = await meet(1402, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 10 });
    await world.settles();
    const { message } = await alice.says(caucus, "harmless");
    await world.settles();
    phone.goesOffline();
    await world.passes(60_000);
    await revises(phone, caucus, message, "SECRET words");
    await phone.stops();
    await withdraws(alice, caucus, message);
    await world.settles();
    await phone.starts();
    phone.comesOnline();
    await world.settles(300_000);
    assert.equal((await lineOf(phone, caucus, message))?.kind, "withdrawn");
    assert.deepEqual(await wordsOnDisk(await phone.copiesDisk(), caucus, "SECRET words"), []);
    assert.equal(await linesOnDisk(bob, caucus), 2, "its line, and the one that takes it back");
  });

  it("are off the disk where they were sealed and nobody took them yet", async () => {
    const { alice, bob, world } = await meet(1403, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    world.splits([alice], [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "SECRET words");
    await world.passes(60_000);
    await withdraws(alice, caucus, message);
    await world.passes(60_000);
    assert.deepEqual(await wordsOnDisk(await alice.copiesDisk(), caucus, "SECRET words"), []);
  });

  it("are off the disk with new words of a device that was revoked meanwhile", async () => {
    const { alice, bob, world } = await meet(1404, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 10 });
    await world.settles();
    const { message } = await alice.says(caucus, "harmless");
    await world.settles();
    world.splits([alice], [phone, bob]);
    await revises(phone, caucus, message, "SECRET words");
    await world.settles();
    assert.equal((await lineOf(bob, caucus, message))?.text, "SECRET words");
    const lost = (await alice.does(alice.messenger.devices())).find((one) => !one.here)?.device;
    assert.ok(lost);
    await alice.does(alice.messenger.revokeDevice(lost));
    await phone.stops();
    world.heals();
    await world.settles(300_000);
    await withdraws(alice, caucus, message);
    await world.settles(300_000);
    assert.equal((await lineOf(bob, caucus, message))?.kind, "withdrawn");
    assert.deepEqual(await wordsOnDisk(await bob.copiesDisk(), caucus, "SECRET words"), []);
  });

  it("are off the disk of a person who moved, with their newer words", async () => {
    const { alice, bob, world } = await meet(1405, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "harmless");
    await revises(alice, caucus, message, "SECRET words");
    await world.settles();
    const file = await alice.backsUp("long enough a passphrase");
    const moved = world.person("moved");
    await moved.takesOver(file, "long enough a passphrase");
    await moved.starts();
    assert.equal((await lineOf(moved, caucus, message))?.text, "SECRET words");
    await moved.does(moved.messenger.forget(caucus, message));
    assert.deepEqual(await wordsOnDisk(await moved.copiesDisk(), caucus, "SECRET words"), []);
  });

  it("are off the disk where they were sealed and no neighbour took them: they never left", async () => {
    const { alice, bob, world } = await meet(1408, ["alice", "bob"]);
    const odd = await SimHostile.comes(world, "odd");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, odd.id));
    await world.settles();
    const { session } = odd;
    const publish = session.link.publish.bind(session.link);
    session.link.publish = async () => 0;
    const message = await odd.utters(caucus, { kind: "text", text: "SECRET words" });
    await world.clock.wait(withdraw(session, caucus, message), 60_000);
    await world.settles();
    const kept = (await Array.fromAsync(session.store.range({ space: "outbox", group: caucus }))).filter(
      ({ value }) =>
        Object.values(value as object).some(
          (one) => one instanceof Uint8Array && Buffer.from(one).includes("SECRET"),
        ) ||
        (Array.isArray(value) && value.some((one) => one instanceof Uint8Array && Buffer.from(one).includes("SECRET"))),
    );
    session.link.publish = publish;
    assert.equal(kept.length, 0);
  });

  for (const gone of ["taken back", "gone by itself"] as const)
    it(`do not bring their file back where it was just asked for: ${gone}`, async () => {
      const { alice, world } = await meet(1409, ["alice"]);
      const odd = await SimHostile.comes(world, "odd");
      const caucus = await alice.creates("Caucus", []);
      await world.settles();
      await alice.does(alice.messenger.add(caucus, odd.id));
      await world.settles();
      const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("plan.bin", 100_000)));
      await world.settles();
      const { session } = odd;
      const busy = Promise.withResolvers<void>();
      const held = session.background(() => busy.promise);
      const back = session.step(async (step) => {
        const line = (await lineNamed(step, { group: caucus, to: message })) as Line;
        if (gone === "taken back") return withdrawHere(step, caucus, line);
        leaveFile(step, show(line.content).file!, message);
        step.dropLine(caucus, line);
      });
      // It is still there to read, and what takes it back is next.
      const asked = fetchFile(session, caucus, message);
      for (let turns = 0; turns < 20; turns++) await new Promise((done) => setImmediate(done));
      busy.resolve();
      const [, , answer] = await world.clock.wait(Promise.allSettled([held, back, asked]), 60_000);
      const left = (await world.clock.wait(lineById(session, caucus, message), 60_000))?.kind;
      assert.deepEqual(
        [left, answer.status],
        gone === "taken back" ? ["withdrawn", "fulfilled"] : [undefined, "rejected"],
      );
      const files = await Array.fromAsync(session.store.range({ space: "file" }));
      assert.deepEqual(
        files.filter(({ key }) => /^(?:about|have) /u.test(key.name)),
        [],
      );
    });

  it("count as unread no more", async () => {
    const { alice, bob, world } = await meet(1406, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "a slip, @bob");
    await world.settles();
    assert.equal(bob.messenger.caucuses()[0]?.unread, 1);
    await withdraws(alice, caucus, message);
    await world.settles();
    assert.equal((await lineOf(bob, caucus, message))?.kind, "withdrawn");
    assert.equal(bob.messenger.caucuses()[0]?.unread, 0);
  });

  it("count as unread no more either once another device has read what was before them", async () => {
    const { alice, bob, world } = await meet(1410, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, bob, phone, { history: 10 });
    await world.settles();
    await alice.says(caucus, "something to read");
    await world.settles();
    world.splits([alice, bob], [phone]);
    await phone.does(phone.messenger.markRead(caucus));
    const { message } = await alice.says(caucus, "a slip");
    await alice.says(caucus, "something more");
    await world.settles();
    assert.equal(bob.messenger.caucuses()[0]?.unread, 3);
    await withdraws(alice, caucus, message);
    await world.settles();
    assert.equal(bob.messenger.caucuses()[0]?.unread, 2);
    world.heals();
    await world.settles(300_000);
    assert.equal(bob.messenger.caucuses()[0]?.unread, 1);
    await bob.restarts();
    assert.equal(bob.messenger.caucuses()[0]?.unread, 1);
  });

  it("do not stay with a newcomer whom somebody handed them who had not heard yet", async () => {
    const { alice, bob, carol, dave, world } = await meet(1407, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const { message } = await alice.says(caucus, "SECRET words");
    await world.settles();
    world.splits([alice, carol], [bob, dave]);
    await withdraws(alice, caucus, message);
    await world.settles();
    await dave.joins(await bob.invites(caucus, { history: "all" }));
    await world.settles();
    assert.equal((await lineOf(dave, caucus, message))?.text, "SECRET words");
    world.heals();
    await world.settles(600_000);
    assert.equal((await lineOf(bob, caucus, message))?.kind, "withdrawn");
    assert.equal((await lineOf(dave, caucus, message))?.kind, "withdrawn");
  });
});

describe("words that are taken back while much happens", () => {
  const texts = async (one: SimPerson, caucus: GroupId) =>
    (await one.lines(caucus)).map(({ kind, text, missing }) => [kind, text, missing]);

  it("leave no gap where they never left: what was said behind them comes, is acknowledged and waits for nothing", async () => {
    const { alice, bob, world } = await meet(1431, ["alice", "bob"]);
    const odd = await SimHostile.comes(world, "odd");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, odd.id));
    await world.settles();
    const { session } = odd;
    await odd.utters(caucus, { kind: "text", text: "before" });
    const publish = session.link.publish.bind(session.link);
    session.link.publish = async () => 0;
    const slip = await odd.utters(caucus, { kind: "text", text: "SECRET words" });
    const behind = await odd.utters(caucus, { kind: "text", text: "behind it" });
    await odd.utters(caucus, { kind: "revise", to: slip, text: "SECRET too", mentions: [] });
    await world.clock.wait(withdraw(session, caucus, slip), 60_000);
    session.link.publish = publish;
    await odd.utters(caucus, { kind: "text", text: "after" });
    await world.settles(120_000);
    for (const one of [alice, bob]) {
      const said = await texts(one, caucus);
      assert.deepEqual(said, [
        ["text", "before", 0],
        ["text", "behind it", 0],
        ["text", "after", 0],
      ]);
    }
    assert.equal((await world.clock.wait(lineById(session, caucus, behind), 60_000))?.reached, 2);
    assert.deepEqual(await wordsOnDisk(session.store, caucus, "SECRET"), []);
  });

  it("do not leave behind others that are on their way already", async () => {
    const { alice, bob, world } = await meet(1435, ["alice", "bob"]);
    const odd = await SimHostile.comes(world, "odd");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, odd.id));
    await world.settles();
    const { session } = odd;
    await odd.utters(caucus, { kind: "text", text: "before" });
    const publish = session.link.publish.bind(session.link);
    session.link.publish = async () => 0;
    const first = await odd.utters(caucus, { kind: "text", text: "on its way" });
    const slip = await odd.utters(caucus, { kind: "text", text: "SECRET words" });
    const slow = Promise.withResolvers<void>();
    session.link.publish = async (topic, frame) => {
      await slow.promise;
      return publish(topic, frame);
    };
    const leaving = flush(session, caucus);
    for (let turns = 0; turns < 20; turns++) await new Promise((done) => setImmediate(done));
    const back = withdraw(session, caucus, slip);
    for (let turns = 0; turns < 20; turns++) await new Promise((done) => setImmediate(done));
    slow.resolve();
    await world.clock.wait(Promise.all([leaving, back]), 60_000);
    session.link.publish = publish;
    await world.settles(120_000);
    for (const one of [alice, bob]) {
      assert.deepEqual(await texts(one, caucus), [
        ["text", "before", 0],
        ["text", "on its way", 0],
      ]);
      assert.equal(await lineOf(one, caucus, slip), undefined);
    }
    assert.equal((await world.clock.wait(lineById(session, caucus, first), 60_000))?.reached, 2);
  });

  it("are there as a whole or not at all where the device dies meanwhile, and in the end for nobody", async () => {
    for (const landed of [false, true])
      for (const writes of [0, 1, 2]) {
        const { alice, bob, world } = await meet(`take back ${writes} ${landed}`, ["alice", "bob"]);
        const caucus = await alice.creates("Caucus", [bob]);
        await world.settles();
        const { message } = await alice.says(caucus, "SECRET words");
        await revises(alice, caucus, message, "SECRET too");
        await world.settles();
        const dead = await alice.crashesDuring({ writes, landed }, async (messenger) => {
          await messenger.withdraw(caucus, message);
          await new Promise(() => undefined);
        });
        if (dead) await alice.starts();
        await world.settles();
        const here = (await lineOf(alice, caucus, message))?.kind;
        assert.equal((await lineOf(bob, caucus, message))?.kind, here);
        if (here === "text") await withdraws(alice, caucus, message);
        await world.settles();
        for (const one of [alice, bob]) {
          assert.equal((await lineOf(one, caucus, message))?.kind, "withdrawn");
          assert.deepEqual(await wordsOnDisk(await one.copiesDisk(), caucus, "SECRET"), []);
        }
      }
  });

  it("come to the same with both devices of their author, over partitions and restarts, and with who came in meanwhile", async () => {
    const { alice, bob, carol, dave, world } = await meet(1432, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 10 });
    await world.settles();
    const { message } = await alice.says(caucus, "SECRET words");
    const kept = await alice.says(caucus, "first words");
    await world.settles();
    world.splits([alice, carol], [phone, bob, dave]);
    await revises(alice, caucus, message, "SECRET of one");
    await withdraws(alice, caucus, message);
    await revises(alice, caucus, kept.message, "of one");
    await dave.joins(await bob.invites(caucus, { history: "all" }));
    await world.settles();
    await revises(phone, caucus, message, "SECRET of the other");
    await revises(phone, caucus, kept.message, "of the other");
    await world.settles();
    assert.equal((await lineOf(dave, caucus, message))?.text, "SECRET of the other");
    for (const one of [bob, phone, carol]) await one.restarts();
    world.heals();
    await world.settles(600_000);
    const all = [alice, phone, bob, carol, dave];
    for (const one of all) {
      assert.equal((await lineOf(one, caucus, message))?.kind, "withdrawn", one.name);
      assert.equal((await lineOf(one, caucus, kept.message))?.text, "of the other", one.name);
      assert.deepEqual(await wordsOnDisk(await one.copiesDisk(), caucus, "SECRET"), [], one.name);
    }
    const erin = world.person("erin");
    await erin.starts();
    await erin.joins(await carol.invites(caucus, { history: "all" }));
    await world.settles(120_000);
    assert.equal((await lineOf(erin, caucus, kept.message))?.text, "of the other");
    assert.deepEqual(await wordsOnDisk(await erin.copiesDisk(), caucus, "SECRET"), []);
  });

  it("leave a device that was linked by who had not heard of it", async () => {
    const { alice, bob, world } = await meet(1433, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "SECRET words");
    await world.settles();
    world.splits([alice], [bob]);
    await withdraws(alice, caucus, message);
    const tablet = await freshDevice(world, "tablet");
    world.splits([alice], [bob, tablet]);
    await links(world, bob, tablet, { history: 10 });
    await world.settles();
    assert.equal((await lineOf(tablet, caucus, message))?.text, "SECRET words");
    world.heals();
    await world.settles(600_000);
    assert.equal((await lineOf(tablet, caucus, message))?.kind, "withdrawn");
    assert.deepEqual(await wordsOnDisk(await tablet.copiesDisk(), caucus, "SECRET"), []);
  });

  it("are no place to hide what does not decode: that shows as a notice", async () => {
    const { alice, bob, world } = await meet(1434, ["alice", "bob"]);
    const odd = await SimHostile.comes(world, "odd");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, odd.id));
    await world.settles();
    const { session } = odd;
    const known = contents.encode({ kind: "withdraw", to: "0".repeat(32) as MessageId });
    const broken = known.slice(0, 2);
    const work = async (): Promise<void> => {
      await session.step((step) => enqueue(step, step.held(caucus)!, { content: broken }));
      await flush(session, caucus);
    };
    await world.clock.wait(work(), 60_000);
    await world.settles();
    assert.deepEqual(
      (await bob.lines(caucus)).map(({ kind }) => kind),
      ["notice"],
    );
  });
});

describe("new words, by an attacker's eye", () => {
  it("are marked with who could read them though they were out", async () => {
    const { alice, bob, carol, world } = await meet(1412, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 10 });
    await world.settles();
    const { message } = await alice.says(caucus, "harmless");
    await world.settles();
    world.splits([alice, carol], [phone, bob]);
    await phone.removes(caucus, carol);
    await world.settles();
    await revises(alice, caucus, message, "SECRET words");
    const beside = await alice.says(caucus, "said beside it");
    await world.settles();
    assert.equal((await lineOf(carol, caucus, message))?.text, "SECRET words");
    world.heals();
    await world.settles(300_000);
    assert.deepEqual((await lineOf(bob, caucus, beside.message))?.alsoRead, [carol.id]);
    assert.equal((await lineOf(bob, caucus, message))?.text, "SECRET words");
    assert.deepEqual((await lineOf(bob, caucus, message))?.alsoRead, [carol.id]);
  });

  it("count though a member's message is dated a day ahead", async () => {
    const { alice, bob, world } = await meet(1411, ["alice", "bob"]);
    const mallory = await SimHostile.comes(world, "mallory");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, mallory.id));
    await world.settles();
    const { message, sentAt } = await alice.says(caucus, "wrong");
    await world.settles();
    await speaksAt(world, mallory, { caucus, content: { kind: "text", text: "hello" }, time: sentAt + DAY + 100_000 });
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["wrong", "hello"]);
    await revises(alice, caucus, message, "right");
    await world.settles();
    assert.equal((await lineOf(alice, caucus, message))?.text, "right");
    assert.equal((await lineOf(bob, caucus, message))?.text, "right");
  });

  it("are told now and then where they come in a flood, the last of them in the end", async () => {
    const { alice, bob, world } = await meet(1414, ["alice", "bob"]);
    const odd = await SimHostile.comes(world, "odd");
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await alice.does(alice.messenger.add(caucus, odd.id));
    await world.settles();
    const to = await odd.utters(caucus, { kind: "text", text: "first" });
    const told: string[] = [];
    bob.messenger.on("receipt", ({ message, text }) => {
      if (message === to) told.push(text);
    });
    const { session } = odd;
    const work = async (): Promise<void> => {
      for (let n = 0; n < 200; n++) {
        const content = contents.encode({ kind: "revise", to, text: `${n}`, mentions: [] });
        await session.step((step) => enqueue(step, step.held(caucus)!, { content }));
      }
      await flush(session, caucus);
    };
    await world.clock.wait(work(), 60_000);
    await world.settles(60_000);
    assert.equal(told.at(-1), "199");
    assert.ok(told.length <= 20, `${told.length} times told`);
    assert.equal((await lineOf(bob, caucus, to))?.text, "199");
    assert.equal(bob.messenger.caucuses()[0]?.last?.text, "199");
  });

  it("show as only saved while they are, whatever others have of the former ones", async () => {
    const { alice, bob, world } = await meet(1413, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.says(caucus, "old");
    await world.settles();
    assert.equal((await lineOf(alice, caucus, message))?.reached, 1);
    alice.goesOffline();
    await world.passes(60_000);
    await revises(alice, caucus, message, "new");
    await world.passes(60_000);
    const line = await lineOf(alice, caucus, message);
    assert.deepEqual([line?.text, line?.state], ["new", "saved"]);
  });
});

describe("what leaves one device alone", () => {
  it("leaves it the same before a restart and after it: a board", async () => {
    const { alice, bob, world } = await meet(1421, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.does(
      alice.messenger.sayTool(caucus, {
        kind: "board",
        text: "shall",
        terms: { needs: 1, delegations: [], closed: false },
      }),
    );
    await world.settles();
    const boards = async (): Promise<readonly MessageId[]> =>
      (await bob.does(bob.messenger.table(caucus))).boards.map((one) => one.message);
    assert.deepEqual(await boards(), [message]);
    await bob.does(bob.messenger.forget(caucus, message));
    const before = await boards();
    await bob.restarts();
    assert.deepEqual(await boards(), before);
  });
});
