/** gossipsub, configured for one venue, with the hooks that this layer needs. */
import type { Connection, PeerId, Stream } from "@libp2p/interface";
import {
  gossipsub,
  type GossipSub,
  type GossipSubComponents,
  type GossipsubOpts,
  type Message,
} from "@libp2p/gossipsub";
import type { RPC } from "@libp2p/gossipsub/message";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "../protocol/codec.ts";
import { gossipPolicy } from "./gossipPolicy.ts";

/**
 * What the instance has beyond the interface that its package exports: public members of its class, `handleReceivedRpc`
 * documented there as the place to override.
 */
export interface Router extends GossipSub {
  readonly peers: ReadonlyMap<string, PeerId>;
  readonly streamsOutbound: ReadonlyMap<string, unknown>;
  handleReceivedRpc(from: PeerId, rpc: RPC): Promise<void>;
  reportMessageValidationResult(id: string, from: string, verdict: "accept" | "ignore" | "reject"): void;
}

/** What the owner of a router is told. */
export interface RouterHooks {
  /** A stream on which this peer will gossip; called in the turn in which it came. */
  onStream(stream: Stream, peer: PeerId): void;
  /** What is left of an RPC after inspection. */
  filterRpc(from: PeerId, rpc: RPC): RPC;
}

/** What makes a router: the package, or a model of it in virtual time. */
export type RouterFactory = (options: Partial<GossipsubOpts>) => (components: GossipSubComponents) => GossipSub;

/** A router as a libp2p service, and a way to attach it to another connection of a peer. */
export interface RouterService {
  create(components: GossipSubComponents): GossipSub;
  router(): Router | undefined;
  /** Makes gossip use this connection when it has no stream to the peer. */
  attach(connection: Connection): Promise<void>;
}

/** gossipsub reads each RPC whole. An answer to IWANT may hold many frames. */
const MAX_RPC = 4 * 1024 * 1024;

/**
 * An id that needs no `crypto.subtle` and covers the topic: else somebody could post another's envelope under a second
 * topic first, and the real one would be dropped as a duplicate.
 */
export const messageId = (message: Pick<Message, "topic" | "data">): Uint8Array =>
  sha256(concat(utf8(message.topic), new Uint8Array(1), message.data)).subarray(0, 20);

const routerOptions = (mostLinks: number): Partial<GossipsubOpts> => ({
  ...gossipPolicy(mostLinks),
  globalSignaturePolicy: "StrictNoSign",
  msgIdFn: messageId,
  // Frames are forwarded after commit only.
  asyncValidation: true,
  allowPublishToZeroTopicPeers: true,
  ignoreDuplicatePublishError: true,
  fallbackToFloodsub: false,
  doPX: false,
  tagMeshPeers: false,
  maxInboundDataLength: MAX_RPC,
  maxInboundStreams: 4,
  maxOutboundStreams: 4,
  scoreParams: {
    // With the default, a node behind whose address more than ten peers live goes deaf: a hotspot, a hub, a laptop.
    IPColocationFactorWeight: 0,
    // A message that a partition kept from a neighbour is no misbehaviour; floods are met by shares.
    behaviourPenaltyWeight: 0,
  },
  decodeRpcLimits: {
    maxSubscriptions: 1024,
    maxMessages: 4096,
    maxIhaveMessageIDs: 5000,
    maxIwantMessageIDs: 5000,
    maxIdontwantMessageIDs: 512,
    maxControlMessages: 1024,
    maxPeerInfos: 16,
  },
});

/** A router that reports to `hooks`, of a node that keeps at most so many links. */
export const routerService = (
  hooks: RouterHooks,
  mostLinks: number,
  make: RouterFactory = gossipsub,
): RouterService => {
  let made: { readonly router: Router; readonly components: GossipSubComponents } | undefined;
  return {
    create(components) {
      const registrar = Object.create(components.registrar) as GossipSubComponents["registrar"];
      registrar.handle = (protocol, handler, handleOptions) =>
        components.registrar.handle(
          protocol,
          async (stream, connection) => {
            await handler(stream, connection);
            hooks.onStream(stream, connection.remotePeer);
          },
          handleOptions,
        );
      const { privateKey, peerId, peerStore, connectionManager, logger } = components;
      const create = make(routerOptions(mostLinks));
      const router = create({ privateKey, peerId, peerStore, registrar, connectionManager, logger }) as Router;
      const handle = router.handleReceivedRpc.bind(router);
      router.handleReceivedRpc = (from, rpc) => handle(from, hooks.filterRpc(from, rpc));
      made = { router, components };
      return router;
    },
    router: () => made?.router,
    async attach(connection) {
      if (made === undefined) return;
      const { registrar } = made.components;
      const topologies = new Set(made.router.protocols.flatMap((protocol) => registrar.getTopologies(protocol)));
      for (const topology of topologies) await topology.onConnect?.(connection.remotePeer, connection);
    },
  };
};
