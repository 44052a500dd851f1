/** libp2p nodes that are not ours: neighbours to attack with, and strangers. */
import { identify } from "@libp2p/identify";
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import { multiaddr } from "@multiformats/multiaddr";
import { createLibp2p } from "libp2p";
import { ALIVE_PROTOCOL } from "../../src/net/alive.ts";
import { SYNC_PROTOCOL } from "../../src/net/sync.ts";

export const GOSSIP_PROTOCOL = "/meshsub/1.2.0";
export const IDENTIFY_PROTOCOL = "/ipfs/id/1.0.0";

/** A node with nothing but transport; `identifies`: answers who it is as libp2p does. */
export const bareNode = (identifies = true, listen: string[] = []): Promise<Libp2p> =>
  createLibp2p<Record<string, unknown>>({
    addresses: { listen },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionMonitor: { enabled: false },
    services: identifies ? { identify: identify() } : {},
  });

/** A node that passes for one of ours and answers nothing; `streams` collects what the other side opens. */
export const falseNeighbour = async (
  streams: Stream[] = [],
  identifies = true,
  listen: string[] = [],
): Promise<Libp2p> => {
  const node = await bareNode(identifies, listen);
  for (const protocol of [SYNC_PROTOCOL, ALIVE_PROTOCOL, GOSSIP_PROTOCOL])
    await node.handle(protocol, (stream) => void streams.push(stream), { maxInboundStreams: 100 });
  return node;
};

/** Dials the first address of a link. */
export const dialLink = (node: Libp2p, addresses: readonly string[]): Promise<Connection> =>
  node.dial(multiaddr(addresses[0] as string));

/** Writes raw bytes on a new stream; what comes of it is the other side's business. */
export const speak = async (
  connection: Connection,
  protocol: string,
  ...parts: readonly Uint8Array[]
): Promise<void> => {
  try {
    const stream = await connection.newStream(protocol, { maxOutboundStreams: 1000 });
    for (const part of parts) if (!stream.send(part)) await stream.onDrain();
  } catch {
    // Refused, reset or hung up: all of them right answers.
  }
};
