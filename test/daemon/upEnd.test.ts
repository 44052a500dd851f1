import { strict as assert } from "node:assert";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { CouloirError, refused } from "../../src/errors.ts";
import { connect } from "../../src/daemon/client.ts";
import { readNote } from "../../src/daemon/dataFolder.ts";
import { cleanUp, later } from "./harness.ts";
import { ready, up } from "./upHarness.ts";

describe("up: failures and ends", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

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

  it("stops when the API is told to", async () => {
    const daemon = await up([]);
    await ready(daemon);
    await (await connect(daemon.folder)).stop();
    assert.equal(await daemon.ended, 0);
  });
});
