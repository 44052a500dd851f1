/** The loopback port of the daemon: opened before anything else starts, so that a busy one costs nothing. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { getRequestListener } from "@hono/node-server";
import { CouloirError } from "../errors.ts";

/** The connection that a request came by. */
export interface Connection {
  readonly outgoing: { destroy(): unknown };
}
/** Answers requests. */
export type Serve = (request: Request, connection: Connection) => Response | Promise<Response>;

/** An open port that answers "not yet" until it is given a handler. */
export interface Door {
  readonly port: number;
  serve(fetch: Serve): void;
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const notYet: Handler = (_, response) => response.writeHead(503).end();

const cannotListen = (port: number, cause: unknown): CouloirError => {
  const code = (cause as NodeJS.ErrnoException).code;
  const why =
    code === "EADDRINUSE"
      ? "it is taken; choose another one or leave --port away"
      : code === "EACCES"
        ? "this needs more rights"
        : String(code);
  return new CouloirError("network", "port", `cannot open port ${port} on this computer: ${why}`, { cause });
};

/** Opens a port on 127.0.0.1; 0 takes any free one. */
export const openDoor = async (port: number): Promise<Door> => {
  let handler = notYet;
  const server = createServer((request, response) => handler(request, response));
  server.maxConnections = 256;
  try {
    server.listen({ port, host: "127.0.0.1", exclusive: true });
    await once(server, "listening");
  } catch (cause) {
    throw cannotListen(port, cause);
  }
  const address = server.address();
  if (address === null || typeof address === "string") throw cannotListen(port, new Error("no address"));
  return {
    port: address.port,
    serve: (fetch) => {
      handler = getRequestListener((request, connection) => fetch(request, connection), {
        overrideGlobalObjects: false,
      });
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
