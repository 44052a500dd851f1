/** A hub for tests: an HTTP server whose WebSockets belong to a link. It keeps its port and its seed when it restarts. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Libp2p } from "@libp2p/interface";
import { WebSocketServer } from "ws";
import { hubSocketOptions, hubSockets } from "../../src/net/hubListener.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { HostFactory } from "../../src/net/linkOptions.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";

export interface Hub {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  readonly inside: Libp2p;
  readonly port: number;
  /** Its `/ws` address, with its peer id. */
  readonly address: string;
  /** As a process that is killed: nobody is told. */
  stop(): Promise<void>;
}

export interface HubChoice {
  readonly port?: number;
  readonly seed?: Uint8Array;
  readonly webrtcDirect?: boolean;
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

/** Starts one. */
export const startHub = async ({ port = 0, seed, webrtcDirect = false }: HubChoice = {}): Promise<Hub> => {
  const server = createServer((_, response) => response.writeHead(404).end());
  const sockets = hubSockets();
  const upgrades = new WebSocketServer(hubSocketOptions);
  server.on("upgrade", (request, socket, head) =>
    upgrades.handleUpgrade(request, socket, head, (opened) => sockets.accept(opened, request)),
  );
  const at = await listening(server, port);
  const hub = { sockets, port: at, addresses: ["127.0.0.1"] };
  let inside: Libp2p | undefined;
  const make = nodeHost({ listen: ["127.0.0.1"], hub, webrtcDirect, ...(seed === undefined ? {} : { seed }) });
  const host: HostFactory = async (parts) => {
    inside = await make(parts);
    return inside;
  };
  const link = new Libp2pLink({ host, links: { least: 6, most: 500 } });
  const box = createMailbox();
  await link.start(box.handlers);
  const address = link.status().addresses.find((one) => one.includes("/ws/")) ?? "";
  return {
    link,
    box,
    inside: inside as unknown as Libp2p,
    port: at,
    address,
    stop: async () => {
      await link.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
