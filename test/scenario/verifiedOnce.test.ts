/** What a device verifies again and again costs a phone its battery, and a page on plain http its answers to taps. */
import assert from "node:assert/strict";
import { nodeEngine } from "../../src/nodeEngine.ts";
import { hex } from "../../src/protocol/codec.ts";
import { label } from "../../src/protocol/primitives.ts";
import { setEngine } from "../../src/protocol/signature.ts";
import { useSimEngine } from "../helpers/simEngine.ts";
import { meet } from "../helpers/simWorld.ts";

describe("the head of a chain", () => {
  const begins = hex(label("distribution"));
  const heads = new Map<string, number>();
  const counting = (): void =>
    setEngine({
      ...nodeEngine,
      verify: (signature, message, key) => {
        if (hex(message).startsWith(begins)) heads.set(hex(signature), (heads.get(hex(signature)) ?? 0) + 1);
        return nodeEngine.verify(signature, message, key);
      },
    });
  afterEach(useSimEngine);

  it("is verified once by each device for each way in which it was announced", async () => {
    const { alice, bob, dave, world } = await meet(131, ["alice", "bob", "dave"]);
    counting();
    const caucus = await alice.creates("Caucus", [bob, dave]);
    await world.settles();
    for (const one of [alice, bob, dave]) {
      await one.says(caucus, `hello from ${one.name}`);
      await world.settles();
    }
    assert.ok(heads.size >= 3);
    // To two devices; to those whom the chain before did not serve also by a pointer.
    for (const times of heads.values()) assert.ok(times <= 4, `${times} times by two devices`);
    await world.audit();
  });
});
