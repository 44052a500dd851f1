/** Sending and reading a file on one device alone, with nobody on its link. */
import assert from "node:assert/strict";
import { MemoryLevel } from "memory-level";
import type { NewFile } from "../../src/messenger/api.ts";
import { Messenger } from "../../src/messenger/messenger.ts";
import type { Link } from "../../src/net/link.ts";
import { CHUNK, MAX_FILE } from "../../src/protocol/limits.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import type { GroupId, Random } from "../../src/types.ts";
import { SimClock } from "../helpers/simClock.ts";
import { bytesOf, fileOf, THUMBNAIL } from "../helpers/simFile.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const nobody: Link = {
  start: async () => undefined,
  stop: async () => undefined,
  subscribe: () => undefined,
  publish: async () => 0,
  hint: () => undefined,
  status: () => ({ peerId: "alone", addresses: [], peers: 0 }),
  neighbours: () => [],
  ask: async function* () {},
};

const views = { storeEncoding: "view", keyEncoding: "view", valueEncoding: "view" } as const;

class Alone {
  readonly disk = new MemoryLevel<Uint8Array, Uint8Array>(views);
  readonly random: Random = new SimRandom("alone").bytes;
  readonly clock = new SimClock();
  messenger!: Messenger;
  store!: Store;
  caucus!: GroupId;

  async opens(): Promise<this> {
    this.store = await Store.open(this.disk, new Vault(new Uint8Array(32).fill(5), this.random));
    const { store, random, clock } = this;
    this.messenger = await Messenger.open({ store, link: nobody, clock, random });
    this.caucus ??= await this.messenger.createCaucus("Caucus");
    return this;
  }
  /** How many records lie in a space. */
  async count(space: number): Promise<number> {
    const range = { gte: Uint8Array.of(space), lt: Uint8Array.of(space + 1) };
    return (await this.disk.keys(range).all()).length;
  }
  async lines(): Promise<number> {
    return (await Array.fromAsync(this.messenger.history(this.caucus))).length;
  }
}

const FILE = 0x19;
const CHUNKS = 0x1a;
const source = async function* (...pieces: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield piece;
  }
};

