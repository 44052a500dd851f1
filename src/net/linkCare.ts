/** Looks after open connections: heartbeats, suspicion, seconds, surplus, and those who misbehave. */
import type { Connection, Libp2p, Stream } from "@libp2p/interface";
import type { Millis } from "../types.ts";
import { answerHeartbeat, beginHeartbeat, type AliveHooks } from "./alive.ts";
import { carriesQuestion } from "./asks.ts";
import type { Connections, Entry } from "./connections.ts";
import type { Dialer } from "./dialer.ts";
import type { DialPlan } from "./dialPlan.ts";
import type { Gossip } from "./gossip.ts";
import type { FullLinkOptions } from "./linkOptions.ts";
import { causeOf } from "./netLog.ts";
import type { Roster } from "./roster.ts";

/** What the care works on. */
export interface CareParts {
  readonly options: FullLinkOptions;
  readonly node: Libp2p;
  readonly connections: Connections;
  readonly plan: DialPlan;
  readonly dialer: Dialer;
  readonly gossip: Gossip;
  readonly roster: Roster;
  /** There is nobody: look around. */
  onAlone(): void;
  /** This machine's addresses have changed. */
  onMoved(): void;
}

const CHECK_EVERY = 1000;
const FORGET_AFTER = 5000;
/** Who is there changes slowly. */
const CHECKS_OF_DEGREE = 10;
/** While there is nobody. */
const LOOK_EVERY = 30_000;

/** The care of one run. */
export class LinkCare {
  readonly #parts: CareParts;
  #cancelCheck = (): void => {};
  #checks = 0;
  #stopped = false;
  #addresses: readonly string[];
  #lookedAt: Millis;

  constructor(parts: CareParts) {
    this.#parts = parts;
    this.#addresses = [];
    this.#lookedAt = parts.options.clock.now();
  }

  start(): void {
    this.#addresses = this.#ownAddresses();
    this.#check();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelCheck();
  }

