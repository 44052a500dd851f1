/** The libp2p node of a daemon: TCP, Noise, yamux, identify, circuit relay, gossipsub; nothing outside the local network. */
import { circuitRelayServer, circuitRelayTransport } from "@libp2p/circuit-relay-v2";
import { generateKeyPair, generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { GossipSubComponents } from "@libp2p/gossipsub";
import { identify } from "@libp2p/identify";
import type { PrivateKey } from "@libp2p/interface";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import { createLibp2p } from "libp2p";
import type { HostFactory } from "./linkOptions.ts";

/** What a daemon may choose. */
export interface NodeHostOptions {
  /**
   * 32 bytes of the Ed25519 transport key. The caller draws a new one each day, and a hub keeps its own; a fresh one by
   * default. It is tied to no person.
   */
  readonly seed?: Uint8Array;
  /** Addresses or hosts to listen on; all IPv4 interfaces by default. */
  readonly listen?: readonly string[];
  /** Any free port by default. */
  readonly port?: number;
  /** Connections that are accepted altogether; 128 by default. */
  readonly maxConnections?: number;
  /** Relays between browsers that cannot reach each other; on by default. */
  readonly relay?: boolean;
}

/** Everybody says the same: nothing of the person, the machine, or the version of Node. */
const USER_AGENT = "couloir";
const DIAL_TIMEOUT = 4000;
const UPGRADE_TIMEOUT = 6000;
const PER_HOST_PER_SECOND = 40;

/** A factory of libp2p nodes for `Libp2pLink`. */
export const nodeHost =
  (options: NodeHostOptions = {}): HostFactory =>
  async ({ gossip }) => {
    const privateKey = await keyOf(options.seed);
    const relay = options.relay === false ? {} : { relay: relayService() };
    return await createLibp2p({
      privateKey,
      start: false,
      nodeInfo: { name: USER_AGENT, version: "1", userAgent: USER_AGENT },
      addresses: { listen: listenAddresses(options) },
      transports: [
        tcp({ inboundSocketInactivityTimeout: 60_000, outboundSocketInactivityTimeout: 60_000 }),
        circuitRelayTransport(),
      ],
      connectionEncrypters: [noise()],
      streamMuxers: [
        yamux({
          maxInboundStreams: 64,
          maxOutboundStreams: 128,
          // A paused stream holds at most one window, and a heartbeat waits behind one at most on a slow network; the
          // default would let it grow to 16 MiB.
          streamOptions: { maxStreamWindowSize: 512 * 1024 },
        }),
      ],
      // The monitor hangs up on the first late answer, which on a busy Wi-Fi is every minute; the heartbeat judges better.
      connectionMonitor: { enabled: false, abortConnectionOnPingFailure: false },
      connectionManager: {
        maxConnections: options.maxConnections ?? 128,
        // The default of five a second from one host would turn a hotspot's guests away.
        inboundConnectionThreshold: PER_HOST_PER_SECOND,
        // More than one host can have half open, so that it cannot keep the others out.
        maxIncomingPendingConnections: PER_HOST_PER_SECOND * (UPGRADE_TIMEOUT / 1000) + 64,
        maxParallelDials: 8,
        dialTimeout: DIAL_TIMEOUT,
        addressDialTimeout: DIAL_TIMEOUT,
        inboundUpgradeTimeout: UPGRADE_TIMEOUT,
        outboundStreamProtocolNegotiationTimeout: 8000,
        inboundStreamProtocolNegotiationTimeout: 8000,
        reconnectRetries: 0,
        // The default one asks resolvers on the internet.
        resolvers: {},
      },
      services: {
        identify: identify({ maxInboundStreams: 2, maxOutboundStreams: 2, timeout: 8000 }),
        pubsub: (components: GossipSubComponents) => gossip(components),
        ...relay,
      },
    });
  };

const keyOf = (seed: Uint8Array | undefined): Promise<PrivateKey> =>
  seed === undefined ? generateKeyPair("Ed25519") : generateKeyPairFromSeed("Ed25519", seed);

const listenAddresses = ({ listen = ["0.0.0.0"], port = 0 }: NodeHostOptions): string[] =>
  listen.map((where) => {
    if (where.startsWith("/")) return where;
    return where.includes(":") ? `/ip6/${where}/tcp/${port}` : `/ip4/${where}/tcp/${port}`;
  });

/** Every limit is named: the defaults are 15 reservations, two minutes and 128 KiB. */
const relayService = (): ReturnType<typeof circuitRelayServer> =>
  circuitRelayServer({
    hopTimeout: 10_000,
    maxInboundHopStreams: 64,
    maxOutboundHopStreams: 64,
    maxOutboundStopStreams: 64,
    reservations: {
      maxReservations: 128,
      reservationTtl: 60 * 60_000,
      applyDefaultLimit: true,
      // Enough for two browsers to find each other and, where they cannot, to catch up.
      defaultDurationLimit: 10 * 60_000,
      defaultDataLimit: 16n * 1024n * 1024n,
    },
  });
