/** How two halves of a simulated venue become one again. */
import type { Millis } from "../../src/types.ts";
import type { VenueSim } from "./venueSim.ts";

/** How a partition healed. */
export interface Heal {
  /** Frames that peers lacked, altogether, and their bytes. */
  readonly missing: number;
  readonly differenceBytes: number;
  /** What catch-up and gossip said meanwhile. */
  readonly syncBytes: number;
  readonly gossipBytes: number;
  /** Until half of what was missing was there, 99 of 100 of it, and all. */
  readonly halfAfter: Millis;
  readonly mostAfter: Millis;
  readonly healedAfter: Millis;
  readonly links: number;
}

const SYNC = "/couloir/sync/1";
const GOSSIP = "/meshsub/1.2.0";
const STEP: Millis = 50;

/** Waits until everybody who is there has everything, or until `within` has passed. */
export const healing = async (sim: VenueSim, within: Millis): Promise<Heal> => {
  const there = sim.peers.filter(({ running }) => running);
  const all = sim.table.all.filter(({ kind }) => kind === "message");
  let differenceBytes = 0;
  // Only what is still lacking is looked at again: in a large venue that is most of the time next to nothing.
  let open = there.map((peer) => {
    const lacks = all.filter(({ index }) => !peer.mail.has(index));
    differenceBytes += lacks.reduce((sum, { data }) => sum + data.length, 0);
    return { peer, life: peer.life, lacks };
  });
  const count = (): number => open.reduce((sum, { lacks }) => sum + lacks.length, 0);
  const missing = count();
  const left = (): number => {
    open = open.flatMap(({ peer, life, lacks }) => {
      const still = peer.life === life ? lacks.filter(({ index }) => !peer.mail.has(index)) : [];
      return still.length > 0 ? [{ peer, life, lacks: still }] : [];
    });
    return count();
  };
  const began = sim.clock.now();
  for (const protocol of [SYNC, GOSSIP]) sim.radio.said.set(protocol, 0);
  const passed = (): Millis => sim.clock.now() - began;
  let [halfAfter, mostAfter, lacking] = [Infinity, Infinity, missing];
  while (lacking > 0 && passed() < within) {
    await sim.clock.pass(STEP);
    lacking = left();
    if (halfAfter === Infinity && lacking <= missing / 2) halfAfter = passed();
    if (mostAfter === Infinity && lacking <= missing / 100) mostAfter = passed();
  }
  return {
    missing,
    differenceBytes,
    syncBytes: sim.radio.said.get(SYNC) ?? 0,
    gossipBytes: sim.radio.said.get(GOSSIP) ?? 0,
    halfAfter,
    mostAfter,
    healedAfter: lacking === 0 ? passed() : Infinity,
    links: sim.links(),
  };
};
