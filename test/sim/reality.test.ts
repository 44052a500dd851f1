import assert from "node:assert/strict";
import { compared, real, simulated } from "./reality.ts";

describe("the simulated venue against real links", () => {
  it("delivers the same with about as many copies", async function () {
    this.timeout(120_000);
    const [one, other] = [await real(), await simulated()];
    console.log(compared(one, other));
    assert.equal(one.delivered, one.owed);
    assert.equal(other.delivered, other.owed);
    const apart = Math.abs(one.receptionsPerSubscriber - other.receptionsPerSubscriber);
    // In one process everybody is a little later, so that more copies cross; flooding would be seven.
    assert.ok(apart <= 1.5, compared(one, other));
  });
});
