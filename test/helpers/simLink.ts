/** A node's `Link` on a simulated network: gossip by flooding, catch-up at each connection and from time to time. */
import { createHash } from "node:crypto";
import type { Asked, Link, LinkHandlers, LinkStatus, Verdict } from "../../src/net/link.ts";
import type { Topic } from "../../src/types.ts";
import { answerSim, askSim } from "./simAsk.ts";
import { SimCatchUp } from "./simCatchUp.ts";
import type { SimChannel } from "./simChannel.ts";
import type { ConnectionEnd, SimConnection } from "./simConnection.ts";
import type { SimNetwork } from "./simNetwork.ts";

/** Gossip forgets that it has seen a frame after this time, as gossipsub's cache does. */
const SEEN_MS = 120_000;
const PREFIX = "/sim/";

/** A frame as it comes in. */
export interface Arrival {
  readonly topic: Topic;
  readonly frame: Uint8Array;
  /** Offered even if gossip has seen it: a duplicate that got past the cache, or a replay. */
  readonly again: boolean;
  readonly over?: SimConnection;
}

/** What became of the frames that a link was given. */
export interface LinkCounts extends Record<Verdict, number> {
  published: number;
  caughtUp: number;
}

export class SimLink implements Link, ConnectionEnd {
  readonly host: string;
  readonly counts: LinkCounts = { accept: 0, ignore: 0, reject: 0, published: 0, caughtUp: 0 };
  readonly #network: SimNetwork;
  readonly #serial: number;
  readonly #topics = new Set<Topic>();
  readonly #seen = new Map<string, number>();
  readonly #connections = new Map<string, SimConnection>();
  #catchUp: SimCatchUp | undefined;
  #handlers: LinkHandlers | undefined;
  #dead = false;
  readonly #mourners = new Set<() => void>();

  constructor(options: { readonly network: SimNetwork; readonly host: string; readonly serial: number }) {
    this.#network = options.network;
    this.host = options.host;
    this.#serial = options.serial;
  }

  /** Between `start` and `stop`, and not dead. */
  get running(): boolean {
    return this.#handlers !== undefined;
  }

  /** What neighbours see that it hears. */
  get topics(): ReadonlySet<Topic> {
    return this.#topics;
  }

  /** What the node above gave at `start`. */
  get handlers(): LinkHandlers | undefined {
    return this.#handlers;
  }

  async start(handlers: LinkHandlers): Promise<void> {
    this.#network.log(`start ${this.host} ${this.#serial}`);
    this.#handlers = handlers;
    this.#catchUp = new SimCatchUp(this, this.#network, () => [...this.#topics]);
    this.#network.refresh();
  }

  async stop(): Promise<void> {
    this.#leave("stop", true);
  }

