import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Level } from "level";
import { storeContract } from "./contract.ts";

storeContract("classic-level", async () => {
  const dir = await mkdtemp(join(tmpdir(), "couloir-store-"));
  return {
    handle: async () => new Level<Uint8Array, Uint8Array>(dir, { keyEncoding: "view", valueEncoding: "view" }),
    destroy: () => rm(dir, { recursive: true, force: true }),
  };
});
