import assert from "node:assert/strict";
import type { LinkHandlers } from "../../src/net/link.ts";
import type { FullLinkOptions } from "../../src/net/linkOptions.ts";
import { silentLog } from "../../src/net/netLog.ts";
import { Roster } from "../../src/net/roster.ts";
import { entryLimits } from "../../src/net/shares.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const trust: FullLinkOptions["trust"] = (peer) => (peer.startsWith("s") ? "stranger" : "vouched");
const made = (): { readonly roster: Roster; readonly clock: SimClock } => {
  const clock = new SimClock();
  const { random, log, host } = {
    random: new SimRandom("roster").bytes,
    log: silentLog,
    host: () => Promise.reject(),
  };
  return { roster: new Roster({ clock, wall: clock, trust, random, log, host, hints: [] }, () => {}), clock };
};

describe("the roster", () => {
  it("lets all mail in of who is vouched for, and of strangers what the room bears, by gossip and catch-up", async () => {
    const { roster, clock } = made();
    for (let n = 0; n < 9; n++) roster.open(`v${n}`);
    for (let n = 0; n < 40; n++) roster.open(`s${n}`);
    roster.crowd(30);
    let taken = 0;
    const handlers = {
      onFrame: async () => {
        taken++;
        return "accept" as const;
      },
      carrier: {},
    } as unknown as LinkHandlers;
    let entered = 0;
    const seconds = 120;
    for (let at = 0; at < seconds; at++) {
      for (let n = 0; n < 40; n++) {
        assert.ok(roster.enters("v1", 300));
        if (roster.enters(`s${n}`, 300)) entered++;
        const peer = roster.syncPeer(`s${n}`, handlers, () => []);
        await peer.handlers.onFrame("topic" as never, new Uint8Array(300), `s${n}`);
      }
      await clock.pass(1000);
    }
    const { strangers, burstSeconds } = entryLimits(30);
    const most = strangers.frames * (seconds + burstSeconds);
    assert.ok(entered > 0 && entered + taken <= most, `${entered} and ${taken} of ${most}`);
    assert.equal(roster.syncPeer("s1", handlers, () => []).limits?.quota, 0);
    assert.ok((roster.syncPeer("v1", handlers, () => []).limits?.quota ?? 0) > 1_000_000);
  });

  it("binds nobody where there is nobody to protect: among strangers alone, or where all are vouched for", () => {
    const { roster } = made();
    for (let n = 0; n < 4; n++) roster.open(`s${n}`);
    for (let i = 0; i < 1000; i++) assert.ok(roster.enters("s1", 1024));
    roster.open("v1");
    assert.ok(roster.isBounded("s1") && !roster.isBounded("v1"));
    roster.leave("v1");
    assert.ok(!roster.isBounded("s1"));
  });
});
