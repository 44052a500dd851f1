/** Members who cheat where people compare in person. */
import assert from "node:assert/strict";
import { hex } from "../../src/protocol/codec.ts";
import type { RoomWord } from "../../src/protocol/control.ts";
import { pairCommit, roomCommit } from "../../src/protocol/compare.ts";
import { listHash } from "../../src/protocol/devices.ts";
import { digestOf } from "../../src/messenger/roomRecord.ts";
import type { ComparisonView, GroupId, RoomCodeView } from "../../src/types.ts";
import { seeded } from "../protocol/room.ts";
import { SimHostile } from "../helpers/simHostile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const far = Date.UTC(2026, 11, 24);
const random = seeded("mallory");

/** Alice, Bob and Mallory in one caucus. */
const scene = async (seed: number) => {
  const { alice, bob, world } = await meet(seed, ["alice", "bob"]);
  const mallory = await SimHostile.comes(world, "mallory");
  const caucus = await alice.does(alice.messenger.createCaucus("Caucus", { with: [bob.id, mallory.id] }));
  await world.settles();
  const says = (round: string, say: RoomWord): Promise<void> => mallory.says(caucus, { kind: "room", round, say });
  return { alice, bob, mallory, world, caucus, says };
};
const roomOf = (by: SimPerson): RoomCodeView | undefined => by.messenger.roomCodes()[0];
const endings = (by: SimPerson): { room: RoomCodeView[]; pair: ComparisonView[] } => {
  const all = { room: [] as RoomCodeView[], pair: [] as ComparisonView[] };
  by.messenger.on("roomCode", (view) => void (view.state === "ended" && all.room.push(view)));
  by.messenger.on("comparison", (view) => void (view.state === "ended" && all.pair.push(view)));
  return all;
};
/** Mallory takes part in a round, and remembers what she committed to. */
const commits = async ({ mallory, caucus }: { mallory: SimHostile; caucus: GroupId }, by: SimPerson) => {
  const round = mallory.session.rounds.get(caucus);
  assert.ok(round, `${by.name} began`);
  const opened = { nonce: random(32), digest: digestOf(mallory.session.groups.get(caucus)!.state) };
  const commit = roomCommit(round, mallory.member(caucus), opened);
  return {
    round: round.round,
    opened,
    word: { kind: "commit", startedBy: round.startedBy, commit, until: far } as const,
  };
};

