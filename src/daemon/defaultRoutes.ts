/** The ways out of the network, as the system lists them. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import type { Interfaces } from "../net/interfaces.ts";

/** A route to everywhere, or to a half of everywhere, which is how VPNs take precedence. */
export interface DefaultRoute {
  /** The interface. */
  readonly name: string;
  /** The IPv4 address of the router; none on a tunnel. */
  readonly gateway?: string;
}

const route = (name: string, gateway: string): DefaultRoute =>
  /^\d+\.\d+\.\d+\.\d+$/u.test(gateway) && gateway !== "0.0.0.0" ? { name, gateway } : { name };

/** Little-endian hex, as Linux writes addresses. */
const dotted = (hex: string): string => [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(".");

const EVERYWHERE = new Set(["0.0.0.0 0.0.0.0", "0.0.0.0 128.0.0.0", "128.0.0.0 128.0.0.0"]);

/** From Linux's `/proc/net/route`. */
export const linuxRoutes = (table: string): DefaultRoute[] =>
  table.split("\n").flatMap((row) => {
    const [name = "", to = "", gateway = "", , , , , mask = ""] = row.split("\t");
    return EVERYWHERE.has(`${dotted(to)} ${dotted(mask)}`) ? [route(name, dotted(gateway))] : [];
  });

/** From `netstat -rn -f inet`, as macOS and the BSDs print it. */
export const bsdRoutes = (table: string): DefaultRoute[] =>
  table.split("\n").flatMap((row) => {
    const [to = "", gateway = "", , name = ""] = row.trim().split(/\s+/u);
    return ["default", "0/1", "128.0/1", "0.0.0.0/1", "128.0.0.0/1"].includes(to) && name !== ""
      ? [route(name, gateway)]
      : [];
  });

/** From Windows' `route print -4`, in any language; it names an interface by its address. */
export const windowsRoutes = (table: string, interfaces: Interfaces): DefaultRoute[] =>
  table.split("\n").flatMap((row) => {
    const [to = "", mask = "", gateway = "", own = ""] = row.trim().split(/\s+/u);
    if (!EVERYWHERE.has(`${to} ${mask}`)) return [];
    const [name] = Object.entries(interfaces).find(([, infos]) => infos?.some(({ address }) => address === own)) ?? [];
    return name === undefined ? [] : [route(name, gateway)];
  });

const output = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, args, { timeout: 3000, maxBuffer: 1 << 20, windowsHide: true }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });

/** Those of this machine; `undefined` where they cannot be read. */
export const defaultRoutes = async (): Promise<DefaultRoute[] | undefined> => {
  try {
    if (process.platform === "linux") return linuxRoutes(await readFile("/proc/net/route", "utf8"));
    if (process.platform === "win32") return windowsRoutes(await output("route", ["print", "-4"]), networkInterfaces());
    return bsdRoutes(await output("netstat", ["-rn", "-f", "inet"]));
  } catch {
    return undefined;
  }
};
