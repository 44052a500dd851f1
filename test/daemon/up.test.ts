import { strict as assert } from "node:assert";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { CouloirError, refused } from "../../src/errors.ts";
import { connect } from "../../src/daemon/client.ts";
import type { Outside } from "../../src/daemon/context.ts";
import { API_FILE, readNote } from "../../src/daemon/dataFolder.ts";
import { main } from "../../src/daemon/main.ts";
import type { NodeOptions } from "../../src/daemon/node.ts";
import type { HubPart } from "../../src/node.ts";
import type { MovedIdentity } from "../../src/messenger/identityFile.ts";
import { FakeMessenger } from "../helpers/fakeMessenger.ts";
import {
  cleanUp,
  couloir,
  done,
  emptyFolder,
  eventually,
  json,
  later,
  outside,
  streams,
  type Streams,
  type Terminal,
} from "./harness.ts";

interface Up extends Streams {
  readonly folder: string;
  readonly ended: Promise<number>;
  readonly signal: () => void;
  /** What was put up and taken down, in order. */
  readonly steps: string[];
  readonly given: () => NodeOptions | undefined;
  /** What it joined the network with, as a hub. */
  readonly part: () => HubPart | undefined;
}

interface UpTest {
  readonly folder?: string;
  readonly messenger?: FakeMessenger;
  readonly terminal?: Terminal;
  readonly more?: Partial<Outside>;
  readonly close?: () => Promise<void>;
  /** What earlier runs kept in the folder. */
  readonly kept?: Map<string, unknown>;
}

const up = async (args: readonly string[], test: UpTest = {}): Promise<Up> => {
  const folder = test.folder ?? (await emptyFolder());
  const messenger = test.messenger ?? new FakeMessenger();
  const all = streams(test.terminal);
  const steps: string[] = [];
  const kept = test.kept ?? new Map<string, unknown>();
  let signal = (): void => undefined;
  let given: NodeOptions | undefined;
  let part: HubPart | undefined;
  const ended = main(
    ["--data", folder, "up", ...args],
    outside(all.io, {
      assemble: async (options) => {
        given = options;
        steps.push("open");
        return {
          start: async (hub) => {
            part = hub;
            steps.push("start");
            return messenger;
          },
          close: async () => {
            steps.push("close");
            await test.close?.();
          },
          wipe: async () => {
            steps.push("wipe");
            kept.clear();
          },
          exportIdentity: async () => Buffer.from("identity"),
          openIdentity: async (file, passphrase) => {
            if (passphrase !== "right") throw refused("wrong-passphrase", "wrong passphrase");
            return { profile: { name: Buffer.from(file).toString() } } as MovedIdentity;
          },
          plant: async ({ profile }) => void steps.push(`plant ${profile.name}`),
          kept: async (name: string) => kept.get(name),
          keep: async (name: string, value: unknown) => void kept.set(name, value),
        };
      },
      onSignal: (handler) => {
        signal = handler;
        return () => {
          signal = () => undefined;
        };
      },
      ...test.more,
    }),
  );
  later(async () => {
    signal();
    await ended;
  });
  return { ...all, folder, ended, steps, signal: () => signal(), given: () => given, part: () => part };
};

