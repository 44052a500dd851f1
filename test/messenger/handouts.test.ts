/** Who answers for a chain that a member asks for, when somebody says to have done it. */
import assert from "node:assert/strict";
import { Handouts } from "../../src/messenger/handouts.ts";
import type { ChainId, MemberId } from "../../src/types.ts";

const [asker, liar, chain] = ["a" as MemberId, "b" as MemberId, "c" as ChainId];

describe("handing on", () => {
  it("waits for who says to have answered, and not for ever", () => {
    const handouts = new Handouts();
    const waited = Array.from({ length: 12 }, () => {
      handouts.asked(asker, chain);
      handouts.given(asker, chain, liar);
      return handouts.request(asker, chain)?.given;
    });
    assert.deepEqual([waited[0], waited[3], waited[4], waited[11]], [true, true, false, false]);
    handouts.given(asker, chain, asker);
    assert.equal(handouts.request(asker, chain)?.given, true, "others are believed");
  });
});
