/**
 * Who of the neighbours has the venue's key: each connection's dialer and listener tell each other what they know of the
 * venue and prove that they have its key, if they do. Whoever does counts as vouched for. SPEC.md §12.
 *
 * A venue without a key vouches for everybody: nothing is proved there, and what neighbours say of the venue still tells
 * whether both mean the same.
 */
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { equalBytes } from "../protocol/codec.ts";
import type { Clock, Millis, Random } from "../types.ts";
import type { Channel } from "./channel.ts";
import { causeOf, type NetLog } from "./netLog.ts";
import type { Roster } from "./roster.ts";
import { streamChannel } from "./streamChannel.ts";
import { within } from "./systemClock.ts";
import {
  MAX_VENUE_MESSAGE,
  NONCE_BYTES,
  VENUE_PROTOCOL,
  venueHello,
  venueProofMessage,
  type VenueClaim,
} from "./venueMessages.ts";

/** What a link knows of the venue that it is in. The key may come while it runs. */
export interface VenueSide {
  claim(): VenueClaim;
  /** 32 bytes by the venue's key; `undefined` where this device has none. */
  prove(of: {
    readonly prover: string;
    readonly verifier: string;
    readonly proverNonce: Uint8Array;
    readonly verifierNonce: Uint8Array;
  }): Uint8Array | undefined;
}

/** What the neighbours turned out to be. */
export interface VenueStanding {
  /** Links that are vouched for. */
  readonly vouched: number;
  readonly strangers: number;
  /** Links that say that they have a key of this venue. */
  readonly keyed: number;
  /** Links that say so, and proved it not. */
  readonly otherKey: number;
  /** Links in a venue of this name with another number of buckets, and one such number. */
  readonly otherwise: number;
  readonly buckets?: number;
}

/** What one exchange told. */
export interface VenueFinding {
  readonly claim: VenueClaim;
  readonly proved: boolean;
}

/** One side of the exchange. Rejects when the other side does not keep to it. */
export const exchangeVenue = async (
  channel: Channel,
  side: VenueSide,
  { self, peer, random }: { readonly self: string; readonly peer: string; readonly random: Random },
): Promise<VenueFinding> => {
  const nonce = random(NONCE_BYTES);
  await channel.send(venueHello.encode({ ...side.claim(), nonce }));
  const first = await channel.receive();
  const hello = first && venueHello.decode(first);
  if (hello === undefined) throw new Error("not a hello");
  const theirs = hello.nonce;
  const own = side.prove({ prover: self, verifier: peer, proverNonce: nonce, verifierNonce: theirs });
  // Noise where there is no key, so that nobody learns by asking who has it.
  await channel.send(venueProofMessage.encode({ proof: own ?? random(32) }));
  const second = await channel.receive();
  const message = second && venueProofMessage.decode(second);
  if (message === undefined) throw new Error("not a proof");
  const wanted = side.prove({ prover: peer, verifier: self, proverNonce: theirs, verifierNonce: nonce });
  const { mark, buckets, keyed } = hello;
  return { claim: { mark, buckets, keyed }, proved: wanted !== undefined && equalBytes(wanted, message.proof) };
};

/** What the exchanges work on. */
export interface VouchingParts {
  readonly node: Libp2p;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: NetLog;
  readonly roster: Pick<Roster, "trust" | "setTrust">;
  readonly side: VenueSide;
  /** A connection that counts, and whose peer this is. */
  isOpen(connection: Connection): boolean;
  /** Somebody turned out to be this or that. */
  onFinding(): void;
}

const TIMEOUT: Millis = 5000;
/** On one connection: a key comes once or twice in its life. */
const MOST_EXCHANGES = 16;

/** All exchanges of one run. */
export class Vouching {
  readonly #parts: VouchingParts;
  readonly #findings = new Map<string, VenueClaim>();
  readonly #answered = new WeakMap<Connection, number>();
  #stopped = false;

  constructor(parts: VouchingParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const limits = { maxInboundStreams: 2, maxOutboundStreams: 2 };
    await this.#parts.node.handle(VENUE_PROTOCOL, (stream, connection) => this.#answer(stream, connection), limits);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** The dialer's side. Never rejects; resolves when it is known what the neighbour is. */
  async meet(connection: Connection): Promise<void> {
    try {
      const stream = await connection.newStream(VENUE_PROTOCOL, { signal: AbortSignal.timeout(TIMEOUT) });
      await this.#run(stream, connection);
    } catch (error) {
      this.#parts.log.debug({ cause: causeOf(error) }, "a neighbour did not say which venue it is in");
    }
  }

  /** The last connection to a peer went. */
  leave(peer: string): void {
    this.#findings.delete(peer);
  }

  standing(peers: readonly string[]): VenueStanding {
    const { side, roster } = this.#parts;
    const own = side.claim();
    const vouched = peers.filter((peer) => roster.trust(peer) === "vouched").length;
    const claims = peers.flatMap((peer) => this.#findings.get(peer) ?? []);
    const isSame = ({ mark }: VenueClaim): boolean => equalBytes(mark, own.mark);
    const same = claims.filter(isSame);
    const otherwise = same.filter(({ buckets }) => buckets !== own.buckets);
    const unproved = peers.filter((peer) => {
      const claim = this.#findings.get(peer);
      return claim?.keyed === true && isSame(claim) && roster.trust(peer) === "stranger";
    });
    return {
      vouched,
      strangers: peers.length - vouched,
      keyed: same.filter(({ keyed }) => keyed).length,
      otherKey: unproved.length,
      otherwise: otherwise.length,
      ...(otherwise[0] && { buckets: otherwise[0].buckets }),
    };
  }

  async #answer(stream: Stream, connection: Connection): Promise<void> {
    const count = (this.#answered.get(connection) ?? 0) + 1;
    this.#answered.set(connection, count);
    if (count > MOST_EXCHANGES || !this.#parts.isOpen(connection)) {
      stream.abort(new Error("not now"));
      return;
    }
    try {
      await this.#run(stream, connection);
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error("not answered"));
    }
  }

  async #run(stream: Stream, connection: Connection): Promise<void> {
    const { node, clock, random, roster, side } = this.#parts;
    const channel = streamChannel(stream, MAX_VENUE_MESSAGE);
    const peer = connection.remotePeer.toString();
    const self = node.peerId.toString();
    const found = await within(clock, TIMEOUT, exchangeVenue(channel, side, { self, peer, random })).finally(
      () => void channel.close(),
    );
    if (this.#stopped || !this.#parts.isOpen(connection)) return;
    this.#findings.set(peer, found.claim);
    // Once proved it stays so on this connection: a later exchange may only add to it.
    if (found.proved) roster.setTrust(peer, "vouched");
    this.#parts.onFinding();
  }
}
