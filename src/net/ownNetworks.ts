/** Which addresses lie on a network that this machine is part of, and when that changes. Node only. */
import { BlockList } from "node:net";
import { networkInterfaces } from "node:os";
import { isLanHost, isLoopback } from "./addresses.ts";
import { inVenue, venueNetworks, type Interfaces } from "./interfaces.ts";

const ownAddresses = () => Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);

const familyOf = (host: string): "ipv4" | "ipv6" => (host.includes(":") ? "ipv6" : "ipv4");

/**
 * Whether an IP address is on one of this machine's own networks in the venue; no router stands between. Every machine
 * with containers has a network of theirs by the same numbers, and what a VPN leads to hears no multicast.
 */
export const isNear = (host: string, interfaces: Interfaces = networkInterfaces()): boolean => {
  const near = new BlockList();
  for (const network of venueNetworks(interfaces)) {
    const [address = "", prefix] = network.split("/");
    near.addSubnet(address, Number(prefix), familyOf(address));
  }
  try {
    return near.check(host, familyOf(host));
  } catch {
    return false;
  }
};

/**
 * Whether an address that a stranger announced may be dialed: on one of this machine's networks (which need not have
 * private addresses), or on another local one behind a router. Loopback counts only where there is nothing else.
 */
export const mayDialFound = (key: string, host: string): boolean => {
  // Asking the system for its interfaces takes longer than all the rest, and a venue's answers come by the hundred.
  if (isLanHost(host) && !isLoopback(key)) return true;
  if (isLoopback(key)) return ownAddresses().every(({ internal }) => internal);
  return isNear(host);
};

/**
 * The interfaces of the venue that are up, each with an address: what is gone from here carries no connection any more.
 * Containers' bridges come and go without anybody moving.
 */
export const ownNetworks = (): readonly string[] =>
  inVenue(networkInterfaces()).map(({ name, address }) => `${name} ${address}`);
