/** What a program has kept for itself, on one device alone. */
import assert from "node:assert/strict";
import { MemoryLevel } from "memory-level";
import { remember, remembered } from "../../src/messenger/remembered.ts";
import type { Session } from "../../src/messenger/session.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const views = { storeEncoding: "view", keyEncoding: "view", valueEncoding: "view" } as const;

describe("what is remembered for a program", () => {
  let session: Session;

  beforeEach(async () => {
    const disk = new MemoryLevel<Uint8Array, Uint8Array>(views);
    const store = await Store.open(disk, new Vault(new Uint8Array(32).fill(5), new SimRandom("kept").bytes));
    // Steps that never come to an end.
    const never = (): Promise<never> => new Promise(() => {});
    session = { store, step: never, track: () => {} } as unknown as Session;
  });

  it("is on disk at once, however long the messenger is busy", async () => {
    await remember(session, "sending", ["We can live with it."]);
    assert.deepEqual(await remembered(session, "sending"), ["We can live with it."]);
    await remember(session, "sending", undefined);
    assert.equal(await remembered(session, "sending"), undefined);
  });

  it("has entries that several change at once without undoing each other's", async () => {
    const entry = (name: string, value: unknown) => remember(session, "sending", value, { entry: name });
    await Promise.all([entry("a", 1), entry("__proto__", { b: 2 }), entry("c", 3), entry("a", undefined)]);
    assert.deepEqual(Object.entries((await remembered(session, "sending")) as object), [
      ["__proto__", { b: 2 }],
      ["c", 3],
    ]);
    await Promise.all([entry("__proto__", undefined), entry("c", undefined)]);
    assert.equal(await remembered(session, "sending"), undefined);
    await assert.rejects(remember(session, "sending", 1, { entry: "a", shared: true }), { fault: "usage" });
    await assert.rejects(entry("a", "x".repeat(70_000)), { fault: "usage" });
    await entry("b", 1);
    assert.deepEqual(await remembered(session, "sending"), { b: 1 });
  });

  it("is on disk in the order in which it was told", async () => {
    const told = Array.from({ length: 8 }, (_, at) => remember(session, "sending", at));
    await Promise.all(told);
    assert.equal(await remembered(session, "sending"), 7);
  });
});
