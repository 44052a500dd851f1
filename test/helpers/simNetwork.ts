/**
 * A venue's network in virtual time, from a seed: hosts, wires between them, loss, delay, partitions. It moves opaque
 * frames between `SimLink`s just as the real links do, and writes down what happened, so that two runs compare.
 */
import { CALM, type ConnectionEnd, type EdgeOptions, SimConnection } from "./simConnection.ts";
import { SimLink } from "./simLink.ts";
import type { SimClock } from "./simClock.ts";
import { SimRandom } from "./simRandom.ts";
import type { Topic } from "../../src/types.ts";

/** One thing that happened. */
export interface TraceEntry {
  readonly at: number;
  readonly what: string;
}

/** A frame that somebody published, kept for those who replay. */
export interface PublishedFrame {
  readonly by: string;
  readonly topic: Topic;
  readonly frame: Uint8Array;
}

/** What a hostile program answers; `honest` is what the messenger above it would. */
export type Liar = (request: Uint8Array, from: string, honest: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** How a network is laid out and behaves at first. */
export interface NetworkOptions {
  readonly clock: SimClock;
  readonly seed: number | string;
  /** Every host is wired to every other; else only where `wire` says so. */
  readonly full?: boolean;
  readonly edge?: EdgeOptions;
}

interface Host {
  readonly name: string;
  readonly wires: Set<string>;
  link: SimLink | undefined;
  radio: boolean;
  part: number;
}

/** Two hosts that can reach each other are connected within this time. */
const CONNECT_MS: readonly [number, number] = [20, 400];

export class SimNetwork {
  readonly clock: SimClock;
  readonly random: SimRandom;
  readonly trace: TraceEntry[] = [];
  /** What was published, in order. */
  readonly published: PublishedFrame[] = [];
  readonly #full: boolean;
  readonly #hosts = new Map<string, Host>();
  readonly #edges = new Map<string, EdgeOptions>();
  readonly #connections = new Map<string, SimConnection>();
  readonly #dialling = new Set<string>();
  /** How hosts answer questions instead of their programs, by name. */
  readonly liars = new Map<string, Liar>();
  #edge: EdgeOptions;
  #links = 0;
  #dials = 0;

  constructor(options: NetworkOptions) {
    this.clock = options.clock;
    this.random = new SimRandom(options.seed).fork("network");
    this.#full = options.full ?? true;
    this.#edge = options.edge ?? CALM;
  }

  /** A new program's link on this host; the one before it is dead. */
  link(name: string): SimLink {
    const host = this.#host(name);
    host.link?.kill();
    host.link = new SimLink({ network: this, host: name, serial: (this.#links += 1) });
    return host.link;
  }

  /** The link of a host's program, as far as one runs. */
  at(name: string): SimLink | undefined {
    return this.#host(name).link;
  }

  /** A way to a host for questions alone: nothing else goes over it. None where a wire could not be laid either. */
  reach(from: SimLink, name: string): SimConnection | undefined {
    const [here, there] = [this.#host(from.host), this.#host(name)];
    const up = here.radio && there.radio && there.link?.running === true && here.part === there.part;
    if (!up || there.link === undefined || there === here) return undefined;
    const id = `${from.host}-${name}?${(this.#dials += 1)}`;
    const ends = [from, there.link] as const;
    return new SimConnection({ id, ends, clock: this.clock, random: this.random.fork(id), edge: this.edge });
  }

  /** Connects two hosts by a wire (or the air between them). */
  wire(a: string, b: string): void {
    this.#host(a).wires.add(b);
    this.#host(b).wires.add(a);
    this.refresh();
  }

  /** Takes a wire away. */
  unwire(a: string, b: string): void {
    this.#host(a).wires.delete(b);
    this.#host(b).wires.delete(a);
    this.refresh();
  }

  /** How frames fare: everywhere, or from one host to another only (the way back stays as it is). */
  conditions(edge: EdgeOptions, direction?: { readonly from: string; readonly to: string }): void {
    this.log(`conditions ${direction ? `${direction.from}>${direction.to}` : "all"} ${JSON.stringify(edge)}`);
    if (direction === undefined) {
      this.#edge = edge;
      this.#edges.clear();
    } else {
      this.#edges.set(`${direction.from}>${direction.to}`, edge);
    }
  }

  /** Cuts the venue in parts; a host that is not named is alone. */
  split(...parts: readonly (readonly string[])[]): void {
    this.log(`split ${parts.map((part) => part.join("+")).join(" | ")}`);
    let alone = parts.length;
    for (const host of this.#hosts.values()) {
      const part = parts.findIndex((names) => names.includes(host.name));
      host.part = part >= 0 ? part : (alone += 1);
    }
    this.refresh();
  }

  /** Everybody can reach everybody again, as far as wires and radios go. */
  heal(): void {
    this.log("heal");
    for (const host of this.#hosts.values()) host.part = 0;
    this.refresh();
  }

  /** A host's radio: off, its programs run on and hear nobody. */
  radio(name: string, on: boolean): void {
    const host = this.#host(name);
    if (host.radio === on) return;
    this.log(`radio ${name} ${on ? "on" : "off"}`);
    host.radio = on;
    this.refresh();
  }

  /** Whether two hosts could talk now. */
  reachable(a: string, b: string): boolean {
    const [x, y] = [this.#host(a), this.#host(b)];
    const up = x.radio && y.radio && x.link?.running === true && y.link?.running === true;
    return up && x.part === y.part && x.wires.has(b);
  }

  /** Connects what can be reached and is not connected, and cuts what cannot be reached any more. */
  refresh(): void {
    for (const host of this.#hosts.values()) {
      for (const other of host.wires) if (host.name < other) this.#review(host.name, other);
    }
    for (const [pair, connection] of this.#connections) if (!connection.alive) this.#connections.delete(pair);
  }

  /** Gives a host frames that a hostile neighbour has kept. */
  replay(name: string, frames: readonly PublishedFrame[]): void {
    for (const { topic, frame } of frames) this.#host(name).link?.take({ topic, frame, again: true });
  }

  /** How one direction behaves now. */
  readonly edge = (from: string, to: string): EdgeOptions => this.#edges.get(`${from}>${to}`) ?? this.#edge;

  /** The link at an end of a connection. */
  linkOf(end: ConnectionEnd): SimLink {
    if (!(end instanceof SimLink)) throw new Error(`${end.host} has no link`);
    return end;
  }

  /** Writes a line of the trace. */
  log(what: string): void {
    this.trace.push({ at: this.clock.now(), what });
  }

  #review(a: string, b: string): void {
    const pair = `${a}-${b}`;
    const connection = this.#connections.get(pair);
    if (connection?.alive === true) {
      if (!this.reachable(a, b)) connection.cut();
      return;
    }
    if (this.#dialling.has(pair) || !this.reachable(a, b)) return;
    this.#dialling.add(pair);
    this.clock.after(this.random.between(...CONNECT_MS), () => {
      this.#dialling.delete(pair);
      this.#connect(a, b);
    });
  }

  #connect(a: string, b: string): void {
    const [left, right] = [this.#host(a).link, this.#host(b).link];
    if (left === undefined || right === undefined || !this.reachable(a, b)) return;
    const id = `${a}-${b}#${(this.#dials += 1)}`;
    this.log(`connect ${id}`);
    const connection = new SimConnection({
      id,
      ends: [left, right],
      clock: this.clock,
      random: this.random.fork(id),
      edge: this.edge,
    });
    this.#connections.set(`${a}-${b}`, connection);
    left.join(connection, true);
    right.join(connection, false);
  }

  #host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host: Host = { name, wires: new Set(), link: undefined, radio: true, part: 0 };
    if (this.#full) {
      for (const other of this.#hosts.values()) {
        host.wires.add(other.name);
        other.wires.add(name);
      }
    }
    this.#hosts.set(name, host);
    return host;
  }
}