describe("a room code with a member who cheats (16: Ghost device)", () => {
  const begins = async (by: SimPerson, caucus: GroupId, world: World): Promise<void> => {
    await by.does(by.messenger.roomCode(caucus));
    await world.settles(5_000);
  };

  it("ends, broken, when somebody opens what they did not commit to", async () => {
    const { alice, bob, mallory, world, caucus, says } = await scene(961);
    const [atAlice, atBob] = [endings(alice), endings(bob)];
    await begins(alice, caucus, world);
    await begins(bob, caucus, world);
    const { round, opened, word } = await commits({ mallory, caucus }, alice);
    await says(round, word);
    await world.settles(10_000);
    assert.deepEqual([roomOf(alice)?.opened.length, roomOf(bob)?.opened.length], [2, 2]);
    // She has seen all nonces, and would like another of her own now.
    await says(round, { kind: "open", nonce: random(32), digest: opened.digest });
    for (const { room } of [atAlice, atBob])
      assert.deepEqual(
        room.map(({ reason }) => reason),
        ["broken"],
      );
    assert.deepEqual([roomOf(alice), roomOf(bob)], [undefined, undefined]);
  });

  it("opens nothing before it is closed, to whoever did not begin it, nor without all that were named", async () => {
    const { alice, bob, mallory, world, caucus, says } = await scene(962);
    await begins(alice, caucus, world);
    const { round, opened, word } = await commits({ mallory, caucus }, alice);
    const members = [mallory.memberOf(caucus, alice.id), mallory.memberOf(caucus, bob.id)];
    await says(round, { kind: "open", ...opened });
    await says(round, { kind: "close", members });
    assert.deepEqual([roomOf(alice)?.state, roomOf(bob)?.state], ["gathering", "asked"]);
    // A second commitment does not take the place of the first.
    await says(round, word);
    await says(round, { ...word, commit: random(32) });
    assert.equal(mallory.session.rounds.get(caucus)?.opened.size, 0);
    await begins(bob, caucus, world);
    await world.settles(10_000);
    assert.deepEqual([roomOf(alice)?.state, roomOf(bob)?.state], ["compare", "compare"]);
    assert.deepEqual(roomOf(alice)?.emoji, roomOf(bob)?.emoji);
  });

  it("of whoever begins and names others to one than to the other shows other emoji, or none", async () => {
    const { alice, bob, mallory, world, caucus, says } = await scene(963);
    const round = hex(random(16));
    const opened = { nonce: random(32), digest: digestOf(mallory.session.groups.get(caucus)!.state) };
    const about = { group: caucus, round };
    const own = mallory.member(caucus);
    const until = far;
    await says(round, { kind: "commit", startedBy: own, commit: roomCommit(about, own, opened), until });
    await begins(alice, caucus, world);
    await begins(bob, caucus, world);
    const [a, b] = [mallory.memberOf(caucus, alice.id), mallory.memberOf(caucus, bob.id)];
    // Closed for two, and then, once Alice has opened, for all: only the first counts, and Bob sees that he is left out.
    await says(round, { kind: "close", members: [own, a] });
    await says(round, { kind: "close", members: [own, a, b] });
    await says(round, { kind: "open", ...opened });
    await world.settles(10_000);
    assert.equal(roomOf(alice)?.state, "compare");
    assert.deepEqual(roomOf(alice)?.committed.toSorted(), [alice.id, mallory.id].toSorted());
    assert.equal(roomOf(bob), undefined);
  });

  it("is not opened by those who are named beside somebody who has committed to nothing", async () => {
    const { alice, bob, mallory, world, caucus, says } = await scene(965);
    const [round, own] = [hex(random(16)), mallory.member(caucus)];
    await says(round, { kind: "commit", startedBy: own, commit: random(32), until: far });
    await begins(alice, caucus, world);
    await says(round, {
      kind: "close",
      members: [own, mallory.memberOf(caucus, alice.id), mallory.memberOf(caucus, bob.id)],
    });
    await world.settles(10_000);
    assert.deepEqual([roomOf(alice)?.state, roomOf(alice)?.opened], ["opening", []]);
    assert.equal(mallory.session.rounds.get(caucus)?.opened.size, 0);
  });

  it("is named by whom it differs when somebody commits to another list than this device shows", async () => {
    const { alice, bob, mallory, world, caucus, says } = await scene(964);
    await begins(alice, caucus, world);
    await begins(bob, caucus, world);
    const { round, word } = await commits({ mallory, caucus }, alice);
    const ghost = { nonce: random(32), digest: random(32) };
    await says(round, { ...word, commit: roomCommit({ group: caucus, round }, mallory.member(caucus), ghost) });
    await world.settles(5_000);
    await says(round, { kind: "open", ...ghost });
    await world.settles(5_000);
    for (const one of [alice, bob]) assert.deepEqual(roomOf(one)?.differs, [mallory.id]);
    assert.deepEqual(roomOf(alice)?.emoji, roomOf(bob)?.emoji);
  });
});

