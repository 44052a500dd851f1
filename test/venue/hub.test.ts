/** A hub on two networks: what others get there, what they do not, and that it is the same one after a restart. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Invite } from "../../src/messenger/api.ts";
import { readCode } from "../../src/messenger/inviteCode.ts";
import type { GroupId } from "../../src/types.ts";
import type { HubDescriptor } from "../../src/daemon/hub/hubServer.ts";
import { JPEG, jpegWith, SECRET, segment } from "../helpers/photos.ts";
import { describeVenue, until, Venue } from "../helpers/venue.ts";
import type { Daemon, VenueNode } from "../helpers/venueNode.ts";
import type { Visit } from "../helpers/venueVisit.ts";

const VISIT = fileURLToPath(new URL("../helpers/venueVisit.ts", import.meta.url));

describeVenue("venue: a hub on two networks", function () {
  this.timeout(60_000);
  this.bail(true);
  let venue: Venue | undefined;
  let [hub, guest] = [] as unknown as [VenueNode, VenueNode];
  let first: Daemon;

  const visit = async (urls: readonly string[], token?: string): Promise<Visit[]> => {
    const env = token === undefined ? {} : { TOKEN: token };
    const { code, stdout, stderr } = await guest.start(urls, { script: VISIT, env }).ended;
    assert.equal(code, 0, stderr);
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Visit);
  };
  const tokenOf = ({ ui }: Daemon): string => new URL(ui).hash.replace("#token=", "");

  before(async () => {
    venue = await Venue.open("Hub", "Guest");
    [hub, guest] = venue.nodes() as [VenueNode, VenueNode];
    const [address] = await venue.cable(hub, guest);
    first = await hub.up(["--hub", "--room", "Room XX", "--no-mdns"]);
    assert.deepEqual(first.hub, [`http://${hub.address}:8020`, `http://${address}:8020`]);
  });
  after(() => venue?.close());

  it("serves the app and says who it is on both, in plain HTTP", async () => {
    for (const url of first.hub) {
      const [page, one, described] = await visit([`${url}/`, `${url}/couloir.html`, `${url}/hub.json`]);
      assert.equal(page?.status, 200, "npm test builds the app; else: npm run build:web");
      assert.match(page.headers?.["content-security-policy"] ?? "", /^default-src 'none'; script-src 'self'/u);
      assert.equal(page.headers?.["upgrade-insecure-requests"], undefined);
      assert.match(one?.headers?.["content-disposition"] ?? "", /^attachment/u);
      const { words, addresses, ...rest } = JSON.parse(described?.body ?? "") as HubDescriptor;
      const { peerId, hub: urls } = first;
      const venueHere = { venue: "couloir", buckets: 1, keyed: false };
      assert.deepEqual(rest, { name: "Hub", ...venueHere, room: "Room XX", peerId, urls });
      assert.match(words, /^(?:[a-z]+ ){11}[a-z]+$/u);
      assert.ok(page.body?.includes(words), "the page says the same words");
      assert.deepEqual(
        addresses,
        first.hub.map((one) => `/ip4/${new URL(one).hostname}/tcp/8020/ws/p2p/${first.peerId}`),
      );
      const assets = Array.from(
        page.body?.matchAll(/(?:src|href)="(?<name>[\w-]+\.(?:js|css))"/gu) ?? [],
        ({ groups }) => groups!["name"]!,
      );
      assert.ok(assets.length > 3);
      for (const asset of await visit(assets.map((name) => `${url}/${name}`)))
        assert.equal(asset.status, 200, asset.url);
    }
  });

  it("takes WebSockets, and daemons find each other over nothing else", async () => {
    const [upgraded] = await visit([`ws://${hub.address}:8020/`]);
    assert.deepEqual(upgraded, { url: `ws://${hub.address}:8020/`, status: 101 });
    await guest.up(["--no-mdns", "--peer", `${hub.address}:8020`]);
    await until("Guest sees Hub", async () => (await guest.people()).some(({ person }) => person === hub.person));
  });

  it("invites by an address that opens the app", async () => {
    const { caucus } = await hub.ask<{ caucus: GroupId }>("caucus", "new", "Fish");
    const { code, url } = await hub.ask<Invite & { readonly url: string }>("invite", caucus);
    assert.equal(url, `${first.hub[0]}/#${code}`);
    // A page can dial nothing else, and each guest is on one of the two networks.
    const ways = first.hub.map((one) => `/ip4/${new URL(one).hostname}/tcp/8020/ws/p2p/${first.peerId}`);
    assert.deepEqual(readCode(code).addresses, ways);
    const joined = await guest.ask<{ state: string }>("join", url);
    assert.equal(joined.state, "joined");
  });

  it("carries a photo without where it was taken, and a file as it is", async () => {
    const [photo, file] = [join(hub.folder, "..", "door.jpg"), join(hub.folder, "..", "draft.bin")];
    const bytes = Buffer.alloc(400_000, "couloir\n");
    await writeFile(photo, jpegWith([segment(0xfe, SECRET)]));
    await writeFile(file, bytes);
    for (const [option, path, expected] of [
      ["--photo", photo, JPEG],
      ["--file", file, bytes],
    ] as const) {
      const { message } = await hub.ask<{ message: string }>("send", "fish", option, path, "see this");
      await until(`Guest sees ${path}`, async () => (await guest.run("receipts", "fish", message)).code === 0);
      const out = `${path}.out`;
      const got = await guest.ask<{ size: number }>("get", "fish", message, "-o", out);
      assert.equal(got.size, expected.length);
      assert.deepEqual(await readFile(out), expected);
    }
  });

  it("lets nobody on the network at its owner's API, with the token or without", async () => {
    const token = tokenOf(first);
    const port = new URL(first.ui).port;
    const inside = ["api/status", "api/caucuses", "events", "session", "api/hub"];
    for (const answer of await visit(
      first.hub.flatMap((url) => inside.map((path) => `${url}/${path}`)),
      token,
    ))
      assert.equal(answer.status, 404, answer.url);
    for (const answer of await visit(
      first.hub.map((url) => `http://${new URL(url).hostname}:${port}/api/status`),
      token,
    ))
      assert.match(answer.error ?? "", /ECONNREFUSED/u, answer.url);
  });

  it("is the same hub at the same address after a restart, and its owner's page goes on", async () => {
    await hub.down();
    const again = await hub.up(["--hub", "--no-mdns"]);
    assert.deepEqual([again.peerId, again.hub, again.ui], [first.peerId, first.hub, first.ui]);
    await until("Guest is connected again", async () => {
      const { peers } = await guest.ask<{ peers: number }>("status");
      return peers > 0;
    });
    await guest.down();
    await hub.down();
  });
});
