/** Mail that others carry: between networks that never touch, on little room, in a venue of many parts, and by file. */
import assert from "node:assert/strict";
import { readCode } from "../../src/messenger/inviteCode.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import { writeVenueCode, type VenueDescriptor } from "../../src/protocol/venue.ts";
import { meet, World } from "../helpers/simWorld.ts";

const KEY = new Uint8Array(16).fill(7);
const geneva: VenueDescriptor = { name: "geneva", buckets: 8, key: KEY, hubs: [] };

async function* pieces(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

describe("carrying", () => {
  it("somebody who walks between two networks brings what was said in each to the other", async () => {
    const { alice, bob, walker, world } = await meet(701, ["alice", "bob", "walker"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    world.splits([alice], [bob], [walker]);
    await alice.says(caucus, "from the first network");
    await world.settles();
    world.splits([alice, walker], [bob]);
    await world.settles();
    // Two days on foot: within the life of an envelope.
    world.splits([alice], [walker], [bob]);
    await world.passes(48 * HOUR);
    world.splits([alice], [walker, bob]);
    await world.settles();
    assert.deepEqual(await bob.reads(caucus), ["from the first network"]);
    await bob.says(caucus, "from the second");
    await world.settles();
    world.splits([alice, walker], [bob]);
    await world.settles();
    assert.deepEqual(await alice.reads(caucus), ["from the first network", "from the second"]);
    await world.audit();
  });

  it("a device with little room reads all that is for it, keeps what fits, and fetches nothing twice", async () => {
    const room = 60 * 1024;
    const { alice, bob, carol, dave, world } = await meet(702, ["alice", "bob", "carol", "dave"], {
      carry: { bob: room },
    });
    const [ours, theirs] = [await alice.creates("Ours", [bob]), await carol.creates("Theirs", [dave])];
    await world.settles();
    bob.goesOffline();
    for (let turn = 0; turn < 10; turn++) {
      await alice.says(ours, `for bob ${turn}`);
      for (let i = 0; i < 8; i++) await carol.says(theirs, `for dave ${turn} ${i}`);
      await world.passes(20_000);
    }
    bob.comesOnline();
    await world.settles();
    assert.equal((await bob.reads(ours)).length, 10);
    const { envelopes, bytes } = await bob.does(bob.messenger.mail());
    assert.ok(bytes + envelopes * 768 <= room, `${envelopes} envelopes`);
    assert.ok((await alice.does(alice.messenger.mail())).envelopes > envelopes * 2, "there was more than fits");
    const link = world.network.at("bob");
    const before = link?.counts.accept ?? 0;
    await world.settles();
    const after = link?.counts.accept ?? 0;
    // Acknowledgements go on; all of the mail would be thousands.
    assert.ok(after - before < 150, `${after - before} frames taken in when all was known`);
    await world.audit();
  });

  it("a venue in eight parts, from the first word to a newcomer with a code", async () => {
    const { alice, bob, world } = await meet(703, ["alice", "bob"], { venue: geneva });
    const all = [];
    for (let i = 0; i < 6; i++) all.push(await alice.creates(`Caucus ${i}`, [bob]));
    await world.settles();
    for (const [at, caucus] of all.entries()) {
      await alice.says(caucus, `here ${at}`);
      await world.passes(2_000);
      await bob.says(caucus, `there ${at}`);
    }
    await world.settles();
    const topics = new Set(world.network.published.map(({ topic }) => topic));
    assert.ok(topics.size > 3, "several parts of the venue are in use");
    for (const [at, caucus] of all.entries()) assert.deepEqual(await bob.reads(caucus), [`here ${at}`, `there ${at}`]);
    const code = await alice.invites(all[0]!);
    const carol = world.person("carol", { venue: { ...geneva, key: undefined } as never });
    await carol.starts();
    assert.equal(carol.messenger.venue().keyed, false);
    await carol.joins(code);
    assert.deepEqual(carol.members(all[0]!), ["alice", "bob", "carol"]);
    assert.equal(carol.messenger.venue().keyed, true, "whom a member invites, a member vouches for");
    await world.settles();
    await world.audit();
  });

  it("says so where the same name means another venue, and tells nobody the key who only listens", async () => {
    const { alice, world } = await meet(704, ["alice"], { venue: geneva });
    const caucus = await alice.creates("Caucus");
    const code = await alice.invites(caucus);
    const bob = world.person("bob", { venue: { name: "geneva", buckets: 1, hubs: [] } });
    await bob.starts();
    await assert.rejects(bob.joins(code), { code: "venue-differs" });
    await assert.rejects(bob.does(bob.messenger.joinVenue(writeVenueCode(geneva))), { code: "venue-differs" });
    const elsewhere = writeVenueCode({ ...geneva, name: "new york" });
    await assert.rejects(alice.does(alice.messenger.joinVenue(elsewhere)), { code: "other-venue" });
    const carol = world.person("carol", { venue: { name: "geneva", buckets: 8, hubs: [] } });
    await carol.starts();
    await alice.creates("Open to all", [], { open: true });
    await world.settles();
    const [listed] = carol.messenger.listed();
    assert.equal(readCode(listed?.code ?? "").venueKey, undefined, "everybody in the venue reads this one");
    assert.deepEqual(readCode(code).venueKey, KEY);
    await carol.does(carol.messenger.joinVenue(writeVenueCode(geneva)));
    assert.equal(carol.messenger.venue().keyed, true);
  });

  it("by file, to somebody who is on no network, once, and with every envelope accounted for", async () => {
    const { alice, bob, world } = await meet(705, ["alice", "bob"]);
    const caucus = await alice.creates("Caucus", [bob]);
    await world.settles();
    bob.goesOffline();
    await alice.says(caucus, "by stick");
    await world.settles();
    const file = await alice.does(Array.fromAsync(alice.messenger.exportMail()));
    const whole = Buffer.concat(file);
    for (const word of ["alice", "Caucus", "by stick"]) assert.ok(!whole.includes(word), word);
    for (const id of [caucus, alice.id, bob.id]) assert.ok(!whole.includes(Buffer.from(id, "hex").subarray(0, 8)));
    const { envelopes } = await alice.does(alice.messenger.mail());
    const first = await bob.does(bob.messenger.importMail(pieces(file)));
    assert.ok(first.new > 0 && first.new + first.known === envelopes && first.whole, JSON.stringify(first));
    assert.deepEqual(await bob.reads(caucus), ["by stick"]);
    const again = await bob.does(bob.messenger.importMail(pieces(file)));
    assert.deepEqual(again, { new: 0, known: envelopes, expired: 0, refused: 0, elsewhere: 0, whole: true });
    const recent = await alice.does(Array.fromAsync(alice.messenger.exportMail(world.clock.now() + 2 * HOUR)));
    assert.ok(Buffer.concat(recent).length < 30, "nothing was sealed since then");
    await alice.stops();
    await world.passes(80 * HOUR);
    const late = await bob.does(bob.messenger.importMail(pieces(file)));
    assert.deepEqual([late.new, late.expired], [0, envelopes]);
    const stranger = new World(706).person("erin", { venue: geneva });
    await stranger.starts();
    assert.equal((await stranger.does(stranger.messenger.importMail(pieces(file)))).elsewhere, envelopes);
  });
});
