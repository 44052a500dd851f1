/**
 * A libp2p node of the simulated venue: dialing, handshakes, identify, streams, as far as `src/net` uses them. What
 * runs on it is the product's own code.
 */
import type { IdentifyResult, Libp2p, PeerId, Topology } from "@libp2p/interface";
import { multiaddr, type Multiaddr } from "@multiformats/multiaddr";
import type { GossipSubComponents } from "@libp2p/gossipsub";
import type { HostFactory } from "../../src/net/linkOptions.ts";
import { keyOf } from "../../src/net/addresses.ts";
import type { Clock, Millis } from "../../src/types.ts";
import { SimConnection, type ConnectionOwner } from "./connection.ts";
import type { Place, Radio } from "./radio.ts";
import type { SimStream } from "./streams.ts";

type Handler = (stream: SimStream, connection: SimConnection) => void;

/** Where every program of the venue listens. */
export class Listeners {
  readonly #nodes = new Map<string, SimNode>();
  readonly #places = new Map<string, Place>();

  place(key: string): Place | undefined {
    return this.#places.get(key);
  }

  at(key: string): SimNode | undefined {
    return this.#nodes.get(key);
  }

  listen(node: SimNode): void {
    this.#nodes.set(node.key, node);
    this.#places.set(node.key, node.place);
  }

  end(node: SimNode): void {
    if (this.#nodes.get(node.key) === node) this.#nodes.delete(node.key);
  }
}

/** What a node is made of. */
export interface NodeParts {
  readonly peerId: PeerId;
  readonly place: Place;
  readonly port: number;
  readonly radio: Radio;
  readonly listeners: Listeners;
  readonly clock: Clock;
}

/** Noise and the multiplexer: so many bytes each way, in two round trips. */
const HANDSHAKE = 400;
const IDENTIFY = 700;
const SYN = 60;
const SYN_RETRIES: readonly Millis[] = [0, 1000, 3000];

/** One program's node. */
export class SimNode implements ConnectionOwner {
  readonly peerId: PeerId;
  readonly place: Place;
  readonly address: string;
  readonly key: string;
  readonly #parts: NodeParts;
  readonly #handlers = new Map<string, Handler>();
  readonly #topologies = new Map<string, Topology[]>();
  readonly #events = new EventTarget();
  readonly #connections = new Set<SimConnection>();
  readonly #addresses: readonly Multiaddr[];
  #service: { start?(): unknown; stop?(): unknown } | undefined;
  #alive = true;

  constructor(parts: NodeParts) {
    this.#parts = parts;
    this.peerId = parts.peerId;
    this.place = parts.place;
    this.address = `/ip4/${parts.place.ip}/tcp/${parts.port}`;
    this.key = keyOf(multiaddr(this.address));
    this.#addresses = [multiaddr(`${this.address}/p2p/${parts.peerId.toString()}`)];
  }

  /** What a link takes for its host. */
  static host(parts: NodeParts, made: (node: SimNode) => void): HostFactory {
    return async ({ gossip }) => {
      const node = new SimNode(parts);
      node.#service = gossip(node.#components()) as unknown as { start?(): unknown };
      made(node);
      return node.#real();
    };
  }

  handlerOf(protocol: string): Handler | undefined {
    return this.#alive ? this.#handlers.get(protocol) : undefined;
  }

