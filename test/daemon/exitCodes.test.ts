import { strict as assert } from "node:assert";
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { CouloirError, refused } from "../../src/errors.ts";
import { writeNote } from "../../src/daemon/dataFolder.ts";
import { personId } from "../helpers/fakeMessenger.ts";
import { child, cleanUp, couloir, emptyFolder, serve, TOKEN, done, failed, json } from "./harness.ts";

const ANA = personId("aa11");

describe("command line: exit codes, as a process", function () {
  this.timeout(20_000);
  afterEach(cleanUp);

  it("0: does what it was told, with data on stdout alone", async () => {
    const { folder, messenger } = await serve();
    const caucus = await messenger.createCaucus("Fish");
    const ended = done(await child(["send", "--data", folder, "--json", "fish", "-"], { stdin: "from a pipe\n" }));
    const [line] = messenger.lines;
    assert.equal(line?.text, "from a pipe");
    assert.deepEqual(json(ended), { message: line.message, caucus, reached: 0, of: 0 });
  });

  it("1: something failed", async () => {
    const { folder, messenger } = await serve();
    messenger.failing = { method: "createCaucus", error: new CouloirError("storage", "disk-full", "the disk is full") };
    failed(await child(["--data", folder, "caucus", "new", "Fish"]), 1, /the disk is full/u);
  });

  it("2: wrong usage, of every kind", async () => {
    const { folder } = await serve();
    const wrong: [string[], RegExp][] = [
      [["no-such-command"], /unknown command 'no-such-command'/u],
      [["status", "--no-such-option"], /unknown option '--no-such-option'/u],
      [["send", "x"], /there is nothing to send/u],
      [["status", "surplus"], /too many arguments/u],
      [["history", "x", "--limit", "many"], /whole number/u],
      [["up", "--flag", "QQ"], /two letters of a country/u],
      [["send", "nobody", "hello"], /no caucus or person “nobody”/u],
    ];
    for (const [args, words] of wrong) failed(await couloir({ folder }, ...args), 2, words);
    const [args, words] = wrong[0]!;
    failed(await child(["--data", folder, ...args]), 2, words);
  });

  it("3: no daemon, a dead one, somebody else's port", async () => {
    const empty = await emptyFolder();
    const words = /no daemon is running on this data folder; start one with: couloir up/u;
    failed(await child(["--data", empty, "status"]), 3, words);
    // A process that has ended, and a port that nobody listens on.
    const dead = spawnSync(process.execPath, ["-e", ""]).pid;
    const gone = await serve();
    const { port } = gone;
    for (const note of [
      { port, token: TOKEN, pid: dead },
      { port, token: "cd".repeat(32), pid: process.pid },
    ]) {
      await writeNote(empty, note);
      failed(await couloir({ folder: empty }, "status"), 3, words);
    }
    await gone.close();
    await writeNote(empty, { port, token: TOKEN, pid: process.pid });
    failed(await couloir({ folder: empty }, "status"), 3, words);
  });

  it("4: refused", async () => {
    const { folder, messenger } = await serve();
    messenger.failing = { method: "join", error: refused("expired", "this code has expired; ask for a new one") };
    failed(await child(["--data", folder, "join", "couloir:abc"]), 4, /this code has expired; ask for a new one/u);
  });

  it("5: timed out", async () => {
    const { folder, messenger } = await serve();
    messenger.failing = {
      method: "join",
      error: new CouloirError("timeout", "no-answer", "nobody answered within 1 s"),
    };
    failed(await child(["--data", folder, "join", "couloir:abc", "--wait", "1"]), 5, /nobody answered/u);
    assert.deepEqual(messenger.asked.at(-1), ["join", "couloir:abc", 1000]);
  });

  it("refuses an old Node in one line, before it loads anything", async () => {
    const old = `data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})`;
    failed(await child(["status"], { nodeArgs: ["--import", old] }), 1, /Node 20\.20\.2, and Couloir needs Node 22/u);
  });

  it("ends well when its reader has had enough", async () => {
    const { folder, messenger } = await serve();
    const caucus = await messenger.createCaucus("Fish");
    for (let at = 0; at < 3000; at += 1) messenger.hear({ caucus, sender: ANA, text: "x".repeat(200) });
    const cli = new URL("../../src/daemon/cli.ts", import.meta.url).pathname;
    const script = '"$0" "$1" --data "$2" history fish --json | head -n 1; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = await promisify(execFile)("bash", ["-c", script, process.execPath, cli, folder]);
    assert.equal(stdout.split("\n")[1], "0");
    assert.equal(stderr, "");
  });

  it("gives help and the version on stdout", async () => {
    const [help, version] = await Promise.all([child(["--help"]), child(["--version"])]);
    assert.match(done(help).stdout, /Exit codes: 0 done/u);
    assert.match(done(version).stdout, /^\d+\.\d+\.\d+\n$/u);
  });
});
