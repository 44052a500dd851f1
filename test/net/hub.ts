/** A hub for tests: an HTTP server whose WebSockets belong to a link. It keeps its port and its seed when it restarts. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { hubSocketOptions, hubSockets } from "../../src/net/hubListener.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { createMailbox, type Mailbox } from "./mailbox.ts";

export interface Hub {
  readonly link: Libp2pLink;
  readonly box: Mailbox;
  readonly port: number;
  /** Its `/ws` address, with its peer id. */
  readonly address: string;
  /** As a process that is killed: nobody is told. */
  stop(): Promise<void>;
}

export interface HubChoice {
  readonly port?: number;
  readonly seed?: Uint8Array;
  /** What the server answers to a plain request. */
  readonly pages?: ReadonlyMap<string, { readonly type: string; readonly body: string | Uint8Array }>;
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

/** Starts one. */
export const startHub = async ({ port = 0, seed, pages }: HubChoice = {}): Promise<Hub> => {
  const server = createServer((request, response) => {
    const page = pages?.get(request.url ?? "");
    response.writeHead(page === undefined ? 404 : 200, { "content-type": page?.type ?? "text/plain" });
    response.end(page?.body);
  });
  const sockets = hubSockets();
  const upgrades = new WebSocketServer(hubSocketOptions);
  server.on("upgrade", (request, socket, head) =>
    upgrades.handleUpgrade(request, socket, head, (opened) => sockets.accept(opened, request)),
  );
  const at = await listening(server, port);
  const hub = { sockets, port: at, addresses: ["127.0.0.1"] };
  const host = nodeHost({ listen: ["127.0.0.1"], hub, ...(seed === undefined ? {} : { seed }) });
  const link = new Libp2pLink({ host, links: { least: 6, most: 500 } });
  const box = createMailbox();
  await link.start(box.handlers);
  const address = link.status().addresses.find((one) => one.includes("/ws/")) ?? "";
  return {
    link,
    box,
    port: at,
    address,
    stop: async () => {
      await link.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
