import assert from "node:assert/strict";
import type { GossipSub, GossipSubComponents } from "@libp2p/gossipsub";
import { Gossip, type GossipOptions } from "../../src/net/gossip.ts";
import type { Router } from "../../src/net/gossipRouter.ts";
import { gossipPolicy } from "../../src/net/gossipPolicy.ts";
import { silentLog } from "../../src/net/netLog.ts";
import { createShares } from "../../src/net/shares.ts";
import type { Topic } from "../../src/types.ts";
import { SimClock } from "../helpers/simClock.ts";

const topic = "couloir/1/0011223344556677" as Topic;

describe("what is said by gossip", () => {
  it("does not count as said where only somebody who has gone silent could hear it", async () => {
    const frame = new Uint8Array(256).fill(7);
    const seen = new Set<string>();
    // gossipsub sends nothing twice within a minute, whoever took it the first time.
    const router = {
      addEventListener: () => undefined,
      handleReceivedRpc: () => Promise.resolve(),
      getSubscribers: () => ["silent", "here"],
      publish: (_: string, data: Uint8Array) => {
        const known = seen.has(data.join());
        seen.add(data.join());
        return Promise.resolve({ recipients: known ? [] : ["silent", "here"] });
      },
    } as unknown as Router;
    const gossip = new Gossip({
      clock: new SimClock(),
      log: silentLog,
      mostLinks: 12,
      policy: gossipPolicy,
      shares: createShares(),
      intake: createShares(),
      router: () => () => router as unknown as GossipSub,
    } as unknown as GossipOptions);
    gossip.create({ registrar: {} } as unknown as GossipSubComponents);
    assert.deepEqual(await gossip.publish(topic, frame, new Set()), []);
    assert.deepEqual(await gossip.publish(topic, frame, new Set(["elsewhere"])), []);
    assert.deepEqual(await gossip.publish(topic, frame, new Set(["here"])), ["here"]);
  });
});
