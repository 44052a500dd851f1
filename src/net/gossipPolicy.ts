/**
 * How much a node gossips, to whom, and what it remembers: every number of gossipsub that this venue's traffic depends
 * on, named here, so that the simulated venue runs on the same ones. Chosen by measurement there: SPEC.md §12.
 */
import type { Millis } from "../types.ts";

/** Whom a node gossips with: what follows the number of peers at run time. By gossipsub's own names. */
export interface GossipDegree {
  /** Neighbours that a node wants to forward each topic's frames to it at once; asks for more below `Dlo`. */
  readonly D: number;
  readonly Dlo: number;
  /** Lets go of some above. */
  readonly Dhi: number;
  readonly Dscore: number;
  readonly Dout: number;
  /** Others that are told each heartbeat what there is, and this part of them at least. */
  readonly Dlazy: number;
  readonly gossipFactor: number;
}

/** The numbers, by gossipsub's own names. */
export interface GossipPolicy extends GossipDegree {
  readonly heartbeatInterval: Millis;
  /** Whether what is said here goes to all neighbours at once. */
  readonly floodPublish: boolean;
  /** After a neighbour asked not to be forwarded to. */
  readonly pruneBackoff: Millis;
  /** How long an id is remembered. */
  readonly seenTTL: Millis;
  /** Heartbeats for which a frame can be asked for, and for which it is told of. */
  readonly mcacheLength: number;
  readonly mcacheGossip: number;
  /** From this size on neighbours are told at once that they need not send it as well. */
  readonly idontwantMinDataSize: number;
  /** What a slow neighbour may leave unsent before its stream is cut; catch-up brings the rest. */
  readonly maxOutboundBufferSize: number;
}

/** Where a node gossips. */
export interface GossipPlace {
  /** It keeps at most so many. */
  readonly links: number;
  /** Others that it knows to be there. */
  readonly peers: number;
}

/** The numbers for a place; those that are no part of the degree are asked for once, at the start. */
export type GossipPolicyOf = (place: GossipPlace) => GossipPolicy;

/** Above so many, each copy costs the air more than the repair of what was lost costs time. */
const CROWD = 300;

/**
 * Few copies: a node asks for two or three lines itself, and origins flood to all their neighbours. But it grants
 * whoever asks: a neighbour that has no other link (a phone at its hub) must not have to wait for catch-up.
 */
export const gossipDegree = ({ links, peers }: GossipPlace): GossipDegree => {
  const D = peers > CROWD ? 2 : 3;
  return { D, Dlo: 2, Dhi: Math.max(6, links), Dscore: 2, Dout: 1, Dlazy: 3, gossipFactor: 0.25 };
};

/** The policy of a node. */
export const gossipPolicy: GossipPolicyOf = (place) => ({
  ...gossipDegree(place),
  heartbeatInterval: 1000,
  floodPublish: true,
  pruneBackoff: 60_000,
  // Replays after this are dropped by the messenger, which knows what it has.
  seenTTL: 60_000,
  // A slow disk may take a while before a frame can be forwarded.
  mcacheLength: 8,
  mcacheGossip: 1,
  idontwantMinDataSize: 4096,
  maxOutboundBufferSize: 8 * 1024 * 1024,
});
