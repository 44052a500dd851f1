/** The port of a hub: opened on all networks of this machine, IPv6 included where there is any. */
import { once } from "node:events";
import type { Server } from "node:http";
import { CouloirError } from "../../errors.ts";

/** Makes a server for one family of addresses. */
export type MakeServer = () => Server;

/** Servers that listen on one port. */
export interface OpenPort {
  readonly port: number;
  readonly servers: readonly Server[];
}

const listen = async (server: Server, options: { port: number; host: string; ipv6Only?: boolean }): Promise<number> => {
  server.listen({ ...options, exclusive: true });
  await once(server, "listening");
  const address = server.address();
  return address === null || typeof address === "string" ? 0 : address.port;
};

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EADDRINUSE";

/** The option that names a port, for whoever has to choose another one. */
export type PortOption = "--hub-port" | "--secure-port";

const cannot = (port: number, option: PortOption, cause: unknown): CouloirError => {
  const { code } = cause as NodeJS.ErrnoException;
  const why = isTaken(cause) ? "it is taken" : code === "EACCES" ? "this needs more rights" : String(code);
  return new CouloirError(
    "network",
    "hub-port",
    `cannot open port ${port} for the hub: ${why}; choose another one with ${option}, or leave that away`,
    { cause },
  );
};

const openOne = async (port: number, make: MakeServer): Promise<OpenPort> => {
  const server = make();
  const opened = await listen(server, { port, host: "0.0.0.0" });
  const second = make();
  try {
    await listen(second, { port: opened, host: "::", ipv6Only: true });
    return { port: opened, servers: [server, second] };
  } catch {
    // This machine has no IPv6, or something else has the port there: IPv4 is what every venue has.
    return { port: opened, servers: [server] };
  }
};

/** How many ports after the usual one are tried. */
const TRIED = 20;

/** Where to try, in order: the port of last time, the usual one and those after it, any. */
export const hubPorts = (usual: number, last: number | undefined): readonly number[] => [
  ...new Set([...(last === undefined ? [] : [last]), ...Array.from({ length: TRIED }, (_, at) => usual + at), 0]),
];

/** Opens the first of the ports that is free; 0 is any. */
export const openPort = async (
  ports: readonly number[],
  make: MakeServer,
  option: PortOption = "--hub-port",
): Promise<OpenPort> => {
  let failure: CouloirError | undefined;
  for (const port of ports) {
    try {
      return await openOne(port, make);
    } catch (error) {
      failure = cannot(port, option, error);
      if (!isTaken(error)) break;
    }
  }
  throw failure ?? cannot(0, option, new Error("no port"));
};
