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
import type { GossipPace } from "./gossipPace.ts";
import type { GossipPolicy } from "./gossipPolicy.ts";

/** What a stream was cut into. */
interface Piece {
  subarray(): Uint8Array;
}

/**
 * What the instance has beyond the interface that its package exports: public members of its class, `handleReceivedRpc`
 * documented there as the place to override.
 */
export interface Router extends GossipSub {
  readonly peers: ReadonlyMap<string, PeerId>;
  readonly streamsOutbound: ReadonlyMap<string, unknown>;
  /** Read anew at each heartbeat. */
  readonly opts: GossipPace;
  handleReceivedRpc(from: PeerId, rpc: RPC): Promise<void>;
  reportMessageValidationResult(id: string, from: string, verdict: "accept" | "ignore" | "reject"): void;
}

/** What it has where it reads its streams itself. */
interface Reader {
  decodeRpc(bytes: Uint8Array): RPC;
  pipePeerReadStream(peer: PeerId, stream: AsyncIterable<Piece>): Promise<void>;
  handlePeerReadStreamError(error: Error, peer: PeerId): void;
}

/** What it remembers as seen, by the names that it gives to ids. */
interface Memory {
  readonly seenCache: { readonly entries: Map<string, unknown> };
  msgIdToStrFn(id: Uint8Array): string;
}

/** What the owner of a router is told. */
export interface RouterHooks {
  /** A stream on which this peer will gossip; called in the turn in which it came. */
  onStream(stream: Stream, peer: PeerId): void;
  /** What is left of an RPC after inspection. */
  filterRpc(from: PeerId, rpc: RPC): RPC;
  /** This peer sent an RPC that is none. */
  onUnreadable(from: PeerId): void;
  /** This peer announced an RPC longer than any may be; its stream ends. */
  onTooLong(from: PeerId): void;
}

/** What makes a router: the package, or a model of it in virtual time. */
export type RouterFactory = (options: Partial<GossipsubOpts>) => (components: GossipSubComponents) => GossipSub;

/** A router as a libp2p service, and a way to attach it to another connection of a peer. */
export interface RouterService {
  create(components: GossipSubComponents): GossipSub;
  router(): Router | undefined;
  /** From the next heartbeat on, without another router. */
  adapt(pace: GossipPace): void;
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

const routerOptions = (policy: GossipPolicy): Partial<GossipsubOpts> => ({
  ...policy,
  globalSignaturePolicy: "StrictNoSign",
  msgIdFn: messageId,
  // Frames are forwarded after commit only.
  asyncValidation: true,
  allowPublishToZeroTopicPeers: true,
  ignoreDuplicatePublishError: true,
  fallbackToFloodsub: false,
  doPX: false,
  tagMeshPeers: false,
  // Each topic counts with its length and 1 KiB: far more than a venue has.
  maxTopicBytesPerPeer: 96 * 1024,
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

/** Lets the owner see what comes in before the router does, readable or not. */
const watch = (router: Router, hooks: RouterHooks): void => {
  const handle = router.handleReceivedRpc.bind(router);
  router.handleReceivedRpc = (from, rpc) => handle(from, hooks.filterRpc(from, rpc));
  // A model of a router reads no bytes.
  if (isReader(router)) watchReading(router, hooks);
};

const watchReading = (router: Router & Reader, hooks: RouterHooks): void => {
  const fail = router.handlePeerReadStreamError.bind(router);
  router.handlePeerReadStreamError = (error, peer) => {
    if (error.name.startsWith("InvalidDataLength")) hooks.onTooLong(peer);
    fail(error, peer);
  };
  // Whose bytes they are that do not decode, the router tells nobody.
  const from = new WeakMap<Uint8Array, PeerId>();
  const read = router.pipePeerReadStream.bind(router);
  router.pipePeerReadStream = (peer, stream) => {
    const told = tellingOf(stream, (bytes) => from.set(bytes, peer));
    return read(peer, told);
  };
  const decode = router.decodeRpc.bind(router);
  router.decodeRpc = (bytes) => {
    try {
      return decode(bytes);
    } catch (error) {
      const peer = from.get(bytes);
      if (peer !== undefined) hooks.onUnreadable(peer);
      throw error;
    }
  };
};

/** Forgets that this frame was published: nobody could be sent it, though it seemed so. */
export const unsee = (router: Router, topic: string, data: Uint8Array): void => {
  if (remembers(router)) router.seenCache.entries.delete(router.msgIdToStrFn(messageId({ topic, data })));
};

const remembers = (router: Router): router is Router & Memory => "seenCache" in router;
const isReader = (router: Router): router is Router & Reader => "pipePeerReadStream" in router;

/** The same, telling of each piece's bytes as they are taken. */
async function* tellingOf(stream: AsyncIterable<Piece>, onBytes: (bytes: Uint8Array) => void): AsyncIterable<Piece> {
  for await (const piece of stream)
    yield {
      subarray: () => {
        const bytes = piece.subarray();
        onBytes(bytes);
        return bytes;
      },
    };
}

/** A router that reports to `hooks`, on these numbers. */
export const routerService = (
  hooks: RouterHooks,
  policy: GossipPolicy,
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
      const create = make(routerOptions(policy));
      const router = create({ privateKey, peerId, peerStore, registrar, connectionManager, logger }) as Router;
      watch(router, hooks);
      made = { router, components };
      return router;
    },
    router: () => made?.router,
    adapt({ heartbeatInterval }) {
      if (made !== undefined) Object.assign(made.router.opts, { heartbeatInterval });
    },
    async attach(connection) {
      if (made === undefined) return;
      const { registrar } = made.components;
      const topologies = new Set(made.router.protocols.flatMap((protocol) => registrar.getTopologies(protocol)));
      for (const topology of topologies) await topology.onConnect?.(connection.remotePeer, connection);
    },
  };
};
