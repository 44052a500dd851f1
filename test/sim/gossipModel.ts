/**
 * gossipsub in virtual time: what the package decides (version 17, without its scores, which are all nought here), on
 * the very options that the product gives it, in the place of the package. It is the one policy that is modelled and
 * not run: the package takes its time from the machine. `reality.test.ts` holds it against the package.
 */
import type { GossipSub, GossipSubComponents, GossipsubOpts } from "@libp2p/gossipsub";
import type { Connection, PeerId } from "@libp2p/interface";
import type { RouterFactory } from "../../src/net/gossipRouter.ts";
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import type { Clock, Millis } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import { GossipAsks } from "./gossipAsks.ts";
import { GossipCache } from "./gossipCache.ts";
import { GossipMesh } from "./gossipMesh.ts";
import { idText, noControl, sizeOf, type Control, type Message, type Rpc } from "./gossipRpc.ts";
import type { SimConnection } from "./connection.ts";
import type { SimStream } from "./streams.ts";

const PROTOCOL = "/meshsub/1.2.0";
const FIRST_HEARTBEAT: Millis = 100;

type Options = GossipPolicy & Pick<GossipsubOpts, "msgIdFn">;
type Verdict = "accept" | "ignore" | "reject";

/** What the simulated venue counts. */
export interface GossipCounts {
  /** Frames that came by gossip, first copies and all others. */
  received: number;
  duplicates: number;
  /** Frames that were asked for after somebody told of them. */
  asked: number;
}

/** What a modelled router runs on. */
export interface ModelParts {
  readonly clock: Clock;
  readonly random: SimRandom;
  readonly counts: GossipCounts;
}

/** A factory of such routers. */
export const gossipModel =
  (parts: ModelParts): RouterFactory =>
  (options) =>
  (components) =>
    new GossipModel(options as Options, components, parts) as unknown as GossipSub;

interface Registrar {
  handle(protocol: string, handler: (stream: SimStream, connection: SimConnection) => void): Promise<void>;
  register(protocol: string, topology: object): Promise<string>;
}

class GossipModel {
  readonly protocols = [PROTOCOL];
  readonly peers = new Map<string, PeerId>();
  readonly streamsOutbound = new Map<string, SimStream>();
  readonly opts: Options;
  readonly #clock: Clock;
  readonly #registrar: Registrar;
  readonly #random: SimRandom;
  readonly #counts: GossipCounts;
  readonly #cache: GossipCache;
  readonly #mesh: GossipMesh;
  readonly #asks: GossipAsks;
  readonly #opening = new Set<string>();
  readonly #subscriptions = new Set<string>();
  readonly #topics = new Map<string, Set<string>>();
  readonly #outbound = new Set<string>();
  readonly #listeners = new Map<string, (event: { detail: unknown }) => void>();
  #running = false;

