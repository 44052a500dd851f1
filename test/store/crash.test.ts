import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openProfile, wipeProfile, type ProfileOptions } from "../../src/store/openNode.ts";
import type { Store } from "../../src/store/store.ts";
import { all, group, isError, message, puts } from "./samples.ts";

const locked: ProfileOptions = { passphrase: () => "corridor diplomacy", cost: { memoryKiB: 8, passes: 1, lanes: 1 } };
const note = { space: "profile", name: "note" } as const;

describe("a profile after a crash", () => {
  let dir: string;
  let store: Store | undefined;
  const open = async (options: ProfileOptions = {}): Promise<Store> =>
    (store = (await openProfile(dir, options)).store);
  const shut = async (): Promise<void> => {
    await store?.close();
    store = undefined;
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "couloir-crash-"));
  });
  afterEach(async () => {
    await shut();
    await rm(dir, { recursive: true, force: true });
  });

  it("has after a kill all that it said was saved, each commit whole, and nothing out of turn", async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL("crashWriter.ts", import.meta.url)), dir], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const part of child.stdout) {
      said += String(part);
      if (said.split("\n").length > 300) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const saved = said.split("\n").filter(Boolean).map(Number);
    const after = await open();
    const messages = await all(after.range({ space: "message", group: group("crash") }));
    const outbox = await all(after.range({ space: "outbox", group: group("crash") }));
    assert.ok(saved.length >= 300 && messages.length >= saved.length);
    assert.deepEqual(saved, [...saved.keys()]);
    assert.deepEqual(
      messages,
      messages.map((_, n) => ({
        key: { space: "message", group: group("crash"), time: n, message: message(n) },
        value: { text: `message ${n}` },
      })),
    );
    assert.deepEqual(
      outbox.map(({ value }) => value),
      messages.map(({ key }) => key.time),
    );
  }).timeout(60_000);

  it("tells once that the database skipped damage, even if the first start after it failed", async () => {
    for (const handled of [true, false]) {
      const filling = await open(locked);
      for (let n = 0; n < 200; n++)
        await filling.commit([puts({ space: "outbox", group: group("g"), seq: n }, new Uint8Array(500))]);
      await shut();
      for (const name of await readdir(join(dir, "db")))
        if (name.endsWith(".log")) {
          const log = await readFile(join(dir, "db", name));
          await writeFile(join(dir, "db", name), log.with(50_000, (log[50_000] ?? 0) ^ 1));
        }
      await assert.rejects(open({ passphrase: () => "wrong" }), isError("refused", "wrong-passphrase"));
      const told: unknown[] = [];
      if (handled) await open({ ...locked, onLost: (error) => told.push(error) });
      else await assert.rejects(open(locked), (error) => told.push(error) === 1);
      assert.equal(told.length, 1);
      assert.ok(isError("storage", "records-lost")(told[0]));
      await shut();
      const left = await all((await open(locked)).range({ space: "outbox", group: group("g") }));
      assert.ok(left.length > 0 && left.length < 200);
      await shut();
      await wipeProfile(dir);
    }
  });

  it("takes a write that was cut short for no damage", async () => {
    await (await open()).commit([puts(note, "cut")]);
    await shut();
    for (const name of await readdir(join(dir, "db")))
      if (name.endsWith(".log")) {
        const path = join(dir, "db", name);
        await truncate(path, (await stat(path)).size - 5);
      }
    assert.equal(await (await open()).get(note), undefined);
  });
});
