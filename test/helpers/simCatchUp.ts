/** Catch-up on a simulated link: the schedule and the protocol of the real one, over streams in virtual time. */
import { CatchUp } from "../../src/net/catchUp.ts";
import type { Carrier, LinkHandlers } from "../../src/net/link.ts";
import type { SyncOutcome, SyncPeer } from "../../src/net/sync.ts";
import { Turns } from "../../src/net/turns.ts";
import type { Random, Topic } from "../../src/types.ts";
import { SimChannel } from "./simChannel.ts";
import { ProgramClock } from "./simClock.ts";
import type { SimConnection } from "./simConnection.ts";
import type { SimLink } from "./simLink.ts";
import type { SimNetwork } from "./simNetwork.ts";

interface Neighbour {
  readonly connection: SimConnection;
  readonly channels: Set<SimChannel>;
}

/** The catch-ups of one link, from its start to its end. */
export class SimCatchUp {
  readonly #link: SimLink;
  readonly #network: SimNetwork;
  readonly #topics: () => readonly Topic[];
  readonly #clock: ProgramClock;
  readonly #neighbours = new Map<string, Neighbour>();
  readonly #schedule: CatchUp;
  readonly #random: Random;
  readonly #turns: Turns;

  constructor(link: SimLink, network: SimNetwork, topics: () => readonly Topic[]) {
    this.#link = link;
    this.#network = network;
    this.#topics = topics;
    this.#clock = new ProgramClock(network.clock);
    this.#turns = new Turns(this.#clock);
    this.#random = network.random.fork(`salts ${link.status().peerId}`).bytes;
    this.#schedule = new CatchUp({
      clock: this.#clock,
      random: network.random.fork(`catch-up ${link.status().peerId}`).bytes,
      peer: (from) => this.#peer(from),
      open: (from) => this.#open(from),
      onOutcome: (from, outcome) => this.#report(from, outcome),
    });
  }

  /** A connection has come up; `begin` on the side that dialled. */
  add(connection: SimConnection, begin: boolean): void {
    this.#neighbours.set(connection.id, { connection, channels: new Set() });
    this.#schedule.add(connection.id, begin);
  }

  /** A connection is gone, and its streams with it. */
  remove(connection: SimConnection): void {
    const neighbour = this.#neighbours.get(connection.id);
    this.#neighbours.delete(connection.id);
    this.#schedule.remove(connection.id);
    for (const channel of neighbour?.channels ?? []) channel.break();
  }

  /** Answers the other side. */
  serve(connection: SimConnection, channel: SimChannel): void {
    const neighbour = this.#neighbours.get(connection.id);
    neighbour?.channels.add(channel);
    const wins = this.#link.host < connection.across(this.#link).host;
    void this.#schedule.serve(connection.id, channel, wins).finally(() => neighbour?.channels.delete(channel));
  }

  /** The link has stopped or is dead. */
  stop(): void {
    this.#schedule.stop();
    this.#clock.kill();
  }

  async #open(from: string): Promise<SimChannel> {
    const neighbour = this.#neighbours.get(from);
    if (neighbour === undefined) throw new Error("no such neighbour");
    const { connection, channels } = neighbour;
    const across = this.#network.linkOf(connection.across(this.#link));
    const log = (bytes: Uint8Array): void => this.#network.log(`catch-up ${from} ${bytes.length}`);
    const [ours, theirs] = SimChannel.pair(connection, this.#link, log);
    channels.add(ours);
    ours.opened(() => across.serve(connection, theirs));
    return ours;
  }

  #report(from: string, { end, accepted, given, cause }: SyncOutcome): void {
    const why = cause instanceof Error ? ` (${cause.message})` : "";
    this.#network.log(`caught up ${this.#link.host} ${from} ${end}${why} +${accepted} -${given}`);
    for (const channel of this.#neighbours.get(from)?.channels ?? []) {
      if (channel.closed) this.#neighbours.get(from)?.channels.delete(channel);
    }
  }

  #peer(from: string): SyncPeer {
    const link = this.#link;
    return {
      from,
      handlers: {
        onFrame: (topic, frame, origin) => this.#tracked(link.offer(topic, frame, origin)),
        onCaughtUp: (origin) => link.caughtUp(origin),
        carrier: this.#carrier(),
      },
      topics: this.#topics,
      admit: () => 0,
      clock: this.#clock,
      random: this.#random,
      turns: this.#turns,
    };
  }

  /** What the node keeps; a dead node keeps nothing. */
  #carrier(): Carrier {
    const link = this.#link;
    const ask = async <T>(
      question: (carrier: LinkHandlers["carrier"]) => Promise<readonly T[]>,
    ): Promise<readonly T[]> => {
      const carrier = link.handlers?.carrier;
      if (carrier === undefined) return [];
      return (await this.#tracked(link.orDead(question(carrier)))) ?? [];
    };
    return {
      slots: () => ask((carrier) => carrier.slots()),
      ids: (topic, slot) => ask((carrier) => carrier.ids(topic, slot)),
      frames: (topic, slot, ids) => ask((carrier) => carrier.frames(topic, slot, ids)),
    };
  }

  /** Time stands still until a promise of the node's has settled. */
  #tracked<T>(work: Promise<T>): Promise<T> {
    this.#network.clock.track(work);
    return work;
  }
}
