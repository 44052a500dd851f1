/** Which addresses lie on a network that this machine is part of. Node only. */
import { BlockList } from "node:net";
import { networkInterfaces } from "node:os";
import { isLanHost, isLoopback } from "./addresses.ts";

/**
 * Whether an address that a stranger announced may be dialed: on one of this machine's networks (which need not have
 * private addresses), or on another local one behind a router. Loopback counts only where there is nothing else.
 */
export const mayDialFound = (key: string, host: string): boolean => {
  // Asking the system for its interfaces takes longer than all the rest, and a venue's answers come by the hundred.
  if (isLanHost(host) && !isLoopback(key)) return true;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  if (isLoopback(key)) return own.every(({ internal }) => internal);
  const near = new BlockList();
  for (const { cidr, family, internal } of own) {
    const [address, prefix] = (cidr ?? "").split("/");
    if (!internal && address && prefix) near.addSubnet(address, Number(prefix), family === "IPv6" ? "ipv6" : "ipv4");
  }
  try {
    return near.check(host, host.includes(":") ? "ipv6" : "ipv4");
  } catch {
    return false;
  }
};