  /** The dialer's side of a heartbeat. */
  async beginHeartbeat(entry: Entry): Promise<void> {
    const { clock, log } = this.#parts.options;
    try {
      entry.heartbeat = await beginHeartbeat(entry.connection, clock, this.#aliveHooks);
      if (entry.connection.status !== "open") entry.heartbeat.stop();
    } catch (error) {
      // Without a heartbeat the connection turns suspect by itself.
      log.debug({ cause: causeOf(error) }, "no heartbeat");
    }
  }

  /** The listener's side; to be called in the turn in which the stream came. */
  onAliveStream(stream: Stream, connection: Connection): void {
    const heartbeat = answerHeartbeat(stream, connection, this.#parts.options.clock, this.#aliveHooks);
    const entry = this.#parts.connections.get(connection);
    if (entry !== undefined && entry.heartbeat === undefined) entry.heartbeat = heartbeat;
    else heartbeat.stop();
  }

  /** Another connection to a peer went: makes gossip use this one. */
  async attach(connection: Connection): Promise<void> {
    try {
      await this.#parts.gossip.attach(connection);
    } catch (error) {
      this.#parts.options.log.debug({ cause: causeOf(error) }, "gossip did not attach");
    }
  }

  /** The last connection to a peer went. */
  peerGone(entry: Entry): void {
    const { options, roster, gossip, plan, dialer } = this.#parts;
    roster.leave(entry.peer);
    gossip.leave(entry.peer);
    if (!entry.dismissed) plan.lost(entry.peer, entry.addresses, options.clock.now());
    dialer.pump();
    options.clock.after(FORGET_AFTER, () => void this.#forget(entry.connection));
  }

  /** What is there does not speak our protocols: hangs up politely, and stays away for a while. */
  foreign(entry: Entry): void {
    const { plan, options } = this.#parts;
    entry.dismissed = true;
    for (const key of entry.addresses) plan.useless(key, "foreign", options.clock.now());
    void this.#hangUp(entry);
  }

  /** Cuts a peer that does not keep to the protocol, and keeps it out for a while. */
  dismiss(peer: string, why: string): void {
    const { options, roster, connections, plan } = this.#parts;
    options.log.info({ why }, "a neighbour was dismissed");
    roster.ban(peer);
    for (const entry of connections.of(peer)) {
      entry.dismissed = true;
      plan.enough(peer, entry.addresses, options.clock.now());
      entry.connection.abort(new Error("dismissed"));
    }
  }

  readonly #aliveHooks: AliveHooks = {
    onSign: (connection) => this.#parts.connections.sign(connection),
    onEnough: (connection) => {
      const entry = this.#parts.connections.get(connection);
      if (entry === undefined) return;
      entry.dismissed = true;
      this.#parts.plan.enough(entry.peer, entry.addresses, this.#parts.options.clock.now());
    },
  };

  #check(): void {
    if (this.#stopped) return;
    const { options, connections, plan, dialer, gossip, roster } = this.#parts;
    const now = options.clock.now();
    const { suspects, dead, second } = connections.check();
    for (const entry of suspects) plan.lost(entry.peer, entry.addresses, now);
    for (const entry of dead) entry.connection.abort(new Error("silent"));
    // An answer that is under way would be lost; what is second now is so later too.
    for (const entry of second) if (!carriesQuestion(entry.connection)) void this.#hangUp(entry);
    const { attach, abort } = connections.checkGossip(gossip);
    for (const entry of attach) void this.attach(entry.connection);
    for (const entry of abort) entry.connection.abort(new Error("gossip lost it"));
    const strangers = roster.strangers();
    const foreign = { strangers, over: plan.surplusOfStrangers(strangers.size) };
    for (const entry of connections.surplus(plan.surplus(roster.count()), options.random, foreign)) {
      if (carriesQuestion(entry.connection, true)) continue;
      entry.dismissed = true;
      entry.heartbeat?.enough();
      plan.enough(entry.peer, entry.addresses, now);
      void this.#hangUp(entry);
    }
    roster.tellCount();
    if (this.#checks++ % CHECKS_OF_DEGREE === 0) gossip.adapt(plan.peers(connections.linked(), now));
    this.#look(now);
    if (suspects.length > 0) dialer.pump();
    this.#cancelCheck = options.clock.after(CHECK_EVERY, () => this.#check());
  }

  /** After a change of address (another network, another lease), and now and then while there is nobody. */
  #look(now: Millis): void {
    const { connections, plan, dialer } = this.#parts;
    const addresses = this.#ownAddresses();
    const moved = addresses.join() !== this.#addresses.join();
    const left = this.#addresses.some((address) => !addresses.includes(address));
    const alone = connections.linked().size === 0 && now - this.#lookedAt > LOOK_EVERY;
    if (!moved && !alone) return;
    this.#addresses = addresses;
    this.#lookedAt = now;
    // A connection from an address that is gone would be missed only when its heartbeats are.
    if (left) for (const entry of connections.doubt()) plan.lost(entry.peer, entry.addresses, now);
    if (moved) plan.refresh(now);
    if (moved) this.#parts.onMoved();
    else this.#parts.onAlone();
    dialer.pump();
  }

  #ownAddresses(): readonly string[] {
    const { node, options } = this.#parts;
    return options.machine?.networks() ?? node.getMultiaddrs().map(String);
  }

  async #hangUp(entry: Entry): Promise<void> {
    try {
      await entry.connection.close({ signal: AbortSignal.timeout(1000) });
    } catch (error) {
      entry.connection.abort(error instanceof Error ? error : new Error("not closed in time"));
    }
  }

  /** libp2p keeps a record of every peer that ever connected; under a stream of strangers that grows without end. */
  async #forget({ remotePeer }: Connection): Promise<void> {
    const { node, roster, gossip } = this.#parts;
    if (this.#stopped || node.getConnections(remotePeer).length > 0) return;
    // What came in the meantime of frames that were under way.
    roster.leave(remotePeer.toString());
    gossip.leave(remotePeer.toString());
    await node.peerStore.delete(remotePeer).catch(() => undefined);
  }
}
