/** What a simulated venue is made of. */
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import type { Millis } from "../../src/types.ts";

/** What is simulated. */
export interface VenueOptions {
  readonly seed: number;
  readonly peers: number;
  readonly caucuses: number;
  readonly messagesPerSecond: number;
  /** How long messages are kept. */
  readonly lifetime: Millis;
  /** Part of the peers that leaves, and comes back within half a minute or so, a minute. */
  readonly churn: number;
  readonly loss: number;
  /** Part of the peers that changes its access point, a minute. */
  readonly roaming: number;
  readonly buckets: number;
  readonly perAccessPoint: number;
  readonly isolation: boolean;
  readonly noMulticast: boolean;
  /** Daemons on the wire. */
  readonly wired: number;
  /** Peers, mostly without the venue's key, that flood, replay and lie. */
  readonly attackers: number;
  /** Of these, so many have the key nevertheless. */
  readonly insiders: number;
  /** Frames a second of each. */
  readonly attackRate: number;
  /** Numbers of gossipsub that differ from the product's own. */
  readonly gossip: Partial<GossipPolicy>;
}

/** The size and the troubles that the project promises to bear. */
export const defaultVenue: VenueOptions = {
  seed: 1,
  peers: 500,
  caucuses: 20,
  messagesPerSecond: 10,
  lifetime: 72 * 3_600_000,
  churn: 0.1,
  loss: 0.05,
  roaming: 0.05,
  buckets: 8,
  perAccessPoint: 28,
  isolation: false,
  noMulticast: false,
  wired: 2,
  attackers: 0,
  insiders: 0,
  attackRate: 5,
  gossip: {},
};
