/**
 * WebRTC straight from pages to a hub, as a libp2p transport. A single datagram makes the native library prepare a
 * connection, so there is a bound on those that are not open yet. Node only; the library is loaded at the first use.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { CreateListenerOptions, Listener, Transport } from "@libp2p/interface";
import type { webRTCDirect } from "@libp2p/webrtc";
import { causeOf } from "./netLog.ts";

/** The native library, loaded. */
export interface WebRtcDirect {
  /** Makes a transport, as `createLibp2p` wants it. */
  readonly transport: ReturnType<typeof webRTCDirect>;
  /** To be called once, when the node has stopped. */
  end(): void;
}

/** The package's listener, as far as it matters here: it is called for every datagram of who is not connected. */
export interface StraightListener extends Listener {
  incomingConnection(ufrag: string, host: string, port: number, signal: AbortSignal): Promise<void>;
}

/** Half open at a time, altogether and from one host. */
const MAX_OPENING = 32;
const MAX_OPENING_PER_HOST = 16;

/** The same listener, which leaves aside who comes while too many are half open: their browsers ask again. */
export const bounded = (listener: StraightListener): StraightListener => {
  const take = listener.incomingConnection.bind(listener);
  const hosts = new Map<string, number>();
  let opening = 0;
  listener.incomingConnection = async (ufrag, host, port, signal) => {
    const ofHost = hosts.get(host) ?? 0;
    if (opening >= MAX_OPENING || ofHost >= MAX_OPENING_PER_HOST) return;
    opening++;
    hosts.set(host, ofHost + 1);
    try {
      await take(ufrag, host, port, signal);
    } finally {
      opening--;
      const left = (hosts.get(host) ?? 1) - 1;
      if (left > 0) hosts.set(host, left);
      else hosts.delete(host);
    }
  };
  return listener;
};

/** Nodes of this process that use the library. */
let users = 0;

/** The library, or nothing where its native part does not load; `onTrouble` is told why. */
export const webRtcDirect = async (onTrouble: (reason: string) => void): Promise<WebRtcDirect | undefined> => {
  try {
    const [webRtc, native] = await Promise.all([import("@libp2p/webrtc"), import("node-datachannel")]);
    const make = webRtc.webRTCDirect({ rtcConfiguration: { iceServers: [] } });
    users++;
    return {
      transport: (components) => {
        const transport: Transport = make(components);
        const listen = transport.createListener.bind(transport);
        const createListener = (options: CreateListenerOptions): Listener =>
          bounded(listen(options) as StraightListener);
        return Object.assign(transport, { createListener });
      },
      // Its threads end in their own time; a process that ends before them dies by a signal.
      end: () => {
        users--;
        if (users > 0) return;
        try {
          native.cleanup();
        } catch (error) {
          onTrouble(`WebRTC did not end: ${causeOf(error)}`);
        }
      },
    };
  } catch (error) {
    onTrouble(`no WebRTC from browsers: ${causeOf(error)}`);
    return undefined;
  }
};

/** This UDP port if it is free, so that one number opens a firewall; else 0, which is any. */
export const udpPort = async (wanted: number): Promise<number> => {
  if (wanted === 0) return 0;
  const socket = createSocket("udp4");
  try {
    socket.bind(wanted);
    await once(socket, "listening");
    return wanted;
  } catch {
    return 0;
  } finally {
    socket.close();
  }
};

/** The UDP addresses beside some TCP ones: one of each family, because the library listens on all hosts of a family. */
export const udpAddresses = (tcp: readonly string[], port: number): readonly string[] => {
  const families = new Map(tcp.toReversed().map((address) => [address.split("/")[1], address]));
  return Array.from(families.values(), (address) => `${address.replace(/\/tcp\/.*/, "")}/udp/${port}/webrtc-direct`);
};