  /** The program is gone: it hears nothing more, and nobody waits for what it was doing. */
  kill(): void {
    this.#leave("kill", false);
    this.#dead = true;
    for (const mourner of this.#mourners) mourner();
    this.#mourners.clear();
  }

  subscribe(topics: readonly Topic[]): void {
    for (const topic of topics) this.#topics.add(topic);
  }

  async publish(topic: Topic, frame: Uint8Array): Promise<number> {
    if (!this.running) return 0;
    const copy = frame.slice();
    const id = this.#mark(copy);
    this.counts.published += 1;
    this.#network.published.push({ by: this.host, topic, frame: copy });
    const taken = this.#spread({ topic, frame: copy, again: false }, id);
    this.#network.log(`publish ${this.host} ${id.slice(0, 12)} ${copy.length} -> ${taken}`);
    return taken;
  }

  hint(addresses: readonly string[]): void {
    for (const address of addresses) {
      if (address.startsWith(PREFIX)) this.#network.wire(this.host, address.slice(PREFIX.length));
    }
  }

  status(): LinkStatus {
    const peerId = createHash("sha256").update(`${this.host} ${this.#serial}`).digest("hex").slice(0, 16);
    return { peerId, addresses: [`${PREFIX}${this.host}`], peers: this.#connections.size };
  }

  neighbours(): readonly string[] {
    return [...this.#connections.keys()];
  }

  ask(whom: Asked, request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const at = "addresses" in whom ? whom.addresses.map((address) => address.slice(PREFIX.length)) : [];
    const named = (one: SimConnection): boolean =>
      "neighbour" in whom ? one.id === whom.neighbour : at.includes(one.across(this).host);
    const open = [...this.#connections.values()].find(named);
    const connection = open ?? at.flatMap((host) => this.#network.reach(this, host) ?? [])[0];
    const log = (bytes: Uint8Array): void => this.#network.log(`ask ${this.host} ${bytes.length}`);
    const answer = (across: ConnectionEnd, channel: SimChannel): void =>
      void answerSim(this.#network.linkOf(across).answers, this.status().peerId, channel);
    return askSim({ from: this, connection, answer, log, ...(signal === undefined ? {} : { signal }) }, request);
  }

  /** What answers questions: the program above, or a liar in its place. */
  get answers(): Pick<LinkHandlers, "onAsk"> | undefined {
    const handlers = this.#handlers;
    const liar = this.#network.liars.get(this.host);
    if (handlers === undefined || liar === undefined) return handlers;
    return { onAsk: (request, from) => liar(request, from, handlers.onAsk(request, from)) };
  }

  /** A connection has come up; `opener` on the side that dialled. */
  join(connection: SimConnection, opener: boolean): void {
    const across = connection.across(this);
    for (const old of this.#connections.values()) if (old.across(this).host === across.host) old.forget(this);
    this.#connections.set(connection.id, connection);
    this.#handlers?.onPeers(this.#connections.size);
    this.#catchUp?.add(connection, opener);
  }

  onGone(connection: SimConnection): void {
    this.#connections.delete(connection.id);
    this.#catchUp?.remove(connection);
    if (!this.running) return;
    this.#network.log(`gone ${this.host} ${connection.id}`);
    this.#handlers?.onPeers(this.#connections.size);
  }

  /** Serves a catch-up that the other side has opened. */
  serve(connection: SimConnection, channel: SimChannel): void {
    if (this.running) this.#catchUp?.serve(connection, channel);
    else channel.break();
  }

  /** A catch-up came to its end, both ways. */
  caughtUp(from: string): void {
    this.counts.caughtUp += 1;
    this.#handlers?.onCaughtUp(from);
  }

  /** A frame has come by gossip. What is accepted goes on to everybody else, once. */
  take(arrival: Arrival): void {
    const id = createHash("sha256").update(arrival.frame).digest("hex");
    const now = this.#network.clock.now();
    if (!this.running || (!arrival.again && now - (this.#seen.get(id) ?? -Infinity) < SEEN_MS)) return;
    this.#seen.set(id, now);
    this.#network.clock.track(
      this.offer(arrival.topic, arrival.frame, arrival.over?.id ?? "stranger").then((verdict) => {
        if (verdict === "accept") this.#spread(arrival, id);
      }),
    );
  }

  /** Hands a frame to the node and writes its verdict down; `ignore` from a dead one. */
  async offer(topic: Topic, frame: Uint8Array, from: string): Promise<Verdict> {
    const handlers = this.#handlers;
    if (handlers === undefined) return "ignore";
    const verdict = await this.orDead(handlers.onFrame(topic, frame.slice(), from));
    if (verdict === undefined) return "ignore";
    this.counts[verdict] += 1;
    const id = createHash("sha256").update(frame).digest("hex").slice(0, 12);
    this.#network.log(`${verdict} ${this.host} ${id} from ${from}`);
    return verdict;
  }

  /** The result, or `undefined` when the program dies first: a dead program's promises need not settle. */
  async orDead<T>(work: Promise<T>): Promise<T | undefined> {
    // Not `Promise.race`: a death that everybody races with would remember every race.
    return new Promise((resolve, reject) => {
      const mourner = (): void => resolve(undefined);
      if (this.#dead) mourner();
      this.#mourners.add(mourner);
      work.then(resolve, reject).finally(() => this.#mourners.delete(mourner));
    });
  }

  #spread(arrival: Arrival, id: string): number {
    let taken = 0;
    for (const connection of this.#connections.values()) {
      if (connection === arrival.over) continue;
      const neighbour = connection.across(this);
      if (!(neighbour instanceof SimLink) || !neighbour.#topics.has(arrival.topic)) continue;
      taken += 1;
      if (neighbour.#seen.has(id) && connection.alive && arrival.over !== undefined) continue;
      connection.send(this, {
        stream: false,
        arrive: (again) => neighbour.take({ topic: arrival.topic, frame: arrival.frame, again, over: connection }),
      });
    }
    return taken;
  }

  #mark(frame: Uint8Array): string {
    const id = createHash("sha256").update(frame).digest("hex");
    this.#seen.set(id, this.#network.clock.now());
    return id;
  }

  #leave(how: string, abrupt: boolean): void {
    if (!this.running) return;
    this.#network.log(`${how} ${this.host} ${this.#serial}`);
    this.#handlers = undefined;
    this.#catchUp?.stop();
    for (const connection of this.#connections.values()) {
      connection.cut(abrupt);
      connection.forget(this);
    }
    this.#network.refresh();
  }
}