const READY = /"event":"ready"/u;
const ready = async (started: Up): Promise<Record<string, unknown>> => {
  await started.until(READY);
  return JSON.parse(started.stdout().split("\n")[0]!) as Record<string, unknown>;
};

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

  it("takes what is for a hub only of a hub", async () => {
    for (const [args, words] of [
      [["--room", "x"], /add --hub/u],
      [["--hub-port", "1"], /add --hub/u],
      [["--hub", "--cert", "x"], /--cert and --key go together/u],
      [["--hub", "--cert", "/nowhere", "--key", "/nowhere"], /--cert \/nowhere: it does not exist/u],
    ] as const) {
      const daemon = await up(args);
      assert.equal(await daemon.ended, 2);
      assert.match(daemon.stderr(), words);
    }
  });

  it("deletes the profile once it is closed, when its page says so", async () => {
    const daemon = await up([]);
    await ready(daemon);
    const { port, token } = (await readNote(daemon.folder))!;
    const wipe = (body: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/api/wipe`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body,
      });
    assert.equal((await wipe("{}")).status, 400);
    assert.equal((await wipe('{"yes":true}')).status, 200);
    assert.equal(await daemon.ended, 0);
    assert.deepEqual(daemon.steps, ["open", "start", "close", "wipe"]);
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
    assert.equal((await (await connect(daemon.folder)).status()).venue, "annex");
  });

  it("fails on a busy port before it joins the network, and leaves no note", async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    await once(busy, "listening");
    later(async () => void busy.close());
    const { port } = busy.address() as AddressInfo;
    const daemon = await up(["--port", String(port)]);
    assert.equal(await daemon.ended, 1);
    assert.deepEqual(daemon.steps, ["open", "close"]);
    assert.equal(
      daemon.stderr(),
      `couloir: cannot open port ${port} on this computer: it is taken; choose another one or leave --port away\n`,
    );
    assert.equal(await readNote(daemon.folder), undefined);
  });

  for (const [what, error, code] of [
    ["a folder in use", new CouloirError("storage", "profile-in-use", "another couloir is running on this folder"), 1],
    ["a wrong passphrase", refused("wrong-passphrase", "wrong passphrase"), 4],
    ["a bug", new TypeError("x is not a function\n    at y"), 1],
  ] as const)
    it(`ends in one line and with ${code} for ${what}`, async () => {
      const daemon = await up([], { more: { assemble: () => Promise.reject(error) } });
      assert.equal(await daemon.ended, code);
      assert.match(daemon.stderr(), /^couloir: [^\n]+\n$/u);
      assert.equal(daemon.stdout(), "");
    });

  it("does not take away the note of the daemon that is running", async () => {
    const first = await up([]);
    await ready(first);
    const error = new CouloirError("storage", "profile-in-use", "another couloir is running");
    // Another process, as far as the note is concerned.
    const pid = Object.getOwnPropertyDescriptor(process, "pid")!;
    Object.defineProperty(process, "pid", { ...pid, value: process.pid + 1 });
    try {
      const second = await up([], { folder: first.folder, more: { assemble: () => Promise.reject(error) } });
      assert.equal(await second.ended, 1);
    } finally {
      Object.defineProperty(process, "pid", pid);
    }
    assert.ok(await readNote(first.folder));
  });

  it("shows a stack only when asked", async () => {
    const assemble = (): Promise<never> => Promise.reject(new TypeError("inner words"));
    const quiet = await up([], { more: { assemble } });
    await quiet.ended;
    assert.doesNotMatch(quiet.stderr(), /\n +at /u);
    const loud = await up(["--debug"], { more: { assemble } });
    await loud.ended;
    assert.match(loud.stderr(), /\n +at /u);
  });

  it("takes an echo of the signal for one, and a second one for the end", async () => {
    const codes: number[] = [];
    const { promise: closing, resolve } = Promise.withResolvers<void>();
    const daemon = await up([], { close: () => closing, more: { exit: (code) => void codes.push(code) } });
    await ready(daemon);
    daemon.signal();
    daemon.signal();
    assert.deepEqual(codes, []);
    const since = performance.now();
    while (performance.now() - since < 350) await new Promise(setImmediate);
    daemon.signal();
    assert.deepEqual(codes, [1]);
    resolve();
    assert.equal(await daemon.ended, 0);
  });

  it("says why an orderly end failed", async () => {
    const daemon = await up([], {
      close: () => Promise.reject(new CouloirError("storage", "disk-full", "the disk is full")),
    });
    await ready(daemon);
    daemon.signal();
    assert.equal(await daemon.ended, 1);
    assert.equal(daemon.stderr(), "couloir: the disk is full\n");
    assert.equal(await readNote(daemon.folder), undefined);
  });

  it("passes on what the messenger notices, made harmless", async () => {
    const messenger = new FakeMessenger();
    const daemon = await up([], { messenger });
    await ready(daemon);
    messenger.emit("notice", { level: "warn", code: "x", text: "Ana's\u001b[2J key\nhas changed" });
    await daemon.until("has changed");
    assert.equal(daemon.stderr(), "couloir: Ana's key has changed\n");
  });

  it("stops when the API is told to", async () => {
    const daemon = await up([]);
    await ready(daemon);
    await (await connect(daemon.folder)).stop();
    assert.equal(await daemon.ended, 0);
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
