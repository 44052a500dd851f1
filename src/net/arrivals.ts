/** Connections as they come, say who they are, and go: what each means for the rest of the run. */
import type { Connection, IdentifyResult, Libp2p, Stream } from "@libp2p/interface";
import type { Clock, Millis } from "../types.ts";
import { dialableOf, isWebRtcDirect, keyOf } from "./addresses.ts";
import { ALIVE_PROTOCOL } from "./alive.ts";
import type { CatchUp } from "./catchUp.ts";
import type { Channel } from "./channel.ts";
import type { Connections, Entry } from "./connections.ts";
import { SIGNALLING, type Exchange } from "./exchange.ts";
import type { LinkCare } from "./linkCare.ts";
import { LOOK_PROTOCOL } from "./look.ts";
import { closeWhenIdle } from "./relayed.ts";
import type { Roster } from "./roster.ts";
import { streamChannel } from "./streamChannel.ts";
import { SYNC_PROTOCOL } from "./sync.ts";
import { MAX_MESSAGE } from "./syncMessages.ts";
import type { Vouching } from "./vouching.ts";

/** What hears of connections. */
export interface ArrivalParts {
  readonly node: Libp2p;
  readonly clock: Clock;
  readonly connections: Connections;
  readonly roster: Roster;
  readonly catchUp: CatchUp;
  readonly care: LinkCare;
  readonly exchange: Exchange;
  /** Where the link knows of the venue. */
  readonly vouching?: Vouching;
}

const OPEN_TIMEOUT = 8000;
/** Streams of each of our protocols on one connection, from the other side. */
const STREAMS = { maxInboundStreams: 4, maxOutboundStreams: 4 };

/** The comings and goings of one run. */
export class Arrivals {
  readonly #parts: ArrivalParts;
  #stopped = false;

  constructor(parts: ArrivalParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { node, care } = this.#parts;
    node.addEventListener("connection:open", ({ detail }) => this.#onOpen(detail));
    node.addEventListener("connection:close", ({ detail }) => this.#onClose(detail));
    node.addEventListener("peer:identify", ({ detail }) => this.#onIdentify(detail));
    await node.handle(SYNC_PROTOCOL, (stream, connection) => this.#onSyncStream(stream, connection), STREAMS);
    await node.handle(ALIVE_PROTOCOL, (stream, connection) => care.onAliveStream(stream, connection), STREAMS);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** A channel for catching up with a neighbour. */
  async openSync(from: string): Promise<Channel> {
    const entry = this.#parts.connections.best(from);
    if (entry === undefined) throw new Error("no connection");
    const { connection } = entry;
    const stream = await connection.newStream(SYNC_PROTOCOL, { signal: AbortSignal.timeout(OPEN_TIMEOUT) });
    return this.#syncChannel(stream, connection);
  }

  #onOpen(connection: Connection): void {
    const { node, connections, roster, clock } = this.#parts;
    if (this.#stopped) return;
    // A relayed connection with limits is for finding a direct one, and for questions; it carries no mail.
    if (connection.limits !== undefined) {
      if (connection.direction === "outbound") closeWhenIdle(connection, clock);
      return;
    }
    const peer = connection.remotePeer.toString();
    if (connection.remotePeer.equals(node.peerId) || roster.banned(peer)) {
      connection.abort(new Error("not wanted"));
      return;
    }
    roster.open(peer);
    connections.open(connection, connection.direction === "outbound" ? [keyOf(connection.remoteAddr)] : []);
  }

  #onIdentify({ connection, protocols, listenAddrs }: IdentifyResult): void {
    const { node, connections, care, exchange } = this.#parts;
    const entry = connections.get(connection);
    if (entry === undefined) return;
    if (!protocols.includes(SYNC_PROTOCOL) || !protocols.includes(ALIVE_PROTOCOL)) {
      care.foreign(entry);
      return;
    }
    const pages = node.getProtocols().includes(SIGNALLING);
    // A hub dials none of these itself, but tells pages of them.
    const hubs = pages || node.getMultiaddrs().some((address) => isWebRtcDirect(address.toString()));
    const told = dialableOf(listenAddrs, connection.remoteAddr, { pages, hubs });
    entry.addresses = Array.from(new Set([...entry.addresses, ...told]));
    entry.looks = protocols.includes(LOOK_PROTOCOL);
    this.#admit(entry);
    exchange.met(entry, protocols);
  }

  /** The other side speaks our protocols. */
  #admit(entry: Entry): void {
    if (entry.identified || this.#stopped) return;
    const { roster, catchUp, care } = this.#parts;
    const began = entry.connection.direction === "outbound";
    entry.identified = true;
    roster.join(entry.peer);
    if (began) {
      void this.#begin(entry);
      void care.beginHeartbeat(entry);
    } else catchUp.add(entry.peer, false);
  }

  /** Catches up once it is known what the neighbour is: in a venue with a key, what comes before is a stranger's. */
  async #begin(entry: Entry): Promise<void> {
    const { connections, roster, catchUp, vouching } = this.#parts;
    const met = vouching?.meet(entry.connection);
    if (roster.trust(entry.peer) === "stranger") await met;
    if (connections.get(entry.connection) !== undefined && !this.#stopped) catchUp.add(entry.peer, true);
  }

  #onSyncStream(stream: Stream, connection: Connection): void {
    const { node, connections, catchUp } = this.#parts;
    const channel = this.#syncChannel(stream, connection);
    const entry = connections.get(connection);
    if (entry === undefined) {
      void channel.close();
      return;
    }
    // Their identify may be through before ours is; that they catch up says enough.
    this.#admit(entry);
    void catchUp.serve(entry.peer, channel, node.peerId.toString() < entry.peer);
  }

  #syncChannel(stream: Stream, connection: Connection): Channel {
    const { connections, clock } = this.#parts;
    let heardAt: Millis | undefined;
    const channel = streamChannel(stream, MAX_MESSAGE, () => {
      heardAt = clock.now();
      connections.sign(connection);
    });
    return {
      ...channel,
      get heardAt() {
        return heardAt;
      },
    };
  }

  #onClose(connection: Connection): void {
    const { connections, catchUp, care } = this.#parts;
    const entry = connections.close(connection);
    if (entry === undefined || this.#stopped) return;
    const other = connections.best(entry.peer);
    if (other !== undefined) {
      void care.attach(other.connection);
      // What gossip sent over the one that went, and while it had no stream, may be lost.
      catchUp.add(entry.peer, other.connection.direction === "outbound");
    } else if (connections.of(entry.peer).length === 0) {
      catchUp.remove(entry.peer);
      this.#parts.vouching?.leave(entry.peer);
      care.peerGone(entry);
    }
  }
}
