/** How the peers of a simulated venue hang together. */
import type { VenuePeer } from "./venuePeer.ts";

const thereOf = (peers: readonly VenuePeer[]): readonly VenuePeer[] => peers.filter(({ running }) => running);

/** Links a running peer has, on average. */
export const linksEach = (peers: readonly VenuePeer[]): number => {
  const there = thereOf(peers);
  return there.reduce((sum, peer) => sum + peer.links(), 0) / Math.max(1, there.length);
};

/** Groups of peers that reach each other over links. */
export const islandsOf = (peers: readonly VenuePeer[]): number => {
  const left = new Map(thereOf(peers).map((peer) => [peer.peerId.toString(), peer]));
  let islands = 0;
  for (const [first] of left) {
    islands++;
    const open = [first];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const peer = left.get(id);
      left.delete(id);
      open.push(...(peer?.link?.neighbours() ?? []).filter((other) => left.has(other)));
    }
  }
  return islands;
};
