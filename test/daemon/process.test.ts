/** The daemon as a process, with the real store and network, on its own. */
import { strict as assert } from "node:assert";
import { access, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { assemble } from "../../src/daemon/assemble.ts";
import { main } from "../../src/daemon/main.ts";
import { profileLock } from "../../src/store/openNode.ts";
import {
  child,
  cleanUp,
  couloir,
  done,
  emptyFolder,
  failed,
  json,
  later,
  outside,
  start,
  streams,
  type Ended,
  type Running,
} from "./harness.ts";

const QUIET = ["--no-mdns", "--listen", "/ip4/127.0.0.1/tcp/0"];

const up = async (
  folder: string,
  ...args: string[]
): Promise<Running & { readonly ready: Record<string, unknown> }> => {
  const running = start(["--data", folder, "up", ...QUIET, ...args]);
  later(async () => {
    running.kill("SIGKILL");
    await running.ended;
  });
  const first = await Promise.race([
    running.firstLine,
    running.ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  return { ...running, ready: JSON.parse(first) as Record<string, unknown> };
};

/** Where the daemon does not get as far as to run. */
const upHere = async (folder: string, ...args: string[]): Promise<Ended> => {
  const { io, stdin, stdout, stderr } = streams();
  stdin.end();
  const code = await main(["--data", folder, "up", ...args], outside(io, { assemble }));
  return { code, stdout: stdout(), stderr: stderr() };
};

describe("up: as a process", function () {
  this.timeout(60_000);
  afterEach(cleanUp);

  it("runs, keeps what it was told, shares its folder with nobody, and ends at SIGTERM", async () => {
    const folder = await emptyFolder();
    const first = await up(folder, "--name", "Ana", "--flag", "pt");
    assert.equal((await fetch(String(first.ready["ui"]))).status, 200);
    const made = await couloir({ folder }, "caucus", "new", "Fish", "--json");
    assert.equal(made.code, 0, made.stderr);
    assert.equal((await couloir({ folder }, "send", "fish", "to myself")).code, 0);
    const second = await child(["--data", folder, "up", ...QUIET]);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /^couloir: another couloir is running on [^\n]+\n$/u);
    assert.equal((await couloir({ folder }, "status")).code, 0, "the note of the first is still there");
    first.kill("SIGTERM");
    assert.deepEqual({ ...(await first.ended), stdout: "" }, { code: 0, stdout: "", stderr: "" });
    assert.equal((await couloir({ folder }, "status")).code, 3);
    const again = await up(folder);
    assert.equal(again.ready["person"], first.ready["person"]);
    const status = await couloir({ folder }, "status", "--json");
    assert.equal((JSON.parse(status.stdout) as { name: string }).name, "Ana");
    assert.match((await couloir({ folder }, "history", "fish")).stdout, /Ana: to myself/u);
    again.kill("SIGINT");
    assert.equal((await again.ended).code, 0);
  });

  it("is found dead after kill -9, and starts again", async () => {
    const folder = await emptyFolder();
    const first = await up(folder);
    first.kill("SIGKILL");
    await first.ended;
    assert.equal((await couloir({ folder }, "status")).code, 3);
    const again = await up(folder);
    assert.equal(again.ready["person"], first.ready["person"]);
  });

  it("locks a new profile with a passphrase, and opens it with that one only", async () => {
    const folder = await emptyFolder();
    const [right, wrong] = [join(folder, "..", `${Date.now()}-right`), join(folder, "wrong")];
    later(() => rm(right, { force: true }));
    await writeFile(right, "correct horse\n");
    await writeFile(wrong, "battery staple\n");
    const first = await up(folder, "--passphrase-file", right);
    first.kill("SIGTERM");
    await first.ended;
    const none = await upHere(folder);
    const bad = await upHere(folder, "--passphrase-file", wrong);
    assert.deepEqual([none.code, bad.code], [2, 4]);
    for (const { stderr, stdout } of [none, bad]) assert.match(stderr + stdout, /^couloir: [^\n]+\n$/u);
    await up(folder, "--passphrase-file", right);
  });

  it("moves a person from one folder to another, and locks the new one as it was", async () => {
    const [from, to] = [await emptyFolder(), await emptyFolder()];
    const secrets = await emptyFolder();
    const [file, pass, lock] = [join(secrets, "ana"), join(secrets, "pass"), join(secrets, "lock")];
    await writeFile(pass, "correct horse\n");
    await writeFile(lock, "battery staple\n");
    const ana = await up(from, "--name", "Ana", "--flag", "pt");
    done(await couloir({ folder: from }, "caucus", "new", "Fish"));
    const other = await up(to, "--name", "Other", "--passphrase-file", lock);
    failed(await couloir({ folder: from }, "backup", file), 2, /--passphrase-file/u);
    done(await couloir({ folder: from }, "backup", file, "--passphrase-file", pass));
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    failed(await couloir({ folder: from }, "backup", file, "--passphrase-file", pass), 2, /nothing is overwritten/u);
    failed(await couloir({ folder: to }, "restore", file, "--passphrase-file", pass), 2, /deletes Other .* --yes/u);
    const restore = (secret: string): Promise<Ended> =>
      couloir({ folder: to }, "restore", file, "--passphrase-file", secret, "--yes", "--json");
    failed(await restore(lock), 4, /passphrase/u);
    const moved = json(done(await restore(pass)));
    assert.deepEqual(moved, { person: ana.ready["person"], name: "Ana" });
    assert.match(done(await couloir({ folder: to }, "caucus", "ls")).stdout, /Fish/u);
    other.kill("SIGTERM");
    assert.equal((await other.ended).code, 0);
    assert.equal(await profileLock(to), "locked");
    const again = await up(to, "--passphrase-file", lock);
    assert.deepEqual([again.ready["person"], again.ready["ui"]], [ana.ready["person"], other.ready["ui"]]);
  });

  it("refuses addresses that are none", async () => {
    const folder = await emptyFolder();
    for (const args of [
      ["--peer", "nonsense"],
      ["--listen", "nonsense"],
    ]) {
      const ended = await upHere(folder, ...args);
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /an address looks like/u);
    }
    await assert.rejects(access(join(folder, "key")));
  });

  it("is stopped by wipe, which leaves what is not its own", async () => {
    const folder = join(await emptyFolder(), "profile");
    const running = await up(folder);
    await writeFile(join(folder, "thesis.txt"), "x");
    const ended = await couloir({ folder }, "wipe", "--yes", "--json");
    assert.deepEqual(
      [ended.code, JSON.parse(ended.stdout)],
      [0, { wiped: folder, left: ["thesis.txt"] }],
      ended.stderr,
    );
    assert.equal((await running.ended).code, 0);
    assert.equal((await couloir({ folder }, "wipe", "--yes")).code, 2);
    await writeFile(join(folder, "key"), "no key at all");
    assert.equal((await couloir({ folder }, "wipe", "--yes")).code, 0, "what is damaged can be deleted");
    await access(join(folder, "thesis.txt"));
  });
});
