/**
 * The one interface between the messenger and a network. A link moves opaque frames: it never learns what they hold.
 * Implementations: `Libp2pLink` on a venue, `SimLink` in virtual time.
 */
import type { Topic } from "../types.ts";
import type { Trust } from "./shares.ts";
import type { VenueStanding } from "./vouching.ts";

/** `accept`: keep and forward. `ignore`: drop silently (a duplicate, an expired one, over a share). `reject`: drop and
 *  hold it against the neighbour (malformed). */
export type Verdict = "accept" | "ignore" | "reject";

/** One hour's mail in one bucket, as two peers compare it. */
export interface SlotSummary {
  readonly topic: Topic;
  /** u16 expiry slot of the envelopes (SPEC §envelope). */
  readonly slot: number;
  readonly count: number;
  /** 16 bytes over the sorted ids; equal sets have equal fingerprints. */
  readonly fingerprint: Uint8Array;
  /** No more of it is taken: there is no room, and it was looked at. `false` where absent. */
  readonly closed?: boolean;
}

/** What catch-up needs to know of the mail that this device keeps. Implemented by the messenger over the store. */
export interface Carrier {
  /** The slots held now, newest expiry first. */
  slots(): Promise<readonly SlotSummary[]>;
  /** The ids (32 bytes each) in a slot, sorted bytewise. */
  ids(topic: Topic, slot: number): Promise<readonly Uint8Array[]>;
  /** The envelopes of those ids that are still here; fewer is fine. */
  frames(topic: Topic, slot: number, ids: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
  /** All that a neighbour has of a slot was offered. */
  passed?(topic: Topic, slot: number): void;
  /** Bytes that there is room for from neighbours of this class; absent: more than one session brings. */
  room?(trust: Trust): number;
}

/** What a link calls. Every function is total: it resolves whatever the bytes are. */
export interface LinkHandlers {
  /**
   * A frame came in, by gossip or by catch-up; the one way in. Resolves after commit, so that nothing is forwarded that
   * a crash could lose. `from` names the neighbour for shares; it is stable for the life of one connection only.
   */
  onFrame(topic: Topic, frame: Uint8Array, from: string): Promise<Verdict>;
  /** A catch-up with this neighbour came to its end, both ways. */
  onCaughtUp(from: string): void;
  /** The set of usable links changed. */
  onPeers(count: number): void;
  /** What is known of the neighbours changed: whether they are vouched for, what they say of the venue. */
  onVenue?(): void;
  /**
   * Answers what a neighbour or a member asks for, over a stream of its own: messages of at most `MAX_ASK_MESSAGE` bytes,
   * few of which are ever under way, so that gossip is not held up. Total: ends early rather than throws; `return` is
   * called when the other side goes.
   */
  onAsk(request: Uint8Array, from: string): AsyncIterable<Uint8Array>;
  readonly carrier: Carrier;
}

export interface LinkStatus {
  /** The transport identity; new each day, tied to no person. */
  readonly peerId: string;
  /** Where others may dial this node. */
  readonly addresses: readonly string[];
  /** Those of them that lead into this machine's VPN, or to its containers, where it has others. */
  readonly apart?: readonly string[];
  readonly peers: number;
  /** What the neighbours are, where the link knows of the venue. */
  readonly venue?: VenueStanding;
}

/** Whom to ask: a neighbour, or whoever answers at one of these multiaddrs, relayed ones included. */
export type Asked = { readonly neighbour: string } | { readonly addresses: readonly string[] };

export interface Link {
  /** Begins to listen, discover and dial. Frames may arrive before it resolves. */
  start(handlers: LinkHandlers): Promise<void>;
  stop(): Promise<void>;
  /** Topics to hear from now on (idempotent). */
  subscribe(topics: readonly Topic[]): void;
  /** Hands a frame to the neighbours. Resolves with the number of neighbours that took it; 0 is not an error. */
  publish(topic: Topic, frame: Uint8Array): Promise<number>;
  /** Addresses from an invite or the command line: dial now and remember as a hint. Never throws for a dead address. */
  hint(addresses: readonly string[]): void;
  status(): LinkStatus;
  /** The usable links now, by the names that `from` has. */
  neighbours(): readonly string[];
  /** How many devices are in the room, as far as is known: gossip goes at their pace, what strangers may bring is divided among them. */
  crowd?(devices: number): void;
  /** Whether what comes from this neighbour is vouched for; absent: everything is. */
  trust?(from: string): Trust;
  /**
   * Sends one request of at most `MAX_ASK_REQUEST` bytes and gives what comes back, no faster than it is taken; ends when
   * the other side ends. Iterating begins it.
   *
   * @throws {CouloirError} `network`: nobody is there, the other side is busy, or it broke off; on `signal` its reason.
   */
  ask(whom: Asked, request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** The largest frame that any link carries, in bytes (the largest envelope bucket). */
export const MAX_FRAME = 65_536;
/** The largest request of an ask, and the largest message of an answer, in bytes. */
export const MAX_ASK_REQUEST = 4096;
export const MAX_ASK_MESSAGE = 66_000;
