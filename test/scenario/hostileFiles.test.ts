/** Files among people who lie, replay and ask for what is not theirs. */
import assert from "node:assert/strict";
import { requests } from "../../src/protocol/request.ts";
import type { Liar } from "../helpers/simNetwork.ts";
import { bytesOf, contentOf, fileOf, stateOf } from "../helpers/simFile.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { meet, type World } from "../helpers/simWorld.ts";

const never = new Promise<never>(() => undefined);

/** Holders that know the file, and hand out something else. */
const liars: Readonly<Record<string, Liar>> = {
  "other chunks": async function* (_, __, honest) {
    for await (const message of honest) yield message.map((byte, at) => (at === 7 ? byte ^ 1 : byte));
  },
  "a good beginning and then another file": async function* (_, __, honest) {
    let count = 0;
    for await (const message of honest) yield (count += 1) > 2 ? new Uint8Array(message.length) : message;
  },
  "chunks in another order": async function* (_, __, honest) {
    const all = await Array.fromAsync(honest);
    yield* all.toReversed();
  },
  "what is too short": async function* (_, __, honest) {
    for await (const message of honest) yield message.subarray(0, message.length >> 1);
  },
  "the same for ever": async function* (_, __, honest) {
    const [first = new Uint8Array(100)] = await Array.fromAsync(honest);
    for (;;) yield first;
  },
  "nothings for ever": async function* () {
    for (;;) yield new Uint8Array(0);
  },
  "as much as a message holds, for ever": async function* () {
    for (;;) yield new Uint8Array(66_000);
  },
  "no word": async function* () {
    await never;
    yield new Uint8Array(0);
  },
  "an error": async function* () {
    yield Uint8Array.of(1);
    throw new Error("no");
  },
};

/** What somebody gets who asks so at another's. */
const gets = async (world: World, who: SimPerson, whom: SimPerson, request: Uint8Array): Promise<Uint8Array[]> => {
  const link = world.network.at(who.name);
  assert.ok(link);
  return who.does(Array.fromAsync(link.ask({ addresses: [`/sim/${whom.name}`] }, request)));
};

describe("a file among liars", () => {
  for (const [at, what] of Object.keys(liars).entries()) {
    it(`is right or not there, with a holder that sends ${what}`, async () => {
      const { alice, bob, mallory, world } = await meet(720 + at, ["alice", "bob", "mallory"]);
      const caucus = await alice.creates("Caucus", [bob, mallory]);
      await world.settles();
      const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("draft.pdf", 500_000)));
      await world.settles();
      await mallory.does(mallory.messenger.fetchFile(caucus, message));
      await world.settles();
      assert.equal(await stateOf(mallory, caucus, message), "here");
      world.network.liars.set("mallory", liars[what] as Liar);
      alice.goesOffline();
      await world.passes(30_000);
      await bob.does(bob.messenger.fetchFile(caucus, message));
      await world.passes(60_000);
      // A liar who is caught is left for this time; what was right of it is kept, so that some bring it whole in the end.
      if ((await stateOf(bob, caucus, message)) !== "here")
        await assert.rejects(contentOf(bob, caucus, message), { code: "file-not-here" });
      alice.comesOnline();
      await world.settles();
      assert.deepEqual(await contentOf(bob, caucus, message), bytesOf("draft.pdf", 500_000));
      await alice.says(caucus, "still here");
      await world.settles();
      await world.audit();
    });
  }

  it("is nobody else's: who repeats a member's request, or was removed before it was sent, gets nothing", async () => {
    const { alice, bob, eve, mallory, world } = await meet(741, ["alice", "bob", "eve", "mallory"]);
    const caucus = await alice.creates("Caucus", [bob, mallory]);
    await world.settles();
    const before = await alice.does(alice.messenger.sendFile(caucus, fileOf("first.pdf", 100_000)));
    await world.settles();
    await mallory.does(mallory.messenger.fetchFile(caucus, before.message));
    await world.settles();
    await alice.removes(caucus, mallory);
    const { message } = await alice.does(alice.messenger.sendFile(caucus, fileOf("second.pdf", 100_000)));
    await world.settles();
    assert.deepEqual(
      (await mallory.lines(caucus)).flatMap(({ file }) => file?.name ?? []),
      ["first.pdf"],
    );
    // Whoever is asked writes down what Bob asks.
    const heard: Uint8Array[] = [];
    const spies: Liar = async function* (request) {
      if (requests.decode(request)?.kind !== "here") heard.push(request);
      yield* [];
    };
    for (const spy of ["eve", "mallory", "alice"]) world.network.liars.set(spy, spies);
    await bob.does(bob.messenger.fetchFile(caucus, message));
    await world.settles(5_000);
    world.network.liars.clear();
    assert.ok(heard.length >= 3);
    for (const request of heard) {
      assert.equal((await gets(world, eve, alice, request)).length, 0);
      assert.equal((await gets(world, mallory, alice, request)).length, 0);
      // The same request is good, as Bob's.
      assert.equal((await gets(world, bob, alice, request)).length, 1);
    }
    assert.equal(new Set(heard.map((one) => Buffer.from(one).toString("hex"))).size, heard.length);
    const random = world.random.fork("eve");
    for (const request of [new Uint8Array(0), random.bytes(35), random.bytes(4096)])
      assert.equal((await gets(world, eve, alice, request)).length, 0);
    await world.settles();
    assert.equal(await stateOf(bob, caucus, message), "here");
    await world.audit();
  });
});
