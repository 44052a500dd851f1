/** The venue and mail by file, on the command line and over the local API; and what a hub tells whom of the venue. */
import { strict as assert } from "node:assert";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HubDescriptor } from "../../src/daemon/hub/hubServer.ts";
import { handedOn, withVenue } from "../../src/daemon/hub/entrance.ts";
import { readVenueCode, type VenueDescriptor, writeVenueCode } from "../../src/protocol/venue.ts";
import { cleanUp, couloir, done, emptyFolder, failed, json, serve, type Ended, type Served } from "./harness.ts";
import { ready, up } from "./upHarness.ts";

const KEY = new Uint8Array(16).fill(9);
const GENEVA: VenueDescriptor = { name: "geneva", buckets: 8, key: KEY, hubs: ["/ip4/198.51.100.9/tcp/8020/ws"] };
const HUB: HubDescriptor = {
  name: "Ana",
  venue: "geneva",
  buckets: 8,
  keyed: true,
  room: "",
  peerId: "12D3KooWHub",
  urls: ["http://192.0.2.7:8020"],
  addresses: [
    "/ip4/192.0.2.7/tcp/8020/ws/p2p/12D3KooWHub",
    "/ip4/192.0.2.7/udp/8020/webrtc-direct/certhash/uEi/p2p/12D3KooWHub",
  ],
  words: "",
};

describe("command line: the venue", function () {
  this.timeout(10_000);
  let served: Served;
  beforeEach(async () => {
    served = await serve({ hub: HUB });
    served.messenger.venueHere = GENEVA;
    served.messenger.asked.length = 0;
  });
  afterEach(cleanUp);
  const run = (...args: string[]): Promise<Ended> => couloir(served, ...args);

  it("is shown with its code and, on a hub, the address that a QR code holds", async () => {
    const shown = json(done(await run("venue", "--json"))) as { code: string; urls: string[] };
    const { code, urls, ...rest } = shown;
    assert.deepEqual(rest, { name: "geneva", buckets: 8, keyed: true });
    assert.deepEqual(urls, [`http://192.0.2.7:8020/#${code}`]);
    assert.deepEqual(readVenueCode(code), { ...GENEVA, hubs: ["/ip4/192.0.2.7/tcp/8020/ws", ...GENEVA.hubs] });
    const { stdout } = done(await run("venue", "show"));
    assert.match(stdout, /^The venue “geneva”, in 8 parts, with a key: who has it comes first\.\ncouloir-venue:/u);
  });

  it("takes a code, and passes on what is wrong with one", async () => {
    const code = writeVenueCode(GENEVA);
    assert.equal((json(done(await run("venue", "join", code, "--json"))) as { keyed: boolean }).keyed, true);
    assert.deepEqual(served.messenger.asked.at(-1), ["joinVenue", code]);
  });

  it("tells its key to nobody but the owner: it is neither in the status nor in what a hub serves", async () => {
    const status = done(await run("status", "--json")).stdout;
    for (const text of [status, JSON.stringify(HUB)]) {
      assert.ok(!text.includes("couloir-venue:"));
      assert.ok(!text.includes(Buffer.from(KEY).toString("hex")));
    }
    const answer = await fetch(`http://127.0.0.1:${served.port}/api/venue`);
    assert.equal(answer.status, 401);
  });

  it("stands behind # only where the hub itself does not tell all", () => {
    const plain = { name: "couloir", buckets: 1, keyed: false, code: "couloir-venue:x" };
    assert.equal(withVenue("http://192.0.2.7:8020", plain), "http://192.0.2.7:8020");
    assert.equal(
      withVenue("http://192.0.2.7:8020", { ...plain, buckets: 8 }),
      "http://192.0.2.7:8020/#couloir-venue:x",
    );
    const many = { ...HUB, addresses: [1, 2, 3].map((n) => `/ip4/192.0.2.${n}/tcp/8020/ws/p2p/12D3`) };
    const code = handedOn({ ...plain, keyed: true, code: writeVenueCode(GENEVA) }, many).code;
    assert.deepEqual(readVenueCode(code).hubs, [
      "/ip4/192.0.2.1/tcp/8020/ws",
      "/ip4/192.0.2.2/tcp/8020/ws",
      "/ip4/198.51.100.9/tcp/8020/ws",
    ]);
  });

  it("is chosen at the start, whole or by its parts, and how much to carry", async () => {
    const code = writeVenueCode(GENEVA);
    const first = await up(["--venue", "geneva", "--buckets", "8", "--venue-key", "new", "--carry", "2G", "--json"]);
    await ready(first);
    const { venue, buckets, venueKey, carry } = first.given() ?? {};
    assert.deepEqual([venue, buckets, venueKey, carry], ["geneva", 8, "new", 2 * 1024 ** 3]);
    first.signal();
    await first.ended;
    const second = await up(["--venue", code, "--json"]);
    await ready(second);
    assert.equal(second.given()?.venue, code);
    second.signal();
    await second.ended;
    for (const wrong of [
      ["--venue", ""],
      ["--venue", "x".repeat(65)],
      ["--buckets", "2"],
      ["--venue-key", "secret"],
      ["--carry", "0"],
      ["--carry", "10K"],
    ])
      assert.equal(await (await up(wrong)).ended, 2, wrong.join(" "));
  });
});

describe("command line: mail by file", function () {
  this.timeout(10_000);
  let served: Served;
  let folder: string;
  beforeEach(async () => {
    served = await serve();
    folder = await emptyFolder();
    served.messenger.asked.length = 0;
  });
  afterEach(cleanUp);
  const run = (...args: string[]): Promise<Ended> => couloir(served, ...args);

  it("is written to a new file, since a moment, and says what cannot be in it", async () => {
    const path = join(folder, "mail");
    const result = json(done(await run("export", "--sealed", path, "--since", "2h", "--json")));
    assert.deepEqual(result, { file: path, bytes: 4, unsealed: 1 });
    assert.equal(await readFile(path, "utf8"), "mail");
    const [method, since] = served.messenger.asked.at(-1) as [string, number];
    assert.equal(method, "exportMail");
    assert.ok(Math.abs(Date.now() - 2 * 3_600_000 - since) < 60_000);
    assert.equal((await run("export", "--sealed", path)).code, 2, "it is there already");
    assert.match(done(await run("export", "--sealed", path, "--force")).stdout, /One message of yours waits/u);
    assert.equal((await run("export")).code, 2);
    assert.equal((await run("export", "--sealed", path, "--since", "soon")).code, 2);
  });

  it("is taken in, with every envelope accounted for, and says when it is not whole", async () => {
    const path = join(folder, "mail");
    await writeFile(path, "sealed");
    assert.deepEqual(json(done(await run("import", path, "--json"))), {
      new: 2,
      known: 1,
      expired: 0,
      refused: 0,
      elsewhere: 0,
      whole: true,
    });
    assert.equal(Buffer.from(served.messenger.mailTaken[0] ?? []).toString(), "sealed");
    assert.equal(done(await run("import", path)).stdout, "2 new, 1 known already.\n");
    served.messenger.mailWhole = false;
    const broken = await run("import", path);
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /and then the file breaks off/u);
    failed(await run("import", join(folder, "nothing")), 2, /does not exist/u);
  });
});
