/** The libp2p node of a daemon: TCP, Noise, yamux, identify, circuit relay, gossipsub; nothing outside the local network. */
import { networkInterfaces } from "node:os";
import { circuitRelayServer, circuitRelayTransport, type CircuitRelayService } from "@libp2p/circuit-relay-v2";
import { generateKeyPair, generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { GossipSubComponents } from "@libp2p/gossipsub";
import type { Libp2p, PeerId, PrivateKey } from "@libp2p/interface";
import { tcp } from "@libp2p/tcp";
import { webSockets } from "@libp2p/websockets";
import { multiaddr, type Multiaddr } from "@multiformats/multiaddr";
import { createLibp2p } from "libp2p";
import { hostOf } from "./addresses.ts";
import type { Dialable } from "./dialable.ts";
import { hostSettings, identifyService } from "./hostSettings.ts";
import type { HubSockets } from "./hubListener.ts";
import { selfAssigned } from "./interfaces.ts";
import type { HostFactory } from "./linkOptions.ts";
import { udpAddresses, udpPort, webRtcDirect } from "./webRtcDirect.ts";

/** What makes a daemon a hub: WebSockets of its HTTP server. */
export interface HubOptions {
  readonly sockets: HubSockets;
  /** Of the HTTP server. */
  readonly port: number;
  /** Hosts or multiaddrs (ending in `/ws`, or in `/tls/ws` where the server has a certificate) at which the server is reached; all IPv4 interfaces by default. */
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
  /**
   * Takes WebRTC straight from pages as well, on the UDP port with the hub's number or, where that is taken, on any: a
   * second way in where a venue's network or a browser's rules stand in the way of WebSockets. Needs a native library;
   * without it the node does without.
   */
  readonly webrtcDirect?: boolean;
  /** What others name is dialed only where this says so; anything by default. */
  readonly dialable?: Dialable;
  /** Told in one line of what the node has to do without. */
  readonly onTrouble?: (reason: string) => void;
  /** Connections that are accepted altogether; 128 by default, 1024 on a hub. */
  readonly maxConnections?: number;
  /** Relays for browsers, and for those whom browsers cannot dial; on a hub by default. */
  readonly relay?: boolean;
}

const DIAL_TIMEOUT = 4000;
const PER_HOST_PER_SECOND = 40;
/** All interfaces. */
const ANYWHERE = /^\/ip(4\/0\.0\.0\.0|6\/::)\//;
const LOOPBACK = "/ip4/127.0.0.1/";
/** After a hub comes back, everybody connects at once; behind a hotspot, with one address. */
const PER_HOST_PER_SECOND_ON_HUB = 200;

/** A factory of libp2p nodes for `Libp2pLink`. */
export const nodeHost =
  (options: NodeHostOptions = {}): HostFactory =>
  async ({ gossip }) => {
    const privateKey = await keyOf(options.seed);
    const { hub, dialable } = options;
    const relays = options.relay ?? hub !== undefined;
    const relay = relays ? { relay: relayService() } : {};
    const direct = options.webrtcDirect === true ? await webRtcDirect(options.onTrouble ?? (() => {})) : undefined;
    const udp = direct === undefined ? [] : udpAddresses(listenAddresses(options), await udpPort(hub?.port ?? 0));
    const sockets = hub === undefined ? [] : socketAddresses(hub);
    const node = await createLibp2p({
      ...hostSettings({
        maxConnections: options.maxConnections ?? (hub === undefined ? 128 : 1024),
        perHostPerSecond: hub === undefined ? PER_HOST_PER_SECOND : PER_HOST_PER_SECOND_ON_HUB,
        dialTimeout: DIAL_TIMEOUT,
      }),
      privateKey,
      ...(dialable && {
        connectionGater: { denyDialMultiaddr: (address: Multiaddr) => !dialable.may(hostOf(address.toString())) },
      }),
      addresses: {
        // A page can dial a hub only, so whoever is none can be asked through one.
        listen: [...listenAddresses(options), ...sockets, ...udp, ...(relays ? [] : ["/p2p-circuit"])],
        // Where somebody says that the hub is reached, it is: libp2p would first ask strangers to try.
        appendAnnounce: sockets.filter((address) => !ANYWHERE.test(address)),
        announceFilter: (told) =>
          listenAddresses(options).some((one) => ANYWHERE.test(one)) ? everywhere(told) : told,
      },
      transports: [
        tcp({ inboundSocketInactivityTimeout: 60_000, outboundSocketInactivityTimeout: 60_000 }),
        // Dials only, unless there is a server: one of its own would be one more port.
        hub?.sockets.transport ?? webSockets(),
        circuitRelayTransport(),
        ...(direct === undefined ? [] : [direct.transport]),
      ],
      services: {
        identify: identifyService(),
        pubsub: (components: GossipSubComponents) => gossip(components),
        ...relay,
      },
    });
    // Each load of a page is another peer: without this, those that went would use the places up.
    const { services } = node as Libp2p<{ relay?: CircuitRelayService }>;
    node.addEventListener("peer:disconnect", ({ detail }) => giveUpPlace(services.relay, detail));
    if (direct !== undefined) node.addEventListener("stop", () => direct.end(), { once: true });
    return node;
  };

/** libp2p leaves out what machines make up where the network gives them no address: on a cable between two that is all there is. */
const everywhere = (told: Multiaddr[]): Multiaddr[] => {
  const here = told.map(String).filter((one) => one.startsWith(LOOPBACK));
  const more = selfAssigned(networkInterfaces()).flatMap((host) =>
    here.map((one) => multiaddr(`/ip4/${host}/${one.slice(LOOPBACK.length)}`)),
  );
  return [...told, ...more];
};

/** Until the time of a reservation is over its signal holds the peer, and the whole buffer that its id came in. */
const giveUpPlace = (relay: CircuitRelayService | undefined, peer: PeerId): void => {
  relay?.reservations.get(peer)?.signal.clear();
  relay?.reservations.delete(peer);
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
      // More than can be connected; who disconnects gives its place up.
      maxReservations: 4096,
      // Longer than a day at a venue: one that is refreshed twice ends when its first refresh would have.
      reservationTtl: 36 * 60 * 60_000,
      // Without limits a relayed connection would pass for a direct one, and mail would go through the relay twice.
      applyDefaultLimit: true,
      // Enough for two browsers to find each other and, where they cannot, for one to fetch a large file.
      defaultDurationLimit: 60 * 60_000,
      defaultDataLimit: 1024n * 1024n * 1024n,
    },
  });
