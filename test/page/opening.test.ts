/** What a page asks first, by where it came from; and an identity that moves by a link or a file. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { randomBytes } from "@noble/hashes/utils.js";
import { MemoryLevel } from "memory-level";
import { CouloirError } from "../../src/errors.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { deviceLists } from "../../src/protocol/devices.ts";
import { personOf } from "../../src/protocol/identity.ts";
import { BrowserHome } from "../../src/store/browserHome.ts";
import { browserKey, openBrowserStore } from "../../src/store/openBrowser.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import type { Environment } from "../../web/peer/environment.ts";
import { openMoved, sealedIdentity, sealedMove } from "../../web/peer/moving.ts";
import { openIn } from "../../web/peer/opening.ts";
import { plant } from "../../web/peer/profile.ts";
import { cheapHeavy } from "./tabWorld.ts";
import { memoryShelf } from "./memoryShelf.ts";

const coded = (code: string) => (error: unknown) => error instanceof CouloirError && error.code === code;
const peerId = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
const hub = { name: "Nordic", venue: "v", room: "Salle Verte", peerId, urls: ["http://10.0.0.1:8020"], addresses: [] };

/** As cheap as the key boxes of these tests. */
const quick: Environment["heavy"] = { ...cheapHeavy, stretch: (passphrase, salt) => stretched(passphrase, salt) };
const stretched = async (passphrase: string, salt: Uint8Array): Promise<Uint8Array> => {
  const words = new TextEncoder().encode(passphrase);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array([...salt, ...words])));
};

let cleared = 0;
const environment = (more: Partial<Environment>): Environment => ({
  protocol: "http:",
  hostname: "10.0.0.1",
  origin: "http://10.0.0.1:8020",
  fragment: "",
  userAgent: "",
  fetch: async (url) => (url.endsWith("/hub.json") ? Response.json(hub) : new Response("", { status: 404 })),
  heavy: quick,
  verifier: () => assert.fail("nothing is verified here"),
  session: memoryShelf(),
  local: memoryShelf(),
  channel: () => assert.fail("no tab is opened here"),
  hidden: () => false,
  online: () => true,
  onLife: () => () => undefined,
  clearFragment: () => (cleared += 1),
  reload: () => undefined,
  sweep: async () => undefined,
  ...more,
});
const file = { protocol: "file:", hostname: "", origin: "null" };

describe("opening a page", () => {
  beforeEach(() => {
    cleared = 0;
  });
  afterEach(async () => (await BrowserHome.open("couloir")).wipe());

  it("from a hub: a guest on plain http from elsewhere, nobody's guest on this machine and over https", async () => {
    const places = [
      [{}, true],
      [{ hostname: "couloir", origin: "http://couloir:8020" }, true],
      [{ hostname: "127.0.0.1", origin: "http://127.0.0.1:8020" }, false],
      [{ hostname: "localhost", origin: "http://localhost:8020" }, false],
      [{ protocol: "https:", hostname: "hub.example.org", origin: "https://hub.example.org" }, false],
    ] as const;
    for (const [place, guest] of places) {
      const { state, origin } = await openIn(environment(place));
      assert.deepEqual([state, origin.kind, origin.guest, origin.passphrase], ["new", "hub", guest, "optional"]);
      assert.deepEqual([origin.hubAnswers, origin.hub?.room, origin.hub?.name], [true, "Salle Verte", "Nordic"]);
    }
    const silent = await openIn(environment({ fetch: () => Promise.reject(new TypeError("away")) }));
    assert.deepEqual([silent.state, silent.origin.hubAnswers, silent.origin.hub], ["new", false, undefined]);
  });

  it("takes an invite, a code of somebody, or an identity out of the address", async () => {
    const invited = await openIn(environment({ fragment: "couloir%3Aabc" }));
    assert.deepEqual([invited.origin.invite, invited.origin.move], ["couloir:abc", undefined]);
    const scanned = await openIn(environment({ fragment: "couloir-verify:abc" }));
    assert.deepEqual([scanned.origin.verify, scanned.origin.invite], ["couloir-verify:abc", undefined]);
    const moved = await openIn(environment({ fragment: "move=AAAA" }));
    assert.deepEqual([moved.origin.invite, moved.origin.move], [undefined, "move=AAAA"]);
    assert.equal((await openIn(environment({ fragment: "%E0%A4%A" }))).origin.invite, "%E0%A4%A");
    assert.equal(cleared, 4);
  });

  it("from a file: with a passphrase, always", async () => {
    const opening = await openIn(environment(file));
    assert.deepEqual([opening.state, opening.origin.kind, opening.origin.passphrase], ["new", "file", "required"]);
    assert.ok(opening.state === "new");
    await assert.rejects(
      opening.begin({ profile: { name: "A", flag: "", delegation: "" } }),
      coded("passphrase-needed"),
    );
    // What lies there without one is not ours to trust, and not to be used either.
    const home = await BrowserHome.open("couloir");
    await browserKey(home);
    home.close();
    const other = await openIn(environment(file));
    assert.deepEqual([other.state, "code" in other && other.code], ["impossible", "unlocked-profile"]);
  });

  it("says that a profile is locked, and lets whoever forgot the passphrase begin anew", async () => {
    const home = await BrowserHome.open("couloir");
    await browserKey(home, "right", quick);
    home.close();
    const opening = await openIn(environment({}));
    assert.ok(opening.state === "locked");
    await assert.rejects(opening.unlock("wrong"), coded("wrong-passphrase"));
    await opening.wipe();
    assert.equal((await openIn(environment({}))).state, "new");
  });

  it("warns of browsers that forget", async () => {
    const agents = {
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148": true,
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1": false,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)": true,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15": false,
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0": false,
      "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36": true,
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36": false,
    };
    for (const [userAgent, forgetful] of Object.entries(agents))
      assert.equal((await openIn(environment({ userAgent }))).origin.forgetful, forgetful, userAgent);
  });

  it("says when a browser keeps nothing", async () => {
    const open = Reflect.get(indexedDB, "open") as IDBFactory["open"];
    indexedDB.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
    try {
      const opening = await openIn(environment({}));
      assert.deepEqual([opening.state, "code" in opening && opening.code], ["impossible", "no-storage"]);
    } finally {
      indexedDB.open = open;
    }
  });
});

