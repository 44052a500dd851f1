/** One run of a link, from start to stop: the parts, and how they work together. */
import type { Connection, IdentifyResult, Libp2p, Stream } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import type { Topic } from "../types.ts";
import { addressKey, hostOf, isLanHost, keyOf, tellable, type AddressKey } from "./addresses.ts";
import { ALIVE_PROTOCOL, answerHeartbeat, beginHeartbeat, type AliveHooks } from "./alive.ts";
import { CatchUp } from "./catchUp.ts";
import { Connections, type Entry } from "./connections.ts";
import { Dialer, type DialResult } from "./dialer.ts";
import { createDialPlan, defaultDialLimits, type DialPlan } from "./dialPlan.ts";
import type { Discovery } from "./discovery.ts";
import { Gossip } from "./gossip.ts";
import type { FullLinkOptions } from "./libp2pLink.ts";
import { MAX_FRAME, type LinkHandlers, type LinkStatus } from "./link.ts";
import { causeOf } from "./netLog.ts";
import { Roster } from "./roster.ts";
import { streamChannel } from "./streamChannel.ts";
import { SYNC_PROTOCOL } from "./sync.ts";
import { MAX_MESSAGE } from "./syncMessages.ts";

const CHECK_EVERY = 1000;
const DIAL_TIMEOUT = 4000;
const OPEN_TIMEOUT = 8000;
const FORGET_AFTER = 5000;
const MAX_ADDRESSES = 4;
/** Streams of each of our protocols on one connection, from the other side. */
const STREAMS = { maxInboundStreams: 4, maxOutboundStreams: 4 };

/** A started link. */
export class MeshRun {
  readonly #options: FullLinkOptions;
  readonly #topics: ReadonlySet<Topic>;
  readonly #gossip: Gossip;
  readonly #roster: Roster;
  readonly #catchUp: CatchUp;
  #parts: { node: Libp2p; connections: Connections; plan: DialPlan; dialer: Dialer } | undefined;
  #discovery: Discovery | undefined;
  #cancelCheck = (): void => {};
  #stopped = false;

