/**
 * The hub's server: the app, a few words about the hub, and WebSockets, for anybody on the local network. It knows
 * nothing of its owner's API, which listens elsewhere. Every stranger can reach it, so everything is bounded.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createSecureServer, type Server as SecureServer } from "node:https";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { WebSocketServer } from "ws";
import { hubSocketOptions, type HubSockets } from "../../net/hubListener.ts";
import { SAFE_HEADERS, type App } from "../appFiles.ts";
import type { Certificate } from "./certificate.ts";
import { openPort, type PortOption } from "./hubPort.ts";

/** What a hub says of itself to whoever asks, at `/hub.json`. */
export interface HubDescriptor {
  /** Of whoever runs it; empty where they say nothing of themselves. */
  readonly name: string;
  readonly venue: string;
  /** Parts that the venue is cut into. */
  readonly buckets: number;
  /** Whether the venue has a key. Never the key: every stranger reads this. */
  readonly keyed: boolean;
  readonly room: string;
  readonly peerId: string;
  /** Where the app is opened. */
  readonly urls: readonly string[];
  /** Multiaddrs of the hub for browsers. */
  readonly addresses: readonly string[];
  /** The SHA-256 of its `couloir.html` as words. */
  readonly words: string;
  /** Its other port, which has a certificate that the hub made itself; absent where its owner opened none. */
  readonly secure?: SecureDescriptor;
}

/** Where the app is opened with a certificate of the hub's own, and the certificate's SHA-256 as browsers show it. */
export interface SecureDescriptor {
  readonly urls: readonly string[];
  readonly fingerprint: string;
}

/** Bounds; smaller in tests. */
export interface HubLimits {
  /** Connections altogether, and from one address: a hotspot's guests share one. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly webSockets: number;
  /** Milliseconds for the head of a request, and without any progress. */
  readonly headTimeout: number;
  readonly idleTimeout: number;
}

const LIMITS: HubLimits = {
  // A page takes six while it loads, and one afterwards; two hundred may be behind one address.
  connections: 2400,
  connectionsPerAddress: 1600,
  webSockets: 800,
  headTimeout: 10_000,
  idleTimeout: 30_000,
};

const MAX_HEAD = 8192;
/** Every browser that can run the app speaks it, and it has nothing weak to choose. */
const TLS = { minVersion: "TLSv1.3" } as const;

/** How a page learns, before it has asked for anything, that its certificate is one that the hub made itself. */
const OWN = { name: "Server-Timing", value: "own-certificate" } as const;

/** What a hub serves. */
export interface HubParts {
  readonly app: App;
  readonly sockets: Pick<HubSockets, "accept">;
  /** Nothing while it starts. */
  readonly descriptor: () => HubDescriptor | undefined;
  readonly certificate?: Certificate;
  /** Whether the hub made that itself: each answer says so, for a page cannot see its own certificate. */
  readonly own?: boolean;
  /** The option by which its port is chosen; `--hub-port` by default. */
  readonly option?: PortOption;
  readonly limits?: Partial<HubLimits>;
}

/** An open hub. */
export interface HubServer {
  readonly port: number;
  /** From now on it shows this one, where it has shown another. */
  change(certificate: Certificate): void;
  close(): Promise<void>;
}

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { ...SAFE_HEADERS, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...headers },
  });

/** Pages that come from elsewhere, `couloir.html` for one, may read this and nothing else. */
const FOR_ALL = { "Access-Control-Allow-Origin": "*" } as const;

const describe = (descriptor: HubDescriptor | undefined): Response =>
  descriptor === undefined
    ? plain(503, "not yet", { "Retry-After": "1", ...FOR_ALL })
    : Response.json(descriptor, { headers: { ...SAFE_HEADERS, "Cache-Control": "no-store", ...FOR_ALL } });

const answerWith =
  ({ app, descriptor }: HubParts) =>
  (request: Request): Response => {
    if (request.method !== "GET" && request.method !== "HEAD")
      return plain(405, "read only", { Allow: "GET, HEAD", Connection: "close" });
    if (new URL(request.url).pathname === "/hub.json") return describe(descriptor());
    return app.answer(request) ?? plain(404, "nothing is here");
  };

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
};

/** Takes WebSockets at `/`, and remembers them: closing a server does not close what has left HTTP. */
const upgrades = ({ sockets }: HubParts, { webSockets }: HubLimits) => {
  const open = new Set<Duplex>();
  const server = new WebSocketServer(hubSocketOptions);
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    if (request.url !== "/") return refuse(socket, "404 Not Found");
    if (open.size >= webSockets) return refuse(socket, "503 Service Unavailable");
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    server.handleUpgrade(request, socket, head, (webSocket) => sockets.accept(webSocket, request));
  };
  const close = (): void => {
    for (const socket of open) socket.destroy();
  };
  return { onUpgrade, close };
};

/** Nobody may take all connections for themselves. */
const countAddresses = (server: Server, { connectionsPerAddress }: HubLimits, counts: Map<string, number>): void => {
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    const count = (counts.get(address) ?? 0) + 1;
    if (count > connectionsPerAddress) return void socket.destroy();
    counts.set(address, count);
    socket.once("close", () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left === 0) counts.delete(address);
      else counts.set(address, left);
    });
  });
};

/** Opens a hub on the first free one of these ports. */
export const openHubServer = async (parts: HubParts, ports: readonly number[]): Promise<HubServer> => {
  const limits = { ...LIMITS, ...parts.limits };
  const upgrade = upgrades(parts, limits);
  const counts = new Map<string, number>();
  const answer = getRequestListener(answerWith(parts), { overrideGlobalObjects: false });
  const listener: RequestListener = (request, response) => {
    if (parts.own === true) response.setHeader(OWN.name, OWN.value);
    void answer(request, response);
  };
  const options: ServerOptions = {
    maxHeaderSize: MAX_HEAD,
    headersTimeout: limits.headTimeout,
    requestTimeout: limits.idleTimeout,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: Math.min(5_000, limits.headTimeout),
  };
  const { certificate } = parts;
  const secured = new Set<SecureServer>();
  const makeSecure = ({ cert, key }: Certificate): Server => {
    const server = createSecureServer(
      { ...options, ...TLS, cert, key, handshakeTimeout: limits.headTimeout },
      listener,
    );
    secured.add(server);
    return server;
  };
  const make = (): Server => {
    const server = certificate === undefined ? createServer(options, listener) : makeSecure(certificate);
    server.maxConnections = limits.connections;
    server.setTimeout(limits.idleTimeout);
    server.on("upgrade", upgrade.onUpgrade);
    countAddresses(server, limits, counts);
    return server;
  };
  const { port, servers } = await openPort(ports, make, parts.option);
  return {
    port,
    change: ({ cert, key }) => {
      for (const server of secured) server.setSecureContext({ ...TLS, cert, key });
    },
    close: async () => {
      upgrade.close();
      const closed = servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      );
      await Promise.all(closed);
    },
  };
};
