/** Messages that do not stay: wherever they are, and whoever was away, they go when they are due. */
import assert from "node:assert/strict";
import { contents } from "../../src/content/message.ts";
import { lineShape } from "../../src/messenger/lines.ts";
import { LASTS, RETAIN } from "../../src/protocol/limits.ts";
import { del, put } from "../../src/store/record.ts";
import type { GroupId, MessageId, MessageView } from "../../src/types.ts";
import { bytesOf, contentOf, fileOf, THUMBNAIL } from "../helpers/simFile.ts";
import { SimHostile } from "../helpers/simHostile.ts";
import { freshDevice, links } from "../helpers/simLinking.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CHUNK = 0x1a;

const viewOf = (who: SimPerson, caucus: GroupId) => who.messenger.caucuses().find((one) => one.caucus === caucus);
/** All that is here of it, whatever kind. */
const all = async (who: SimPerson, caucus: GroupId): Promise<readonly string[]> =>
  (await who.lines(caucus)).map(({ kind, text, file }) => `${kind} ${file?.name ?? text}`);
const lineOf = (who: SimPerson, caucus: GroupId, message: MessageId): Promise<MessageView | undefined> =>
  who.does(who.messenger.message(caucus, message));
const last = async (who: SimPerson, caucus: GroupId, lasts: number, world: World): Promise<void> => {
  await who.does(who.messenger.setPolicy(caucus, { lasts }));
  await world.settles();
};

