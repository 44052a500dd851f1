/** What a page that nobody served remembers of the hubs that it came by. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { setLateEngine } from "../../src/protocol/lateEngine.ts";
import { writeVenueCode } from "../../src/protocol/venue.ts";
import { BrowserHome } from "../../src/store/browserHome.ts";
import { browserKey, openBrowserStore } from "../../src/store/openBrowser.ts";
import { PageCore, type CoreOptions } from "../../web/peer/core.ts";
import type { Environment } from "../../web/peer/environment.ts";
import { readMemory } from "../../web/peer/memory.ts";
import { cheapHeavy } from "./tabWorld.ts";

const HUBS = ["/ip4/10.255.255.1/tcp/8020/ws", "/ip4/10.255.255.2/tcp/8020/ws"];
const code = writeVenueCode({ name: "couloir", buckets: 1, key: new Uint8Array(16).fill(3), hubs: HUBS });
const file = {
  protocol: "file:",
  hostname: "",
  origin: "null",
  fragment: "",
  fetch: () => Promise.reject(new TypeError("away")),
  heavy: cheapHeavy,
  verifier: () => assert.fail("nothing is verified here"),
} as unknown as Environment;

describe("couloir.html", () => {
  // A page sets the browser's for all that runs here: in virtual time nothing waits for that.
  after(() => setLateEngine(undefined));

  it("keeps both hubs of the code that it came by, though none of them has answered yet", async () => {
    const home = await BrowserHome.open("kept-hubs");
    const key = await browserKey(home);
    home.close();
    const open = async (more: Partial<CoreOptions>): Promise<PageCore> => {
      const lease = await BrowserHome.open("kept-hubs");
      return PageCore.open({
        home: lease,
        environment: file,
        key: key.slice(),
        lease: (await lease.takeLease(await lease.lease())) ?? 0,
        guest: false,
        hubs: new Map(),
        tell: () => undefined,
        onLost: () => undefined,
        onVenue: () => undefined,
        ...more,
      });
    };
    const first = await open({ hubs: new Map([["http://10.255.255.3:8020", undefined]]) });
    await first.call("joinVenue", [code]);
    await first.close();
    const later = await BrowserHome.open("kept-hubs");
    const { store } = await openBrowserStore(later, key.slice(), {
      lease: (await later.takeLease(await later.lease())) ?? 0,
    });
    const { hubs, followed } = await readMemory(store);
    assert.deepEqual([hubs, followed], [["http://10.255.255.3:8020"], HUBS]);
    await store.close();
  });
});
