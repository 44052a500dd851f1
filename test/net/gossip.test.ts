import assert from "node:assert/strict";
import type { GossipSub, GossipSubComponents } from "@libp2p/gossipsub";
import { Gossip, type GossipOptions } from "../../src/net/gossip.ts";
import { gossipPolicy } from "../../src/net/gossipPolicy.ts";
import { messageId, type Router } from "../../src/net/gossipRouter.ts";
import { silentLog } from "../../src/net/netLog.ts";
import { createShares } from "../../src/net/shares.ts";
import type { Topic } from "../../src/types.ts";
import { SimClock } from "../helpers/simClock.ts";

const topic = "couloir/1/0011223344556677" as Topic;

/** Gossip on a router of the package's ways: it sends nothing twice within a minute, whoever took it the first time. */
const made = (): { readonly gossip: Gossip; readonly streams: Map<string, { takes: boolean }> } => {
  const streams = new Map<string, { takes: boolean }>();
  const entries = new Map<string, true>();
  const msgIdToStrFn = (id: Uint8Array): string => id.join();
  const router = {
    streamsOutbound: streams,
    seenCache: { entries },
    msgIdToStrFn,
    addEventListener: () => undefined,
    handleReceivedRpc: () => Promise.resolve(),
    getSubscribers: () => ["silent", "here"],
    publish: (to: string, data: Uint8Array) => {
      const name = msgIdToStrFn(messageId({ topic: to, data }));
      if (entries.has(name)) return Promise.resolve({ recipients: [] });
      entries.set(name, true);
      return Promise.resolve({ recipients: ["silent", "here"].filter((peer) => streams.get(peer)?.takes) });
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
  return { gossip, streams };
};

const frame = new Uint8Array(256).fill(7);
const here = new Set(["here"]);

describe("what is said by gossip", () => {
  it("does not count as said where only somebody who has gone silent could hear it", async () => {
    const { gossip, streams } = made();
    for (const peer of ["silent", "here"]) streams.set(peer, { takes: true });
    assert.deepEqual(await gossip.publish(topic, frame, new Set()), []);
    assert.deepEqual(await gossip.publish(topic, frame, new Set(["elsewhere"])), []);
    assert.deepEqual(await gossip.publish(topic, frame, here), ["here"]);
  });

  it("nor where the stream to the neighbour went down with another connection, or breaks as it is used", async () => {
    const { gossip, streams } = made();
    streams.set("silent", { takes: true });
    assert.deepEqual(await gossip.publish(topic, frame, here), []);
    streams.set("here", { takes: false });
    streams.set("silent", { takes: false });
    assert.deepEqual(await gossip.publish(topic, frame, here), []);
    streams.set("here", { takes: true });
    assert.deepEqual(await gossip.publish(topic, frame, here), ["here"]);
  });
});
