/** A file over real libp2p and real disks: the names that bind an asker, back-pressure, and words that go on meanwhile. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Messenger } from "../../src/messenger/messenger.ts";
import { openMessenger } from "../../src/node.ts";
import type { GroupId, MessageId, MessengerEvents } from "../../src/types.ts";

const SIZE = 10_000_000;

/** The bytes at a place of the file, so that neither side holds it whole. */
const piece = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (((from + at) * 2_654_435_761) >>> 13) & 0xff);
const source = async function* (): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < SIZE; at += 100_000) yield piece(at, Math.min(100_000, SIZE - at));
};
const hashOf = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash("sha256");
  for await (const one of bytes) hash.update(one);
  return hash.digest("hex");
};

const next = <E extends keyof MessengerEvents>(
  messenger: Messenger,
  event: E,
  fits: (value: MessengerEvents[E]) => boolean,
): Promise<MessengerEvents[E]> =>
  new Promise((resolve) => {
    const off = messenger.on(event, (value) => {
      if (!fits(value)) return;
      off();
      resolve(value);
    });
  });

describe("a file over a real network", () => {
  let home: string;
  let caucus: GroupId;
  let message: MessageId;
  let ana: Awaited<ReturnType<typeof openMessenger>>;
  let ben: Awaited<ReturnType<typeof openMessenger>>;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), "couloir-"));
    const local = { listen: ["127.0.0.1"], mdns: false };
    ana = await openMessenger({ ...local, folder: join(home, "ana"), name: "Ana" });
    const met = next(ana.messenger, "person", ({ name }) => name === "Ben");
    const { addresses } = ana.messenger.status();
    ben = await openMessenger({ ...local, folder: join(home, "ben"), name: "Ben", peers: addresses });
    const { person } = await met;
    const joined = next(
      ana.messenger,
      "caucus",
      ({ members }) => members.filter((one) => one.state === "joined").length === 2,
    );
    caucus = await ana.messenger.createCaucus("Caucus", { with: [person] });
    await joined;
  });
  after(async () => {
    await ben.close();
    await ana.close();
    await rm(home, { recursive: true });
  });

  it("comes whole, stops and goes on, and words come through meanwhile", async () => {
    const arrived = next(ben.messenger, "message", ({ kind }) => kind === "file");
    await ana.messenger.sendFile(caucus, { name: "annex.bin", type: "", size: SIZE, bytes: source() });
    ({ message } = await arrived);
    const some = next(ben.messenger, "transfer", ({ have }) => have > 0);
    await ben.messenger.fetchFile(caucus, message);
    await some;
    const stopped = await ben.messenger.cancelFile(caucus, message);
    assert.equal(stopped.file?.state, "away");

    const here = next(ben.messenger, "transfer", ({ state }) => state === "here");
    const word = next(ben.messenger, "message", ({ text }) => text === "while it comes");
    // Told when it begins anew; on a fast machine the next word of it may be the last.
    const going = next(ben.messenger, "transfer", ({ state }) => state === "coming");
    await ben.messenger.fetchFile(caucus, message);
    await going;
    await ana.messenger.send(caucus, "while it comes");
    await Promise.all([word, here]);
    assert.equal(await hashOf(ben.messenger.readFile(caucus, message)), await hashOf(source()));
  }).timeout(60_000);
});
