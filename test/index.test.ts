/** What the library promises to programs: its names, and that its main entry runs in a page. */
import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import * as library from "../src/index.ts";
import * as node from "../src/node.ts";

/** What a module of ours imports at run time, with all that this imports in turn. */
const reachable = async (entry: URL, seen = new Map<string, readonly string[]>()): Promise<typeof seen> => {
  if (seen.has(entry.href)) return seen;
  const source = await readFile(entry, "utf8");
  const found = source.matchAll(/^(?:import|export)(?! type\b)[^;]*? from "(?<from>[^"]+)";/gmu);
  const imports = Array.from(found, ({ groups }) => groups!["from"]!);
  seen.set(entry.href, imports);
  for (const one of imports) if (one.startsWith(".")) await reachable(new URL(one, entry), seen);
  return seen;
};

describe("the library", () => {
  it("exports these names", () => {
    assert.deepEqual(Object.keys(library).toSorted(), [
      "CouloirError",
      "MAX_ASK_MESSAGE",
      "MAX_ASK_REQUEST",
      "MAX_FRAME",
      "MAX_IDENTITY_FILE",
      "Messenger",
      "NEVER",
      "Store",
      "Vault",
      "boardCsv",
      "exportIdentity",
      "openIdentity",
      "plantIdentity",
      "readRecord",
      "systemClock",
      "xWingLater",
    ]);
    assert.deepEqual(Object.keys(node).toSorted(), [
      "changePassphrase",
      "openFolder",
      "openMessenger",
      "profileLock",
      "wipeProfile",
    ]);
  });

  it("needs nothing of Node in its main entry", async () => {
    const modules = await reachable(new URL("../src/index.ts", import.meta.url));
    assert.ok(modules.size > 20, "the walk found the modules");
    for (const [module, imports] of modules)
      for (const one of imports)
        assert.ok(!isBuiltin(one) && !/^(?:level|classic-level|libp2p|@libp2p\/)/u.test(one), `${module}: ${one}`);
  });
});