  closed(connection: SimConnection): void {
    this.#connections.delete(connection);
    if (!this.#alive) return;
    if (this.#connectionsTo(connection.remotePeer).length === 0)
      for (const topology of this.#allTopologies()) void topology.onDisconnect?.(connection.remotePeer);
    this.#tell("connection:close", connection);
  }

  /** The program is gone without a word. */
  kill(): void {
    this.#alive = false;
    this.#parts.listeners.end(this);
    for (const connection of this.#connections) connection.over(new Error("killed"));
    this.#connections.clear();
  }

  #components(): GossipSubComponents {
    const registrar = {
      handle: async (protocol: string, handler: Handler) => void this.#handlers.set(protocol, handler),
      unhandle: async (protocol: string) => void this.#handlers.delete(protocol),
      register: async (protocol: string, topology: Topology) => {
        this.#topologies.set(protocol, [...(this.#topologies.get(protocol) ?? []), topology]);
        return protocol;
      },
      unregister: (protocol: string) => void this.#topologies.delete(protocol),
      getTopologies: (protocol: string) => this.#topologies.get(protocol) ?? [],
    };
    return { peerId: this.peerId, registrar } as unknown as GossipSubComponents;
  }

  #real(): Libp2p {
    return {
      peerId: this.peerId,
      services: {},
      logger: { forComponent: () => () => {} },
      peerStore: { delete: async () => {} },
      getMultiaddrs: () => this.#addresses,
      getProtocols: () => Array.from(this.#handlers.keys()),
      getConnections: (peer?: PeerId) => (peer === undefined ? [...this.#connections] : this.#connectionsTo(peer)),
      addEventListener: (name: string, listener: (event: unknown) => void) =>
        this.#events.addEventListener(name, listener as EventListener),
      handle: async (protocol: string, handler: Handler) => void this.#handlers.set(protocol, handler),
      dial: (address: Multiaddr, { signal }: { signal: AbortSignal }) => this.#dial(address, signal),
      start: async () => {
        this.#parts.listeners.listen(this);
        await this.#service?.start?.();
      },
      stop: async () => {
        this.#alive = false;
        await this.#service?.stop?.();
        this.#parts.listeners.end(this);
        for (const connection of this.#connections) await connection.close();
      },
    } as unknown as Libp2p;
  }

  #connectionsTo(peer: PeerId): SimConnection[] {
    return [...this.#connections].filter(({ remotePeer }) => remotePeer.equals(peer));
  }

  #allTopologies(): readonly Topology[] {
    return [...new Set([...this.#topologies.values()].flat())];
  }

  #tell(name: string, detail: unknown): void {
    this.#events.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** SYN, handshake, and both sides told, in the order and time in which that happens. */
  #dial(address: Multiaddr, signal: AbortSignal): Promise<SimConnection> {
    const { radio, clock, listeners } = this.#parts;
    const key = keyOf(address);
    const place = listeners.place(key);
    return new Promise((resolve, reject) => {
      let over = false;
      const fail = (why: string): void => {
        over = true;
        reject(new Error(why));
      };
      signal.addEventListener("abort", () => (over ? undefined : fail("nobody answers")));
      if (place === undefined) return;
      const connected = (listener: SimNode): void => {
        if (over || !listener.#alive || !this.#alive) return;
        over = true;
        const pair = SimConnection.pair(radio, this, listener);
        resolve(this.#shake(listener, pair, signal));
      };
      const knock = (): void => {
        if (over) return;
        const there = radio.unicast(this.place, place, SYN);
        if (there === undefined) return;
        radio.clock.after(there - radio.clock.now(), () => {
          const listener = listeners.at(key);
          const back = radio.unicast(place, this.place, SYN);
          if (over || back === undefined) return;
          clock.after(back - radio.clock.now(), () => {
            if (listener === undefined) fail("refused");
            else connected(listener);
          });
        });
      };
      for (const pause of SYN_RETRIES) clock.after(pause, knock);
    });
  }

  #shake(
    listener: SimNode,
    pair: readonly [SimConnection, SimConnection],
    signal: AbortSignal,
  ): Promise<SimConnection> {
    const [near, far] = pair;
    return new Promise((resolve, reject) => {
      let opened = false;
      signal.addEventListener("abort", () => {
        if (opened) return;
        near.abort(new Error("no handshake in time"));
        reject(new Error("no handshake in time"));
      });
      near.post(HANDSHAKE, () =>
        far.post(HANDSHAKE, () =>
          near.post(HANDSHAKE, () => {
            if (!listener.#alive) return;
            far.post(HANDSHAKE, () => {
              if (!this.#alive || near.status !== "open") return;
              opened = true;
              this.#open(near);
              resolve(near);
            });
            listener.#open(far);
          }),
        ),
      );
    });
  }

  #open(connection: SimConnection): void {
    this.#connections.add(connection);
    this.#tell("connection:open", connection);
    if (connection.status !== "open") return;
    connection.post(IDENTIFY, () => connection.across.identified(this));
  }

  /** The other side said who it is. */
  identified(connection: SimConnection, other: ConnectionOwner): void {
    if (!(other instanceof SimNode) || !this.#alive || connection.status !== "open") return;
    const detail = { connection, protocols: [...other.#handlers.keys()], listenAddrs: other.#addresses };
    this.#tell("peer:identify", detail as unknown as IdentifyResult);
    for (const topology of this.#allTopologies()) void topology.onConnect?.(connection.remotePeer, connection.real);
  }
}
