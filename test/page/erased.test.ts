/** A message that is gone from this device is no page that has to end. */
import assert from "node:assert/strict";
import type { GroupId, MessageId } from "../../src/types.ts";
import type { LeadParts } from "../../web/peer/pageParts.ts";
import { HandClock, settle, TabWorld } from "./tabWorld.ts";

describe("a message that is gone from this device", () => {
  let world: TabWorld;
  beforeEach(async () => {
    world = await TabWorld.make();
  });
  afterEach(() => world.close());

  it("ends no tab", async () => {
    let told: LeadParts["tell"] | undefined;
    const one = await world.opening({
      lead: (parts) => {
        told = parts.tell;
        return world.leads(new HandClock())(parts);
      },
    });
    let [gone, words] = [0, 0];
    one.backend.onGone(() => (gone += 1));
    one.backend.api.on("erased", () => (words += 1));
    told?.("erased", { caucus: "a".repeat(64) as GroupId, message: "b".repeat(32) as MessageId });
    await settle();
    assert.deepEqual([words, gone], [1, 0]);
  });
});
