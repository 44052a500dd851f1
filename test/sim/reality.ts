/**
 * The same small scenario twice: on real links over loopback with the real gossipsub, and in the simulated venue. What
 * each took is printed side by side; the test holds the model to the figures that do not depend on the machine.
 */
import { gossipsub } from "@libp2p/gossipsub";
import type { PeerId } from "@libp2p/interface";
import type { RPC } from "@libp2p/gossipsub/message";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { RouterFactory } from "../../src/net/gossipRouter.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { createMailbox, frameOf, topicOf, until } from "../net/mailbox.ts";
import { VenueSim } from "./venueSim.ts";

/** What one run of it took. */
export interface Taken {
  readonly delivered: number;
  readonly owed: number;
  readonly receptionsPerSubscriber: number;
  /** Milliseconds; of the machine or of virtual time. */
  readonly p50: number;
}

const PEERS = 8;
const MESSAGES = 40;
const PAUSE = 25;
const FRAME = 1024;

/** Counts the frames that come to a real router. */
const counting =
  (count: () => void): RouterFactory =>
  (options) =>
  (components) => {
    const router = gossipsub(options)(components) as ReturnType<ReturnType<typeof gossipsub>> & {
      handleReceivedRpc(from: PeerId, rpc: RPC): Promise<void>;
    };
    const handle = router.handleReceivedRpc.bind(router);
    router.handleReceivedRpc = (from, rpc) => {
      for (let n = 0; n < rpc.messages.length; n++) count();
      return handle(from, rpc);
    };
    return router;
  };

/** On real links. */
export const real = async (): Promise<Taken> => {
  let received = 0;
  const topic = topicOf("reality");
  const boxes = Array.from({ length: PEERS }, () => createMailbox());
  // A disk as the simulated ones: whoever hears a frame meanwhile from another does not send it back there.
  for (const box of boxes)
    box.beforeKeep = () => new Promise((resolve) => void setTimeout(resolve, 2 + Math.random() * 8));
  const links = boxes.map(
    () => new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }), router: counting(() => received++) }),
  );
  try {
    for (const [i, link] of links.entries()) {
      link.subscribe([topic]);
      await link.start((boxes[i] as (typeof boxes)[number]).handlers);
    }
    const addresses = links.flatMap((link) => link.status().addresses);
    for (const link of links) link.hint(addresses);
    await until(boxes, () => boxes.every((box) => box.peers() === PEERS - 1));
    const frames: { readonly frame: Uint8Array; readonly at: number }[] = [];
    const times: number[] = [];
    for (const box of boxes)
      box.onChange(() => {
        const { frame, at } = frames.at(-1) ?? {};
        if (frame !== undefined && at !== undefined && box.has(frame)) times.push(performance.now() - at);
      });
    for (let n = 0; n < MESSAGES; n++) {
      const [link, box] = [links[n % PEERS] as Libp2pLink, boxes[n % PEERS] as (typeof boxes)[number]];
      const frame = frameOf(1, FRAME);
      frames.push({ frame, at: performance.now() });
      box.keep(topic, frame);
      await link.publish(topic, frame);
      await new Promise((resolve) => void setTimeout(resolve, PAUSE));
    }
    await until(boxes, () => boxes.every((box) => frames.every(({ frame }) => box.has(frame))));
    times.sort((a, b) => a - b);
    const delivered = boxes.reduce((sum, box) => sum + frames.filter(({ frame }) => box.has(frame)).length, 0);
    return {
      delivered: delivered - MESSAGES,
      owed: MESSAGES * (PEERS - 1),
      receptionsPerSubscriber: received / MESSAGES / PEERS,
      p50: times[times.length >> 1] ?? 0,
    };
  } finally {
    await Promise.all(links.map((link) => link.stop()));
  }
};

/** In virtual time: everybody on the wire, nothing lost, one caucus. */
export const simulated = async (): Promise<Taken> => {
  const options = { peers: PEERS, wired: PEERS, caucuses: 1, buckets: 1, loss: 0, messagesPerSecond: 1000 / PAUSE };
  const sim = await VenueSim.create(options);
  await sim.opens(1000);
  await sim.passes(20);
  const before = sim.counts.received;
  const from = sim.clock.now();
  await sim.passes((MESSAGES * PAUSE) / 1000, { talk: true });
  await sim.passes(5);
  const { messages, owed, missing, p50 } = sim.delivery(from);
  const received = sim.counts.received - before;
  await sim.closes();
  return { delivered: owed - missing, owed, receptionsPerSubscriber: received / messages / PEERS, p50 };
};

/** Both, for people. */
export const compared = (one: Taken, other: Taken): string => {
  const row = (name: string, of: (taken: Taken) => string): string =>
    `${name.padEnd(26)}${of(one).padEnd(14)}${of(other)}`;
  return [
    row("", (taken) => (taken === one ? "real links" : "simulated")),
    row("delivered of owed", ({ delivered, owed }) => `${delivered} of ${owed}`),
    row("receptions per subscriber", ({ receptionsPerSubscriber }) => receptionsPerSubscriber.toFixed(2)),
    row("latency p50", ({ p50 }) => `${p50.toFixed(1)} ms`),
  ].join("\n");
};
