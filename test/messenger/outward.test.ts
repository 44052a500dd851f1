/** What others say of where they are makes a daemon ask nobody outside the venue. */
import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, isIP, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeCode } from "../../src/messenger/inviteCode.ts";
import { writeVenueCode } from "../../src/protocol/venue.ts";
import { openFolder, type OpenFolder } from "../../src/node.ts";
import type { GroupId } from "../../src/types.ts";

const NAME = "tracker.example";

describe("a daemon that follows a code", () => {
  const { lookup } = dns;
  const { WebSocket } = globalThis;
  let home: string;
  let server: Server;
  let folder: OpenFolder;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    // Whatever opens a connection to a name asks by this.
    dns.lookup = ((name: string, options: object, done: (error: Error) => void): void => {
      if (isIP(name) !== 0) return lookup(name, options, done as never);
      asked.push(name);
      done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));
    }) as never;
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        asked.push(String(url));
        super(url);
      }
    };
    home = await mkdtemp(join(tmpdir(), "couloir-"));
    server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    folder = await openFolder({ folder: home, listen: ["127.0.0.1"], mdns: false });
  });
  afterEach(async () => {
    await folder.close();
    dns.lookup = lookup;
    globalThis.WebSocket = WebSocket;
    server.close();
    await rm(home, { recursive: true, force: true });
  });

  for (const addresses of [
    [`/dns4/${NAME}/tcp/443/tls/ws`, `/dns4/${NAME}/tcp/4001`],
    // By what is written last, it is a name all the same.
    ["/ip4/127.0.0.1/tcp/9/tls/sni/tracker.example/ws", "/dns4/tracker.example#.local/tcp/9/ws"],
    // To resolvers a number is an address, and another one where it begins with a zero.
    ["/dns4/134744072/tcp/9", "/dns4/010.8.8.8/tcp/9", "/dns4/fd:.tracker.example/tcp/9"],
  ])
    it(`looks no name up that stands in it, and dials the addresses: ${addresses.join(" ")}`, async () => {
      const messenger = await folder.start();
      const { port } = server.address() as AddressInfo;
      const dialed = once(server, "connection");
      const code = writeCode({
        secret: new Uint8Array(16),
        group: "1".repeat(64) as GroupId,
        expires: Date.now() + 60_000,
        venue: "couloir",
        buckets: 1,
        addresses: [...addresses, `/ip4/127.0.0.1/tcp/${port}`],
      });
      await assert.rejects(messenger.join(code, 10), { code: "no-answer" });
      await dialed;
      assert.deepEqual(asked, []);
    });

  it("looks none up that stands in a venue's code either, now or at the next start", async () => {
    const { port } = server.address() as AddressInfo;
    const hubs = [`/dns4/${NAME}/tcp/443/tls/ws`, `/ip4/127.0.0.1/tcp/${port}`];
    const starts = [writeVenueCode({ name: "couloir", buckets: 1, hubs }), undefined];
    for (const venue of starts) {
      await folder.close();
      folder = await openFolder({ folder: home, listen: ["127.0.0.1"], mdns: false, ...(venue && { venue }) });
      const dialed = once(server, "connection");
      await folder.start();
      await dialed;
      assert.deepEqual(asked, []);
    }
  });

  it("looks up what a person typed", async () => {
    await folder.start();
    assert.equal(await folder.dial([`/dns4/${NAME}/tcp/4001`]), false);
    assert.deepEqual([...new Set(asked)], [NAME]);
  });
});
