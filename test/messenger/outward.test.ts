/** What others say of where they are makes a daemon ask nobody outside the venue. */
import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeCode } from "../../src/messenger/inviteCode.ts";
import { openFolder, type OpenFolder } from "../../src/node.ts";
import type { GroupId } from "../../src/types.ts";

const NAME = "tracker.example";

describe("a daemon that follows a code", () => {
  const { lookup } = dns;
  let home: string;
  let server: Server;
  let folder: OpenFolder;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    // Whatever opens a connection to a name asks by this.
    dns.lookup = ((name: string, options: object, done: (error: Error) => void): void => {
      if (name !== NAME) return lookup(name, options, done as never);
      asked.push(name);
      done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));
    }) as never;
    home = await mkdtemp(join(tmpdir(), "couloir-"));
    server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    folder = await openFolder({ folder: home, listen: ["127.0.0.1"], mdns: false });
  });
  afterEach(async () => {
    await folder.close();
    dns.lookup = lookup;
    server.close();
    await rm(home, { recursive: true, force: true });
  });

  it("looks no name up that stands in it, and dials the addresses", async () => {
    const messenger = await folder.start();
    const { port } = server.address() as AddressInfo;
    const dialed = once(server, "connection");
    const code = writeCode({
      secret: new Uint8Array(16),
      group: "1".repeat(64) as GroupId,
      expires: Date.now() + 60_000,
      venue: "couloir",
      buckets: 1,
      addresses: [`/dns4/${NAME}/tcp/443/tls/ws`, `/dns4/${NAME}/tcp/4001`, `/ip4/127.0.0.1/tcp/${port}`],
    });
    await assert.rejects(messenger.join(code, 10), { code: "no-answer" });
    await dialed;
    assert.deepEqual(asked, []);
  });

  it("looks up what a person typed", async () => {
    await folder.start();
    assert.equal(await folder.dial([`/dns4/${NAME}/tcp/4001`]), false);
    assert.deepEqual([...new Set(asked)], [NAME]);
  });
});
