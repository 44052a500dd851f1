/**
 * Addresses as this layer remembers them: multiaddrs without a peer id, because peer ids change each day. `host:port` is
 * understood as well.
 */
import { CODE_P2P, multiaddr, type Multiaddr } from "@multiformats/multiaddr";

/** An address to dial, as text in one spelling; compares with `===`. */
export type AddressKey = string;

const MAX_LENGTH = 300;
const HOSTS = /^(ip4|ip6|ip6zone|dns|dns4|dns6)$/;

/** The one spelling of an address from a person, a peer or a file; `undefined` when it is none. Never throws. */
export const addressKey = (address: string): AddressKey | undefined => {
  if (address.length > MAX_LENGTH) return undefined;
  try {
    const given = multiaddr(address.startsWith("/") ? address : fromHostPort(address));
    return HOSTS.test(given.getComponents()[0]?.name ?? "") ? keyOf(given) : undefined;
  } catch {
    return undefined;
  }
};

/** The key of a multiaddr: without the peer id at its end, unless a relay has to be told it. */
export const keyOf = (address: Multiaddr): AddressKey => {
  const text = address.toString();
  if (isCircuit(text)) return text;
  const components = address.getComponents();
  const last = components.at(-1);
  return last?.code === CODE_P2P && components.length > 1 ? address.decapsulateCode(CODE_P2P).toString() : text;
};

/** Whether an address goes through a relay. */
export const isCircuit = (address: string): boolean => address.includes("/p2p-circuit");

/** Whether an address leads to a direct connection of two pages, for which a relay signals. */
export const isWebRtc = (address: string): boolean => address.includes("/webrtc/");

/**
 * Whether an address leads from a page straight to a hub by WebRTC. It names the hub's certificate, and that is another
 * one after each start of the hub: not to be kept, printed, or put in an invite.
 */
export const isWebRtcDirect = (address: string): boolean => address.includes("/webrtc-direct") && !isCircuit(address);

const MAX_TOLD = 4;

/** The kinds of WebRTC that a device has a use for: to pages, signalled by a relay; and straight to hubs. */
export interface WebRtcUse {
  readonly pages: boolean;
  readonly hubs: boolean;
}

/**
 * Where a peer that was reached from `remote` can be dialed again, of what it tells of itself: at its host and on local
 * networks, nearest first; another machine's loopback is none of them. Through a relay only what ends in a direct
 * connection, and only if this device can make one.
 */
export const dialableOf = (told: readonly Multiaddr[], remote: Multiaddr, use: WebRtcUse): readonly AddressKey[] => {
  const near = hostOf(keyOf(remote));
  const rank = (key: AddressKey): number =>
    Number(isCircuit(key)) * 4 + Number(hostOf(key) !== near) * 2 + Number(isWebRtcDirect(key));
  const here = isLoopback(keyOf(remote));
  const mayDial = (key: AddressKey): boolean =>
    (here || !isLoopback(key)) && (isCircuit(key) ? use.pages && isWebRtc(key) : !isWebRtcDirect(key) || use.hubs);
  return told
    .map(keyOf)
    .filter((key) => (hostOf(key) === near || isLanHost(hostOf(key))) && mayDial(key))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_TOLD);
};

/**
 * The host that whoever dials a key connects to, or an empty string. A server's name for TLS is one of its own: WebSockets
 * look that up, whatever stands before it, so such an address has no host here.
 */
export const hostOf = (key: AddressKey): string => {
  const [, kind, first = "", , behindZone = ""] = key.split("/", 5);
  if (key.includes("/sni/")) return "";
  return kind === "ip6zone" ? behindZone : first;
};

/** Whether a key's host is this machine itself. */
export const isLoopback = (key: AddressKey): boolean => /^\/ip4\/127\.|^\/ip6\/::1\//.test(key);

/** As addresses are written; what else resolvers take for one (`010.8.8.8` is 8.8.8.8) or look up is none. */
const IP4 = /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/;
const IP6 = /^[\da-f:]+$/i;

/** Whether a host is one that a local network uses; what strangers announce is dialed only there. */
export const isLanHost = (host: string): boolean => {
  if (host.includes(":")) return IP6.test(host) && /^(::1$|f[cd]|fe[89ab])/i.test(host);
  if (!IP4.test(host)) return false;
  const [a, b] = host.split(".").map(Number) as [number, number];
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
};

/** A number is an address to whoever looks it up, and any. */
const LOCAL_NAME = /^(?!\d+$|0x[\da-f]*$)(?:[a-z\d_-]+|(?:[a-z\d_-]+\.)+(?:local|lan|home\.arpa|internal))$/i;

/** Whether a host is on a local network as far as its name tells: an address, or a name that no public resolver has. */
export const isLocalName = (host: string): boolean => isLanHost(host) || LOCAL_NAME.test(host);

/** The addresses worth telling: those of the network, or the loopback ones where there is nothing else. */
export const tellable = <T extends { toString(): string }>(addresses: readonly T[]): readonly T[] => {
  const outward = addresses.filter((address) => !isLoopback(address.toString()));
  return outward.length > 0 ? outward : addresses;
};

/** How many can dial an address: all, those that reach the relay (which pages do by WebSocket), or only other pages. */
const reach = (address: string): number => {
  if (isCircuit(address)) return isWebRtc(address) ? 4 : address.includes("/ws/") ? 1 : 2;
  return isWebRtcDirect(address) ? 3 : 0;
};

/**
 * Addresses in the order in which they are worth telling, as text: those first that most can dial, and of those the ones
 * at the `hosts` that this machine has in the venue. Its containers and its VPN have addresses, too, and the lists that
 * others are told are short.
 */
export const mostDialableFirst = (
  addresses: readonly { toString(): string }[],
  hosts: readonly string[] = [],
): readonly string[] => {
  const apart = (address: string): number => Number(!isCircuit(address) && !hosts.includes(hostOf(address)));
  return addresses.map(String).sort((a, b) => reach(a) - reach(b) || apart(a) - apart(b));
};

const fromHostPort = (text: string): string => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:/\s]+)):(\d{1,5})$/.exec(text);
  if (match === null) throw new Error("no host and port");
  const [, ip6, name, port] = match;
  if (ip6 !== undefined) return `/ip6/${ip6}/tcp/${port}`;
  return /^\d+\.\d+\.\d+\.\d+$/.test(name as string) ? `/ip4/${name}/tcp/${port}` : `/dns4/${name}/tcp/${port}`;
};
