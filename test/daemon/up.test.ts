import { strict as assert } from "node:assert";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { connect } from "../../src/daemon/client.ts";
import { API_FILE, readNote } from "../../src/daemon/dataFolder.ts";
import { FakeMessenger } from "../helpers/fakeMessenger.ts";
import type { SecureDescriptor } from "../../src/daemon/hub/hubServer.ts";
import { cleanUp, couloir, done, eventually, json, later } from "./harness.ts";
import { READY, ready, up } from "./upHarness.ts";

describe("up", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("says first, in one line of JSON, where it is reached, and stops cleanly", async () => {
    const messenger = new FakeMessenger();
    const daemon = await up([], { messenger });
    const { ui, ...rest } = await ready(daemon);
    const { peerId, addresses } = messenger.status();
    assert.deepEqual(rest, { event: "ready", hub: [], peerId, person: messenger.person, addresses });
    const note = await readNote(daemon.folder);
    assert.equal(ui, `http://127.0.0.1:${note?.port}/#token=${note?.token}`);
    const page = await fetch(String(ui));
    assert.equal(page.status, 200);
    assert.equal((await (await connect(daemon.folder)).status()).person, messenger.person);
    daemon.signal();
    assert.equal(await daemon.ended, 0);
    assert.deepEqual(daemon.steps, ["open", "start", "close"]);
    await assert.rejects(access(join(daemon.folder, API_FILE)));
    await assert.rejects(fetch(String(ui)));
    assert.equal(daemon.stderr(), "");
  });

  it("keeps its address and its token over a restart, so that an open page goes on", async () => {
    const kept = new Map<string, unknown>();
    const first = await up([], { kept });
    const { ui } = await ready(first);
    first.signal();
    await first.ended;
    const again = await up([], { kept });
    assert.equal((await ready(again))["ui"], ui);
    const elsewhere = await up([]);
    const other = String((await ready(elsewhere))["ui"]);
    assert.notEqual(other.split("#")[1], String(ui).split("#")[1], "another folder has another token");
  });

  it("takes another port where somebody has that of last time, and tells the same token", async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    await once(busy, "listening");
    later(async () => void busy.close());
    const { port } = busy.address() as AddressInfo;
    const kept = new Map<string, unknown>([["api", { port, token: "ab".repeat(32) }]]);
    const daemon = await up([], { kept });
    const { ui } = await ready(daemon);
    assert.match(String(ui), new RegExp(`#token=${"ab".repeat(32)}$`, "u"));
    assert.notEqual(new URL(String(ui)).port, String(port));
    assert.equal(String((kept.get("api") as { port: number }).port), new URL(String(ui)).port);
  });

  it("is a hub when it is told to be: says where, in status and in invites, and joins the network with its sockets", async () => {
    const messenger = new FakeMessenger();
    const daemon = await up(["--hub", "--hub-port", "0", "--room", "Room XX"], { messenger });
    const { hub } = (await ready(daemon)) as { hub: string[] };
    const [url] = hub;
    assert.match(url ?? "", /^http:\/\/[\d.]+:\d+$/u);
    assert.equal(`:${daemon.part()?.port}`, /:\d+$/u.exec(url ?? "")?.[0]);
    assert.equal(daemon.part()?.seed.length, 32);
    const { port } = new URL(url ?? "");
    const described = (await (await fetch(`http://127.0.0.1:${port}/hub.json`)).json()) as Record<string, unknown>;
    assert.deepEqual([described["room"], described["peerId"]], ["Room XX", messenger.status().peerId]);
    const status = json(done(await couloir(daemon, "status", "--json"))) as { hub: string[] };
    assert.deepEqual(status.hub, hub);
    await messenger.createCaucus("Fish");
    const invite = json(done(await couloir(daemon, "invite", "fish", "--json"))) as { code: string; url: string };
    assert.equal(invite.url, `${url}/#${invite.code}`);
    assert.match(
      done(await couloir(daemon, "invite", "fish")).stdout,
      /^http:[^\n]+#couloir:\w+\ncouloir join couloir:/u,
    );
    daemon.signal();
    assert.equal(await daemon.ended, 0);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/hub.json`));
  });

  it("shows a code to scan and the address in words on a terminal", async () => {
    const daemon = await up(["--hub", "--hub-port", "0"], { terminal: { columns: 80, rows: 24 } });
    await daemon.until("Ctrl-C stops it");
    assert.match(daemon.stdout(), /\u2580[^]*\nPhones: scan, or open http:\/\/[\d.]+:\d+\n/u);
  });

  it("opens a port with a lock when it is told to, and says where and by which fingerprint", async () => {
    const args = ["--hub", "--hub-port", "0", "--secure", "--secure-port", "0"];
    const terminal = { columns: 80, rows: 24 };
    const daemon = await up(args, { terminal });
    await daemon.until("Ctrl-C stops it");
    const { secure } = json(done(await couloir(daemon, "status", "--json"))) as { secure: SecureDescriptor };
    assert.match(secure.urls[0] ?? "", /^https:\/\/[\d.]+:\d+$/u);
    assert.match(secure.fingerprint, /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u);
    const status = done(await couloir(daemon, "status")).stdout;
    for (const said of [daemon.stdout(), status])
      for (const word of [...secure.urls, secure.fingerprint]) assert.ok(said.includes(word), word);
    assert.match(daemon.stdout(), /Browsers warn of it/u);
    daemon.signal();
    assert.equal(await daemon.ended, 0);

    const programs = await up(args);
    assert.match(((await ready(programs))["secure"] as SecureDescriptor).fingerprint, /^[0-9A-F]{2}:/u);
    const plain = await up(["--hub", "--hub-port", "0"]);
    assert.equal((await ready(plain))["secure"], undefined);
  });

  it("takes what is for a hub only of a hub", async () => {
    for (const [args, words] of [
      [["--room", "x"], /add --hub/u],
      [["--hub-port", "1"], /add --hub/u],
      [["--secure"], /add --hub/u],
      [["--hub", "--secure-port", "1"], /add --secure/u],
      [["--hub", "--secure", "--cert", "x", "--key", "x"], /leave --secure away/u],
      [["--hub", "--hub-port", "8020", "--secure", "--secure-port", "8020"], /two ports/u],
      [["--hub", "--cert", "x"], /--cert and --key go together/u],
      [["--hub", "--cert", "/nowhere", "--key", "/nowhere"], /--cert \/nowhere: it does not exist/u],
    ] as const) {
      const daemon = await up(args);
      assert.equal(await daemon.ended, 2);
      assert.match(daemon.stderr(), words);
    }
  });

  it("begins anew as who moves in, at the same address with the same token and the same passphrase", async () => {
    const terminal = { columns: 80, rows: 24 };
    const daemon = await up(["--json"], { terminal });
    const { ui } = await ready(daemon);
    const { port, token } = (await readNote(daemon.folder))!;
    const move = (passphrase: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/api/identity/import`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
        body: `${JSON.stringify({ passphrase })}\nBen`,
      });
    assert.equal((await move("wrong")).status, 403);
    assert.equal((await move("right")).status, 200);
    await eventually(
      () => daemon.stdout().split("\n").length === 3,
      () => daemon.stdout(),
    );
    assert.deepEqual(daemon.steps, ["open", "start", "close", "wipe", "open", "plant Ben", "start"]);
    const again = JSON.parse(daemon.stdout().split("\n")[1]!) as Record<string, unknown>;
    assert.equal(again["ui"], ui);
    assert.equal((await (await connect(daemon.folder)).status()).state, "running");
    daemon.signal();
    assert.equal(await daemon.ended, 0);
  });

  it("is friendly on a terminal, and JSON there when asked", async () => {
    const terminal = { columns: 80, rows: 24 };
    const friendly = await up(["--name", "Ana"], { terminal });
    await friendly.until("Ctrl-C stops it");
    assert.match(friendly.stdout(), /You are +Ana\n.*http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}\n/su);
    assert.doesNotMatch(friendly.stdout(), READY);
    assert.equal((await ready(await up(["--json"], { terminal })))["event"], "ready");
  });

  it("invents a name, asks nothing, and keeps what it was told", async () => {
    const messenger = new FakeMessenger();
    await ready(await up([], { messenger }));
    assert.deepEqual(messenger.profile(), { name: "Delegate 5e1f", flag: "", delegation: "" });
    await cleanUp();
    await ready(await up(["--name", "Ana", "--flag", "pt", "--delegation", "Portugal"], { messenger }));
    assert.deepEqual(messenger.profile(), { name: "Ana", flag: "PT", delegation: "Portugal" });
    await cleanUp();
    messenger.asked.length = 0;
    await ready(await up([], { messenger }));
    assert.deepEqual(messenger.profile(), { name: "Ana", flag: "PT", delegation: "Portugal" });
    assert.deepEqual(messenger.asked, []);
  });

  it("hands its options to the node", async () => {
    const daemon = await up([
      "--listen",
      "/ip4/127.0.0.1/tcp/0",
      "--peer",
      "/ip4/192.0.2.1/tcp/1",
      "--peer",
      "/ip4/192.0.2.2/tcp/2",
      "--venue",
      "annex",
      "--no-mdns",
      "--hidden",
      "--ask",
      "--passphrase-file",
      "/pass",
    ]);
    await ready(daemon);
    const { listen, peers, venue, mdns, hidden, waitForConsent, passphraseFile, ask, folder } = daemon.given()!;
    assert.deepEqual(
      { listen, peers, venue, mdns, hidden, waitForConsent, passphraseFile, ask, folder },
      {
        listen: ["/ip4/127.0.0.1/tcp/0"],
        peers: ["/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/2"],
        venue: "annex",
        mdns: false,
        hidden: true,
        waitForConsent: true,
        passphraseFile: "/pass",
        ask: undefined,
        folder: daemon.folder,
      },
    );
  });

  it("passes on what the messenger notices, made harmless", async () => {
    const messenger = new FakeMessenger();
    const daemon = await up([], { messenger });
    await ready(daemon);
    messenger.emit("notice", { level: "warn", code: "x", text: "Ana's\u001b[2J key\nhas changed" });
    await daemon.until("has changed");
    assert.equal(daemon.stderr(), "couloir: Ana's key has changed\n");
  });

  it("asks for a passphrase only at a terminal", async () => {
    const piped = await up([]);
    await ready(piped);
    assert.equal(piped.given()?.ask, undefined);
    const terminal = await up(["--json"], { terminal: { columns: 80, rows: 24 } });
    await ready(terminal);
    assert.equal(typeof terminal.given()?.ask, "function");
  });
});
