/** One run of a link, from start to stop: the parts, and how they work together. */
import type { Connection, IdentifyResult, Libp2p, Stream } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import type { Topic } from "../types.ts";
import { addressKey, dialableOf, isCircuit, isWebRtc, keyOf, tellable, type AddressKey } from "./addresses.ts";
import { ALIVE_PROTOCOL } from "./alive.ts";
import { Asks } from "./asks.ts";
import { CatchUp } from "./catchUp.ts";
import { Connections, type Entry } from "./connections.ts";
import { Dialer, type DialResult } from "./dialer.ts";
import { createDialPlan, defaultDialLimits } from "./dialPlan.ts";
import type { Discovery } from "./discovery.ts";
import { Exchange } from "./exchange.ts";
import { Gossip } from "./gossip.ts";
import { LinkCare, type CareParts } from "./linkCare.ts";
import type { FullLinkOptions } from "./linkOptions.ts";
import { MAX_FRAME, type Asked, type LinkHandlers, type LinkStatus } from "./link.ts";
import { causeOf } from "./netLog.ts";
import { closeWhenIdle } from "./relayed.ts";
import { Roster } from "./roster.ts";
import { streamChannel } from "./streamChannel.ts";
import { SYNC_PROTOCOL } from "./sync.ts";
import { MAX_MESSAGE } from "./syncMessages.ts";

const DIAL_TIMEOUT = 4000;
/** Signalling through a relay, and looking for a path. */
const WEBRTC_TIMEOUT = 12_000;
const OPEN_TIMEOUT = 8000;
const TOPICS_WITHIN = 2000;
/** Streams of each of our protocols on one connection, from the other side. */
const STREAMS = { maxInboundStreams: 4, maxOutboundStreams: 4 };

/** A started link. */
export class MeshRun {
  readonly #options: FullLinkOptions;
  readonly #handlers: LinkHandlers;
  readonly #topics: ReadonlySet<Topic>;
  readonly #gossip: Gossip;
  readonly #roster: Roster;
  readonly #catchUp: CatchUp;
  #parts: (CareParts & { readonly care: LinkCare }) | undefined;
  #asks: Asks | undefined;
  #exchange: Exchange | undefined;
  #discovery: Discovery | undefined;
  #stopped = false;

