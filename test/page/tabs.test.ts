/** Several tabs of one profile: one leads, the others follow, and whatever happens to them the identity is one. */
import assert from "node:assert/strict";
import { randomBytes } from "@noble/hashes/utils.js";
import { CouloirError } from "../../src/errors.ts";
import type { MessageView } from "../../src/types.ts";
import { sealPacket, wireKey, type Packet } from "../../web/peer/wire.ts";
import { HandClock, settle, TabWorld, type Tab } from "./tabWorld.ts";

describe("tabs of one profile", () => {
  let world: TabWorld;
  beforeEach(async () => {
    world = await TabWorld.make();
  });
  afterEach(() => world.close());

  const texts = async ({ backend }: Tab): Promise<string[]> => {
    const [first] = await backend.api.caucuses();
    const lines = await Array.fromAsync(backend.api.history(first!.caucus) as AsyncIterable<MessageView>);
    return lines.filter(({ kind }) => kind === "text").map(({ text }) => text);
  };
  const kinds = (): string[] => world.tabs.map(({ backend }) => backend.kind);
  const isPacket = (message: unknown, wanted: (packet: Packet) => boolean): boolean => {
    const packet = world.reads(message);
    return packet !== undefined && wanted(packet);
  };

  it("are one person, of whom one tab is the peer and tells the others what happens", async () => {
    const [one, two, three] = [await world.opening(), await world.opening(), await world.opening()];
    assert.deepEqual(kinds(), ["page", "tab", "tab"]);
    assert.equal(two.backend.api.person, one.backend.api.person);
    const heard: string[] = [];
    for (const { backend } of [one, two, three]) backend.api.on("message", ({ text }) => heard.push(text));
    const caucus = await two.backend.api.createCaucus("Finance");
    const sent = await three.backend.api.send(caucus, "from the third tab");
    assert.equal(sent.text, "from the third tab");
    await settle();
    assert.deepEqual(heard, Array(3).fill("from the third tab"));
    assert.deepEqual(await texts(one), ["from the third tab"]);
    assert.deepEqual(await two.backend.api.message(caucus, "00".repeat(16) as never), undefined);
    await assert.rejects(
      two.backend.api.send(caucus, ""),
      (error) => error instanceof CouloirError && error.code === "empty-message" && error.fault === "usage",
    );
  });

  it("go on in another one when the one that leads is closed", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await one.backend.api.createCaucus("Finance");
    await two.backend.api.send(caucus, "before");
    let missed = 0;
    two.backend.onMissed(() => (missed += 1));
    await one.backend.close();
    await two.backend.api.send(caucus, "after");
    assert.equal(two.backend.kind, "page");
    assert.equal(missed, 1);
    assert.deepEqual(await texts(two), ["before", "after"]);
  });

  it("go on in another one when the one that leads vanishes", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await one.backend.api.createCaucus("Finance");
    one.end.cut = true;
    const sending = two.backend.api.send(caucus, "into the dark");
    await world.passes(12_000);
    await sending;
    assert.equal(two.backend.kind, "page");
    assert.deepEqual(await texts(two), ["into the dark"]);
  });

  it("never fork: a leader that was frozen finds its lease gone, can write nothing, and follows", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await one.backend.api.createCaucus("Finance");
    await one.backend.api.send(caucus, "first");
    one.end.frozen = true;
    await world.passes(12_000);
    assert.equal(two.backend.kind, "page");
    await two.backend.api.send(caucus, "second");
    // It wakes, and its person writes before it has heard of anything.
    const late = one.backend.api.send(caucus, "third");
    await settle();
    one.end.thaw();
    one.live("wake");
    await world.passes(2_000);
    assert.equal((await late).text, "third");
    assert.deepEqual(kinds(), ["tab", "page"]);
    for (const tab of [one, two]) assert.deepEqual(await texts(tab), ["first", "second", "third"]);
  });

  for (const [when, kind] of [
    ["before the call arrives", "call"],
    ["after it is saved and before the answer leaves", "answer"],
  ] as const)
    it(`neither lose nor double a send when the leader goes ${when}`, async () => {
      const [one, two] = [await world.opening(), await world.opening()];
      const caucus = await one.backend.api.createCaucus("Finance");
      await settle();
      const dying = (message: unknown): boolean => !isPacket(message, (packet) => packet.kind === kind);
      if (kind === "answer") one.end.allows = dying;
      else one.end.cut = true;
      const sending = two.backend.api.send(caucus, "exactly once");
      await world.passes(12_000);
      assert.equal((await sending).text, "exactly once");
      assert.equal(two.backend.kind, "page");
      assert.deepEqual(await texts(two), ["exactly once"]);
    });

  it("say that nobody knows, where asking twice would do it twice", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    one.end.allows = (message) => !isPacket(message, ({ kind }) => kind === "answer");
    const creating = assert.rejects(
      two.backend.api.createCaucus("Only one"),
      (error) => error instanceof CouloirError && error.code === "tab-gone",
    );
    await world.passes(12_000);
    await creating;
    assert.equal((await two.backend.api.caucuses()).length, 1);
  });

  it("carry files both ways piece by piece, and a send of one that breaks off", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await one.backend.api.createCaucus("Finance");
    const whole = Buffer.concat(Array.from({ length: 14 }, () => randomBytes(50_000)));
    let read = 0;
    const file = {
      name: "draft.bin",
      type: "application/octet-stream",
      size: whole.length,
      bytes: (async function* () {
        for (; read < whole.length; read += 100_000) yield whole.subarray(read, read + 100_000);
      })(),
    };
    const sent = await two.backend.api.sendFile(caucus, file);
    assert.equal(read, 700_000);
    const parts = await Array.fromAsync(two.backend.api.readFile(caucus, sent.message) as AsyncIterable<Uint8Array>);
    assert.ok(parts.length > 1);
    assert.deepEqual(Buffer.concat(parts), Buffer.from(whole));

    let pulled = 0;
    const endless = {
      ...file,
      bytes: (async function* () {
        for (;;) {
          pulled += 1;
          // The leader goes while it reads.
          if (pulled === 3) one.end.cut = true;
          yield whole.subarray(0, 1000);
        }
      })(),
    };
    const broken = assert.rejects(
      two.backend.api.sendFile(caucus, endless),
      (error) => error instanceof CouloirError && error.code === "tab-gone",
    );
    await world.passes(12_000);
    await broken;
    assert.equal(pulled, 3);
  });

  it("do not wait for the rest of a file from one that goes away, and take it whole from the one that comes after", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await one.backend.api.createCaucus("Finance");
    const whole = new Uint8Array(150_000).map((_, at) => at % 251);
    const file = { name: "draft.bin", type: "", size: whole.length, nonce: "a".repeat(32) };
    const { promise: begun, resolve } = Promise.withResolvers<void>();
    const bytes = (async function* () {
      yield whole.subarray(0, 70_000);
      resolve();
      await new Promise(() => {});
    })();
    const lost = two.backend.api.sendFile(caucus, { ...file, bytes });
    await begun;
    await settle();
    const waits = assert.rejects(
      one.backend.api.sendFile(caucus, { ...file, bytes: (async function* () {})() }),
      (error) => error instanceof CouloirError && error.code === "file-source",
    );
    two.live("leave");
    two.end.cut = true;
    await waits;
    const three = await world.opening();
    const again = (async function* () {
      yield whole;
    })();
    const { message } = await three.backend.api.sendFile(caucus, { ...file, bytes: again });
    const lines = await Array.fromAsync(one.backend.api.history(caucus) as AsyncIterable<MessageView>);
    assert.deepEqual(
      lines.filter((line) => line.file).map((line) => line.message),
      [message],
    );
    void lost.catch(() => undefined);
  });

  it("agree on one when they are opened at the same moment", async () => {
    await Promise.all([world.opening(), world.opening(), world.opening()]);
    await world.passes(5_000);
    assert.deepEqual(kinds().toSorted(), ["page", "tab", "tab"]);
  });

  it("hand over to the one in view when the one that leads is out of it", async () => {
    const one = await world.opening();
    const two = await world.opening();
    const caucus = await one.backend.api.createCaucus("Finance");
    one.live("hide");
    await world.passes(30_000);
    assert.deepEqual(kinds(), ["tab", "page"]);
    await one.backend.api.send(caucus, "still here");
    assert.deepEqual(await texts(two), ["still here"]);
  });

  it("need not wait for each other when one that was alone is reloaded", async () => {
    const session = new Map<string, string>();
    const one = await world.opening({ session });
    const caucus = await one.backend.api.createCaucus("Finance");
    one.live("leave");
    one.end.cut = true;
    const again = await world.opening({ session });
    assert.equal(again.backend.kind, "page");
    // It asks nobody for 800 ms first.
    assert.ok(again.clock.now() - new HandClock().now() < 800);
    assert.equal(session.size, 0);
    await again.backend.api.send(caucus, "after the reload");
    assert.deepEqual(await texts(again), ["after the reload"]);
  });

  it("go on in the same tab when it begins anew in another venue", async () => {
    let moves: ((venue: string) => void) | undefined;
    const leads = world.leads();
    const one = await world.opening({
      lead: (parts) => {
        moves = parts.onVenue;
        return leads(parts);
      },
    });
    const two = await world.opening();
    const caucus = await one.backend.api.createCaucus("Finance");
    const before = moves;
    moves?.("elsewhere");
    const sending = [one.backend.api.send(caucus, "one"), two.backend.api.send(caucus, "two")];
    await world.passes(3_000);
    await Promise.all(sending);
    assert.notEqual(moves, before);
    assert.deepEqual(kinds(), ["page", "tab"]);
    assert.deepEqual((await texts(two)).toSorted(), ["one", "two"]);
  });

  it("hear nothing and believe nothing of who has no key, nor an echo", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await two.backend.api.createCaucus("A secret name");
    await two.backend.api.send(caucus, "an unmistakable sentence");
    const all = Buffer.concat(world.bus.heard.map((one) => Buffer.from(one as Uint8Array))).toString("latin1");
    assert.ok(!/secret|unmistakable|createCaucus/.test(all));

    const stranger = world.bus.open();
    const call: Packet = { from: "stranger", to: "", kind: "gone" };
    stranger.postMessage(sealPacket(wireKey(randomBytes(32)), call));
    for (const junk of ["text", 7, null, {}, new Uint8Array(0), randomBytes(100), { kind: "gone", from: "x", to: "" }])
      stranger.postMessage(junk);
    // Everything that was ever said, once more.
    for (const echo of world.bus.heard.slice()) stranger.postMessage(echo);
    await settle();
    assert.equal((await one.backend.api.caucuses()).length, 1);
    assert.deepEqual(await texts(two), ["an unmistakable sentence"]);
  });

  it("end together when one of them wipes the device", async () => {
    const [one, two] = [await world.opening(), await world.opening()];
    const caucus = await one.backend.api.createCaucus("Finance");
    let gone = 0;
    one.backend.onGone(() => (gone += 1));
    await two.backend.wipe();
    await settle();
    assert.equal(gone, 1);
    for (const { backend } of [one, two])
      await assert.rejects(
        backend.api.send(caucus, "late"),
        (error) => error instanceof CouloirError && error.code === "closed",
      );
  });
});
