/**
 * `/couloir/peers/1`: who has few links asks its neighbours who else is there: a page, which no multicast reaches, its
 * hubs, and a daemon others like it. The stream's opener sends nothing and gets one length-prefixed message: pages for
 * which the neighbour relays, and the hubs and daemons that it is linked with. A page that is named is dialed through the
 * hub that named it, over the very address at which this page reaches it.
 */
import type { CircuitRelayService } from "@libp2p/circuit-relay-v2";
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { peerIdFromString } from "@libp2p/peer-id";
import type { Clock, Millis, Random } from "../types.ts";
import { addressKey, isCircuit, isLoopback, type AddressKey } from "./addresses.ts";
import type { Entry } from "./connections.ts";
import type { DialPlan } from "./dialPlan.ts";
import { causeOf, type NetLog } from "./netLog.ts";
import {
  isSocket,
  isStraight,
  MAX_ANSWER,
  MAX_HUBS,
  MAX_PAGES,
  MAX_PEERS,
  mayTell,
  mayTellDaemon,
  peersMessage,
  type PeersMessage,
} from "./peersMessage.ts";
import { streamChannel } from "./streamChannel.ts";
import { within } from "./systemClock.ts";

/** The protocol's name on a stream. */
export const PEERS_PROTOCOL = "/couloir/peers/1";

/** What a node speaks that can make direct connections to pages. */
export const SIGNALLING = "/webrtc-signaling/0.0.1";
const TIMEOUT: Millis = 5000;
/** After a hub was reached: others may be coming at the same moment, as after its restart. */
const AT_FIRST: readonly Millis[] = [0, 1500, 5000];
const INTERVAL: Millis = 15_000;
/** Daemons ask in one round of so many: they are found in other ways, too. */
const DAEMON_ROUNDS = 4;
/** Daemons that one neighbour may name on one connection: a liar fills no book with them. */
const MAX_NAMED = 48;
/** Answers that are none, after which a neighbour is cut. */
const MAX_GARBAGE = 4;

/** What the exchange works on. */
export interface ExchangeParts {
  readonly node: Libp2p;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: NetLog;
  readonly plan: Pick<DialPlan, "found">;
  /** Whether others may ask this node: all but pages. */
  readonly answers: boolean;
  /** Whether this node has too few links. */
  lacks(): boolean;
  /** Whether somebody answers for this neighbour. */
  isVouched(peer: string): boolean;
  /** This neighbour answers with garbage. */
  onBroken(peer: string): void;
  /** The open connections. */
  entries(): readonly Entry[];
  /** The plan may have something to dial. */
  onFound(): void;
}

