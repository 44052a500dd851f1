/** The store on `browser-level`, over an IndexedDB in memory; a real browser's is tried where there is a browser. */
import "fake-indexeddb/auto";
import { BrowserLevel } from "browser-level";
import type { Level } from "../../src/store/level.ts";
import { storeContract } from "./contract.ts";

let count = 0;

storeContract("browser-level", async () => {
  const name = `couloir-${(count += 1)}`;
  return {
    // Its declarations lack what `exactOptionalPropertyTypes` asks for; its methods are those of every level.
    handle: async () => new BrowserLevel(name, { keyEncoding: "view", valueEncoding: "view" }) as unknown as Level,
    destroy: async () => {
      indexedDB.deleteDatabase(`level-js-${name}`);
    },
  };
});
