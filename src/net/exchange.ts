/**
 * `/couloir/peers/1`: a page, which no multicast reaches, asks its hubs who else is there. The stream's opener sends
 * nothing and gets one length-prefixed message: other pages for which the hub relays, and hubs that it is linked with.
 * A page that is named is dialed through the hub that named it, over the very address at which this page reaches it.
 */
import type { CircuitRelayService } from "@libp2p/circuit-relay-v2";
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import { peerIdFromString } from "@libp2p/peer-id";
import { codec, list, struct, text } from "../protocol/codec.ts";
import type { Clock, Millis, Random } from "../types.ts";
import { addressKey, hostOf, isCircuit, isLanHost, isLoopback, type AddressKey } from "./addresses.ts";
import type { Entry } from "./connections.ts";
import type { DialPlan } from "./dialPlan.ts";
import { causeOf, type NetLog } from "./netLog.ts";
import { streamChannel } from "./streamChannel.ts";
import { within } from "./systemClock.ts";

/** The protocol's name on a stream. */
export const PEERS_PROTOCOL = "/couloir/peers/1";

/** What a node speaks that can make direct connections to pages. */
export const SIGNALLING = "/webrtc-signaling/0.0.1";
const MAX_PAGES = 32;
const MAX_HUBS = 16;
const MAX_ADDRESS = 120;
const MAX_ANSWER = 8192;
const peerId = text(80);
/** The answer. */
export const peersMessage = codec(
  struct({
    pages: list(peerId, MAX_PAGES),
    hubs: list(struct({ peer: peerId, address: text(MAX_ADDRESS) }), MAX_HUBS),
  }),
  MAX_ANSWER,
);

const TIMEOUT: Millis = 5000;
/** After a hub was reached: others may be coming at the same moment, as after its restart. */
const AT_FIRST: readonly Millis[] = [0, 1500, 5000];
const INTERVAL: Millis = 15_000;

/** What the exchange works on. */
export interface ExchangeParts {
  readonly node: Libp2p;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: NetLog;
  readonly plan: Pick<DialPlan, "found">;
  /** The open connections. */
  entries(): readonly Entry[];
  /** The plan may have something to dial. */
  onFound(): void;
}

/** One node's side of the exchange: asks if nobody can dial it, answers if it relays. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #cancels = new Set<() => void>();
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
    if (this.relays)
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
    for (const pause of AT_FIRST) this.#after(pause, () => void this.#ask(entry));
  }

  /** Asks all hubs now. */
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
    this.askAll();
    this.#after(INTERVAL, () => this.#round());
  }

  async #ask({ connection, peer }: Entry): Promise<void> {
    if (this.#stopped || connection.status !== "open" || !this.#hidden()) return;
    const { clock, log } = this.#parts;
    try {
      const stream = await connection.newStream(PEERS_PROTOCOL, { signal: AbortSignal.timeout(TIMEOUT) });
      const channel = streamChannel(stream, MAX_ANSWER);
      const bytes = await within(clock, TIMEOUT, channel.receive()).finally(() => void channel.close());
      const answer = bytes === undefined ? undefined : peersMessage.decode(bytes);
      if (answer === undefined) throw new Error("no answer that makes sense");
      const now = clock.now();
      const pages = this.#parts.node.getProtocols().includes(SIGNALLING) ? answer.pages : [];
      for (const page of pages) this.#found(page, through(connection, peer, page), now);
      const local = isLoopback(connection.remoteAddr.toString());
      for (const { peer: hub, address } of answer.hubs) {
        const key = addressKey(address);
        if (key !== undefined && mayTell(key) && (local || !isLoopback(key))) this.#found(hub, key, now);
      }
      this.#parts.onFound();
    } catch (error) {
      log.debug({ cause: causeOf(error) }, "a hub did not say who is there");
    }
  }

  #found(peer: string, key: AddressKey, now: Millis): void {
    if (isPeerId(peer) && peer !== this.#parts.node.peerId.toString()) this.#parts.plan.found(peer, [key], now);
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

  #known(asker: string): {
    readonly pages: string[];
    readonly hubs: { readonly peer: string; readonly address: string }[];
  } {
    const entries = this.#parts.entries().filter(({ peer, identified }) => identified && peer !== asker);
    const reserved = new Set(Array.from(this.#relay()?.reservations.keys() ?? [], String));
    const pages = entries.map(({ peer }) => peer).filter((peer) => reserved.has(peer));
    const hubs = entries.flatMap(({ peer, addresses }) =>
      [...addresses.filter(isSocket).slice(0, 2), ...addresses.filter(isStraight).slice(0, 1)]
        .filter(mayTell)
        .map((address) => ({ peer, address })),
    );
    return { pages: this.#some(pages, MAX_PAGES), hubs: this.#some(hubs, MAX_HUBS) };
  }

  #some<T>(all: readonly T[], count: number): T[] {
    const lots = new Map(all.map((one) => [one, this.#fraction()]));
    return [...new Set(all)].sort((a, b) => (lots.get(a) ?? 0) - (lots.get(b) ?? 0)).slice(0, count);
  }
}

const isSocket = (key: AddressKey): boolean => /^\/ip[46]\/[^/]+\/tcp\/\d+\/ws$/.test(key);
const isStraight = (key: AddressKey): boolean =>
  /^\/ip[46]\/[^/]+\/udp\/\d+\/webrtc-direct\/certhash\/[\w-]+$/.test(key);

/** Only what a page can dial, and only on local networks. */
const mayTell = (key: AddressKey): boolean =>
  (isSocket(key) || isStraight(key)) && key.length <= MAX_ADDRESS && isLanHost(hostOf(key));

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