describe("emoji with somebody who cheats (19: MITM/Sybil names)", () => {
  it("do not come when they open what they did not commit to, and nothing is opened before it is their turn", async () => {
    const { alice, mallory, caucus, world } = await scene(971);
    const ended = endings(alice);
    const [session, nonce] = [hex(random(16)), random(32)];
    const { self } = mallory.session;
    const commit = pairCommit(
      {
        group: caucus,
        session,
        starter: { person: mallory.id, list: listHash(self.devices) },
        other: { person: alice.id },
      },
      nonce,
    );
    const say = { kind: "commit", commit, list: self.devices, until: far } as const;
    await mallory.tells(caucus, alice.id, { kind: "compare", session, say });
    assert.equal(alice.messenger.comparisons()[0]?.state, "asked");
    // Before Alice has agreed, an opening counts nothing.
    await mallory.tells(caucus, alice.id, { kind: "compare", session, say: { kind: "reveal", nonce } });
    assert.equal(alice.messenger.comparisons()[0]?.state, "asked");
    await alice.does(alice.messenger.compare(mallory.id));
    await world.settles(5_000);
    await mallory.tells(caucus, alice.id, { kind: "compare", session, say: { kind: "reveal", nonce: random(32) } });
    assert.deepEqual(
      ended.pair.map(({ reason }) => reason),
      ["broken"],
    );
    assert.deepEqual(alice.messenger.comparisons(), []);
    await assert.rejects(alice.messenger.endComparison(mallory.id, "match"), { code: "no-comparison" });
  });

  it("do not come for two between whom somebody passes on all that they say", async () => {
    const { alice, bob, world } = await meet(973, ["alice", "bob"]);
    // To Alice she is Bob, to Bob she is Alice.
    const [asBob, asAlice] = [await SimHostile.comes(world, "bob "), await SimHostile.comes(world, "alice ")];
    const withAlice = await alice.does(alice.messenger.direct(asBob.id));
    const withBob = await bob.does(bob.messenger.direct(asAlice.id));
    await world.settles();
    const ended = endings(bob);
    await alice.does(alice.messenger.compare(asBob.id));
    await world.settles(5_000);
    const [asked] = asBob.heard;
    assert.ok(asked?.say.kind === "commit");
    const session = hex(random(16));
    const list = asAlice.session.self.devices;
    const say = { ...asked.say, list };
    await asAlice.tells(withBob, bob.id, { kind: "compare", session, say });
    await bob.does(bob.messenger.compare(asAlice.id));
    await world.settles(5_000);
    const [answered] = asAlice.heard;
    assert.ok(answered?.say.kind === "nonce");
    await asBob.tells(withAlice, alice.id, {
      kind: "compare",
      session: asked.session,
      say: { ...answered.say, list: asBob.session.self.devices },
    });
    await world.settles(5_000);
    const opened = asBob.heard.at(-1);
    assert.ok(opened?.say.kind === "reveal");
    await asAlice.tells(withBob, bob.id, { kind: "compare", session, say: opened.say });
    assert.equal(alice.messenger.comparisons()[0]?.emoji?.length, 7);
    assert.deepEqual([bob.messenger.comparisons(), ended.pair.map(({ reason }) => reason)], [[], ["broken"]]);
  });

  it("are asked for a few times at most, and only with a device list of one's own", async () => {
    const { alice, bob, mallory, caucus } = await scene(972);
    const asked: ComparisonView[] = [];
    alice.messenger.on("comparison", (view) => void (view.state === "asked" && asked.push(view)));
    const ask = (list: Uint8Array): Promise<void> =>
      mallory.tells(caucus, alice.id, {
        kind: "compare",
        session: hex(random(16)),
        say: { kind: "commit", commit: random(32), list, until: far },
      });
    const bobs = mallory.session.people.get(bob.id)?.card.list;
    assert.ok(bobs);
    for (const list of [bobs, random(200)]) await ask(list);
    assert.equal(asked.length, 0);
    for (let i = 0; i < 20; i++) await ask(mallory.session.self.devices);
    assert.ok(asked.length >= 6 && asked.length <= 8, `${asked.length}`);
    assert.equal(alice.messenger.comparisons().length, 1);
    await alice.does(alice.messenger.block(mallory.id));
    await alice.does(alice.messenger.endComparison(mallory.id, "cancel"));
    await ask(mallory.session.self.devices);
    assert.deepEqual(alice.messenger.comparisons(), []);
  });
});

describe("vouches of somebody who cheats", () => {
  it("count nothing for themselves, for who is not there, from the future, nor against a guest's mark", async () => {
    const { alice, bob, mallory, caucus, world } = await scene(981);
    const gast = world.person("gast", { guest: true });
    const dee = world.person("dee");
    for (const one of [gast, dee]) await one.starts();
    await world.introduces();
    await alice.does(alice.messenger.add(caucus, gast.id));
    await world.settles();
    const now = world.clock.now();
    const device = (person: SimPerson) => mallory.session.people.get(person.id)!.card.device;
    const own = hex(mallory.session.self.device.public) as ReturnType<typeof device>;
    await mallory.says(caucus, {
      kind: "vouch",
      vouches: [
        { person: mallory.id, devices: [own], at: now },
        { person: dee.id, devices: [device(dee)], at: now },
        { person: bob.id, devices: [device(bob)], at: now + 30 * 3_600_000 },
        { person: gast.id, devices: [device(gast)], at: now },
        { person: alice.id, devices: [device(bob)], at: now },
      ],
    });
    const people = new Map(alice.messenger.people().map((one) => [one.person, one]));
    assert.deepEqual(
      [mallory.id, dee.id, bob.id, gast.id].map((person) => people.get(person)?.app),
      ["unchecked", "unchecked", "unchecked", "guest"],
    );
    const members = alice.messenger.caucuses().find((one) => one.caucus === caucus)?.members;
    assert.deepEqual(members?.find(({ person }) => person === alice.id)?.app, "unchecked");
    assert.deepEqual(people.get(gast.id)?.vouchedBy, []);
    // An honest word of hers does count, and is hers by name.
    await mallory.says(caucus, { kind: "vouch", vouches: [{ person: bob.id, devices: [device(bob)], at: now + 1 }] });
    assert.deepEqual(alice.messenger.people().find(({ person }) => person === bob.id)?.vouchedBy, [mallory.id]);
  });
});
