/** Which addresses lie on a network that this machine is part of, and when that changes. Node only. */
import { BlockList } from "node:net";
import { networkInterfaces } from "node:os";
import { isLanHost, isLoopback } from "./addresses.ts";
import { inVenue } from "./interfaces.ts";

const ownAddresses = () => Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);

/** Whether an IP address is on one of this machine's own networks; no router stands between. */
export const isNear = (host: string): boolean => {
  const near = new BlockList();
  for (const { cidr, family, internal } of ownAddresses()) {
    const [address, prefix] = (cidr ?? "").split("/");
    if (!internal && address && prefix) near.addSubnet(address, Number(prefix), family === "IPv6" ? "ipv6" : "ipv4");
  }
  try {
    return near.check(host, host.includes(":") ? "ipv6" : "ipv4");
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
