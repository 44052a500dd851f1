/**
 * Frames by gossip: what comes in is measured before it costs anything, handed to the messenger, and forwarded only
 * after its verdict.
 */
import type { Connection, PeerId, Stream } from "@libp2p/interface";
import type { GossipSub, GossipSubComponents, GossipsubMessage } from "@libp2p/gossipsub";
import type { RPC } from "@libp2p/gossipsub/message";
import { hex } from "../protocol/codec.ts";
import type { Clock, Millis, Topic } from "../types.ts";
import { Conduct, isFrame, MAX_TOPIC, weigh } from "./conduct.ts";
import { setFlow } from "./flow.ts";
import type { GossipPolicyOf } from "./gossipPolicy.ts";
import {
  messageId,
  routerService,
  unsee,
  type Router,
  type RouterFactory,
  type RouterHooks,
  type RouterService,
} from "./gossipRouter.ts";
import type { Verdict } from "./link.ts";
import { causeOf, type NetLog } from "./netLog.ts";
import { USUAL_ROOM, type Shares } from "./shares.ts";

/** What gossip needs of its owner. */
export interface GossipOptions {
  readonly clock: Clock;
  readonly log: NetLog;
  readonly mostLinks: number;
  readonly policy: GossipPolicyOf;
  /** gossipsub by default. */
  readonly router?: RouterFactory | undefined;
  /** Frames that enter, by link. */
  readonly shares: Shares;
  /** Everything that is read, by link: wider, and what exceeds it makes the link wait. */
  readonly intake: Shares;
  /** Whether what is new from this peer goes on only as far as `enters` says. */
  isBounded(from: string): boolean;
  enters(from: string, bytes: number): boolean;
  onFrame(topic: Topic, frame: Uint8Array, from: string): Promise<Verdict>;
  /** Something came from this peer. */
  onSign(from: string): void;
  /** This peer told its topics. */
  onSubscriptions(from: string): void;
  /** This peer does not keep to the protocol. */
  onBroken(from: string): void;
}

/** Frames and bytes of one link that wait for a verdict: above, its stream is paused; far above, frames are dropped. */
const BUSY_FRAMES = 256;
const BUSY_BYTES = 2 * 1024 * 1024;
const FULL_FRAMES = 8192;
const FULL_BYTES = 8 * 1024 * 1024;
/** Of all links together. */
const FULL_TOTAL = 64 * 1024 * 1024;
/** Violations after which a link is broken. */
const MAX_STRIKES = 32;
const MAX_PAUSE = 2000;

/** Frames that are remembered. */
const RECENT = 8192;

const nameOf = ({ topic, data = new Uint8Array(0) }: { readonly topic: string; readonly data?: Uint8Array }): string =>
  hex(messageId({ topic, data }));

interface Gate {
  readonly streams: Set<Stream>;
  readonly conduct: Conduct;
  frames: number;
  bytes: number;
  strikes: number;
  pausedUntil: Millis;
}

/** One node's gossip. Lives as long as its libp2p node. */
export class Gossip {
  readonly #options: GossipOptions;
  readonly #gates = new Map<string, Gate>();
  /** Frames that came or went lately: strangers bring copies of them as everybody does. */
  readonly #recent = new Set<string>();
  readonly #service: RouterService;
  #waiting = 0;

  constructor(options: GossipOptions) {
    this.#options = options;
    const hooks: RouterHooks = {
      onStream: (stream, peer) => this.#watch(stream, peer),
      filterRpc: (from, rpc) => this.#filter(from.toString(), rpc),
      onUnreadable: (from) => this.#strike(from.toString()),
      onTooLong: (from) => this.#strike(from.toString(), MAX_STRIKES),
    };
    const policy = options.policy({ mostLinks: options.mostLinks, devices: USUAL_ROOM });
    this.#service = routerService(hooks, policy, options.router);
  }

  /** The libp2p service. */
  readonly create = (components: GossipSubComponents): GossipSub => {
    const router = this.#service.create(components);
    router.addEventListener("gossipsub:message", ({ detail }) => void this.#enter(detail));
    router.addEventListener("subscription-change", ({ detail }) =>
      this.#options.onSubscriptions(detail.peerId.toString()),
    );
    return router;
  };

  subscribe(topics: readonly Topic[]): void {
    const held = new Set(this.#router().getTopics());
    for (const topic of topics) if (!held.has(topic)) this.#router().subscribe(topic);
  }

  /** Hands a frame to all neighbours that want its topic; which of those that are `linked` they are. */
  async publish(topic: Topic, frame: Uint8Array, linked: ReadonlySet<string>): Promise<readonly string[]> {
    const router = this.#router();
    const isLinked = (peer: string): boolean => linked.has(peer);
    const hears = (peer: string): boolean => isLinked(peer) && router.streamsOutbound.has(peer);
    // Without this, a frame that reached nobody, or only who has gone silent, would count as seen and could not be
    // published again for a minute. A neighbour whose stream went down with another connection has none for a moment.
    if (!router.getSubscribers(topic).map(String).some(hears)) return [];
    this.#remember({ topic, data: frame });
    const { recipients } = await router.publish(topic, frame);
    const heard = recipients.map(String).filter(isLinked);
    if (heard.length === 0) unsee(router, topic, frame);
    return heard;
  }

  /** Whether gossip can send to this peer. */
  reaches(peer: string): boolean {
    return this.#router().streamsOutbound.has(peer);
  }

  /** Whether gossip has forgotten a peer that is connected; only a new connection mends that. */
  forgot(peer: string): boolean {
    return !this.#router().peers.has(peer);
  }

  /** Makes gossip use this connection when it has no stream to the peer. */
  async attach(connection: Connection): Promise<void> {
    await this.#service.attach(connection);
  }

  /** So many devices are in the room: gossips at their pace from now on. */
  crowd(devices: number): void {
    const { policy, mostLinks } = this.#options;
    this.#service.adapt(policy({ mostLinks, devices }));
  }

  leave(peer: string): void {
    this.#gates.delete(peer);
  }

  #router(): Router {
    const router = this.#service.router();
    if (router === undefined) throw new Error("gossip is not attached to a node");
    return router;
  }

  #gate(from: string): Gate {
    let gate = this.#gates.get(from);
    if (gate === undefined) {
      gate = { streams: new Set(), conduct: new Conduct(), frames: 0, bytes: 0, strikes: 0, pausedUntil: 0 };
      this.#gates.set(from, gate);
    }
    return gate;
  }

