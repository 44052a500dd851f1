import { MemoryLevel } from "memory-level";
import { storeContract } from "./contract.ts";

storeContract("memory-level", async () => {
  const level = new MemoryLevel<Uint8Array, Uint8Array>({ keyEncoding: "view", valueEncoding: "view" });
  return {
    handle: async () => {
      // The data stay with the object; what a test put in the way of its writes goes.
      Reflect.deleteProperty(level, "batch");
      return level;
    },
    destroy: () => level.close(),
  };
});