describe("sending a file", () => {
  const wrong: readonly (readonly [what: string, code: string, file: Partial<NewFile>])[] = [
    ["no name", "file-name", { name: " " }],
    ["too long a name", "file-name", { name: "é".repeat(128) }],
    ["a name that is no text", "file-name", { name: "\ud800" }],
    ["too long a type", "file-type", { type: "x".repeat(128) }],
    ["more than a file may have", "file-too-large", { size: MAX_FILE + 1 }],
    ["a size that is none", "file-size", { size: 1.5 }],
    ["a source that is too short", "file-size", { size: 20 * CHUNK, bytes: source(bytesOf("x", 19 * CHUNK)) }],
    ["a source that is too long", "file-size", { size: 10 * CHUNK, bytes: source(bytesOf("x", 11 * CHUNK)) }],
    [
      "a source that fails",
      "file-source",
      { size: 20 * CHUNK, bytes: source(bytesOf("x", 12 * CHUNK), new Error("gone")) },
    ],
    ["a thumbnail that is none", "bad-picture", { picture: { width: 1, height: 1, thumbnail: "é" } }],
    ["too large a thumbnail", "bad-picture", { picture: { width: 1, height: 1, thumbnail: "A".repeat(16_388) } }],
    ["a picture without height", "bad-picture", { picture: { width: 1, height: 0, thumbnail: THUMBNAIL } }],
    ["an answer to nothing", "unknown-message", { reply: "00".repeat(16) as never }],
    ["a nonce that is none", "bad-nonce", { nonce: "short" }],
  ];
  for (const [what, code, more] of wrong)
    it(`refuses ${what}, and leaves nothing behind`, async () => {
      const alone = await new Alone().opens();
      await assert.rejects(alone.messenger.sendFile(alone.caucus, fileOf("x", 100, more)), { code });
      assert.deepEqual([await alone.count(FILE), await alone.count(CHUNKS), await alone.lines()], [0, 0, 0]);
    });

  it("reads its source no faster than it is on disk, and never holds the whole", async () => {
    const alone = await new Alone().opens();
    const size = 60 * CHUNK;
    let read = 0;
    const bytes = (async function* () {
      for (; read < 60; read++) {
        const written = await alone.count(CHUNKS);
        assert.ok(read - written <= 8, `${read} read, ${written} written`);
        yield bytesOf("x", CHUNK);
      }
    })();
    const { message } = await alone.messenger.sendFile(alone.caucus, { name: "x", type: "", size, bytes });
    assert.equal(await alone.count(CHUNKS), 61);
    let total = 0;
    for await (const piece of alone.messenger.readFile(alone.caucus, message)) total += piece.length;
    assert.equal(total, size);
  });

  it("is there after a restart, and what a crash left half sent is not", async () => {
    const alone = await new Alone().opens();
    const { message } = await alone.messenger.sendFile(alone.caucus, fileOf("whole", 2 * CHUNK + 5));
    let halfway = (): void => undefined;
    const reached = new Promise<void>((resolve) => (halfway = resolve));
    const bytes = (async function* () {
      yield bytesOf("half", 20 * CHUNK);
      halfway();
      await new Promise(() => undefined);
    })();
    void alone.messenger.sendFile(alone.caucus, { name: "half", type: "", size: 40 * CHUNK, bytes });
    await reached;
    assert.ok((await alone.count(CHUNKS)) > 4 + 10);
    await alone.store.close();
    await alone.opens();
    assert.deepEqual([await alone.count(CHUNKS), await alone.lines()], [4, 1]);
    const whole = Buffer.concat(await Array.fromAsync(alone.messenger.readFile(alone.caucus, message)));
    assert.deepEqual(new Uint8Array(whole), bytesOf("whole", 2 * CHUNK + 5));
  });

  describe("that was interrupted, under its nonce", () => {
    const SIZE = 40 * CHUNK + 7;
    const nonce = "ab".repeat(16);
    const whole = bytesOf("annex", SIZE);
    /** Begins it, and breaks off behind 20 chunks, 15 of which are written. */
    const breaksOff = async (alone: Alone, more: Partial<NewFile> = {}): Promise<void> => {
      const bytes = source(whole.subarray(0, 20 * CHUNK), new Error("gone"));
      const file = fileOf("annex", SIZE, { nonce, bytes, ...more });
      await assert.rejects(alone.messenger.sendFile(alone.caucus, file), { code: "file-source" });
    };
    const sends = (alone: Alone, more: Partial<NewFile> = {}) =>
      alone.messenger.sendFile(alone.caucus, fileOf("annex", SIZE, { nonce, ...more }));
    const chunks = async (alone: Alone): Promise<Map<string, string>> => {
      const range = { gte: Uint8Array.of(CHUNKS), lt: Uint8Array.of(CHUNKS + 1) };
      const all = await alone.disk.iterator(range).all();
      return new Map(all.map(([key, value]) => [Buffer.from(key).toString("hex"), Buffer.from(value).toString("hex")]));
    };

    it("goes on behind what was sealed, also after a restart", async () => {
      const alone = await new Alone().opens();
      await breaksOff(alone);
      const before = await chunks(alone);
      assert.equal(before.size, 15);
      await alone.store.close();
      await alone.opens();
      const { message } = await sends(alone);
      const after = await chunks(alone);
      assert.equal(after.size, 42);
      // What was on disk is still the same record, sealed once.
      assert.deepEqual(
        [...before].filter(([key, value]) => after.get(key) !== value),
        [],
      );
      const read = Buffer.concat(await Array.fromAsync(alone.messenger.readFile(alone.caucus, message)));
      assert.deepEqual(new Uint8Array(read), whole);
      assert.deepEqual([await alone.count(CHUNKS), await alone.lines()], [42, 1]);
    });

    it("takes no other file for it, of whatever length", async () => {
      const alone = await new Alone().opens();
      await breaksOff(alone);
      const other = whole.with(9 * CHUNK, 1 ^ (whole[9 * CHUNK] ?? 0));
      await assert.rejects(sends(alone, { bytes: source(other) }), { code: "file-source" });
      assert.deepEqual([await alone.count(FILE), await alone.count(CHUNKS)], [0, 0]);
      const { message } = await sends(alone, { bytes: source(other) });
      const read = Buffer.concat(await Array.fromAsync(alone.messenger.readFile(alone.caucus, message)));
      assert.deepEqual(new Uint8Array(read), other);
      await breaksOff(alone, { nonce: "cd".repeat(16) });
      await sends(alone, { nonce: "cd".repeat(16), size: CHUNK, bytes: source(bytesOf("x", CHUNK)) });
      assert.equal(await alone.count(CHUNKS), 42 + 2);
    });

    it("stays for a day, unless it is given up", async () => {
      const alone = await new Alone().opens();
      await breaksOff(alone);
      // Who only asks whether it is a message gives up nothing.
      await assert.rejects(sends(alone, { size: 1, bytes: source() }), { code: "file-size" });
      await breaksOff(alone);
      await alone.clock.pass(23 * 3_600_000);
      assert.equal(await alone.count(CHUNKS), 15);
      await alone.clock.pass(2 * 3_600_000);
      assert.equal(await alone.count(CHUNKS), 0);
      await breaksOff(alone);
      await assert.rejects(sends(alone, { bytes: source() }), { code: "file-size" });
      assert.deepEqual([await alone.count(FILE), await alone.count(CHUNKS)], [0, 0]);
    });

    it("is one of three at most, the last", async () => {
      const alone = await new Alone().opens();
      for (const one of ["01", "02", "03", "04"]) {
        await breaksOff(alone, { nonce: one.repeat(16) });
        await alone.clock.pass(1000);
      }
      assert.equal(await alone.count(CHUNKS), 3 * 15);
      await sends(alone, { nonce: "04".repeat(16), bytes: source(whole) });
      assert.equal(await alone.count(CHUNKS), 2 * 15 + 42);
    });
  });

  it("says so when what is on disk is not what was sealed", async () => {
    const alone = await new Alone().opens();
    const { message } = await alone.messenger.sendFile(alone.caucus, fileOf("x", 2 * CHUNK));
    const range = { gte: Uint8Array.of(CHUNKS), lt: Uint8Array.of(CHUNKS + 1) };
    const all = await alone.disk.iterator(range).all();
    const [key, value] = all[2] as [Uint8Array, Uint8Array];
    await alone.disk.put(
      key,
      value.map((byte, at) => (at === 500 ? byte ^ 1 : byte)),
    );
    await assert.rejects(Array.fromAsync(alone.messenger.readFile(alone.caucus, message)), { fault: "storage" });
    await alone.disk.del(key);
    await assert.rejects(Array.fromAsync(alone.messenger.readFile(alone.caucus, message)), { code: "file-damaged" });
  });

  it("is no file where a text is meant", async () => {
    const { messenger, caucus } = await new Alone().opens();
    const { message } = await messenger.send(caucus, "hello");
    await assert.rejects(messenger.fetchFile(caucus, message), { code: "no-file" });
    await assert.rejects(Array.fromAsync(messenger.readFile(caucus, message)), { code: "no-file" });
    await assert.rejects(messenger.cancelFile(caucus, "00".repeat(16) as never), { code: "unknown-message" });
  });
});
