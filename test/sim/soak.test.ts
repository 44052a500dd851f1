import assert from "node:assert/strict";
import { soak, soakHeader, soakLine } from "./soak.ts";

describe("a venue for hours in virtual time", () => {
  it("neither grows nor gets worse, and delivers everything", async function () {
    this.timeout(300_000);
    const venue = { peers: 6, messagesPerSecond: 0.2, lifetime: 300_000, churn: 0.2 };
    const { hours } = await soak(venue, { hours: 0.5, checkpoints: 4 });
    const all = [soakHeader, ...hours.map(soakLine)].join("\n");
    for (const { delivery, linksEach, islands, timers, known, multicastsPerSecond } of hours) {
      assert.ok(delivery.messages > 40, all);
      assert.equal(delivery.missing + delivery.twice, 0, all);
      assert.ok(linksEach >= 4 && islands === 1, all);
      // Each knows the five others, and each of thirty links has a few timers.
      assert.ok(known <= 6 * 5 && timers < 6 * 5 * 20, all);
      assert.ok(multicastsPerSecond < 1, all);
    }
  });
});
