/**
 * gossipsub in virtual time: what the package decides (version 17, without its scores, which are all nought here), on
 * the very options that the product gives it, in the place of the package. It is the one policy that is modelled and
 * not run: the package takes its time from the machine. `venueSim.test.ts` holds it against the package.
 */
import type { GossipSub, GossipSubComponents, GossipsubOpts } from "@libp2p/gossipsub";
import type { Connection, PeerId } from "@libp2p/interface";
import type { RouterFactory } from "../../src/net/gossipRouter.ts";
import type { GossipPolicy } from "../../src/net/gossipPolicy.ts";
import type { Clock, Millis } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import { GossipCache } from "./gossipCache.ts";
import { idText, noControl, sizeOf, type Control, type Message, type Rpc } from "./gossipRpc.ts";
import type { SimConnection } from "./connection.ts";
import type { SimStream } from "./streams.ts";

const PROTOCOL = "/meshsub/1.2.0";
const FIRST_HEARTBEAT: Millis = 100;
const BACKOFF_TICKS = 15;
const MAX_IHAVE = 10;
const MAX_IWANT = 10;
const MAX_IDS = 5000;
const RETRANSMISSION = 3;

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
  readonly #opening = new Set<string>();
  readonly #subscriptions = new Set<string>();
  readonly #topics = new Map<string, Set<string>>();
  readonly #mesh = new Map<string, Set<string>>();
  readonly #backoff = new Map<string, Map<string, Millis>>();
  readonly #outbound = new Set<string>();
  readonly #dontWant = new Map<string, Map<string, number>>();
  readonly #told = new Map<string, number>();
  readonly #asked = new Map<string, number>();
  readonly #iasked = new Map<string, number>();
  readonly #listeners = new Map<string, (event: { detail: unknown }) => void>();
  #ticks = 0;
  #running = false;

  constructor(options: Options, components: GossipSubComponents, parts: ModelParts) {
    this.opts = options;
    this.#clock = parts.clock;
    this.#registrar = components.registrar as unknown as Registrar;
    this.#random = parts.random;
    this.#counts = parts.counts;
    this.#cache = new GossipCache(options);
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
    const joined = new Set(this.#some(topic, this.opts.D, (peer) => !this.#backsOff(topic, peer)));
    this.#mesh.set(topic, joined);
    for (const peer of joined) this.#send(peer, { control: { ...noControl, graft: [topic] } });
  }

  async publish(topic: string, data: Uint8Array): Promise<{ recipients: PeerId[] }> {
    const id = this.#idOf({ topic, data });
    if (this.#cache.seen(id)) return { recipients: [] };
    this.#cache.see(id, this.#clock.now());
    this.#cache.put(id, { topic, data }, true);
    const mesh = this.#mesh.get(topic) ?? new Set();
    const more = (): string[] => this.#some(topic, this.opts.D - mesh.size, (peer) => !mesh.has(peer));
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
    for (const peer of this.#mesh.get(kept.message.topic) ?? [])
      if (peer !== from && !kept.sources.has(peer) && this.#dontWant.get(peer)?.has(id) !== true)
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
    this.#dontWant.delete(peer);
    for (const peers of this.#topics.values()) peers.delete(peer);
    for (const peers of this.#mesh.values()) peers.delete(peer);
  }

  #subscribed(from: PeerId, subscriptions: Rpc["subscriptions"]): void {
    const peer = from.toString();
    const graft: string[] = [];
    for (const { topic } of subscriptions) {
      const known = this.#topics.get(topic) ?? new Set();
      this.#topics.set(topic, known.add(peer));
      const mesh = this.#mesh.get(topic);
      const room = mesh !== undefined && !mesh.has(peer) && mesh.size < this.opts.Dlo;
      if (!room || !this.streamsOutbound.has(peer) || this.#backsOff(topic, peer)) continue;
      mesh.add(peer);
      graft.push(topic);
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
      for (const other of this.#mesh.get(message.topic) ?? [])
        if (other !== peer) this.#send(other, { control: { ...noControl, idontwant: [id] } });
    this.#cache.put(id, message, false);
    this.#tell("gossipsub:message", { propagationSource: from, msgId: id, msg: message });
  }

  #controlled(peer: string, { ihave, iwant, graft, prune, idontwant }: Control): void {
    const wanted = this.#wanted(peer, ihave);
    if (wanted.length > 0) this.#send(peer, { control: { ...noControl, iwant: wanted } });
    const messages = this.#asks(peer, iwant);
    if (messages.length > 0) this.#send(peer, { messages });
    const refused = graft.filter((topic) => !this.#grafted(topic, peer));
    if (refused.length > 0) this.#send(peer, { control: { ...noControl, prune: refused } });
    for (const topic of prune) {
      this.#mesh.get(topic)?.delete(peer);
      this.#backOff(topic, peer);
    }
    if (idontwant.length === 0) return;
    const known = this.#dontWant.get(peer) ?? new Map<string, number>();
    for (const id of idontwant) known.set(id, this.#ticks);
    this.#dontWant.set(peer, known);
  }

  #wanted(peer: string, ihave: Control["ihave"]): string[] {
    if (ihave.length === 0) return [];
    const told = (this.#told.get(peer) ?? 0) + 1;
    this.#told.set(peer, told);
    const iasked = this.#iasked.get(peer) ?? 0;
    if (told > MAX_IHAVE || iasked >= MAX_IDS) return [];
    const ids = ihave.flatMap(({ topic, ids: all }) => (this.#mesh.has(topic) ? all : []));
    const wanted = [...new Set(ids.filter((id) => !this.#cache.seen(id)))].slice(0, MAX_IDS - iasked);
    this.#iasked.set(peer, iasked + wanted.length);
    return wanted;
  }

  #asks(peer: string, iwant: readonly string[]): Message[] {
    if (iwant.length === 0) return [];
    const asked = (this.#asked.get(peer) ?? 0) + 1;
    this.#asked.set(peer, asked);
    if (asked > MAX_IWANT) return [];
    const messages = iwant.flatMap((id) => this.#cache.wantedBy(id, peer, RETRANSMISSION) ?? []);
    this.#counts.asked += messages.length;
    return messages;
  }

  /** Whether a neighbour that asks to be forwarded to is granted that. */
  #grafted(topic: string, peer: string): boolean {
    const mesh = this.#mesh.get(topic);
    if (mesh === undefined || mesh.has(peer)) return true;
    const backsOff = (this.#backoff.get(topic)?.get(peer) ?? 0) > this.#clock.now();
    if (backsOff || (mesh.size >= this.opts.Dhi && !this.#outbound.has(peer))) {
      this.#backOff(topic, peer);
      return false;
    }
    mesh.add(peer);
    return true;
  }

  #backOff(topic: string, peer: string): void {
    const known = this.#backoff.get(topic) ?? new Map<string, Millis>();
    known.set(peer, this.#clock.now() + this.opts.pruneBackoff);
    this.#backoff.set(topic, known);
  }

  #backsOff(topic: string, peer: string): boolean {
    return this.#backoff.get(topic)?.has(peer) === true;
  }

  #beat(): void {
    if (!this.#running) return;
    this.#ticks++;
    this.#clearBackoff();
    for (const counts of [this.#told, this.#asked, this.#iasked]) counts.clear();
    for (const known of this.#dontWant.values())
      for (const [id, tick] of known) if (this.#ticks - tick >= this.opts.mcacheLength) known.delete(id);
    this.#cache.prune(this.#clock.now());
    const out = new Map<string, Control>();
    const to = (peer: string): Control => {
      let control = out.get(peer);
      if (control === undefined)
        out.set(peer, (control = { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] }));
      return control;
    };
    for (const [topic, mesh] of this.#mesh) this.#mend(topic, mesh, to);
    for (const [peer, control] of out) this.#send(peer, { control });
    this.#cache.shift();
    this.#clock.after(this.opts.heartbeatInterval, () => this.#beat());
  }

  /** One topic's heartbeat: enough neighbours, not too many, some of one's own choice; and tells others what there is. */
  #mend(topic: string, mesh: Set<string>, to: (peer: string) => Control): void {
    const { D, Dlo, Dhi, Dout, Dscore, Dlazy, gossipFactor } = this.opts;
    const others = this.#random
      .shuffle([...(this.#topics.get(topic) ?? [])])
      .filter((peer) => this.streamsOutbound.has(peer) && !mesh.has(peer));
    const candidates = others.filter((peer) => !this.#backsOff(topic, peer));
    const gossip = new Set(others);
    const graft = (peer: string): void => {
      mesh.add(peer);
      gossip.delete(peer);
      candidates.splice(candidates.indexOf(peer), 1);
      to(peer).graft.push(topic);
    };
    if (mesh.size < Dlo) for (const peer of candidates.slice(0, D - mesh.size)) graft(peer);
    if (mesh.size > Dhi) {
      const all = [...mesh];
      const inOrder = [...all.slice(0, Dscore), ...this.#random.shuffle(all.slice(Dscore))];
      const own = inOrder.filter((peer) => this.#outbound.has(peer)).slice(0, Dout);
      const kept = new Set([...own, ...inOrder].slice(0, D));
      for (const peer of all) {
        if (kept.has(peer)) continue;
        mesh.delete(peer);
        this.#backOff(topic, peer);
        gossip.add(peer);
        to(peer).prune.push(topic);
      }
    }
    const own = [...mesh].filter((peer) => this.#outbound.has(peer)).length;
    if (mesh.size >= Dlo && own < Dout)
      for (const peer of candidates.filter((one) => this.#outbound.has(one)).slice(0, Dout - own)) graft(peer);
    const ids = this.#cache.told(topic);
    if (ids.length === 0) return;
    const target = Math.max(Dlazy, Math.floor(gossipFactor * gossip.size));
    for (const peer of this.#random.shuffle([...gossip]).slice(0, target)) to(peer).ihave.push({ topic, ids });
  }

  #clearBackoff(): void {
    if (this.#ticks % BACKOFF_TICKS !== 0) return;
    const now = this.#clock.now() - this.opts.heartbeatInterval;
    for (const known of this.#backoff.values()) for (const [peer, at] of known) if (at < now) known.delete(peer);
  }

  #some(topic: string, most: number, fits: (peer: string) => boolean): string[] {
    const all = [...(this.#topics.get(topic) ?? [])].filter((peer) => this.streamsOutbound.has(peer) && fits(peer));
    return this.#random.shuffle(all).slice(0, Math.max(0, most));
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
