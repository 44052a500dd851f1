/** A connection to whoever answers at one of some addresses, for a question. */
import type { Connection, Libp2p } from "@libp2p/interface";
import { peerIdFromString } from "@libp2p/peer-id";
import { CODE_P2P, multiaddr, type Multiaddr } from "@multiformats/multiaddr";
import type { Millis } from "../types.ts";
import { addressKey, hostOf, isLanHost } from "./addresses.ts";

const MAX_ADDRESSES = 16;
const TIMEOUT: Millis = 12_000;

/**
 * A live connection to a peer that these addresses name, else a new one; addresses outside local networks are left
 * aside. `undefined` when nobody answers. Rejects with the signal's reason only.
 */
export const reach = async (
  node: Libp2p,
  addresses: readonly string[],
  signal?: AbortSignal,
): Promise<Connection | undefined> => {
  const peers = byPeer(addresses.slice(0, MAX_ADDRESSES));
  peers.delete(node.peerId.toString());
  for (const peer of peers.keys()) {
    const open = node.getConnections(peerIdFromString(peer)).filter(({ status }) => status === "open");
    const direct = open.find(({ limits }) => limits === undefined) ?? open[0];
    if (direct !== undefined) return direct;
  }
  for (const targets of peers.values()) {
    const late = AbortSignal.timeout(TIMEOUT);
    try {
      return await node.dial(targets, { signal: signal === undefined ? late : AbortSignal.any([signal, late]) });
    } catch {
      signal?.throwIfAborted();
    }
  }
  return undefined;
};

const byPeer = (addresses: readonly string[]): Map<string, Multiaddr[]> => {
  const peers = new Map<string, Multiaddr[]>();
  for (const address of addresses) {
    const key = addressKey(address);
    if (key === undefined || !isLanHost(hostOf(key))) continue;
    const target = multiaddr(address);
    const last = target.getComponents().at(-1);
    if (last?.code !== CODE_P2P || last.value === undefined) continue;
    peers.set(last.value, [...(peers.get(last.value) ?? []), target]);
  }
  return peers;
};
