/** The libp2p node of a daemon: TCP, Noise, yamux, identify, circuit relay, gossipsub; nothing outside the local network. */
import { circuitRelayServer, circuitRelayTransport } from "@libp2p/circuit-relay-v2";
import { generateKeyPair, generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { GossipSubComponents } from "@libp2p/gossipsub";
import type { PrivateKey } from "@libp2p/interface";
import { tcp } from "@libp2p/tcp";
import { webSockets } from "@libp2p/websockets";
import { createLibp2p } from "libp2p";
import { hostSettings, identifyService } from "./hostSettings.ts";
import type { HubSockets } from "./hubListener.ts";
import type { HostFactory } from "./linkOptions.ts";

/** What makes a daemon a hub: WebSockets of its HTTP server. */
export interface HubOptions {
  readonly sockets: HubSockets;
  /** Of the HTTP server. */
  readonly port: number;
  /** Hosts or multiaddrs (ending in `/ws`) at which the server is reached; all IPv4 interfaces by default. */
  readonly addresses?: readonly string[];
}

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
  /** Takes part over an HTTP server's WebSockets as well. */
  readonly hub?: HubOptions;
  /** Connections that are accepted altogether; 128 by default, 1024 on a hub. */
  readonly maxConnections?: number;
  /** Relays between browsers that cannot reach each other; on by default. */
  readonly relay?: boolean;
}

const DIAL_TIMEOUT = 4000;
const PER_HOST_PER_SECOND = 40;
/** After a hub comes back, everybody connects at once; behind a hotspot, with one address. */
const PER_HOST_PER_SECOND_ON_HUB = 200;

/** A factory of libp2p nodes for `Libp2pLink`. */
export const nodeHost =
  (options: NodeHostOptions = {}): HostFactory =>
  async ({ gossip }) => {
    const privateKey = await keyOf(options.seed);
    const { hub } = options;
    const relay = options.relay === false ? {} : { relay: relayService() };
    return await createLibp2p({
      ...hostSettings({
        maxConnections: options.maxConnections ?? (hub === undefined ? 128 : 1024),
        perHostPerSecond: hub === undefined ? PER_HOST_PER_SECOND : PER_HOST_PER_SECOND_ON_HUB,
        dialTimeout: DIAL_TIMEOUT,
      }),
      privateKey,
      addresses: { listen: [...listenAddresses(options), ...(hub === undefined ? [] : socketAddresses(hub))] },
      transports: [
        tcp({ inboundSocketInactivityTimeout: 60_000, outboundSocketInactivityTimeout: 60_000 }),
        // Dials only, unless there is a server: one of its own would be one more port.
        hub?.sockets.transport ?? webSockets(),
        circuitRelayTransport(),
      ],
      services: {
        identify: identifyService(),
        pubsub: (components: GossipSubComponents) => gossip(components),
        ...relay,
      },
    });
  };

const keyOf = (seed: Uint8Array | undefined): Promise<PrivateKey> =>
  seed === undefined ? generateKeyPair("Ed25519") : generateKeyPairFromSeed("Ed25519", seed);

const listenAddresses = ({ listen = ["0.0.0.0"], port = 0 }: NodeHostOptions): string[] =>
  listen.map((where) => (where.startsWith("/") ? where : tcpAddress(where, port)));

const socketAddresses = ({ addresses = ["0.0.0.0"], port }: HubOptions): string[] =>
  addresses.map((where) => (where.startsWith("/") ? where : `${tcpAddress(where, port)}/ws`));

const tcpAddress = (host: string, port: number): string =>
  host.includes(":") ? `/ip6/${host}/tcp/${port}` : `/ip4/${host}/tcp/${port}`;

/** Every limit is named: the defaults are 15 reservations, two minutes and 128 KiB. */
const relayService = (): ReturnType<typeof circuitRelayServer> =>
  circuitRelayServer({
    hopTimeout: 10_000,
    maxInboundHopStreams: 64,
    maxOutboundHopStreams: 64,
    maxOutboundStopStreams: 64,
    reservations: {
      // More than can be connected: a page that is loaded anew has a new name, and its old one stays for a while.
      maxReservations: 4096,
      reservationTtl: 20 * 60_000,
      // Without limits a relayed connection would pass for a direct one, and mail would go through the relay twice.
      applyDefaultLimit: true,
      // Enough for two browsers to find each other and, where they cannot, for one to fetch a large file.
      defaultDurationLimit: 60 * 60_000,
      defaultDataLimit: 1024n * 1024n * 1024n,
    },
  });
