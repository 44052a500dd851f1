import assert from "node:assert/strict";
import { BOX_BYTES } from "../../src/protocol/distribution.ts";
import { costsOf, group, rotation } from "../bench/costs.ts";

describe("what it costs", () => {
  it("a rotation to 100 devices is one frame of 12 KiB, and one to ten of 4", async () => {
    const [ana] = await group(101);
    assert.ok(100 * BOX_BYTES < 12_288);
    assert.equal((await rotation(ana)).bytes, 12_288);
    const [bo] = await group(11);
    assert.equal((await rotation(bo)).bytes, 4096);
  });

  it("a message costs the same in every group; a newcomer's welcome and first chain grow with it", async () => {
    const [small, larger] = [await costsOf(4), await costsOf(20)];
    assert.equal(small.send.bytes, 1024);
    assert.equal(larger.send.bytes, 1024);
    assert.ok(small.join.answer < larger.join.answer && small.join.bytes < larger.join.bytes);
  });
});