describe("an identity that moves", () => {
  let store: Store;
  beforeEach(async () => {
    const level = new MemoryLevel<Uint8Array, Uint8Array>({ keyEncoding: "view", valueEncoding: "view" });
    store = await Store.open(level, new Vault(randomBytes(32)));
    await loadSelf(store, randomBytes, true);
  });
  afterEach(() => store.close());

  for (const [how, seal] of [
    ["a link", sealedMove],
    ["a file", sealedIdentity],
  ] as const)
    it(`by ${how} is the same person on a new device, a guest for ever, under its passphrase only`, async () => {
      const from = await seal(store, "right", quick);
      const { self } = await loadSelf(store, randomBytes);
      const moved = await openMoved(from, "right", quick);
      assert.equal(personOf(moved.self), personOf(self));
      assert.equal(moved.self.guest, true);
      assert.notDeepEqual(moved.self.device.public, self.device.public);
      assert.equal(deviceLists.open(moved.self.devices)?.body.version, 2);
      await assert.rejects(openMoved(from, "wrong", quick), coded("wrong-passphrase"));
      await assert.rejects(seal(store, "", quick), coded("passphrase-empty"));
      const half = from.slice(0, Math.floor(from.length / 2)) as typeof from;
      await assert.rejects(openMoved(half, "right", quick), (error) => error instanceof CouloirError);

      await plant("moved", moved, { heavy: quick, passphrase: "here" });
      const home = await BrowserHome.open("moved");
      const key = await browserKey(home, "here", quick);
      const there = await openBrowserStore(home, key, { lease: (await home.takeLease(await home.lease()))! });
      assert.equal(personOf((await loadSelf(there.store, randomBytes)).self), personOf(self));
      await there.store.close();
      await home.wipe();
    });

  it("fits a QR code, as a link", async () => {
    const link = `http://192.168.8.20:8020/#move=${await sealedMove(store, "right", quick)}`;
    assert.ok(link.length < 600, `${link.length}`);
    assert.match(link, /#move=[\w-]+$/);
  });

  it("is nothing when it is nonsense", async () => {
    for (const from of [
      "",
      "#move=",
      "move=AAAA",
      "https://x/#couloir:abc",
      "a b",
      "é".repeat(300),
      "A".repeat(9000),
      new Uint8Array(0),
      randomBytes(400),
    ])
      await assert.rejects(openMoved(from, "right", quick), coded("identity-damaged"));
  });
});
