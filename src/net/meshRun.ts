/** One run of a link, from start to stop: the parts, and how they work together. */
import type { Connection, Libp2p } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import type { Topic } from "../types.ts";
import {
  addressKey,
  hostOf,
  isCircuit,
  isWebRtcDirect,
  keyOf,
  mostDialableFirst,
  tellable,
  type AddressKey,
} from "./addresses.ts";
import { Arrivals } from "./arrivals.ts";
import { Asks } from "./asks.ts";
import { CatchUp } from "./catchUp.ts";
import { Connections, type Entry } from "./connections.ts";
import { Dialer, type DialResult } from "./dialer.ts";
import { createDialPlan, defaultDialLimits } from "./dialPlan.ts";
import type { Discovery } from "./discovery.ts";
import { Exchange } from "./exchange.ts";
import { Gossip } from "./gossip.ts";
import { gossipPolicy } from "./gossipPolicy.ts";
import { LinkCare, type CareParts } from "./linkCare.ts";
import type { FullLinkOptions } from "./linkOptions.ts";
import { Look } from "./look.ts";
import { MAX_FRAME, type Asked, type LinkHandlers, type LinkStatus } from "./link.ts";
import { causeOf } from "./netLog.ts";
import { Roster } from "./roster.ts";
import type { Trust } from "./shares.ts";
import { survey, type Surroundings } from "./survey.ts";
import { Vouching } from "./vouching.ts";

const TOPICS_WITHIN = 2000;

/** Through a relay, its host is none of this machine's. */
const ownHosts = (addresses: readonly { toString(): string }[]): readonly string[] => [
  ...new Set(
    addresses
      .map(String)
      .filter((one) => !isCircuit(one))
      .map(hostOf),
  ),
];

