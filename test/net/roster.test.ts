import assert from "node:assert/strict";
import type { FullLinkOptions } from "../../src/net/linkOptions.ts";
import { silentLog } from "../../src/net/netLog.ts";
import { Roster } from "../../src/net/roster.ts";
import { defaultShareLimits } from "../../src/net/shares.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const { framesPerSecond, strangers, burstSeconds } = defaultShareLimits;

describe("the roster", () => {
  it("forwards all mail of who is vouched for, and of strangers so little that mail has room beside it", async () => {
    const clock = new SimClock();
    const trust: FullLinkOptions["trust"] = (peer) => (peer.startsWith("s") ? "stranger" : "vouched");
    const { random, log, host } = {
      random: new SimRandom("roster").bytes,
      log: silentLog,
      host: () => Promise.reject(),
    };
    const roster = new Roster({ clock, trust, random, log, host, hints: [] }, () => {});
    for (let n = 0; n < 9; n++) roster.open(`v${n}`);
    for (let n = 0; n < 40; n++) roster.open(`s${n}`);
    let forwarded = 0;
    const seconds = 60;
    for (let at = 0; at < seconds; at++) {
      for (let n = 0; n < 4000; n++) {
        assert.ok(roster.forwards("v1", 300));
        if (roster.forwards(`s${n % 40}`, 300)) forwarded++;
      }
      await clock.pass(1000);
    }
    // Ten nodes that all forward so much fill a quarter of what each lets in from strangers.
    const most = (framesPerSecond * strangers * (seconds + burstSeconds)) / 4 / 10;
    assert.ok(forwarded > 0 && forwarded <= most, `${forwarded} of ${most}`);
  });
});
