/** What the libp2p nodes of daemons and of pages have in common: one muxer, one handshake, one set of limits. */
import { identify } from "@libp2p/identify";
import { noise } from "@libp2p/noise";
import { yamux } from "@libp2p/yamux";
import type { Libp2pOptions } from "libp2p";
import type { Millis } from "../types.ts";

/** What differs between them. */
export interface HostLimits {
  readonly maxConnections: number;
  /** Connections that one host may open in a second. */
  readonly perHostPerSecond: number;
  /** For one address, from dialing to a finished handshake. */
  readonly dialTimeout: Millis;
}

/** Everybody says the same: nothing of the person, the machine, or the version of Node. */
const USER_AGENT = "couloir";
const UPGRADE_TIMEOUT = 6000;

/** Options of any of our nodes. */
export const hostSettings = ({
  maxConnections,
  perHostPerSecond,
  dialTimeout,
}: HostLimits): Pick<
  Libp2pOptions,
  "start" | "nodeInfo" | "connectionEncrypters" | "streamMuxers" | "connectionMonitor" | "connectionManager"
> => ({
  start: false,
  nodeInfo: { name: USER_AGENT, version: "1", userAgent: USER_AGENT },
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
    maxConnections,
    // The default of five a second from one host would turn a hotspot's guests away.
    inboundConnectionThreshold: perHostPerSecond,
    // More than one host can have half open, so that it cannot keep the others out.
    maxIncomingPendingConnections: perHostPerSecond * (UPGRADE_TIMEOUT / 1000) + 64,
    maxParallelDials: 8,
    dialTimeout,
    addressDialTimeout: dialTimeout,
    inboundUpgradeTimeout: UPGRADE_TIMEOUT,
    outboundStreamProtocolNegotiationTimeout: 8000,
    inboundStreamProtocolNegotiationTimeout: 8000,
    reconnectRetries: 0,
    // The default one asks resolvers on the internet.
    resolvers: {},
  },
});

/** The identify service, bounded. */
export const identifyService = (): ReturnType<typeof identify> =>
  identify({ maxInboundStreams: 2, maxOutboundStreams: 2, timeout: 8000 });
