/** Which of this machine's addresses others in the venue can use. Pure. */
import type { NetworkInterfaceInfo } from "node:os";

/** As `os.networkInterfaces()` gives them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** An IPv4 address and the interface that has it. */
export interface InterfaceAddress {
  readonly name: string;
  readonly address: string;
}

const VPN = /^(?:tun|tap|wg|utun|ppp|tailscale|zt|nordlynx|proton|ipsec|gpd|cscotun)/iu;
/** `br-lan` is a router's own network, and a switch of Windows (`vEthernet`) has the machine's real one, unless it is WSL's. */
const CONTAINER =
  /^(?:docker|br-[\da-f]{12}$|veth(?!ernet)|vethernet \((?:wsl|default switch)|virbr|virtualbox|vmware|vmnet|vmenet|vboxnet|cni|cali|flannel|lxc|lxdbr|incusbr|podman)/iu;

/** The IPv4 addresses that lead out of this machine. */
export const outward = (interfaces: Interfaces): InterfaceAddress[] =>
  Object.entries(interfaces).flatMap(([name, infos]) =>
    (infos ?? []).flatMap(({ internal, family, address }) =>
      !internal && family === "IPv4" ? [{ name, address }] : [],
    ),
  );

/** A point-to-point link, as some VPNs make one under an everyday name. */
const ALONE_ON_IT = "255.255.255.255";
/** Every Mac has tunnels of its own with nothing but such an address. */
const isLinkLocal = (address: string): boolean => /^fe[89ab]/iu.test(address);

/** The names of the interfaces that look like a VPN that is on. */
export const vpns = (interfaces: Interfaces): string[] =>
  Object.entries(interfaces).flatMap(([name, infos]) => {
    const used = (infos ?? []).filter(({ internal, address }) => !internal && !isLinkLocal(address));
    const tunnel = VPN.test(name) || used.some(({ netmask }) => netmask === ALONE_ON_IT);
    return tunnel && used.length > 0 && !CONTAINER.test(name) ? [name] : [];
  });

const isVenues = (name: string, netmask: string | undefined): boolean =>
  !VPN.test(name) && !CONTAINER.test(name) && netmask !== ALONE_ON_IT;

/** Those of them that are neither a VPN's nor a container's. */
export const inVenue = (interfaces: Interfaces): InterfaceAddress[] =>
  outward(interfaces).filter(({ name, address }) =>
    isVenues(name, interfaces[name]?.find((info) => info.address === address)?.netmask),
  );

/** The networks of the venue that this machine is part of, of both families: `192.168.1.7/24`. */
export const venueNetworks = (interfaces: Interfaces): readonly string[] =>
  Object.entries(interfaces).flatMap(([name, infos]) =>
    (infos ?? []).flatMap(({ internal, netmask, cidr }) =>
      !internal && cidr !== null && isVenues(name, netmask) ? [cidr] : [],
    ),
  );

const MAX_INTERFACES = 8;

/** One of them for each interface: where this machine speaks to all on it. */
export const oneEach = (interfaces: Interfaces): readonly string[] => {
  const first = new Map<string, string>();
  for (const { name, address } of inVenue(interfaces)) if (!first.has(name)) first.set(name, address);
  return [...first.values()].slice(0, MAX_INTERFACES);
};

/** An address that a machine made up because the network gave it none. */
export const isSelfAssigned = (address: string): boolean => address.startsWith("169.254.");

/** Those of them in the venue. */
export const selfAssigned = (interfaces: Interfaces): readonly string[] =>
  inVenue(interfaces)
    .map(({ address }) => address)
    .filter(isSelfAssigned);

/** Where a hub is reached: the venue's addresses, else whatever there is, else this machine alone. */
export const hubHosts = (interfaces: Interfaces): readonly string[] => {
  const venue = inVenue(interfaces).map(({ address }) => address);
  const given = venue.filter((address) => !isSelfAssigned(address));
  const any = outward(interfaces).map(({ address }) => address);
  return [given, venue, any, ["127.0.0.1"]].find((list) => list.length > 0) ?? [];
};