  constructor(options: FullLinkOptions, handlers: LinkHandlers, topics: ReadonlySet<Topic>) {
    this.#options = options;
    this.#handlers = handlers;
    this.#topics = topics;
    const { clock, log, random, syncInterval } = options;
    this.#roster = new Roster(options, (count) => this.#tell(() => handlers.onPeers(count)));
    this.#gossip = new Gossip({
      clock,
      log,
      mostLinks: options.links?.most ?? defaultDialLimits.most,
      shares: this.#roster.shares,
      intake: this.#roster.intake,
      onFrame: (topic, frame, from) => handlers.onFrame(topic, frame, from),
      onSign: (from) => this.#parts?.connections.signFrom(from),
      onSubscriptions: (from) => this.#roster.told(from),
      onBroken: (from) => this.#parts?.care.dismiss(from, "it does not keep to the protocol"),
    });
    this.#catchUp = new CatchUp({
      clock,
      random,
      ...(syncInterval === undefined ? {} : { interval: syncInterval }),
      peer: (from) => this.#roster.syncPeer(from, handlers, () => Array.from(this.#topics)),
      open: (from) => this.#openSync(from),
      onOutcome: (from, outcome) => {
        log.debug({ end: outcome.end, accepted: outcome.accepted, given: outcome.given }, "caught up");
        if (this.#roster.judge(from, outcome))
          this.#parts?.care.dismiss(from, "its catch-up breaks off again and again");
        // A neighbour that has no topic to tell of counts all the same, a little later.
        clock.after(TOPICS_WITHIN, () => this.#roster.ready(from));
      },
    });
  }

  async start(): Promise<void> {
    const { host, clock, random, log, links, discovery } = this.#options;
    const node = await host({ gossip: this.#gossip.create });
    const self = node.peerId.toString();
    const connections = new Connections(self, clock);
    const fraction = (): number => ((random(1)[0] as number) * 256 + (random(1)[0] as number)) / 0x10000;
    const plan = createDialPlan(self, fraction, { ...defaultDialLimits, ...links });
    const linked = (): ReadonlySet<string> => connections.linked();
    const dialer = new Dialer({ plan, clock, log, linked, dial: (key) => this.#dial(node, key) });
    const parts = {
      options: this.#options,
      node,
      connections,
      plan,
      dialer,
      gossip: this.#gossip,
      roster: this.#roster,
      onNetwork: () => this.#lookAround(),
    };
    const care = new LinkCare(parts);
    this.#parts = { ...parts, care };
    this.#roster.linked = linked;
    node.addEventListener("connection:open", ({ detail }) => this.#onOpen(detail));
    node.addEventListener("connection:close", ({ detail }) => this.#onClose(detail));
    node.addEventListener("peer:identify", ({ detail }) => this.#onIdentify(detail));
    await node.handle(SYNC_PROTOCOL, (stream, connection) => this.#onSyncStream(stream, connection), STREAMS);
    await node.handle(ALIVE_PROTOCOL, (stream, connection) => care.onAliveStream(stream, connection), STREAMS);
    this.#asks = new Asks({
      node,
      clock,
      log,
      onAsk: (request, from) => this.#handlers.onAsk(request, from),
      neighbour: (from) => connections.best(from)?.connection,
      onSign: (connection) => connections.sign(connection),
    });
    await this.#asks.start();
    this.#exchange = new Exchange({
      node,
      clock,
      random,
      log,
      plan,
      entries: () => connections.all(),
      onFound: () => dialer.pump(),
    });
    await this.#exchange.start();
    await node.start();
    this.subscribe(Array.from(this.#topics));
    for (const address of node.getMultiaddrs()) plan.useless(keyOf(address), "self", clock.now());
    this.#discovery = discovery?.({
      clock,
      random,
      logger: node.logger,
      addresses: () => this.status().addresses,
      onFound: (peer, addresses) => {
        plan.found(peer, addresses, clock.now());
        dialer.pump();
      },
    });
    await this.#discovery?.start().catch((error: unknown) => {
      log.warn({ cause: causeOf(error) }, "nobody can be discovered on this network");
    });
    care.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#parts?.care.stop();
    this.#catchUp.stop();
    this.#parts?.dialer.stop();
    this.#asks?.stop();
    this.#exchange?.stop();
    await this.#discovery?.stop().catch(() => undefined);
    await this.#parts?.node.stop();
    this.#roster.clear();
  }

  subscribe(topics: readonly Topic[]): void {
    this.#gossip.subscribe(topics);
  }

  async publish(topic: Topic, frame: Uint8Array): Promise<number> {
    if (frame.length === 0 || frame.length > MAX_FRAME) return 0;
    try {
      const linked = this.#parts?.connections.linked();
      const took = await this.#gossip.publish(topic, frame);
      return took.filter((peer) => linked?.has(peer) === true).length;
    } catch (error) {
      this.#options.log.debug({ cause: causeOf(error) }, "nothing was published");
      return 0;
    }
  }

  hint(addresses: readonly string[]): void {
    const now = this.#options.clock.now();
    for (const key of addresses.map(addressKey)) if (key !== undefined) this.#parts?.plan.hint(key, now);
    this.#parts?.dialer.pump();
  }

  /** The network may be there again: looks around, and dials what somebody named. */
  wake(): void {
    this.#parts?.plan.refresh(this.#options.clock.now());
    this.#parts?.dialer.pump();
    this.#lookAround();
  }

  #lookAround(): void {
    this.#discovery?.ask();
    this.#exchange?.askAll();
  }

  status(): LinkStatus {
    const node = this.#parts?.node;
    const addresses = tellable(node?.getMultiaddrs() ?? []).map(String);
    return { peerId: node?.peerId.toString() ?? "", addresses, peers: this.#roster.count() };
  }

  neighbours(): readonly string[] {
    return this.#roster.usable();
  }

  ask(whom: Asked, request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array> | undefined {
    return this.#asks?.ask(whom, request, signal);
  }

  reachedAddresses(): readonly string[] {
    return this.#parts?.plan.worthRemembering() ?? [];
  }

  async #dial(node: Libp2p, key: AddressKey): Promise<DialResult> {
    // Forced, because a suspect connection to the same address must not stand in for a new one.
    const signal = AbortSignal.timeout(isWebRtc(key) ? WEBRTC_TIMEOUT : DIAL_TIMEOUT);
    const connection = await node.dial(multiaddr(key), { force: true, signal });
    if (!connection.remotePeer.equals(node.peerId)) return { kind: "peer", peer: connection.remotePeer.toString() };
    connection.abort(new Error("this is myself"));
    return { kind: "self" };
  }

  #onOpen(connection: Connection): void {
    if (this.#parts === undefined || this.#stopped) return;
    // A relayed connection with limits is for finding a direct one, and for questions; it carries no mail.
    if (connection.limits !== undefined) {
      if (connection.direction === "outbound") closeWhenIdle(connection, this.#options.clock);
      return;
    }
    const { node, connections } = this.#parts;
    const peer = connection.remotePeer.toString();
    if (connection.remotePeer.equals(node.peerId) || this.#roster.banned(peer)) {
      connection.abort(new Error("not wanted"));
      return;
    }
    this.#roster.open(peer);
    connections.open(connection, connection.direction === "outbound" ? [keyOf(connection.remoteAddr)] : []);
  }

  #onIdentify({ connection, protocols, listenAddrs }: IdentifyResult): void {
    const entry = this.#parts?.connections.get(connection);
    if (entry === undefined) return;
    if (!protocols.includes(SYNC_PROTOCOL) || !protocols.includes(ALIVE_PROTOCOL)) {
      this.#parts?.care.foreign(entry);
      return;
    }
    const webRtc = this.#parts?.node.getMultiaddrs().some((address) => isCircuit(address.toString())) === true;
    const told = dialableOf(listenAddrs, connection.remoteAddr, webRtc);
    entry.addresses = Array.from(new Set([...entry.addresses, ...told]));
    this.#admit(entry);
    this.#exchange?.met(entry, protocols);
  }

  /** The other side speaks our protocols. */
  #admit(entry: Entry): void {
    if (entry.identified || this.#stopped) return;
    entry.identified = true;
    this.#roster.join(entry.peer);
    this.#catchUp.add(entry.peer, entry.connection.direction === "outbound");
    if (entry.connection.direction === "outbound") void this.#parts?.care.beginHeartbeat(entry);
  }

  #onSyncStream(stream: Stream, connection: Connection): void {
    const channel = streamChannel(stream, MAX_MESSAGE, () => this.#parts?.connections.sign(connection));
    const entry = this.#parts?.connections.get(connection);
    if (entry === undefined) {
      void channel.close();
      return;
    }
    // Their identify may be through before ours is; that they catch up says enough.
    this.#admit(entry);
    const selfWins = (this.#parts?.node.peerId.toString() ?? "") < entry.peer;
    void this.#catchUp.serve(entry.peer, channel, selfWins);
  }

  async #openSync(from: string): ReturnType<ConstructorParameters<typeof CatchUp>[0]["open"]> {
    const entry = this.#parts?.connections.best(from);
    if (entry === undefined) throw new Error("no connection");
    const { connection } = entry;
    const stream = await connection.newStream(SYNC_PROTOCOL, { signal: AbortSignal.timeout(OPEN_TIMEOUT) });
    return streamChannel(stream, MAX_MESSAGE, () => this.#parts?.connections.sign(connection));
  }

  #onClose(connection: Connection): void {
    const parts = this.#parts;
    const entry = parts?.connections.close(connection);
    if (parts === undefined || entry === undefined || this.#stopped) return;
    const other = parts.connections.best(entry.peer);
    if (other !== undefined) {
      void parts.care.attach(other.connection);
    } else if (parts.connections.of(entry.peer).length === 0) {
      this.#catchUp.remove(entry.peer);
      parts.care.peerGone(entry);
    }
  }

  /** A handler that throws must not take the node down. */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.#options.log.warn({ cause: causeOf(error) }, "a handler failed");
    }
  }
}
