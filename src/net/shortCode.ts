/**
 * An address that one person reads out to another: 8 to 10 letters and digits where a network has private addresses, in
 * Crockford's base 32, with a checksum. It says where to dial and nothing else; whoever is there still proves who it is.
 *
 * Bits, first to last: the network (`0` is 10/8, `10` 192.168/16, `110` 172.16/12, `1110` 169.254/16, `1111` any), the
 * rest of the IPv4 address, the way in (`0` a hub at 8020 plus 4 bits, `10` a hub, `11` a daemon, each with a 16-bit
 * port), and the checksum: all that is left of the last letter, and 6 bits at least.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../protocol/codec.ts";

/** Where somebody is reached. */
export interface Place {
  /** IPv4, dotted. */
  readonly host: string;
  readonly port: number;
  /** `hub`: by plain HTTP and WebSockets. `daemon`: by TCP. */
  readonly way: "hub" | "daemon";
}

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Whoever reads a code from a screen may take one for the other. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };
const SHORTEST = 8;
const LONGEST = 12;
const LEAST_CHECK = 6;
/** The port of a hub where nobody chose one, and as many beside it as four bits count. */
const USUAL_PORT = 8020;
const USUAL_PORTS = 16;

interface Network {
  readonly prefix: string;
  /** The bits of an address that all in the network share. */
  readonly base: string;
}

const binary = (value: number, width: number): string => value.toString(2).padStart(width, "0");

const NETWORKS: readonly Network[] = [
  { prefix: "0", base: binary(10, 8) },
  { prefix: "10", base: binary(192 * 256 + 168, 16) },
  { prefix: "110", base: binary((172 * 256 + 16) >> 4, 12) },
  { prefix: "1110", base: binary(169 * 256 + 254, 16) },
  { prefix: "1111", base: "" },
];

const hostBits = (host: string): string | undefined => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return undefined;
  return parts.map((part) => binary(part, 8)).join("");
};

const hostOfBits = (bits: string): string =>
  [0, 8, 16, 24].map((at) => Number.parseInt(bits.slice(at, at + 8), 2)).join(".");

const wayBits = ({ way, port }: Place): string => {
  const beside = port - USUAL_PORT;
  if (way === "hub" && beside >= 0 && beside < USUAL_PORTS) return `0${binary(beside, 4)}`;
  return `${way === "hub" ? "10" : "11"}${binary(port, 16)}`;
};

/** What a code of this length is checked by. */
const checkBits = (payload: string, letters: number): string => {
  const digest = sha256(utf8(`couloir code ${letters} ${payload}`));
  return [...digest.subarray(0, 8)]
    .map((byte) => binary(byte, 8))
    .join("")
    .slice(0, letters * 5 - payload.length);
};

/** In groups of three to five, as people say numbers. */
const grouped = (letters: string): string => {
  const size = [5, 4, 3].find((one) => letters.length % one === 0) ?? 4;
  return (letters.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join("-");
};

/** The code of a place, as it is shown; `undefined` for a host that is no IPv4 address. */
export const writeShortCode = (place: Place): string | undefined => {
  const bits = hostBits(place.host);
  const { port } = place;
  if (bits === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const network = NETWORKS.find(({ base }) => bits.startsWith(base)) as Network;
  const payload = network.prefix + bits.slice(network.base.length) + wayBits(place);
  const length = Math.max(SHORTEST, Math.ceil((payload.length + LEAST_CHECK) / 5));
  const all = payload + checkBits(payload, length);
  const letters = Array.from({ length }, (_, at) => LETTERS[Number.parseInt(all.slice(at * 5, at * 5 + 5), 2)]);
  return grouped(letters.join(""));
};

/** The place that a payload names; `undefined` where it is shorter than it says, or names none. */
const placeIn = (bits: string): { readonly place: Place; readonly length: number } | undefined => {
  const network = NETWORKS.find(({ prefix }) => bits.startsWith(prefix));
  if (network === undefined) return undefined;
  const { prefix, base } = network;
  const at = prefix.length + 32 - base.length;
  const usual = bits[at] === "0";
  const length = at + (usual ? 5 : 18);
  if (bits.length < length + LEAST_CHECK) return undefined;
  const number = Number.parseInt(bits.slice(at + (usual ? 1 : 2), length), 2);
  const way = usual || bits[at + 1] === "0" ? "hub" : "daemon";
  const host = hostOfBits(base + bits.slice(prefix.length, at));
  return { place: { host, port: usual ? USUAL_PORT + number : number, way }, length };
};

/**
 * The place of a code as somebody typed it, in any case and with or without dashes and spaces. `undefined` for anything
 * that is no code or has a letter wrong. Never throws.
 */
export const readShortCode = (typed: string): Place | undefined => {
  if (typed.length > 4 * LONGEST) return undefined;
  const letters = typed
    .toUpperCase()
    .replace(/[\s-]/g, "")
    .replace(/[OIL]/g, (letter) => LOOK_ALIKES[letter] ?? letter);
  if (letters.length < SHORTEST || letters.length > LONGEST) return undefined;
  const values = Array.from(letters, (letter) => LETTERS.indexOf(letter));
  if (values.includes(-1)) return undefined;
  const found = placeIn(values.map((value) => binary(value, 5)).join(""));
  // There is one way to write each place; whatever else reads the same is a slip.
  return found !== undefined && writeShortCode(found.place) === grouped(letters) ? found.place : undefined;
};

/** Whether something typed has the shape of a code, right or not: then it is no name of a host. */
export const looksLikeShortCode = (typed: string): boolean =>
  /^[0-9a-z]{3,5}(?:[- ][0-9a-z]{3,5}){1,2}$/i.test(typed.trim());

/** The code of whoever is reached at these URLs of a hub and multiaddrs: of the hub where it needs no certificate. */
export const codeOf = (urls: readonly string[], addresses: readonly string[] = []): string | undefined => {
  const hubs = urls.map((url): Place | undefined => {
    const [, host = "", port] = /^http:\/\/([\d.]+):(\d+)/.exec(url) ?? [];
    return port === undefined ? undefined : { host, port: Number(port), way: "hub" };
  });
  const daemons = addresses.map((address): Place | undefined => {
    const [, host = "", port] = /^\/ip4\/([\d.]+)\/tcp\/(\d+)(?:\/p2p\/\w+)?$/.exec(address) ?? [];
    return port === undefined ? undefined : { host, port: Number(port), way: "daemon" };
  });
  const [first] = [...hubs, ...daemons].filter((place) => place !== undefined);
  return first === undefined ? undefined : writeShortCode(first);
};