  constructor(options: FullLinkOptions, handlers: LinkHandlers, topics: ReadonlySet<Topic>) {
    this.#options = options;
    this.#topics = topics;
    const { clock, log, random, syncInterval } = options;
    this.#roster = new Roster(options, (count) => this.#tell(() => handlers.onPeers(count)));
    this.#gossip = new Gossip({
      clock,
      log,
      shares: this.#roster.shares,
      intake: this.#roster.intake,
      onFrame: (topic, frame, from) => handlers.onFrame(topic, frame, from),
      onSign: (from) => this.#parts?.connections.signFrom(from),
      onSubscriptions: (from) => this.#roster.ready(from),
      onBroken: (from) => this.#dismiss(from, "it does not keep to the protocol"),
    });
    this.#catchUp = new CatchUp({
      clock,
      random,
      ...(syncInterval === undefined ? {} : { interval: syncInterval }),
      peer: (from) => this.#roster.syncPeer(from, handlers, () => Array.from(this.#topics)),
      open: (from) => this.#openSync(from),
      onOutcome: (from, outcome) => {
        log.debug({ end: outcome.end, accepted: outcome.accepted, given: outcome.given }, "caught up");
        if (this.#roster.judge(from, outcome)) this.#dismiss(from, "its catch-up breaks off again and again");
        this.#roster.ready(from);
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
    this.#parts = { node, connections, plan, dialer };
    this.#roster.linked = linked;
    node.addEventListener("connection:open", ({ detail }) => this.#onOpen(detail));
    node.addEventListener("connection:close", ({ detail }) => this.#onClose(detail));
    node.addEventListener("peer:identify", ({ detail }) => this.#onIdentify(detail));
    await node.handle(SYNC_PROTOCOL, (stream, connection) => this.#onSyncStream(stream, connection), STREAMS);
    await node.handle(ALIVE_PROTOCOL, (stream, connection) => this.#onAliveStream(stream, connection), STREAMS);
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
    this.#check();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelCheck();
    this.#catchUp.stop();
    this.#parts?.dialer.stop();
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

  status(): LinkStatus {
    const node = this.#parts?.node;
    const addresses = tellable(node?.getMultiaddrs() ?? []).map(String);
    return { peerId: node?.peerId.toString() ?? "", addresses, peers: this.#roster.count() };
  }

  reachedAddresses(): readonly string[] {
    return this.#parts?.plan.worthRemembering() ?? [];
  }

  async #dial(node: Libp2p, key: AddressKey): Promise<DialResult> {
    // Forced, because a suspect connection to the same address must not stand in for a new one.
    const connection = await node.dial(multiaddr(key), { force: true, signal: AbortSignal.timeout(DIAL_TIMEOUT) });
    if (!connection.remotePeer.equals(node.peerId)) return { kind: "peer", peer: connection.remotePeer.toString() };
    connection.abort(new Error("this is myself"));
    return { kind: "self" };
  }

  #onOpen(connection: Connection): void {
    if (this.#parts === undefined || this.#stopped) return;
    const { node, connections } = this.#parts;
    const banned = this.#roster.banned(connection.remotePeer.toString());
    if (connection.remotePeer.equals(node.peerId) || banned) connection.abort(new Error("not wanted"));
    else connections.open(connection, connection.direction === "outbound" ? [keyOf(connection.remoteAddr)] : []);
  }

  #onIdentify({ connection, protocols, listenAddrs }: IdentifyResult): void {
    const entry = this.#parts?.connections.get(connection);
    if (entry === undefined) return;
    if (!protocols.includes(SYNC_PROTOCOL) || !protocols.includes(ALIVE_PROTOCOL)) {
      this.#foreign(entry);
      return;
    }
    const remote = hostOf(keyOf(connection.remoteAddr));
    const keys = listenAddrs.map(keyOf).filter((key) => hostOf(key) === remote || isLanHost(hostOf(key)));
    const nearFirst = keys.sort((a, b) => Number(hostOf(b) === remote) - Number(hostOf(a) === remote));
    entry.addresses = Array.from(new Set([...entry.addresses, ...nearFirst])).slice(0, MAX_ADDRESSES);
    this.#admit(entry);
  }

  /** The other side speaks our protocols. */
  #admit(entry: Entry): void {
    if (entry.identified || this.#stopped) return;
    entry.identified = true;
    this.#roster.join(entry.peer);
    this.#catchUp.add(entry.peer, entry.connection.direction === "outbound");
    if (entry.connection.direction === "outbound") void this.#beginHeartbeat(entry);
  }

  async #beginHeartbeat(entry: Entry): Promise<void> {
    try {
      entry.heartbeat = await beginHeartbeat(entry.connection, this.#options.clock, this.#aliveHooks);
      if (entry.connection.status !== "open") entry.heartbeat.stop();
    } catch (error) {
      // Without a heartbeat the connection turns suspect by itself.
      this.#options.log.debug({ cause: causeOf(error) }, "no heartbeat");
    }
  }

  readonly #aliveHooks: AliveHooks = {
    onSign: (connection) => this.#parts?.connections.sign(connection),
    onEnough: (connection) => {
      const entry = this.#parts?.connections.get(connection);
      if (entry === undefined) return;
      entry.dismissed = true;
      this.#parts?.plan.enough(entry.peer, entry.addresses, this.#options.clock.now());
    },
  };

  #onAliveStream(stream: Stream, connection: Connection): void {
    const entry = this.#parts?.connections.get(connection);
    const heartbeat = answerHeartbeat(stream, connection, this.#aliveHooks);
    if (entry !== undefined) entry.heartbeat ??= heartbeat;
  }

  #onSyncStream(stream: Stream, connection: Connection): void {
    const channel = streamChannel(stream, MAX_MESSAGE);
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
    const stream = await entry.connection.newStream(SYNC_PROTOCOL, { signal: AbortSignal.timeout(OPEN_TIMEOUT) });
    return streamChannel(stream, MAX_MESSAGE);
  }

  #onClose(connection: Connection): void {
    const parts = this.#parts;
    const entry = parts?.connections.close(connection);
    if (parts === undefined || entry === undefined || this.#stopped) return;
    const other = parts.connections.best(entry.peer);
    if (other !== undefined) {
      void this.#attach(other.connection);
      return;
    }
    if (parts.connections.of(entry.peer).length > 0) return;
    this.#roster.leave(entry.peer);
    this.#gossip.leave(entry.peer);
    this.#catchUp.remove(entry.peer);
    if (!entry.dismissed) parts.plan.lost(entry.peer, entry.addresses, this.#options.clock.now());
    parts.dialer.pump();
    this.#options.clock.after(FORGET_AFTER, () => void this.#forget(connection));
  }

  /** libp2p keeps a record of every peer that ever connected; under a stream of strangers that grows without end. */
  async #forget(connection: Connection): Promise<void> {
    const parts = this.#parts;
    if (parts === undefined || this.#stopped || parts.node.getConnections(connection.remotePeer).length > 0) return;
    await parts.node.peerStore.delete(connection.remotePeer).catch(() => undefined);
  }

  async #attach(connection: Connection): Promise<void> {
    try {
      await this.#gossip.attach(connection);
    } catch (error) {
      this.#options.log.debug({ cause: causeOf(error) }, "gossip did not attach");
    }
  }

  #foreign(entry: Entry): void {
    entry.dismissed = true;
    const now = this.#options.clock.now();
    for (const key of entry.addresses) this.#parts?.plan.useless(key, "foreign", now);
    void this.#hangUp(entry);
  }

  #dismiss(peer: string, why: string): void {
    this.#options.log.info({ why }, "a neighbour was dismissed");
    this.#roster.ban(peer);
    for (const entry of this.#parts?.connections.of(peer) ?? []) {
      entry.dismissed = true;
      this.#parts?.plan.enough(peer, entry.addresses, this.#options.clock.now());
      entry.connection.abort(new Error("dismissed"));
    }
  }

  async #hangUp(entry: Entry): Promise<void> {
    try {
      await entry.connection.close({ signal: AbortSignal.timeout(1000) });
    } catch (error) {
      entry.connection.abort(error instanceof Error ? error : new Error("not closed in time"));
    }
  }

  #check(): void {
    if (this.#stopped || this.#parts === undefined) return;
    const { connections, plan, dialer } = this.#parts;
    const { clock, random } = this.#options;
    const { suspects, dead, second } = connections.check();
    for (const entry of suspects) plan.lost(entry.peer, entry.addresses, clock.now());
    for (const entry of dead) entry.connection.abort(new Error("silent"));
    for (const entry of second) void this.#hangUp(entry);
    const { attach, abort } = connections.checkGossip(this.#gossip);
    for (const entry of attach) void this.#attach(entry.connection);
    for (const entry of abort) entry.connection.abort(new Error("gossip lost it"));
    for (const entry of connections.surplus(plan.surplus(this.#roster.count()), random)) {
      entry.dismissed = true;
      entry.heartbeat?.enough();
      plan.enough(entry.peer, entry.addresses, clock.now());
      void this.#hangUp(entry);
    }
    this.#roster.tellCount();
    if (suspects.length > 0) dialer.pump();
    this.#cancelCheck = clock.after(CHECK_EVERY, () => this.#check());
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
