import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  changePassphrase,
  openProfile,
  profileLock,
  wipeProfile,
  type ProfileOptions,
} from "../../src/store/openNode.ts";
import type { Store } from "../../src/store/store.ts";
import { isError, puts } from "./samples.ts";

const cost = { memoryKiB: 8, passes: 1, lanes: 1 };
const locked: ProfileOptions = { passphrase: () => "corridor diplomacy", cost };
const note = { space: "profile", name: "note" } as const;

describe("profile folder", () => {
  let root: string;
  let dir: string;
  let stores: Store[];

  const open = async (options: ProfileOptions = {}): Promise<Store> => {
    const { store } = await openProfile(dir, options);
    stores.push(store);
    return store;
  };
  const shut = async (): Promise<void> => {
    for (const store of stores.splice(0)) await store.close();
  };
  const mode = async (...path: string[]): Promise<string> =>
    ((await stat(join(dir, ...path))).mode & 0o777).toString(8);
  const filled = async (options: ProfileOptions = {}): Promise<void> => {
    await (await open(options)).commit([puts(note, "kept")]);
    await shut();
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "couloir-profile-"));
    dir = join(root, "deep", "ana");
    stores = [];
  });
  afterEach(async () => {
    await shut();
    await rm(root, { recursive: true, force: true });
  });

  it("is made for its owner's eyes alone, and opens again", async () => {
    const umask = process.umask(0);
    try {
      await filled();
    } finally {
      process.umask(umask);
    }
    assert.deepEqual([await mode(), await mode("db"), await mode("key")], ["700", "700", "600"]);
    assert.deepEqual((await readdir(dir)).sort(), ["db", "key"]);
    assert.equal(await (await open()).get(note), "kept");
  });

  it("takes a key file from the eyes of others", async () => {
    await filled();
    await chmod(join(dir, "key"), 0o644);
    await open();
    assert.equal(await mode("key"), "600");
  });

  it("opens with its passphrase and with no other", async () => {
    await filled(locked);
    await assert.rejects(open({ passphrase: () => "corridor" }), isError("refused", "wrong-passphrase"));
    await assert.rejects(open(), isError("usage", "passphrase-needed"));
    assert.equal(await (await open(locked)).get(note), "kept");
  });

  it("never asks for a passphrase that it has not got", async () => {
    await filled();
    const asked = (): string => assert.fail("asked for a passphrase");
    await assert.rejects(open({ passphrase: asked }), isError("usage", "passphrase-unexpected"));
  });

  it("says whether it is locked, without opening", async () => {
    assert.equal(await profileLock(dir), "none");
    await filled();
    assert.equal(await profileLock(dir), "open");
    await rm(dir, { recursive: true });
    await filled(locked);
    assert.equal(await profileLock(dir), "locked");
  });

  it("changes its passphrase and keeps its data", async () => {
    await filled();
    await changePassphrase(dir, { next: "one", cost });
    await assert.rejects(
      changePassphrase(dir, { current: "x", next: "y", cost }),
      isError("refused", "wrong-passphrase"),
    );
    await changePassphrase(dir, { current: "one", next: "two", cost });
    await assert.rejects(open({ passphrase: () => "one" }), isError("refused", "wrong-passphrase"));
    assert.equal(await (await open({ passphrase: () => "two" })).get(note), "kept");
    await shut();
    await changePassphrase(dir, { current: "two" });
    assert.equal(await (await open()).get(note), "kept");
    assert.equal(await mode("key"), "600");
    await assert.rejects(changePassphrase(join(root, "nothing"), { next: "x" }), isError("storage", "key-missing"));
  });

  it("is one process's at a time", async () => {
    await filled();
    const store = await open();
    await assert.rejects(open(), (error) => {
      assert.ok(error instanceof Error && error.message.includes(dir), "the folder is named");
      return isError("storage", "profile-in-use")(error);
    });
    assert.equal(await store.get(note), "kept");
  });

  it("does not make a second key for data that lost theirs", async () => {
    await filled();
    const key = await readFile(join(dir, "key"));
    await rm(join(dir, "key"));
    await assert.rejects(open(), isError("storage", "key-missing"));
    await assert.rejects(open(locked), isError("storage", "key-missing"));
    await writeFile(join(dir, "key"), key);
    assert.equal(await (await open()).get(note), "kept");
  });

  it("says that a key file is damaged, and leaves everything as it is", async () => {
    await filled();
    const key = await readFile(join(dir, "key"));
    for (const garbled of [
      key.subarray(0, 30),
      Buffer.alloc(0),
      Buffer.from("hello"),
      key.with(40, (key[40] ?? 0) ^ 1),
    ]) {
      await writeFile(join(dir, "key"), garbled);
      await assert.rejects(open(), isError("storage", "key-file-damaged"));
      assert.deepEqual(await readFile(join(dir, "key")), Buffer.from(garbled));
    }
    await writeFile(join(dir, "key"), key);
    assert.equal(await (await open()).get(note), "kept");
  });

  it("says that a key file belongs to another folder", async () => {
    await filled();
    const key = await readFile(join(dir, "key"));
    dir = join(root, "bo");
    await filled();
    await writeFile(join(dir, "key"), key);
    await assert.rejects(open(), isError("storage", "wrong-key"));
  });

  it("comes back from a death between any two steps of its making", async () => {
    await mkdir(join(dir, "db"), { recursive: true });
    await writeFile(join(dir, "key.new"), "half");
    await filled();
    assert.deepEqual((await readdir(dir)).sort(), ["db", "key"]);
    await rm(join(dir, "db"), { recursive: true });
    assert.equal(await (await open()).get(note), undefined);
  });

  it("says that the database is damaged", async () => {
    await filled();
    for (const name of await readdir(join(dir, "db")))
      if (name.startsWith("MANIFEST")) await truncate(join(dir, "db", name), 9);
    await assert.rejects(open(), (error) => {
      assert.ok(error instanceof Error && error.message.includes(dir));
      return isError("storage", "database-damaged")(error);
    });
  });

  it("refuses a path that is a file, or lies below one", async () => {
    await writeFile(join(root, "file"), "x");
    for (const path of [join(root, "file"), join(root, "file", "below")]) {
      dir = path;
      await assert.rejects(open(), (error) => {
        assert.ok(error instanceof Error && error.message.includes(path));
        return isError("storage", "not-a-folder")(error);
      });
    }
    dir = join(root, "file");
    await assert.rejects(profileLock(dir), isError("storage", "not-a-folder"));
  });

  it("refuses a folder that it may not write to", async () => {
    const fixed = join(root, "fixed");
    await mkdir(fixed, { mode: 0o500 });
    await chmod(root, 0o755);
    dir = join(fixed, "ana");
    // Root may write everywhere: be somebody else for a moment.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      await assert.rejects(open(), (error) => {
        assert.ok(error instanceof Error && error.message.includes(dir));
        return isError("storage", "not-writable")(error);
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it("is wiped, key first, even when it no longer opens", async () => {
    await filled(locked);
    await wipeProfile(dir);
    assert.deepEqual(await readdir(dir), []);
    await filled();
    for (const name of await readdir(join(dir, "db"))) await writeFile(join(dir, "db", name), "garbled");
    await wipeProfile(dir);
    assert.deepEqual(await readdir(dir), []);
    await wipeProfile(dir);
    await wipeProfile(join(root, "nothing"));
    assert.equal(await (await open()).get(note), undefined);
  });

  it("loses its key to a wipe even while it is in use", async () => {
    const store = await open();
    await store.commit([puts(note, "kept")]);
    await assert.rejects(wipeProfile(dir), isError("storage", "profile-in-use"));
    assert.equal(await store.get(note), "kept");
    await shut();
    await assert.rejects(open(), isError("storage", "key-missing"));
  });
});