  #watch(stream: Stream, peer: PeerId): void {
    const from = peer.toString();
    const gate = this.#gate(from);
    gate.streams.add(stream);
    stream.addEventListener("close", () => gate.streams.delete(stream));
  }

  /** Books what was read and pauses the link while it is over. */
  #slow(from: string, use: { readonly frames: number; readonly bytes: number }): void {
    const { clock, intake } = this.#options;
    const wait = Math.min(intake.wait(from, use, clock.now()), MAX_PAUSE);
    if (wait <= 0) return;
    const gate = this.#gate(from);
    gate.pausedUntil = clock.now() + wait;
    clock.after(wait, () => this.#settle(gate));
    this.#settle(gate);
  }

  #settle(gate: Gate): void {
    const busy = gate.frames > BUSY_FRAMES || gate.bytes > BUSY_BYTES;
    const pause = busy || this.#options.clock.now() < gate.pausedUntil;
    for (const stream of gate.streams) setFlow(stream, pause);
  }

  /** Leaves of an RPC what may cost something; runs before gossipsub looks at it. */
  #filter(from: string, rpc: RPC): RPC {
    const { clock, shares } = this.#options;
    const gate = this.#gate(from);
    const topics = new Set<string>(this.#router().getTopics());
    const bounded = this.#options.isBounded(from);
    this.#options.onSign(from);
    // No listener on the stream itself counts the bytes: data goes to whoever listens first, and gossipsub would miss it.
    this.#slow(from, weigh(rpc));
    this.#strike(from, gate.conduct.judge(rpc, clock.now()));
    // What came before it is told that the link is broken is not worth looking at either.
    if (gate.strikes >= MAX_STRIKES) return { subscriptions: [], messages: [] };
    const messages = rpc.messages.filter((message) => {
      if (!isFrame(message) || !topics.has(message.topic)) return false;
      if (gate.frames >= FULL_FRAMES || gate.bytes >= FULL_BYTES || this.#waiting >= FULL_TOTAL) return false;
      if (!shares.take(from, message.data?.length ?? 0, clock.now())) return false;
      // Before gossipsub sees it: what is dropped here comes from somebody else as if for the first time.
      return !bounded || this.#recent.has(nameOf(message)) || this.#options.enters(from, message.data?.length ?? 0);
    });
    const subscriptions = rpc.subscriptions.filter(({ topic }) => topic !== undefined && topic.length <= MAX_TOPIC);
    return { ...rpc, messages, subscriptions };
  }

  #remember(message: Pick<GossipsubMessage["msg"], "topic" | "data">): void {
    if (this.#recent.size >= RECENT) this.#recent.delete(this.#recent.values().next().value ?? "");
    this.#recent.add(nameOf(message));
  }

  #strike(from: string, strikes = 1): void {
    const gate = this.#gate(from);
    const before = gate.strikes;
    gate.strikes += strikes;
    if (before < MAX_STRIKES && gate.strikes >= MAX_STRIKES) this.#options.onBroken(from);
  }

  async #enter({ propagationSource, msgId, msg }: GossipsubMessage): Promise<void> {
    const from = propagationSource.toString();
    const gate = this.#gate(from);
    const size = msg.data.length;
    this.#remember(msg);
    gate.frames++;
    gate.bytes += size;
    this.#waiting += size;
    this.#settle(gate);
    try {
      const verdict = await this.#options.onFrame(msg.topic as Topic, msg.data, from);
      if (verdict === "reject") this.#strike(from);
      this.#router().reportMessageValidationResult(msgId, from, verdict);
    } catch (error) {
      // A handler is total by contract; should it fail nevertheless, one frame is lost and not the node.
      this.#options.log.warn({ cause: causeOf(error) }, "a frame was dropped");
    } finally {
      gate.frames--;
      gate.bytes -= size;
      this.#waiting -= size;
      this.#settle(gate);
    }
  }
}
