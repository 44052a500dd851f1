/** Which addresses lie on a network that this machine is part of, and when that changes. Node only. */
import { BlockList } from "node:net";
import { networkInterfaces } from "node:os";
import { isIp, isLanHost, isLoopback } from "./addresses.ts";
import { inVenue, venueNetworks, type Interfaces } from "./interfaces.ts";

const familyOf = (host: string): "ipv4" | "ipv6" => (host.includes(":") ? "ipv6" : "ipv4");

const networksOf = (interfaces: Interfaces): BlockList => {
  const near = new BlockList();
  for (const network of venueNetworks(interfaces)) {
    const [address = "", prefix] = network.split("/");
    near.addSubnet(address, Number(prefix), familyOf(address));
  }
  return near;
};

interface Seen {
  readonly at: number;
  readonly near: BlockList;
  /** There is nothing but loopback. */
  readonly alone: boolean;
}

/** Asking the system takes longer than all the rest, the more interfaces the longer, and anybody can announce by the thousand. */
const HOLDS = 1000;
let seen: Seen | undefined;
const lately = (): Seen => {
  const at = performance.now();
  if (seen !== undefined && at - seen.at < HOLDS) return seen;
  const interfaces = networkInterfaces();
  const alone = Object.values(interfaces).every((infos) => (infos ?? []).every(({ internal }) => internal));
  seen = { at, near: networksOf(interfaces), alone };
  return seen;
};

/**
 * Whether an IP address is on one of this machine's own networks in the venue, as of now or of a moment ago; no router
 * stands between. Every machine with containers has a network of theirs by the same numbers, and what a VPN leads to hears
 * no multicast.
 */
export const isNear = (host: string, interfaces?: Interfaces): boolean =>
  isIp(host) && (interfaces === undefined ? lately().near : networksOf(interfaces)).check(host, familyOf(host));

/**
 * Whether an address that a stranger announced may be dialed: on one of this machine's networks (which need not have
 * private addresses), or on another local one behind a router. Loopback counts only where there is nothing else.
 */
export const mayDialFound = (key: string, host: string): boolean => {
  if (isLanHost(host) && !isLoopback(key)) return true;
  if (isLoopback(key)) return lately().alone;
  return isNear(host);
};

/**
 * The interfaces of the venue that are up, each with an address: what is gone from here carries no connection any more.
 * Containers' bridges come and go without anybody moving.
 */
export const ownNetworks = (): readonly string[] =>
  inVenue(networkInterfaces()).map(({ name, address }) => `${name} ${address}`);