  constructor(options: Options, components: GossipSubComponents, parts: ModelParts) {
    // As the package: changed at run time, they count from then on.
    this.opts = { ...options };
    this.#clock = parts.clock;
    this.#registrar = components.registrar as unknown as Registrar;
    this.#random = parts.random;
    this.#counts = parts.counts;
    this.#cache = new GossipCache(this.opts);
    this.#asks = new GossipAsks(this.opts, this.#cache);
    const candidates = (topic: string): readonly string[] =>
      [...(this.#topics.get(topic) ?? [])].filter((peer) => this.streamsOutbound.has(peer));
    const isOwn = (peer: string): boolean => this.#outbound.has(peer);
    this.#mesh = new GossipMesh({ policy: this.opts, clock: parts.clock, random: parts.random, candidates, isOwn });
  }

  async start(): Promise<void> {
    this.#running = true;
    await this.#registrar.handle(PROTOCOL, (stream, connection) => {
      const from = connection.remotePeer;
      this.#connected(from, connection);
      stream.addEventListener("message", ({ data }) => void this.handleReceivedRpc(from, data as Rpc));
    });
    await this.#registrar.register(PROTOCOL, {
      onConnect: (peer: PeerId, connection: Connection) =>
        this.#connected(peer, connection as unknown as SimConnection),
      onDisconnect: (peer: PeerId) => this.#disconnected(peer.toString()),
    });
    this.#clock.after(FIRST_HEARTBEAT + this.#random.float() * this.opts.heartbeatInterval, () => this.#beat());
  }

  stop(): void {
    this.#running = false;
  }

  addEventListener(name: string, listener: (event: { detail: unknown }) => void): void {
    this.#listeners.set(name, listener);
  }

  getTopics(): string[] {
    return [...this.#subscriptions];
  }

  getSubscribers(topic: string): PeerId[] {
    return [...(this.#topics.get(topic) ?? [])].flatMap((peer) => this.peers.get(peer) ?? []);
  }

  subscribe(topic: string): void {
    if (this.#subscriptions.has(topic)) return;
    this.#subscriptions.add(topic);
    for (const peer of this.peers.keys()) this.#send(peer, { subscriptions: [{ topic, subscribe: true }] });
    for (const peer of this.#mesh.join(topic)) this.#send(peer, { control: { ...noControl, graft: [topic] } });
  }

  async publish(topic: string, data: Uint8Array): Promise<{ recipients: PeerId[] }> {
    const id = this.#idOf({ topic, data });
    if (this.#cache.seen(id)) return { recipients: [] };
    this.#cache.see(id, this.#clock.now());
    this.#cache.put(id, { topic, data }, true);
    const mesh = this.#mesh.of(topic);
    const more = (): readonly string[] => this.#mesh.some(topic, this.opts.D - mesh.size, (peer) => !mesh.has(peer));
    const whom = this.opts.floodPublish ? this.#topics.get(topic) : new Set([...mesh, ...more()]);
    const sent = [...(whom ?? [])].filter((peer) => this.#send(peer, { messages: [{ topic, data }] }));
    return { recipients: sent.flatMap((peer) => this.peers.get(peer) ?? []) };
  }

  reportMessageValidationResult(id: string, from: string, verdict: Verdict): void {
    if (verdict !== "accept") {
      this.#cache.remove(id);
      return;
    }
    const kept = this.#cache.validate(id);
    if (kept === undefined) return;
    for (const peer of this.#mesh.of(kept.message.topic))
      if (peer !== from && !kept.sources.has(peer) && !this.#asks.isUnwanted(peer, id))
        this.#send(peer, { messages: [kept.message] });
  }

  async handleReceivedRpc(from: PeerId, rpc: Rpc): Promise<void> {
    if (!this.#running) return;
    const peer = from.toString();
    if (rpc.subscriptions.length > 0) this.#subscribed(from, rpc.subscriptions);
    for (const message of rpc.messages) this.#received(from, message);
    if (rpc.control !== undefined) this.#controlled(peer, rpc.control);
  }

  #idOf(message: Message): string {
    return idText(this.opts.msgIdFn, message);
  }

  #connected(peer: PeerId, connection: SimConnection): void {
    const id = peer.toString();
    if (!this.peers.has(id)) {
      this.peers.set(id, peer);
      if (connection.direction === "outbound") this.#outbound.add(id);
    }
    if (this.streamsOutbound.has(id) || this.#opening.has(id)) return;
    this.#opening.add(id);
    void connection.newStream(PROTOCOL).then(
      (stream) => {
        this.#opening.delete(id);
        if (this.streamsOutbound.has(id) || !this.peers.has(id)) return void stream.close();
        this.streamsOutbound.set(id, stream);
        stream.addEventListener("close", () => {
          if (this.streamsOutbound.get(id) === stream) this.streamsOutbound.delete(id);
        });
        const subscriptions = this.getTopics().map((topic) => ({ topic, subscribe: true }));
        if (subscriptions.length > 0) this.#send(id, { subscriptions });
      },
      () => void this.#opening.delete(id),
    );
  }

  #disconnected(peer: string): void {
    this.peers.delete(peer);
    this.#outbound.delete(peer);
    this.streamsOutbound.delete(peer);
    this.#asks.leave(peer);
    for (const peers of this.#topics.values()) peers.delete(peer);
    this.#mesh.leave(peer);
  }

  #subscribed(from: PeerId, subscriptions: Rpc["subscriptions"]): void {
    const peer = from.toString();
    const graft: string[] = [];
    for (const { topic } of subscriptions) {
      const known = this.#topics.get(topic) ?? new Set();
      this.#topics.set(topic, known.add(peer));
      if (this.streamsOutbound.has(peer) && this.#mesh.subscribed(topic, peer)) graft.push(topic);
    }
    if (graft.length > 0) this.#send(peer, { control: { ...noControl, graft } });
    this.#tell("subscription-change", { peerId: from, subscriptions });
  }

  #received(from: PeerId, message: Message): void {
    const id = this.#idOf(message);
    const peer = from.toString();
    this.#counts.received++;
    if (this.#cache.seen(id)) {
      this.#counts.duplicates++;
      this.#cache.duplicate(id, peer);
      return;
    }
    this.#cache.see(id, this.#clock.now());
    if (message.data.length >= this.opts.idontwantMinDataSize)
      for (const other of this.#mesh.of(message.topic))
        if (other !== peer) this.#send(other, { control: { ...noControl, idontwant: [id] } });
    this.#cache.put(id, message, false);
    this.#tell("gossipsub:message", { propagationSource: from, msgId: id, msg: message });
  }

  #controlled(peer: string, { ihave, iwant, graft, prune, idontwant }: Control): void {
    const wanted = this.#asks.wanted(peer, ihave, (topic) => this.#mesh.has(topic));
    if (wanted.length > 0) this.#send(peer, { control: { ...noControl, iwant: wanted } });
    const messages = this.#asks.answered(peer, iwant);
    this.#counts.asked += messages.length;
    if (messages.length > 0) this.#send(peer, { messages });
    const refused = graft.filter((topic) => !this.#mesh.grafted(topic, peer));
    if (refused.length > 0) this.#send(peer, { control: { ...noControl, prune: refused } });
    for (const topic of prune) this.#mesh.pruned(topic, peer);
    this.#asks.unwanted(peer, idontwant);
  }

  #beat(): void {
    if (!this.#running) return;
    this.#mesh.tick();
    this.#asks.tick();
    this.#cache.prune(this.#clock.now());
    const out = new Map<string, Control>();
    const to = (peer: string): Control => {
      let control = out.get(peer);
      if (control === undefined)
        out.set(peer, (control = { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] }));
      return control;
    };
    for (const topic of this.#mesh.topics()) this.#mend(topic, to);
    for (const [peer, control] of out) this.#send(peer, { control });
    this.#cache.shift();
    this.#clock.after(this.opts.heartbeatInterval, () => this.#beat());
  }

  /** One topic's heartbeat, and what its others are told there is. */
  #mend(topic: string, to: (peer: string) => Control): void {
    const { Dlazy, gossipFactor } = this.opts;
    const { graft, prune, others } = this.#mesh.mend(topic);
    for (const peer of graft) to(peer).graft.push(topic);
    for (const peer of prune) to(peer).prune.push(topic);
    const ids = this.#cache.told(topic);
    if (ids.length === 0) return;
    const target = Math.max(Dlazy, Math.floor(gossipFactor * others.length));
    for (const peer of this.#random.shuffle([...others]).slice(0, target)) to(peer).ihave.push({ topic, ids });
  }

  #send(peer: string, parts: Partial<Rpc>): boolean {
    const stream = this.streamsOutbound.get(peer);
    if (stream === undefined || stream.writeStatus !== "writable") return false;
    if (stream.writeBufferLength > this.opts.maxOutboundBufferSize) {
      stream.abort(new Error("too much unsent"));
      return false;
    }
    const rpc = { subscriptions: [], messages: [], control: undefined, ...parts };
    stream.send({ ...rpc, byteLength: sizeOf(rpc) } as Rpc);
    return true;
  }

  #tell(name: string, detail: unknown): void {
    this.#listeners.get(name)?.({ detail });
  }
}
