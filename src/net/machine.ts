/** What a link may know of the machine that it runs on; a page knows none of it. Node only. */
import { knock, type Knock } from "./knock.ts";
import { isNear, ownNetworks } from "./ownNetworks.ts";

/** This machine, as far as the network is concerned; tests make their own. */
export interface Machine {
  /** The interfaces that are up, each with an IPv4 address: `wlan0 192.168.1.7`. */
  networks(): readonly string[];
  /** Whether a host is on one of them. */
  isNear(host: string): boolean;
  /** Whether somebody answers there; never rejects. */
  knock(host: string, port: number): Promise<Knock>;
}

/** The real one. */
export const thisMachine: Machine = { networks: ownNetworks, isNear: (host) => isNear(host), knock };
