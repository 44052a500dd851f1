/** What a voice note looks like, and a parcel that carries it. */
import assert from "node:assert/strict";
import { packed, unpacked } from "../../web/app/parcel.ts";
import { BARS, barsOf, loudness } from "../../web/app/voice/bars.ts";
import { MAX_VOICE, VOICE_BARS } from "../../src/content/message.ts";
import { LONGEST } from "../../web/app/voice/bars.ts";

describe("a voice note", () => {
  it("has bars by how loud each part of it is, the loudest the tallest", () => {
    const levels = Array.from({ length: 640 }, (_, at) => (at < 320 ? 0.1 : 0.4));
    const bars = barsOf(levels);
    assert.deepEqual([bars.length, bars[0], bars[31], bars[32], bars[63]], [64, 64, 64, 255, 255]);
    assert.deepEqual([BARS, LONGEST], [VOICE_BARS, MAX_VOICE]);
  });
  it("has bars however short it is, and none for silence", () => {
    for (const levels of [[], [0], [0.5], [0, 0, 0]]) {
      const bars = barsOf(levels);
      assert.equal(bars.length, 64);
      assert.ok(bars.every((bar) => Number.isInteger(bar) && bar >= 0 && bar <= 255));
    }
    assert.deepEqual(new Set(barsOf([0, 0, 0])), new Set([0]));
  });
  it("is as loud as its samples", () => {
    assert.equal(loudness(new Float32Array(0)), 0);
    assert.ok(Math.abs(loudness(Float32Array.of(0.5, -0.5)) - 0.5) < 1e-6);
  });
  it("is noted with its bars when the page goes", () => {
    const voice = { length: 1200, bars: barsOf([0.1, 0.2]) };
    const parcel = { bytes: Uint8Array.of(1, 2, 3), type: "audio/webm", voice };
    assert.deepEqual(unpacked(packed(parcel)), parcel);
  });
});