describe("messages that do not stay", () => {
  it("go from every device at the same moment, with files, reactions, pins and what was unread; what is on record stays", async () => {
    const { alice, bob, carol, world } = await meet(1401, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await alice.says(caucus, "for good");
    await world.settles();
    await last(alice, caucus, 900, world);
    for (const one of [alice, bob, carol]) {
      const view = viewOf(one, caucus);
      assert.equal(view?.lasts, 900);
      assert.deepEqual(
        view?.lastings?.map(({ by, lasts }) => [by, lasts]),
        [[alice.id, 900]],
      );
    }
    await assert.rejects(bob.does(bob.messenger.setPolicy(caucus, { lasts: 0 })), { code: "may-not-change-policy" });
    await assert.rejects(alice.does(alice.messenger.setPolicy(caucus, { lasts: 60 })), { code: "bad-lasts" });

    const { message, sentAt } = await bob.says(caucus, "for a while");
    const photo = fileOf("plan.bin", 150_000, { picture: { width: 4, height: 3, thumbnail: THUMBNAIL }, text: "see" });
    const file = (await bob.does(bob.messenger.sendFile(caucus, photo))).message;
    const kept = await alice.does(alice.messenger.send(caucus, "on record", { onRecord: true }));
    await world.settles();
    await carol.does(carol.messenger.fetchFile(caucus, file));
    await world.passes(5 * MINUTE);
    assert.deepEqual(await contentOf(carol, caucus, file), bytesOf("plan.bin", 150_000));
    // What is said about a message goes when that one does.
    await carol.does(carol.messenger.react(caucus, message, "👍"));
    await carol.does(carol.messenger.pin(caucus, message, true));
    await alice.does(alice.messenger.react(caucus, kept.message, "👌"));
    await world.settles();
    for (const one of [alice, bob, carol]) {
      const line = await lineOf(one, caucus, message);
      assert.ok(line?.goesAt && Math.abs(line.goesAt - sentAt - 15 * MINUTE) < 5000, `${line?.goesAt}`);
      assert.equal((await lineOf(one, caucus, kept.message))?.goesAt, undefined);
    }
    assert.ok((await carol.keeps(CHUNK)) > 0);
    const erased: string[] = [];
    carol.messenger.on("erased", (one) => erased.push(one.message));
    assert.equal(viewOf(carol, caucus)?.unread, 4);
    await world.passes(8 * MINUTE);
    for (const one of [alice, bob, carol]) {
      assert.deepEqual((await all(one, caucus)).toSorted(), ["reaction 👌", "text for good", "text on record"]);
      assert.deepEqual(await one.does(one.messenger.pins(caucus)), []);
      assert.equal((await one.does(one.messenger.search("while"))).lines.length, 0);
      assert.equal(viewOf(one, caucus)?.last?.text, "on record");
      assert.equal(await lineOf(one, caucus, message), undefined);
      assert.equal(await one.keeps(CHUNK), 0, `${one.name} keeps a chunk`);
    }
    assert.equal(viewOf(carol, caucus)?.unread, 2);
    assert.equal(erased.length, 4);
    await assert.rejects(carol.does(carol.messenger.receipts(caucus, message)), { code: "unknown-message" });
    await assert.rejects(carol.does(carol.messenger.fetchFile(caucus, file)), { code: "unknown-message" });

    await last(alice, caucus, 0, world);
    await bob.says(caucus, "for good again");
    await world.passes(16 * MINUTE);
    for (const one of [alice, bob, carol]) {
      assert.ok((await one.reads(caucus)).includes("for good again"));
      assert.equal(
        (await one.lines(caucus)).filter(({ missing }) => missing > 0).length,
        0,
        "nothing shows as missing",
      );
    }
  });

  it("are gone before anything is shown where a device was off meanwhile, and catch-up brings none back", async () => {
    const { alice, bob, carol, dave, world } = await meet(1402, ["alice", "bob", "carol", "dave"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await last(alice, caucus, 600, world);
    world.splits([alice, bob, dave], [carol]);
    await alice.says(caucus, "among two");
    await carol.says(caucus, "by herself");
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["among two"]);
    await bob.stops();
    await world.passes(12 * MINUTE);
    await bob.starts();
    assert.deepEqual(await bob.lines(caucus), []);
    assert.equal(viewOf(bob, caucus)?.last, undefined);
    assert.equal(viewOf(bob, caucus)?.unread, 0);
    world.heals();
    await world.passes(MINUTE);
    // Who has not had it sees it for as long as anything is seen; who had it does not get it back.
    assert.deepEqual(await carol.reads(caucus), ["among two"]);
    assert.deepEqual(await bob.reads(caucus), ["by herself"]);
    await dave.joins(await carol.invites(caucus, { history: "all" }));
    await world.passes(MINUTE);
    assert.deepEqual(await carol.reads(caucus), ["among two"]);
    assert.deepEqual(await dave.reads(caucus), [], "nobody is given what is due");
    await world.passes(10 * MINUTE);
    for (const one of [alice, bob, carol]) assert.deepEqual(await one.lines(caucus), []);
    await carol.says(caucus, "welcome");
    await world.settles();
    assert.deepEqual(await dave.reads(caucus), ["welcome"]);
    for (const one of [alice, bob, carol, dave])
      for (const line of await one.lines(caucus)) assert.equal(line.missing, 0);
    await world.passes(11 * MINUTE);
    await bob.restarts({ crash: true });
    assert.deepEqual(await bob.lines(caucus), []);
    // Nothing of them is left when nothing can bring them back.
    const everybody = [alice, bob, carol, dave];
    for (const one of everybody) await one.stops();
    await world.passes(RETAIN + HOUR);
    for (const one of everybody) await one.starts();
    await world.settles();
    assert.equal(await bob.keeps(0x15), 0);
    assert.ok((await bob.keeps(0x16)) <= 2, "marks stay only of what the next message names");
    await alice.says(caucus, "days later");
    await world.settles();
    assert.deepEqual(
      (await bob.lines(caucus)).map(({ text, missing }) => [text, missing]),
      [["days later", 0]],
    );
  });

  it("last as the caucus had agreed when they were sealed, and go unsent where nobody took them in time", async () => {
    const { alice, bob, world } = await meet(1403, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    alice.goesOffline();
    await world.passes(MINUTE);
    await alice.says(caucus, "typed before");
    await alice.does(alice.messenger.setPolicy(caucus, { lasts: 600 }));
    await world.passes(15 * MINUTE);
    assert.deepEqual(await alice.reads(caucus), ["typed before"], "what is not sealed is not due");
    alice.comesOnline();
    await world.settles();
    const [line] = await bob.lines(caucus);
    assert.equal(line?.text, "typed before");
    assert.ok(line.goesAt);
    await world.passes(10 * MINUTE);
    for (const one of [alice, bob]) assert.deepEqual(await one.lines(caucus), []);
    // What is sealed and not taken is due as well, and is not sent any more.
    const died = await alice.crashesDuring({ writes: 1, landed: true }, (messenger) =>
      messenger.send(caucus, "to nobody"),
    );
    assert.ok(died);
    alice.goesOffline();
    await alice.starts();
    const waits = await alice.lines(caucus);
    assert.deepEqual(
      waits.map(({ text, state, goesAt }) => [text, state, goesAt !== undefined]),
      [["to nobody", "saved", true]],
    );
    await world.passes(11 * MINUTE);
    assert.deepEqual(await alice.lines(caucus), []);
    assert.equal(await alice.keeps(0x17), 0, "nothing waits");
    alice.comesOnline();
    await world.settles();
    assert.deepEqual(await bob.lines(caucus), []);
  });

  it("are off the disk of who was removed before anybody took them and came back", async () => {
    const { alice, bob, world } = await meet(1409, ["alice", "bob"]);
    const caucus = await bob.creates("Caucus", [alice]);
    await world.settles();
    await last(bob, caucus, 600, world);
    await alice.crashesDuring({ writes: 1, landed: true }, (messenger) => messenger.send(caucus, "to nobody"));
    alice.goesOffline();
    await alice.starts();
    assert.deepEqual(await alice.reads(caucus), ["to nobody"]);
    await bob.removes(caucus, alice);
    await world.settles();
    alice.comesOnline();
    await world.settles();
    await alice.joins(await bob.invites(caucus));
    assert.equal(await alice.keeps(0x17), 1);
    await world.passes(11 * MINUTE);
    assert.deepEqual(await alice.lines(caucus), []);
    assert.equal(await alice.keeps(0x17), 0, "nothing waits");
  });

  it("wait to be read no more where they were a picture that was shown once", async () => {
    const { alice, bob, world } = await meet(1410, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await last(alice, caucus, 600, world);
    const picture = { width: 4, height: 3, thumbnail: "" };
    const photo = fileOf("photo.jpg", 100_000, { type: "image/jpeg", picture, once: true });
    const { message } = await alice.does(alice.messenger.sendFile(caucus, photo));
    await world.settles();
    await bob.does(bob.messenger.fetchFile(caucus, message));
    await world.passes(MINUTE);
    assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("photo.jpg", 100_000));
    assert.equal(viewOf(bob, caucus)?.unread, 1);
    await world.passes(11 * MINUTE);
    assert.deepEqual(await bob.lines(caucus), []);
    assert.equal(viewOf(bob, caucus)?.unread, 0);
  });

  it("go from all devices of a person, also from one that is linked or restored from a file later", async () => {
    const { alice, bob, world } = await meet(1404, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    await last(alice, caucus, 1800, world);
    await bob.says(caucus, "for a while");
    await world.settles();
    const phone = await freshDevice(world, "phone");
    await links(world, alice, phone, { history: 100 });
    await world.settles();
    assert.deepEqual(await phone.reads(caucus), ["for a while"]);
    const [goes] = (await alice.lines(caucus)).map(({ goesAt }) => goesAt);
    assert.deepEqual(
      (await phone.lines(caucus)).map(({ goesAt }) => goesAt),
      [goes],
    );
    const file = await bob.backsUp("a passphrase");
    await world.passes(30 * MINUTE);
    for (const one of [alice, phone, bob]) assert.deepEqual(await one.lines(caucus), []);
    await bob.stops();
    const again = world.person("bob again");
    await again.takesOver(file, "a passphrase");
    await again.starts();
    assert.deepEqual(await again.lines(caucus), []);
    assert.equal(await again.keeps(0x15), 0);
  });

  it("neither go as they come nor stay for ever where clocks are wrong", async () => {
    const skew = { bob: 3 * HOUR, carol: -3 * HOUR };
    const { alice, bob, carol, world } = await meet(1405, ["alice", "bob", "carol"], { skew });
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await last(alice, caucus, 900, world);
    for (const one of [alice, bob, carol]) {
      await one.says(caucus, `by ${one.name}`);
      await world.passes(MINUTE);
    }
    for (const one of [alice, bob, carol])
      assert.deepEqual((await one.reads(caucus)).toSorted(), ["by alice", "by bob", "by carol"]);
    // The one that is ahead sees others' for five minutes, and nobody sees any for longer than it lasts.
    await world.passes(6 * MINUTE);
    assert.deepEqual(await bob.reads(caucus), ["by bob"]);
    await world.passes(15 * MINUTE);
    for (const one of [alice, bob, carol]) assert.deepEqual(await one.lines(caucus), [], one.name);

    // As if it had come years ahead of now, and the clock had been set back since.
    await alice.says(caucus, "in years");
    const scope = { space: "fade", group: caucus } as const;
    await alice.sleepsChanged(async (store) => {
      for await (const { key } of store.range(scope))
        await store.commit([del(key), put({ ...key, time: key.time + 365 * 24 * HOUR }, null)]);
    });
    await alice.starts();
    for await (const { key } of (await alice.copiesDisk()).range(scope))
      assert.ok(key.time <= world.clock.now() + 1000 * LASTS.most);
  });
});

describe("words that were changed or taken back and do not stay", () => {
  it("go with all that they were, and nothing that comes later about them is kept", async () => {
    const { alice, bob, carol, world } = await meet(1407, ["alice", "bob", "carol"]);
    const mallory = await SimHostile.comes(world, "mallory");
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await alice.does(alice.messenger.add(caucus, mallory.id));
    await world.settles();
    await last(alice, caucus, 600, world);
    const { message } = await alice.says(caucus, "shall");
    const slip = await alice.says(caucus, "slip");
    const theirs = await mallory.utters(caucus, { kind: "text", text: "by mallory" });
    await world.settles();
    await alice.does(alice.messenger.revise(caucus, message, "should"));
    await alice.does(alice.messenger.withdraw(caucus, slip.message));
    // New words for what does not stay, that would stay themselves: nobody sees them without it, and nobody keeps them.
    await mallory.places(caucus, {
      content: contents.encode({ kind: "revise", to: theirs, text: "again", mentions: [] }),
    });
    await world.settles();
    for (const one of [alice, bob, carol])
      assert.deepEqual((await one.reads(caucus)).toSorted(), ["again", "should"], one.name);
    await carol.stops();
    await world.passes(11 * MINUTE);
    for (const one of [alice, bob]) {
      assert.deepEqual(await one.lines(caucus), []);
      assert.equal(await one.keeps(0x20), 0, "changes of nothing");
      await assert.rejects(one.does(one.messenger.wordings(caucus, message)), { code: "unknown-message" });
    }
    await mallory.places(caucus, {
      content: contents.encode({ kind: "revise", to: theirs, text: "late", mentions: [] }),
    });
    await world.settles();
    await carol.starts();
    await world.passes(11 * MINUTE);
    for (const one of [alice, bob, carol]) {
      assert.deepEqual(await one.lines(caucus), []);
      assert.equal(await one.keeps(0x20), 0);
      const disk = await one.copiesDisk();
      for await (const { value } of disk.range({ space: "message", group: caucus })) {
        const said = contents.decode(lineShape.from(value)!.content);
        assert.equal(said?.kind, "withdraw", "nothing is left but that there was something");
      }
    }
  });
});

describe("words that go before what they changed", () => {
  it("leave what was said before them, on the disk and to who looks at it", async () => {
    const { alice, bob, world } = await meet(1408, ["alice", "bob"]);
    const mallory = await SimHostile.comes(world, "mallory");
    const caucus = await alice.creates("Caucus", [bob]);
    await alice.does(alice.messenger.add(caucus, mallory.id));
    await world.settles();
    const to = await mallory.utters(caucus, { kind: "text", text: "one" });
    await mallory.utters(caucus, { kind: "revise", to, text: "two", mentions: [] });
    const content = contents.encode({ kind: "revise", to, text: "three", mentions: [] });
    await mallory.places(caucus, { content, lasts: 300 });
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["three"]);
    const told: string[] = [];
    bob.messenger.on("receipt", ({ text }) => told.push(text));
    await world.passes(6 * MINUTE);
    assert.equal(told.at(-1), "two");
    for (const one of [alice, bob]) {
      assert.deepEqual(await one.reads(caucus), ["two"]);
      assert.equal(viewOf(one, caucus)?.last?.text, "two");
      await one.restarts();
      assert.deepEqual(await one.reads(caucus), ["two"]);
    }
  });
});

describe("a member who lies about how long", () => {
  it("is not heard with a second or for ever, gains no time by a date ahead, and is dropped by all alike", async () => {
    const { alice, bob, world } = await meet(1406, ["alice", "bob"]);
    const mallory = await SimHostile.comes(world, "mallory");
    const caucus = await alice.creates("Caucus", [bob]);
    await alice.does(alice.messenger.add(caucus, mallory.id));
    await world.settles();
    const now = world.clock.now();
    const says = (
      text: string,
      how: { readonly lasts?: number; readonly time?: number; readonly nonce?: Uint8Array },
    ) => mallory.places(caucus, { content: contents.encode({ kind: "text", text }), ...how });
    await says("a second", { lasts: 1 });
    await says("for ever", { lasts: 2 ** 40 });
    await says("ahead", { lasts: 600, time: now + 20 * HOUR });
    // Once for good and once for ten minutes: whoever has both goes by the ten minutes.
    const nonce = new Uint8Array(16).fill(7);
    await says("both", { nonce, time: now });
    await says("both", { nonce, time: now, lasts: 600 });
    await world.settles();
    for (const one of [alice, bob]) assert.deepEqual((await one.reads(caucus)).toSorted(), ["ahead", "both"]);
    await world.passes(11 * MINUTE);
    for (const one of [alice, bob]) assert.deepEqual(await one.lines(caucus), []);
    // The same again under a chain of their own brings nothing back.
    await says("both", { nonce, time: now });
    await world.settles();
    for (const one of [alice, bob]) assert.deepEqual(await one.lines(caucus), []);
  });
});
