/** An address as a person types it, as what there is to dial. */
import { addressKey } from "./addresses.ts";
import { looksLikeShortCode, readShortCode } from "./shortCode.ts";

/** The port of a hub where none is given. */
const USUAL_PORT = "8020";
const MAX_LENGTH = 300;

const hostPart = (host: string): string => {
  if (host.startsWith("[")) return `/ip6/${host.slice(1, -1)}`;
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) ? `/ip4/${host}` : `/dns4/${host}`;
};

const ofUrl = (text: string): readonly string[] => {
  try {
    const { protocol, hostname, port } = new URL(text);
    const secure = protocol === "https:";
    const at = `${hostPart(hostname)}/tcp/${port === "" ? (secure ? "443" : "80") : port}`;
    return [`${at}/${secure ? "tls/ws" : "ws"}`];
  } catch {
    return [];
  }
};

/** Nothing in `host:port` tells a hub from a daemon, so it is dialed as both. */
const ofHost = (text: string): readonly string[] => {
  const [, host = "", port] = /^(\[[\da-f:]+\]|[^:/\s[\]]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (host === "" || (port === undefined && !/[.[]/.test(host)) || looksLikeShortCode(text)) return [];
  const at = `${hostPart(host)}/tcp/${port ?? USUAL_PORT}`;
  return port === undefined ? [`${at}/ws`] : [at, `${at}/ws`];
};

/**
 * The addresses to dial for a short code, `host:port`, the name of a hub, a hub's URL, or a multiaddr; none for anything
 * else. Never throws.
 */
export const typedAddresses = (typed: string): readonly string[] => {
  const text = typed.trim();
  if (text.length > MAX_LENGTH) return [];
  const place = readShortCode(text);
  if (place !== undefined) return [`/ip4/${place.host}/tcp/${place.port}${place.way === "hub" ? "/ws" : ""}`];
  const all = text.startsWith("/") ? [text] : /^https?:\/\//i.test(text) ? ofUrl(text) : ofHost(text);
  return all.filter((one) => addressKey(one) !== undefined);
};
