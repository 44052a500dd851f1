/**
 * WebSockets of an HTTP server as a libp2p transport: the hub's one port serves the app, its API, and the mesh. The
 * server upgrades; who connects keeps the address that the server saw.
 */
import type { IncomingMessage } from "node:http";
import {
  type ComponentLogger,
  type CreateListenerOptions,
  type Listener,
  type ListenerEvents,
  type Logger,
  type MultiaddrConnection,
  type Transport,
  TypedEventEmitter,
  type Upgrader,
} from "@libp2p/interface";
import { getThinWaistAddresses, ipPortToMultiaddr } from "@libp2p/utils";
import { webSockets } from "@libp2p/websockets";
import type { Multiaddr } from "@multiformats/multiaddr";
import type { ServerOptions, WebSocket } from "ws";
import { SocketConnection } from "./socketConnection.ts";

type WebSocketsComponents = Parameters<ReturnType<typeof webSockets>>[0];

/** Between an HTTP server and a libp2p node. */
export interface HubSockets {
  /** For `nodeHost({ hub })`. Dials `/ws` addresses as well. */
  readonly transport: (components: WebSocketsComponents) => Transport;
  /** Takes over a WebSocket that was just opened; closes it while there is no node. */
  accept(socket: WebSocket, request: IncomingMessage): void;
}

/** For the `WebSocketServer` whose sockets are handed over: no message is larger than a muxer's, and nothing is zipped. */
export const hubSocketOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: 1024 * 1024,
} as const satisfies ServerOptions;

/** The WebSocket's own code for "try again later". */
const TRY_LATER = 1013;

/** One for each HTTP server; outlives the nodes that are started with it. */
export const hubSockets = (): HubSockets => {
  const listeners = new Set<SocketListener>();
  return {
    transport: (components) => {
      const dialing = webSockets()(components);
      const { logger } = components;
      const createListener = ({ upgrader }: CreateListenerOptions): Listener =>
        new SocketListener({ upgrader, logger, listeners });
      return Object.assign(dialing, { createListener });
    },
    accept: (socket, request) => {
      // Every message is one of these from the first turn on; an error without a listener would end the process.
      socket.on("error", () => socket.terminate());
      const listener = listeners.values().next().value;
      if (listener === undefined) socket.close(TRY_LATER);
      else listener.accept(socket, request);
    },
  };
};

interface ListenerParts {
  readonly upgrader: Upgrader;
  readonly logger: ComponentLogger;
  /** Those that listen now. */
  readonly listeners: Set<SocketListener>;
}

class SocketListener extends TypedEventEmitter<ListenerEvents> implements Listener {
  readonly #parts: ListenerParts;
  readonly #log: Logger;
  readonly #open = new Set<MultiaddrConnection>();
  readonly #stopping = new AbortController();
  #address: Multiaddr | undefined;

  constructor(parts: ListenerParts) {
    super();
    this.#parts = parts;
    this.#log = parts.logger.forComponent("couloir:hub-listener");
  }

  async listen(address: Multiaddr): Promise<void> {
    this.#address = address;
    this.#parts.listeners.add(this);
    this.safeDispatchEvent("listening");
  }

  getAddrs(): Multiaddr[] {
    if (this.#address === undefined) return [];
    // What a certificate is for is told as it is: a name has no other spelling, and plain `/ws` does not answer there.
    if (this.#address.getComponents().some(({ name }) => name === "tls")) return [this.#address];
    const end = this.#address.toString().includes("/tls/") ? "/tls/ws" : "/ws";
    return getThinWaistAddresses(this.#address).map((address) => address.encapsulate(end));
  }

  updateAnnounceAddrs(): void {}

  async close(): Promise<void> {
    this.#parts.listeners.delete(this);
    this.#stopping.abort(new Error("stopped"));
    await Promise.all(Array.from(this.#open, (connection) => connection.close().catch(() => undefined)));
    this.safeDispatchEvent("close");
  }

  accept(socket: WebSocket, request: IncomingMessage): void {
    let connection: SocketConnection;
    try {
      connection = new SocketConnection(socket, remoteAddress(request), this.#log);
    } catch {
      // The other side is gone already: its address is unknown.
      socket.terminate();
      return;
    }
    this.#open.add(connection);
    connection.addEventListener("close", () => this.#open.delete(connection), { once: true });
    this.#parts.upgrader
      .upgradeInbound(connection, { signal: this.#stopping.signal })
      .catch((error: unknown) => connection.abort(error instanceof Error ? error : new Error("not upgraded")));
  }
}

const remoteAddress = ({ socket }: IncomingMessage): Multiaddr => {
  const host = (socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/, "");
  return ipPortToMultiaddr(host, socket.remotePort ?? 0).encapsulate("/ws");
};