/** A started link. */
export class MeshRun {
  readonly #options: FullLinkOptions;
  readonly #handlers: LinkHandlers;
  readonly #topics: ReadonlySet<Topic>;
  readonly #gossip: Gossip;
  readonly #roster: Roster;
  readonly #catchUp: CatchUp;
  #parts: (CareParts & { readonly care: LinkCare }) | undefined;
  #arrivals: Arrivals | undefined;
  #asks: Asks | undefined;
  #exchange: Exchange | undefined;
  #vouching: Vouching | undefined;
  #look: Look | undefined;
  #discovery: Discovery | undefined;

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
      policy: options.gossip ?? gossipPolicy,
      router: options.router,
      shares: this.#roster.shares,
      intake: this.#roster.intake,
      isBounded: (from) => this.#roster.isBounded(from),
      enters: (from, bytes) => this.#roster.enters(from, bytes),
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
      stranger: (from) => this.#roster.isStranger(from),
      open: (from) => this.#arrivals?.openSync(from) ?? Promise.reject(new Error("not started")),
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
    const { host, clock, random, log, links, discovery, machine } = this.#options;
    const node = await host({ gossip: this.#gossip.create });
    const self = node.peerId.toString();
    const connections = new Connections(self, clock);
    const fraction = (): number => ((random(1)[0] as number) * 256 + (random(1)[0] as number)) / 0x10000;
    const plan = createDialPlan(self, fraction, { ...defaultDialLimits, ...links });
    const linked = (): ReadonlySet<string> => connections.linked();
    const strangers = (): ReadonlySet<string> => this.#roster.strangers();
    const dialer = new Dialer({ plan, clock, log, linked, strangers, dial: (key) => this.#dial(node, key) });
    const parts = {
      options: this.#options,
      node,
      connections,
      plan,
      dialer,
      gossip: this.#gossip,
      roster: this.#roster,
      onAlone: () => this.#lookAround(),
      onMoved: () => {
        this.#discovery?.moved();
        this.#exchange?.askAll();
      },
    };
    const care = new LinkCare(parts);
    this.#parts = { ...parts, care };
    this.#roster.linked = linked;
    const onAsk: LinkHandlers["onAsk"] = (request, from) => this.#handlers.onAsk(request, from);
    const neighbour = (from: string): Connection | undefined => connections.best(from)?.connection;
    const onSign = (connection: Connection): void => connections.sign(connection);
    const asks = new Asks({ node, clock, log, onAsk, neighbour, onSign });
    const entries = (): readonly Entry[] => connections.all();
    const exchange = new Exchange({
      node,
      clock,
      random,
      log,
      plan,
      entries,
      answers: (links?.hubs ?? defaultDialLimits.hubs) === 0,
      lacks: () => this.#lacks(),
      isVouched: (peer) => !this.#roster.isStranger(peer),
      onBroken: (peer) => care.dismiss(peer, "what it says of others is garbage"),
      onFound: () => dialer.pump(),
    });
    const vouching = this.#vouch(parts);
    const known = vouching === undefined ? {} : { vouching };
    const arrivals = new Arrivals({ ...parts, ...known, clock, catchUp: this.#catchUp, care, exchange });
    this.#asks = asks;
    this.#exchange = exchange;
    this.#arrivals = arrivals;
    for (const part of [arrivals, asks, exchange, vouching]) await part?.start();
    const { wall } = this.#options;
    this.#look = new Look({ node, clock, wall, random, log, connections, machine, multicast: discovery !== undefined });
    await this.#look.start(exchange.relays);
    await node.start();
    this.subscribe(Array.from(this.#topics));
    for (const address of node.getMultiaddrs()) plan.useless(keyOf(address), "self", clock.now());
    this.#discovery = discovery?.({
      clock,
      random,
      logger: node.logger,
      log,
      addresses: () => this.status().addresses.filter((one) => !isCircuit(one) && !isWebRtcDirect(one)),
      enough: () => !this.#lacks(),
      onFound: (peer, addresses) => {
        plan.found(peer, addresses, clock.now());
        dialer.found();
      },
    });
    await this.#discovery?.start().catch((error: unknown) => {
      log.warn({ cause: causeOf(error) }, "nobody can be discovered on this network");
    });
    care.start();
  }

  async stop(): Promise<void> {
    this.#arrivals?.stop();
    this.#parts?.care.stop();
    this.#catchUp.stop();
    this.#parts?.dialer.stop();
    this.#asks?.stop();
    this.#exchange?.stop();
    this.#vouching?.stop();
    await this.#discovery?.stop().catch(() => undefined);
    await this.#parts?.node.stop();
    this.#roster.clear();
  }

  subscribe(topics: readonly Topic[]): void {
    this.#gossip.subscribe(topics);
    this.#catchUp.widened();
  }

  async publish(topic: Topic, frame: Uint8Array): Promise<number> {
    if (frame.length === 0 || frame.length > MAX_FRAME) return 0;
    try {
      const linked = this.#parts?.connections.linked() ?? new Set();
      return (await this.#gossip.publish(topic, frame, linked)).length;
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
    const { machine } = this.#options;
    const told = tellable(node?.getMultiaddrs() ?? []);
    const hosts = ownHosts(told).filter((host) => machine?.isNear(host));
    const reached =
      this.#parts?.connections.all().map(({ connection }) => hostOf(connection.remoteAddr.toString())) ?? [];
    const addresses = mostDialableFirst(told, [...hosts, ...reached]);
    const apart = hosts.length === 0 ? [] : addresses.filter((one) => !isCircuit(one) && !hosts.includes(hostOf(one)));
    const standing = this.#vouching?.standing(this.#roster.usable());
    return {
      peerId: node?.peerId.toString() ?? "",
      addresses,
      ...(apart.length > 0 && { apart }),
      peers: this.#roster.count(),
      ...(standing && { venue: standing }),
    };
  }

  trust(from: string): Trust {
    return this.#roster.trust(from);
  }

  crowd(devices: number): void {
    this.#roster.crowd(devices);
    this.#gossip.crowd(devices);
  }

  venueChanged(): void {
    this.#roster.distrust();
    for (const { connection, identified } of this.#parts?.connections.all() ?? [])
      if (identified) void this.#vouching?.meet(connection);
  }

  #lacks(): boolean {
    const linked = this.#parts?.connections.linked().size ?? 0;
    return linked < (this.#options.links?.least ?? defaultDialLimits.least);
  }

  #vouch({ node, connections }: Pick<CareParts, "node" | "connections">): Vouching | undefined {
    const { clock, random, log, venue: side } = this.#options;
    if (side === undefined) return undefined;
    const isOpen = (connection: Connection): boolean => connections.get(connection) !== undefined;
    const onFinding = (): void => this.#tell(() => this.#handlers.onVenue?.());
    this.#vouching = new Vouching({ node, clock, random, log, roster: this.#roster, side, isOpen, onFinding });
    return this.#vouching;
  }

  neighbours(): readonly string[] {
    return this.#roster.usable();
  }

  links(): readonly { readonly peer: string; readonly address: string }[] {
    const best = (peer: string): string => this.#parts?.connections.best(peer)?.connection.remoteAddr.toString() ?? "";
    return this.neighbours().map((peer) => ({ peer, address: best(peer) }));
  }

  ask(whom: Asked, request: Uint8Array, signal?: AbortSignal): AsyncIterable<Uint8Array> | undefined {
    return this.#asks?.ask(whom, request, signal);
  }

  /** Dials these at once, beside the plan, and remembers them; whether somebody answered at one. */
  async dialNow(addresses: readonly string[]): Promise<boolean> {
    const { node, plan, dialer } = this.#parts ?? {};
    if (node === undefined || plan === undefined) return false;
    const { clock, log } = this.#options;
    const dial = async (key: AddressKey): Promise<void> => {
      const result = await this.#dial(node, key);
      if (result.kind === "self") throw new Error("this is myself");
      plan.hint(key, clock.now());
      plan.reached(key, result.peer, clock.now());
    };
    const reached = await Promise.any(addresses.flatMap((one) => addressKey(one) ?? []).map(dial)).then(
      () => true,
      (error: unknown) => {
        log.debug({ cause: causeOf(error) }, "nobody answered where somebody said so");
        return false;
      },
    );
    // Whoever is not there yet is tried again.
    if (!reached) this.hint(addresses);
    dialer?.pump();
    return reached;
  }

  /** What this device sees of its network; `undefined` where there is no machine to look from. */
  async survey(): Promise<Surroundings | undefined> {
    const { clock, machine } = this.#options;
    const look = this.#look;
    if (look === undefined || machine === undefined) return undefined;
    const entries = this.neighbours().flatMap((peer) => this.#parts?.connections.best(peer) ?? []);
    const isVouched = (peer: string): boolean => !this.#roster.isStranger(peer);
    return survey({ clock, look, machine, discovery: this.#discovery, entries, isVouched });
  }

  reachedAddresses(): readonly string[] {
    return this.#parts?.plan.worthRemembering() ?? [];
  }

  async #dial(node: Libp2p, key: AddressKey): Promise<DialResult> {
    const { clock } = this.#options;
    const late = new AbortController();
    const patience = this.#parts?.plan.patience(key, clock.now()) ?? 0;
    const cancel = clock.after(patience, () => late.abort(new Error("nobody answers")));
    // Forced, because a suspect connection to the same address must not stand in for a new one.
    const connection = await node.dial(multiaddr(key), { force: true, signal: late.signal }).finally(cancel);
    if (!connection.remotePeer.equals(node.peerId)) return { kind: "peer", peer: connection.remotePeer.toString() };
    connection.abort(new Error("this is myself"));
    return { kind: "self" };
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
