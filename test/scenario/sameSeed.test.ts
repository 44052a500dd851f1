/** A seed is a whole run: played again, every frame, verdict and connection comes at the same moment. */
import assert from "node:assert/strict";
import { play } from "../helpers/simPlay.ts";

describe("the same seed", () => {
  it("gives the same run", async () => {
    const [first, second] = [await play("twice", { steps: 25 }), await play("twice", { steps: 25 })];
    assert.deepEqual(second.steps, first.steps);
    assert.equal(second.transcript, first.transcript);
    assert.ok(first.transcript.split("\n").length > 100);
  });

  it("is not every seed", async () => {
    const [first, second] = [await play("one", { steps: 5 }), await play("other", { steps: 5 })];
    assert.notEqual(second.transcript, first.transcript);
  });
});
