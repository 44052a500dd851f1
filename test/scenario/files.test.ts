/** Files and photos: who gets them, from whom, through what. */
import assert from "node:assert/strict";
import type { FileView, GroupId, MessageId } from "../../src/types.ts";
import { bytesOf, contentOf, fileOf, stateOf, THUMBNAIL, watch } from "../helpers/simFile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const PHOTO = { type: "image/jpeg", picture: { width: 1600, height: 1200, thumbnail: THUMBNAIL } };

/** Spaces on disk. */
const FILES = 0x19;
const CHUNKS = 0x1a;

const fetches = async (who: SimPerson, caucus: GroupId, message: MessageId): Promise<FileView> =>
  (await who.does(who.messenger.fetchFile(caucus, message))).file!;
/** Sealed chunks that were sent to anybody, so far; all but the last of a file have this length. */
const sentChunks = ({ network }: World): number =>
  network.trace.filter(({ what }) => /^ask \w+ (64016|1016)$/.test(what)).length;
const views = async (who: SimPerson, caucus: GroupId): Promise<FileView[]> =>
  (await who.lines(caucus)).flatMap(({ file }) => file ?? []);

describe("a file", () => {
  it("comes as a picture at once, and whole to whoever asks", async () => {
    const { alice, bob, world } = await meet(701, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const sent = await alice.does(
      alice.messenger.sendFile(caucus, fileOf("draft.jpg", 700_000, { ...PHOTO, text: "page 3" })),
    );
    assert.deepEqual([sent.kind, sent.text, sent.state], ["file", "page 3", "saved"]);
    assert.deepEqual([sent.file?.state, sent.file?.have, sent.file?.keptBy], ["here", 700_000, 1]);
    await world.settles();
    const [seen] = await views(bob, caucus);
    assert.deepEqual(seen, {
      name: "draft.jpg",
      size: 700_000,
      ...PHOTO,
      have: 0,
      state: "away",
      keptBy: 1,
      keepers: [alice.id],
    });
    const told = watch(bob, sent.message);
    assert.equal((await fetches(bob, caucus, sent.message)).state, "coming");
    await world.settles();
    assert.deepEqual(await contentOf(bob, caucus, sent.message), bytesOf("draft.jpg", 700_000));
    assert.deepEqual([told.at(0)?.state, told.at(-1)?.state, told.at(-1)?.have], ["coming", "here", 700_000]);
    // The author hears that one more keeps it.
    assert.equal((await views(alice, caucus))[0]?.keptBy, 2);
    const receipts = await alice.does(alice.messenger.receipts(caucus, sent.message));
    assert.deepEqual(receipts, [{ person: bob.id, name: "bob", reached: true, read: false }]);
    assert.equal(await stateOf(alice, caucus, sent.message), "here");
    await world.audit();
  });

  it("reaches who was away from another than its author, who is gone", async () => {
    const { alice, bob, carol, dora, world } = await meet(702, ["alice", "bob", "carol", "dora"]);
    const caucus = await alice.creates("Caucus", [bob, carol, dora]);
    await world.settles();
    await dora.stops();
    const photo = fileOf("draft.jpg", 900_000, PHOTO);
    const { message } = await alice.does(alice.messenger.sendFile(caucus, photo));
    await world.settles();
    await fetches(bob, caucus, message);
    await world.settles();
    assert.equal(await stateOf(bob, caucus, message), "here");
    await alice.stops();
    await dora.starts();
    await world.settles();
    // The author, and Bob by his own word: Dora heard it from who carried it.
    assert.deepEqual([(await views(dora, caucus))[0]?.state, (await views(dora, caucus))[0]?.keptBy], ["away", 2]);
    await fetches(dora, caucus, message);
    await world.settles();
    assert.deepEqual(await contentOf(dora, caucus, message), bytesOf("draft.jpg", 900_000));
    assert.equal((await views(carol, caucus))[0]?.keptBy, 3);
    await world.audit();
  });

  it("is looked for by members where no neighbour has it, and fetched once somebody says where", async () => {
    const { alice, bob, carol, post, world } = await meet(703, ["alice", "bob", "carol", "post"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    await bob.stops();
    const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("minutes.pdf", 300_000)));
    await world.settles();
    await fetches(carol, caucus, message);
    await world.settles();
    await alice.stops();
    // Carol comes back at another place, and only the post is between her and Bob.
    world.network.unwire("bob", "carol");
    await carol.restarts();
    await bob.starts();
    await world.settles();
    world.network.liars.set("carol", async function* () {});
    assert.equal((await fetches(bob, caucus, message)).state, "coming");
    await world.passes(4_000);
    assert.equal(await stateOf(bob, caucus, message), "waiting");
    world.network.liars.delete("carol");
    await world.settles();
    assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("minutes.pdf", 300_000));
    assert.ok(post.up);
    await world.audit();
  });

  it("goes on after a cut and after a crash, and no chunk comes twice that was on disk", async () => {
    const size = 64_000 * 120;
    const { alice, bob, world } = await meet(704, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("video.mp4", size)));
    await world.settles();
    let told = watch(bob, message);
    const beyond = (chunks: number) => world.clock.until(() => (told.at(-1)?.have ?? 0) >= chunks * 64_000, 60_000);
    await fetches(bob, caucus, message);
    assert.ok(await beyond(10));
    bob.goesOffline();
    await world.passes(30_000);
    assert.equal(await stateOf(bob, caucus, message), "waiting");
    const cut = sentChunks(world);
    bob.comesOnline();
    assert.ok(await beyond(60));
    await bob.restarts({ crash: true });
    const crashed = sentChunks(world);
    told = watch(bob, message);
    const [resumed] = await views(bob, caucus);
    assert.ok(resumed && resumed.have >= 60 * 64_000 && resumed.have < size, `${resumed?.have}`);
    await world.settles();
    assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("video.mp4", size));
    // One was under way at the cut; at the crash, what was not yet written.
    assert.ok(cut >= 10 && crashed > cut, `${cut} ${crashed}`);
    const twice = sentChunks(world) - 120;
    assert.ok(twice >= 0 && twice <= 1 + 8, `${twice}`);
    await world.audit();
  });

  it("stops when told to, keeps what came, and goes on from there", async () => {
    const { alice, bob, world } = await meet(705, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    const size = 64_000 * 40 + 1;
    const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("annex.zip", size)));
    await world.settles();
    const told = watch(bob, message);
    await fetches(bob, caucus, message);
    assert.ok(await world.clock.until(() => (told.at(-1)?.have ?? 0) > 0, 60_000));
    const line = await bob.does(bob.messenger.cancelFile(caucus, message));
    assert.equal(line.file?.state, "away");
    await world.settles();
    const have = (await views(bob, caucus))[0]?.have ?? 0;
    assert.ok(have > 0 && have < size);
    const before = sentChunks(world);
    await assert.rejects(contentOf(bob, caucus, message), { code: "file-not-here" });
    // Words go through while it comes.
    await fetches(bob, caucus, message);
    await alice.says(caucus, "have you got it?");
    assert.ok(await world.clock.until(() => told.at(-1)?.state === "here", 60_000));
    // What was here by then does not come again; of the rest one may come twice, whatever the seed.
    const twice = sentChunks(world) - before - (41 - have / 64_000);
    assert.ok(twice === 0 || twice === 1, `${twice}`);
    assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("annex.zip", size));
    await world.settles();
    await world.audit();
  });

  it("comes from all who have it at once, each bringing other chunks, though one of them says no word", async () => {
    const size = 64_000 * 90 + 5;
    const { alice, bob, carol, dora, world } = await meet(708, ["alice", "bob", "carol", "dora"]);
    const caucus = await alice.creates("Caucus", [bob, carol, dora]);
    await world.settles();
    const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("video.mp4", size)));
    await world.settles();
    for (const one of [bob, carol]) await fetches(one, caucus, message);
    await world.settles();
    const keepers = (await views(dora, caucus))[0]?.keepers ?? [];
    assert.deepEqual([keepers[0], [...keepers].sort()], [alice.id, [alice.id, bob.id, carol.id].sort()]);
    const brought = new Map<string, number>();
    for (const name of ["alice", "bob"])
      world.network.liars.set(name, async function* (_, __, honest) {
        for await (const chunk of honest) {
          if (chunk.length > 60_000) brought.set(name, (brought.get(name) ?? 0) + 1);
          yield chunk;
        }
      });
    world.network.liars.set("carol", async function* () {
      await new Promise(() => undefined);
      yield new Uint8Array(0);
    });
    await fetches(dora, caucus, message);
    await alice.says(caucus, "have you got it?");
    await world.settles();
    assert.deepEqual(await contentOf(dora, caucus, message), bytesOf("video.mp4", size));
    const [from, by] = [brought.get("alice") ?? 0, brought.get("bob") ?? 0];
    assert.ok(from > 10 && by > 10, `${from} ${by}`);
    // Only what was under way where a span was halved comes twice.
    assert.ok(from + by <= 91 + 24, `${from} ${by}`);
    world.network.liars.clear();
    await world.audit();
  });

  it("that is shown once comes to each who gets it, is seen once by each, and is nowhere then", async () => {
    const { alice, bob, carol, world } = await meet(709, ["alice", "bob", "carol"]);
    const caucus = await alice.creates("Caucus", [bob, carol]);
    await world.settles();
    const picture = { width: 1600, height: 1200, thumbnail: "" };
    const photo = fileOf("photo.jpg", 300_000, { type: "image/jpeg", picture, once: true });
    const { message } = await alice.does(alice.messenger.sendFile(caucus, photo));
    await world.settles();
    await assert.rejects(contentOf(alice, caucus, message), { code: "file-once" });
    await assert.rejects(contentOf(bob, caucus, message), { code: "file-not-here" });
    for (const who of [bob, carol]) await fetches(who, caucus, message);
    await world.settles();
    assert.deepEqual([(await views(alice, caucus))[0]?.keptBy, (await views(bob, caucus))[0]?.once], [1, true]);
    assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("photo.jpg", 300_000));
    const gone = async (): Promise<void> => {
      const [seen] = await views(bob, caucus);
      assert.deepEqual([seen?.state, seen?.have], ["viewed", 0]);
      await assert.rejects(contentOf(bob, caucus, message), { code: "file-viewed" });
      await assert.rejects(fetches(bob, caucus, message), { code: "file-viewed" });
      assert.deepEqual([await bob.keeps(FILES), await bob.keeps(CHUNKS)], [0, 0]);
    };
    await gone();
    await bob.restarts({ crash: true });
    await world.settles();
    await gone();
    // Another's is another's.
    assert.deepEqual(await contentOf(carol, caucus, message), bytesOf("photo.jpg", 300_000));
    await world.settles();
    await world.audit();
  });

  it("that is sent with nobody there is saved, and goes out later like any message", async () => {
    const { alice, bob, world } = await meet(706, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    alice.goesOffline();
    await world.passes(20_000);
    const file = fileOf("note.txt", 11, { type: "text/plain", nonce: "ab".repeat(16) });
    const { message, state } = await alice.does(alice.messenger.sendFile(caucus, file));
    assert.equal(state, "saved");
    const again = fileOf("note.txt", 11, { type: "text/plain", nonce: "ab".repeat(16) });
    assert.equal((await alice.does(alice.messenger.sendFile(caucus, again))).message, message);
    await alice.restarts({ crash: true });
    assert.deepEqual(await contentOf(alice, caucus, message), bytesOf("note.txt", 11));
    alice.comesOnline();
    await world.settles();
    await fetches(bob, caucus, message);
    await world.settles();
    assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("note.txt", 11));
    assert.equal((await alice.lines(caucus)).length, 1);
    await world.audit();
  });

  it("is sent whole or not at all, wherever the program dies", async () => {
    const outcomes = { whole: 0, none: 0 };
    for (let writes = 0; writes < 5; writes++)
      for (const landed of [true, false]) {
        const { alice, bob, world } = await meet(710 + writes, ["alice", "bob"]);
        const caucus = await alice.creates("Caucus", [bob]);
        await world.settles();
        const size = 64_000 * 12;
        await alice.crashesDuring({ writes, landed }, (messenger) =>
          messenger.sendFile(caucus, fileOf("annex.zip", size)),
        );
        await alice.starts();
        await world.settles();
        const [line, ...others] = await alice.lines(caucus);
        assert.deepEqual(others, []);
        outcomes[line === undefined ? "none" : "whole"] += 1;
        if (line === undefined) continue;
        assert.equal(line.state, "sent");
        await fetches(bob, caucus, line.message);
        await world.settles();
        assert.deepEqual(await contentOf(bob, caucus, line.message), bytesOf("annex.zip", size));
      }
    assert.ok(outcomes.whole > 1 && outcomes.none > 1, JSON.stringify(outcomes));
  });
});
