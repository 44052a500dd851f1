/** How long the rest of a file takes. */
import assert from "node:assert/strict";
import { sampled, secondsLeft, type Sample } from "../../web/app/pace.ts";

const told = (...samples: readonly (readonly [at: number, have: number])[]): readonly Sample[] =>
  samples.reduce<readonly Sample[]>((all, [at, have]) => sampled(all, { at, have }), []);

describe("the time that is left", () => {
  it("is told once it can be known, by the pace of the last seconds", () => {
    assert.equal(secondsLeft(told([0, 0], [1000, 1_000_000]), 10_000_000), undefined);
    assert.equal(secondsLeft(told([0, 0], [2000, 2_000_000]), 10_000_000), 8);
    // Fast at first, slow since: what is long ago does not count.
    assert.equal(
      secondsLeft(told([0, 0], [1000, 8_000_000], [12_000, 8_100_000], [14_000, 8_300_000]), 10_000_000),
      17,
    );
    assert.equal(secondsLeft(told([0, 0], [2000, 10_000_000]), 10_000_000), undefined);
  });
  it("begins anew with another beginning, and nothing new says nothing", () => {
    assert.deepEqual(told([0, 500], [10, 100]), [{ at: 10, have: 100 }]);
    assert.deepEqual(told([0, 500], [900, 500]), [{ at: 0, have: 500 }]);
  });
});
