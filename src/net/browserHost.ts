/**
 * The libp2p node of a page: WebSocket to hubs, WebRTC to other pages, signalled through any hub; nothing outside the
 * local network but what a person named. Works on plain `http://` LAN addresses, where browsers withhold `crypto.subtle`.
 */
import { circuitRelayTransport } from "@libp2p/circuit-relay-v2";
import { generateKeyPair, generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { GossipSubComponents } from "@libp2p/gossipsub";
import { webRTC, webRTCDirect } from "@libp2p/webrtc";
import { webSockets } from "@libp2p/websockets";
import { createLibp2p } from "libp2p";
import { hostOf } from "./addresses.ts";
import { Dialable } from "./dialable.ts";
import type { DialLimits } from "./dialPlan.ts";
import { hostSettings, identifyService } from "./hostSettings.ts";
import type { HostFactory } from "./linkOptions.ts";

/** What a page may choose. */
export interface BrowserHostOptions {
  /** 32 bytes of the Ed25519 transport key; a fresh one by default, for each tab and each load. */
  readonly seed?: Uint8Array;
  /** What may be dialed; hosts of local networks by default. */
  readonly dialable?: Dialable;
}

/**
 * How many links a page keeps, for `LinkOptions.links`: up to three hubs, so that one may die, and a handful of pages. A hub
 * that was lost is tried every five seconds, for ever.
 */
export const pageLinks: Partial<DialLimits> = { least: 6, most: 12, hubs: 3, hintRetry: 5000 };

/** ICE may have to ask the network for the addresses that browsers hide behind `.local` names. */
const DIAL_TIMEOUT = 12_000;
/** Hubs through which others may find this page. */
const RELAYS = 2;

/** A factory of libp2p nodes for `Libp2pLink`. */
export const browserHost =
  (options: BrowserHostOptions = {}): HostFactory =>
  async ({ gossip }) => {
    const { dialable = new Dialable() } = options;
    // Else servers on the internet are asked: that says who is here, and stalls where there is no internet.
    const init = { rtcConfiguration: { iceServers: [] } };
    const rtc = typeof RTCPeerConnection === "undefined" ? [] : [webRTC(init), webRTCDirect(init)];
    const relayed = Array.from({ length: RELAYS }, () => "/p2p-circuit");
    return await createLibp2p({
      ...hostSettings({ maxConnections: 64, perHostPerSecond: 20, dialTimeout: DIAL_TIMEOUT }),
      privateKey: await (options.seed === undefined
        ? generateKeyPair("Ed25519")
        : generateKeyPairFromSeed("Ed25519", options.seed)),
      addresses: { listen: rtc.length === 0 ? relayed : [...relayed, "/webrtc"] },
      transports: [webSockets(), circuitRelayTransport(), ...rtc],
      connectionGater: {
        // The default refuses exactly what a venue has: private addresses and plain WebSockets.
        denyDialMultiaddr: (address) => !dialable.may(hostOf(address.toString())),
      },
      services: {
        identify: identifyService(),
        pubsub: (components: GossipSubComponents) => gossip(components),
      },
    });
  };