/** One node's side of the exchange: asks if nobody can dial it or it has few links, answers if it can be asked. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #cancels = new Set<() => void>();
  readonly #named = new WeakMap<Connection, Set<AddressKey>>();
  readonly #garbage = new WeakMap<Connection, number>();
  #rounds = 0;
  #stopped = false;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  /** Whether this node relays for others. */
  get relays(): boolean {
    return this.#relay() !== undefined;
  }

  async start(): Promise<void> {
    const limits = { maxInboundStreams: 2, maxOutboundStreams: 2 };
    if (this.#parts.answers)
      await this.#parts.node.handle(
        PEERS_PROTOCOL,
        (stream, { remotePeer }) => this.#answer(stream, remotePeer),
        limits,
      );
    this.#after(INTERVAL, () => this.#round());
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#cancels) cancel();
  }

  /** A neighbour turned out to speak these protocols. */
  met(entry: Entry, protocols: readonly string[]): void {
    if (!protocols.includes(PEERS_PROTOCOL)) return;
    entry.exchanges = true;
    const pauses = this.#parts.answers ? AT_FIRST.slice(0, 1) : AT_FIRST;
    for (const pause of pauses) this.#after(pause, () => void this.#ask(entry));
  }

  /** Asks all neighbours now. */
  askAll(): void {
    for (const entry of this.#parts.entries()) if (entry.exchanges) void this.#ask(entry);
  }

  #relay(): CircuitRelayService | undefined {
    return (this.#parts.node as Libp2p<{ relay?: CircuitRelayService }>).services.relay;
  }

  /** Whether others can only come through a relay. */
  #hidden(): boolean {
    return this.#parts.node.getMultiaddrs().every((address) => isCircuit(address.toString()));
  }

  #after(ms: Millis, then: () => void): void {
    const cancel = this.#parts.clock.after(ms * (0.75 + this.#fraction() / 2), () => {
      this.#cancels.delete(cancel);
      then();
    });
    this.#cancels.add(cancel);
  }

  #fraction(): number {
    return (this.#parts.random(1)[0] as number) / 256;
  }

  #round(): void {
    if (!this.#parts.answers || this.#rounds++ % DAEMON_ROUNDS === 0) this.askAll();
    this.#after(INTERVAL, () => this.#round());
  }

  async #ask({ connection, peer }: Entry): Promise<void> {
    if (this.#stopped || connection.status !== "open" || !(this.#hidden() || this.#parts.lacks())) return;
    const { clock, log } = this.#parts;
    try {
      const stream = await connection.newStream(PEERS_PROTOCOL, { signal: AbortSignal.timeout(TIMEOUT) });
      const channel = streamChannel(stream, MAX_ANSWER);
      const bytes = await within(clock, TIMEOUT, channel.receive()).finally(() => void channel.close());
      const answer = bytes === undefined ? undefined : peersMessage.decode(bytes);
      if (bytes !== undefined && answer === undefined) this.#strike(connection, peer);
      if (answer === undefined) throw new Error("no answer that makes sense");
      const now = clock.now();
      if (this.#hidden()) this.#takeIn({ connection, peer }, answer, now);
      if (this.#parts.answers) for (const one of answer.peers) this.#foundDaemon(connection, one, now);
      this.#parts.onFound();
    } catch (error) {
      log.debug({ cause: causeOf(error) }, "a neighbour did not say who is there");
    }
  }

  #found(peer: string, key: AddressKey, now: Millis): void {
    if (isPeerId(peer) && peer !== this.#parts.node.peerId.toString()) this.#parts.plan.found(peer, [key], now);
  }

  /** Whoever cannot be dialed finds others through hubs. */
  #takeIn(
    { connection, peer }: Pick<Entry, "connection" | "peer">,
    { pages, hubs }: Pick<PeersMessage, "pages" | "hubs">,
    now: Millis,
  ): void {
    const signals = this.#parts.node.getProtocols().includes(SIGNALLING);
    for (const page of signals ? pages : []) this.#found(page, through(connection, peer, page), now);
    const local = isLoopback(connection.remoteAddr.toString());
    for (const { peer: hub, address } of hubs) {
      const key = addressKey(address);
      if (key !== undefined && mayTell(key) && (local || !isLoopback(key))) this.#found(hub, key, now);
    }
  }

  /** Pages cannot dial it; others take a few from each neighbour, as hints. */
  #foundDaemon(
    connection: Connection,
    { peer, address }: { readonly peer: string; readonly address: string },
    now: Millis,
  ): void {
    const key = addressKey(address);
    const named = this.#named.get(connection) ?? new Set();
    this.#named.set(connection, named);
    if (key === undefined || !mayTellDaemon(key) || (!named.has(key) && named.size >= MAX_NAMED)) return;
    if (isLoopback(key) && !isLoopback(connection.remoteAddr.toString())) return;
    named.add(key);
    this.#found(peer, key, now);
  }

  #strike(connection: Connection, peer: string): void {
    const count = (this.#garbage.get(connection) ?? 0) + 1;
    this.#garbage.set(connection, count);
    if (count === MAX_GARBAGE) this.#parts.onBroken(peer);
  }

  async #answer(stream: Stream, asker: { toString(): string }): Promise<void> {
    const channel = streamChannel(stream, MAX_ANSWER);
    try {
      await within(this.#parts.clock, TIMEOUT, channel.send(peersMessage.encode(this.#known(asker.toString()))));
      await channel.close();
    } catch (error) {
      stream.abort(error instanceof Error ? error : new Error("not answered"));
    }
  }

  #known(asker: string): PeersMessage {
    const entries = this.#parts.entries().filter(({ peer, identified }) => identified && peer !== asker);
    const reserved = new Set(Array.from(this.#relay()?.reservations.keys() ?? [], String));
    const pages = entries.map(({ peer }) => peer).filter((peer) => reserved.has(peer));
    const hubs = entries.flatMap(({ peer, addresses }) =>
      [...addresses.filter(isSocket).slice(0, 2), ...addresses.filter(isStraight).slice(0, 1)]
        .filter(mayTell)
        .map((address) => ({ peer, address })),
    );
    // Whoever tells of strangers brings them to all who come.
    const vouched = entries.filter(({ peer }) => this.#parts.isVouched(peer));
    const peers = (vouched.length > 0 ? vouched : entries).flatMap(({ peer, addresses }) =>
      addresses
        .filter(mayTellDaemon)
        .slice(0, 1)
        .map((address) => ({ peer, address })),
    );
    return {
      pages: this.#some(pages, MAX_PAGES),
      hubs: this.#some(hubs, MAX_HUBS),
      peers: this.#some(peers, MAX_PEERS),
    };
  }

  #some<T>(all: readonly T[], count: number): T[] {
    const lots = new Map(all.map((one) => [one, this.#fraction()]));
    return [...new Set(all)].sort((a, b) => (lots.get(a) ?? 0) - (lots.get(b) ?? 0)).slice(0, count);
  }
}

const through = (hub: Connection, hubId: string, page: string): AddressKey => {
  const address = hub.remoteAddr.toString().replace(/\/p2p\/[^/]+$/, "");
  return `${address}/p2p/${hubId}/p2p-circuit/webrtc/p2p/${page}`;
};

const isPeerId = (text: string): boolean => {
  try {
    return peerIdFromString(text).toString() === text;
  } catch {
    return false;
  }
};
