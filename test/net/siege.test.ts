/** A few honest nodes among twice as many attackers, strangers all: what the long run in test/bench does with 40 on 10. */
import assert from "node:assert/strict";
import { besiege, type SiegeReport } from "./siege.ts";

const MEGABYTE = 1024 * 1024;
/** Heap and buffers of all honest nodes together, beyond the mail that they keep. */
const BOUND = 192 * MEGABYTE;

describe("a siege", function () {
  this.timeout(120_000);
  let report: SiegeReport;

  before(async () => {
    report = await besiege({
      honest: 4,
      attackers: [["topics", "large", "meshes", "liar", "replay", "garbage", "noise", "dials"]],
      seconds: 10,
      // A tenth of the usual, so that one processor can reach it.
      shares: {
        framesPerSecond: 400,
        bytesPerSecond: 3 * MEGABYTE,
        strangers: { frames: 40, bytes: 300_000 },
        leastFramesPerSecond: 10,
        leastBytesPerSecond: 65_536,
      },
      spoofed: 1000,
    });
  });

  it("keeps no honest word from anybody: nearly all arrive meanwhile, and all in the end", () => {
    assert.ok(report.said >= 40, `${report.said}`);
    assert.ok(report.during >= 0.99, `${report.during}`);
  });

  it("costs who lays it the connection, whatever the violation", () => {
    for (const trick of ["topics", "large", "meshes", "liar", "noise"] as const)
      assert.ok((report.news[trick]?.cut ?? 0) > 0, `${trick}: ${JSON.stringify(report.news)}`);
  });

  it("brings in no more than the strangers' share", () => {
    assert.ok(report.garbage > 0);
    assert.ok(report.letIn <= report.share * 1.1, `${report.letIn} of ${report.share} a second`);
  });

  it("fills no memory, and makes nobody dial at its whim", () => {
    assert.ok(report.heap < BOUND, `${report.heap}`);
    assert.ok(report.spoofs < 20, `${report.spoofs} a second`);
  });
});
