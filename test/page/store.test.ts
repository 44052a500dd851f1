/** The store in a page: the store's contract on it, durability, the lease, and the key. On an IndexedDB in memory. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { BrowserHome } from "../../src/store/browserHome.ts";
import { browserLevel } from "../../src/store/browserLevel.ts";
import { wrapKey, unwrapKey } from "../../src/store/keyBox.ts";
import { browserKey, browserLock, openBrowserStore, type KeyBoxes } from "../../src/store/openBrowser.ts";
import { put } from "../../src/store/record.ts";
import { storeContract } from "../store/contract.ts";
import { isError } from "../store/samples.ts";

let count = 0;
const freshName = (): string => `test-${(count += 1)}`;
const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
const cheap: KeyBoxes = { wrap: (key, passphrase) => wrapKey(key, passphrase, { cost }), unwrap: unwrapKey };
const note = (name: string) => ({ space: "profile", name }) as const;

storeContract("an IndexedDB under a lease", async () => {
  const home = await BrowserHome.open(freshName());
  const lease = (await home.takeLease(0))!;
  return {
    handle: async () => browserLevel(home.profile, lease),
    destroy: () => home.wipe(),
  };
});

describe("the store in a page", () => {
  const homes: BrowserHome[] = [];
  const openHome = async (name = freshName()): Promise<BrowserHome> => {
    const home = await BrowserHome.open(name);
    homes.push(home);
    return home;
  };
  const transaction = Reflect.get(IDBDatabase.prototype, "transaction") as IDBDatabase["transaction"];
  afterEach(async () => {
    IDBDatabase.prototype.transaction = transaction;
    for (const home of homes.splice(0)) home.close();
  });

  it("asks for strict durability with every write, and with nothing else", async () => {
    const asked: [IDBTransactionMode | undefined, string | undefined][] = [];
    IDBDatabase.prototype.transaction = function (...given: Parameters<typeof transaction>) {
      asked.push([given[1], given[2]?.durability]);
      return transaction.apply(this, given);
    };
    const home = await openHome();
    const key = await browserKey(home, "a passphrase", cheap);
    const { store } = await openBrowserStore(home, key, { lease: (await home.takeLease(0))! });
    await store.commit([put(note("a"), 1)]);
    assert.equal(await store.get(note("a")), 1);
    await store.clear({ space: "profile" });
    await store.close();
    const writes = asked.filter(([mode]) => mode === "readwrite");
    assert.ok(writes.length >= 5, `only ${writes.length} writes`);
    assert.ok(writes.every(([, durability]) => durability === "strict"));
  });

  it("fails every write of a tab whose lease is overtaken, wholly, and lets it read", async () => {
    const home = await openHome();
    const key = await browserKey(home, undefined, cheap);
    let lost = 0;
    const older = await openBrowserStore(home, key, { lease: (await home.takeLease(0))!, onLost: () => lost++ });
    await older.store.commit([put(note("mine"), "before")]);
    const newer = await openBrowserStore(home, key, { lease: (await home.takeLease(await home.lease()))! });
    const late = [put(note("mine"), "after"), put(note("more"), 1)];
    await assert.rejects(older.store.commit(late), isError("storage", "lease-lost"));
    await assert.rejects(older.store.commit(late.slice(1)), isError("storage", "lease-lost"));
    await assert.rejects(older.store.clear({ space: "profile" }), isError("storage", "lease-lost"));
    assert.ok(lost >= 2);
    assert.equal(await older.store.get(note("mine")), "before");
    assert.equal(await newer.store.get(note("more")), undefined);
    await newer.store.commit([put(note("mine"), "taken over")]);
    assert.equal(await newer.store.get(note("mine")), "taken over");
    await Promise.all([older.store.close(), newer.store.close()]);
  });

  it("tells a reading that goes on after the store was closed that it was", async () => {
    const home = await openHome();
    const key = await browserKey(home, undefined, cheap);
    const { store } = await openBrowserStore(home, key, { lease: (await home.takeLease(0))! });
    await store.commit([put(note("a"), 1), put(note("b"), 2)]);
    const reading = store.range({ space: "profile" });
    await reading.next();
    await store.close();
    await assert.rejects(reading.next(), isError("storage", "store-closed"));
  });

  it("gives the lease to one of two who saw the same one", async () => {
    const name = freshName();
    const [one, other] = [await openHome(name), await openHome(name)];
    const taken = await Promise.all([one.takeLease(0), other.takeLease(0)]);
    assert.deepEqual(
      taken.filter((lease) => lease !== undefined),
      [1],
    );
    assert.equal(await one.lease(), 1);
  });

  it("makes one key when two tabs begin at once", async () => {
    const name = freshName();
    const [one, other] = [await openHome(name), await openHome(name)];
    assert.equal(await browserLock(one), "none");
    const keys = await Promise.all([browserKey(one, "same", cheap), browserKey(other, "same", cheap)]);
    assert.deepEqual(keys[0], keys[1]);
    assert.equal(await browserLock(other), "locked");
    assert.deepEqual(await browserKey(one, "same", cheap), keys[0]);
  });

  it("opens a locked profile with its passphrase only, and an open one without any", async () => {
    const locked = await openHome();
    await browserKey(locked, "right", cheap);
    await assert.rejects(browserKey(locked, "wrong", cheap), isError("refused", "wrong-passphrase"));
    await assert.rejects(browserKey(locked, undefined, cheap), isError("usage", "passphrase-needed"));
    const open = await openHome();
    const key = await browserKey(open);
    assert.equal(await browserLock(open), "open");
    assert.deepEqual(await browserKey(open), key);
  });

  it("keeps no key and no plain word in the database of a locked profile", async () => {
    const home = await openHome();
    const key = await browserKey(home, "right", cheap);
    const kept = key.slice();
    const { store } = await openBrowserStore(home, key, { lease: (await home.takeLease(0))! });
    await store.commit([put(note("secret"), "an unmistakable sentence")]);
    await store.close();
    const all = await everything(home.profile);
    assert.ok(all.length > 200);
    assert.ok(!all.includes(Buffer.from(kept).toString("latin1")));
    assert.ok(!all.includes("unmistakable"));
  });

  it("wipes key, records and lease, also when another tab has them open", async () => {
    const name = freshName();
    const [home, other] = [await openHome(name), await openHome(name)];
    const key = await browserKey(home);
    const { store } = await openBrowserStore(home, key, { lease: (await home.takeLease(0))! });
    await store.commit([put(note("a"), 1)]);
    await other.wipe();
    await assert.rejects(store.commit([put(note("a"), 2)]), isError("storage", "storage-failed"));
    const after = await openHome(name);
    assert.deepEqual([await browserLock(after), await after.lease()], ["none", 0]);
    assert.equal(await everything(name), "0");
    await store.close();
  });

  it("says in one line that a browser keeps nothing", async () => {
    const open = Reflect.get(indexedDB, "open") as IDBFactory["open"];
    indexedDB.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
    try {
      await assert.rejects(BrowserHome.open("x"), isError("storage", "no-storage"));
    } finally {
      indexedDB.open = open;
    }
  });
});

/** All keys and values of a profile's database as one string of bytes. */
const everything = async (profile: string): Promise<string> => {
  const level = browserLevel(profile, 0);
  await level.open();
  const { db } = level as unknown as { db: IDBDatabase };
  let out = "";
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    for (const request of [store.getAllKeys(), store.getAll()])
      await new Promise<void>((resolve) => {
        request.onsuccess = () => {
          for (const one of request.result as unknown[])
            out +=
              one instanceof Uint8Array || one instanceof ArrayBuffer
                ? Buffer.from(one as Uint8Array).toString("latin1")
                : JSON.stringify(one);
          resolve();
        };
      });
  }
  await level.close();
  return out === "" ? "0" : out;
};
