/** The simulated disk under a real store: a crash takes a write whole or not at all. */
import assert from "node:assert/strict";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import { SimDisk } from "../helpers/simDisk.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const random = new SimRandom("disk");
const key = random.bytes(32);
const open = (disk: SimDisk): Promise<Store> => Store.open(disk, new Vault(key, random.bytes));
const put = (value: string) => ({ type: "put", key: { space: "profile", name: "self" }, value }) as const;

describe("simulated disk", () => {
  for (const landed of [false, true]) {
    it(`dies ${landed ? "after" : "before"} a write and keeps what came before`, async () => {
      const disk = new SimDisk();
      const store = await open(disk);
      await store.commit([put("first")]);
      let dead = false;
      disk.arm({ writes: 0, landed, blown: () => (dead = true) });
      let returned = false;
      void store.commit([put("second")]).then(() => (returned = true));
      await new Promise((resolve) => setTimeout(resolve, 10));
      assert.deepEqual([dead, returned], [true, false]);
      const next = await open(await disk.copy());
      assert.equal(await next.get({ space: "profile", name: "self" }), landed ? "second" : "first");
    });
  }
});
