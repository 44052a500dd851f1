/** How a link finds peers that nobody named; `mdnsDiscovery` is the one implementation, and pages have none. */
import type { ComponentLogger } from "@libp2p/interface";
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, utf8 } from "../protocol/codec.ts";
import type { Clock, Random } from "../types.ts";
import type { AddressKey } from "./addresses.ts";
import type { NetLog } from "./netLog.ts";

/** How a link looks for peers. */
export interface Discovery {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Asks now: the network may have changed. */
  ask(): void;
  /** This machine's addresses have changed: listens and speaks on the networks that there are now, and asks. */
  moved(): void;
  /** Whether this peer was found so, in this run. */
  heard(peer: string): boolean;
}

/** What discovery needs of its link. */
export interface DiscoveryContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: ComponentLogger;
  readonly log: NetLog;
  /** Multiaddrs with this node's peer id. */
  addresses(): readonly string[];
  /** Whether this node has links enough, so that nobody need be asked for more. */
  enough?(): boolean;
  onFound(peer: string, addresses: readonly AddressKey[]): void;
}

/** Makes one for a run. */
export type DiscoveryFactory = (context: DiscoveryContext) => Discovery;

/** The DNS-SD name of a venue: peers of different venues on one network do not see each other. */
export const serviceTag = (venue: string): string =>
  `_couloir-${hex(sha256(utf8(`couloir venue ${venue}`))).slice(0, 20)}._udp.local`;
