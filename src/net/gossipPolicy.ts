/**
 * How much a node gossips, to whom, and what it remembers: every number of gossipsub that this venue's traffic depends
 * on, named here, so that the simulated venue runs on the same ones. Chosen by measurement there: SPEC.md §12.
 */
import type { Millis } from "../types.ts";
import { gossipPace, type GossipPace } from "./gossipPace.ts";

/** The numbers, by gossipsub's own names. */
export interface GossipPolicy extends GossipPace {
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
  /** It keeps at most so many links. */
  readonly mostLinks: number;
  /** So many devices are in the room, as far as is known. */
  readonly devices: number;
}

/** The numbers for a place; of those for another number of devices `GossipPace` alone counts at run time. */
export type GossipPolicyOf = (place: GossipPlace) => GossipPolicy;

/** The policy of a node. */
export const gossipPolicy: GossipPolicyOf = ({ mostLinks, devices }) => ({
  ...gossipPace(devices),
  // Few copies: a node asks for two or three lines itself, and origins flood to all their neighbours. But it grants
  // whoever asks: a neighbour that has no other link (a phone at its hub) must not have to wait for catch-up.
  D: 3,
  Dlo: 2,
  Dhi: Math.max(6, mostLinks),
  Dscore: 2,
  Dout: 1,
  Dlazy: 3,
  gossipFactor: 0.25,
  floodPublish: true,
  pruneBackoff: 60_000,
  // Replays after this are dropped by the messenger, which knows what it has.
  seenTTL: 60_000,
  // A slow disk may take a while before a frame can be forwarded.
  mcacheLength: 8,
  // Catch-up brings what is older: told for longer, all of it comes twice after a partition, when the air is scarce.
  mcacheGossip: 1,
  idontwantMinDataSize: 4096,
  maxOutboundBufferSize: 8 * 1024 * 1024,
});
