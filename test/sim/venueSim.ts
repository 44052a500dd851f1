/**
 * A venue of hundreds or thousands of peers in virtual time. Frames are opaque, so that many fit; what decides is the
 * product's own code: dial plan, discovery, link care, shares, catch-up with real reconciliation, exchange of peers. Only
 * gossipsub is a model (gossipModel.ts), on the product's numbers. A seed replays a run.
 */
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { makeVenue } from "../../src/messenger/venue.ts";
import type { Millis, Topic } from "../../src/types.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { floods, lyingMail } from "./attacker.ts";
import { Ledger, type Delivery } from "./ledger.ts";
import { FrameTable, type Sent } from "./mail.ts";
import { Multicast } from "./multicast.ts";
import { Radio, type Airtime } from "./radio.ts";
import { Listeners } from "./simNode.ts";
import { VenueClock } from "./venueClock.ts";
import { VenuePeer, type Surroundings } from "./venuePeer.ts";

/** What is simulated. */
export interface VenueOptions {
  readonly seed: number;
  readonly peers: number;
  readonly caucuses: number;
  readonly messagesPerSecond: number;
  /** Part of the peers that leaves, and comes back within half a minute or so, a minute. */
  readonly churn: number;
  readonly loss: number;
  /** Part of the peers that changes its access point, a minute. */
  readonly roaming: number;
  readonly buckets: number;
  readonly perAccessPoint: number;
  readonly isolation: boolean;
  readonly noMulticast: boolean;
  /** Daemons on the wire. */
  readonly wired: number;
  /** Peers without the venue's key that flood, replay and lie. */
  readonly attackers: number;
  /** Frames a second of each. */
  readonly attackRate: number;
}

/** The size and the troubles that the project promises to bear. */
export const defaultVenue: VenueOptions = {
  seed: 1,
  peers: 500,
  caucuses: 20,
  messagesPerSecond: 10,
  churn: 0.1,
  loss: 0.05,
  roaming: 0.05,
  buckets: 8,
  perAccessPoint: 28,
  isolation: false,
  noMulticast: false,
  wired: 2,
  attackers: 0,
  attackRate: 5,
};

/** What a stretch of time cost. */
export interface Stretch {
  readonly seconds: number;
  readonly airtime: Airtime;
  readonly multicastsPerSecond: number;
  readonly overflowed: number;
  readonly bytes: number;
  readonly said: Readonly<Record<string, number>>;
}

/** How a partition healed. */
export interface Heal {
  readonly missing: number;
  readonly differenceBytes: number;
  readonly syncBytes: number;
  readonly healedAfter: Millis;
  readonly links: number;
}

const LIFETIME: Millis = 72 * 3_600_000;
const AWAY: readonly [Millis, Millis] = [5000, 40_000];
const SYNC = "/couloir/sync/1";

/** A venue at work. */
export class VenueSim {
  readonly clock = new VenueClock();
  readonly peers: VenuePeer[] = [];
  readonly radio: Radio;
  readonly multicast: Multicast;
  readonly ledger: Ledger;
  readonly counts = { received: 0, duplicates: 0, asked: 0 };
  readonly #options: VenueOptions;
  readonly #random: SimRandom;
  readonly #table: FrameTable;
  readonly #world: Surroundings;
  readonly #topics: readonly Topic[];
  readonly #members: readonly VenuePeer[][];
  readonly #attackers: VenuePeer[] = [];
  readonly #strangers = new Set<string>();
  #since: Millis;
  #churning = false;
  #talking = false;

  private constructor(options: VenueOptions) {
    this.#options = options;
    this.#random = new SimRandom(options.seed);
    const accessPoints = Math.max(
      1,
      Math.ceil((options.peers + options.attackers - options.wired) / options.perAccessPoint),
    );
    this.radio = new Radio(this.clock, this.#random.fork("radio"), { ...options, accessPoints });
    this.multicast = new Multicast(this.radio);
    this.#table = new FrameTable(this.#random.fork("frames"));
    this.#members = Array.from({ length: options.caucuses }, () => []);
    this.ledger = new Ledger((caucus) => this.#members[caucus] ?? []);
    this.#since = this.clock.now();
    const venue = makeVenue("simulated", options.buckets);
    this.#topics = venue.buckets;
    this.#world = {
      radio: this.radio,
      listeners: new Listeners(),
      multicast: this.multicast,
      table: this.#table,
      counts: this.counts,
      venue: venue.name,
      topics: [...venue.buckets, venue.presence],
      onShown: (peer, sent) => this.ledger.shown(peer, sent, this.clock.now()),
      crowd: options.peers,
      trust: (peerId) => (this.#strangers.has(peerId) ? "stranger" : "vouched"),
    };
  }

  /** A venue in which nobody is yet. */
  static async create(options: Partial<VenueOptions> = {}): Promise<VenueSim> {
    const sim = new VenueSim({ ...defaultVenue, ...options });
    await sim.#populate();
    return sim;
  }

  /** Everybody comes, at random moments. */
  async opens(within: Millis): Promise<Stretch> {
    for (const peer of [...this.peers, ...this.#attackers])
      this.clock.after(this.#random.float() * within, () => void peer.comes());
    return this.passes(within / 1000);
  }

  /** Lets time pass with talk, or in silence, and says what it cost. */
  async passes(seconds: number, { talk = false, churn = false } = {}): Promise<Stretch> {
    this.radio.reset();
    if (talk !== this.#talking) {
      this.#talking = talk;
      if (talk) this.#talk();
      if (talk) this.#attack();
    }
    if (churn !== this.#churning) {
      this.#churning = churn;
      if (churn) this.#churn();
    }
    await this.clock.pass(seconds * 1000);
    return this.#stretch(seconds);
  }

  #stretch(seconds: number): Stretch {
    return {
      seconds,
      airtime: this.radio.airtime(),
      multicastsPerSecond: this.radio.multicasts / Math.max(0.001, seconds),
      overflowed: this.radio.overflowed,
      bytes: this.radio.bytes,
      said: Object.fromEntries(this.radio.said),
    };
  }

  /** Everybody who is away comes back. */
  async gathers(): Promise<void> {
    await Promise.all(this.peers.filter(({ running }) => !running).map((peer) => peer.comes()));
  }

  /** Half of the access points, and the wire with them, lose the other half. */
  splits(): void {
    for (const { place } of this.peers)
      place.side = (place.accessPoint ?? 0) < Math.ceil(this.#accessPoints() / 2) ? 0 : 1;
  }

  /** Joins the halves again and says how their mail became one. */
  async heals(within: Millis): Promise<Heal> {
    for (const { place } of this.peers) place.side = 0;
    const there = this.peers.filter(({ running }) => running);
    const all = this.#table.all.filter(({ kind }) => kind === "message");
    const lacking = there.flatMap(({ mail }) => all.filter(({ index }) => !mail.has(index)));
    const differenceBytes = lacking.reduce((sum, { data }) => sum + data.length, 0);
    const began = this.clock.now();
    this.radio.said.set(SYNC, 0);
    const lives = new Map(there.map((peer) => [peer, peer.life]));
    const whole = (): boolean =>
      there.every((peer) => peer.life !== lives.get(peer) || all.every(({ index }) => peer.mail.has(index)));
    let healed = false;
    while (!(healed = whole()) && this.clock.now() - began < within) await this.clock.pass(50);
    return {
      missing: lacking.length,
      differenceBytes,
      syncBytes: this.radio.said.get(SYNC) ?? 0,
      healedAfter: healed ? this.clock.now() - began : Infinity,
      links: this.links(),
    };
  }

  delivery(from: Millis = 0, until: Millis = Infinity): Delivery {
    return this.ledger.delivery(from, until);
  }

  /** Links a running peer has, on average. */
  links(): number {
    const there = this.peers.filter(({ running }) => running);
    return there.reduce((sum, peer) => sum + peer.links(), 0) / Math.max(1, there.length);
  }

  /** Groups of peers that reach each other over links. */
  islands(): number {
    const left = new Map(this.peers.filter(({ running }) => running).map((peer) => [peer.peerId.toString(), peer]));
    let islands = 0;
    for (const [first] of left) {
      islands++;
      const open = [first];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        const peer = left.get(id);
        left.delete(id);
        open.push(...(peer?.link?.neighbours() ?? []).filter((other) => left.has(other)));
      }
    }
    return islands;
  }

  async closes(): Promise<void> {
    this.#talking = this.#churning = false;
    for (const peer of this.peers) if (peer.running) peer.vanishes();
    await this.clock.pass(1);
  }

  /** Virtual seconds since the venue was made. */
  seconds(): number {
    return (this.clock.now() - this.#since) / 1000;
  }

  #accessPoints(): number {
    return Math.max(0, ...this.peers.map(({ place }) => (place.accessPoint ?? 0) + 1));
  }

  async #populate(): Promise<void> {
    const { peers, caucuses, wired, perAccessPoint, attackers } = this.#options;
    for (let index = 0; index < peers + attackers; index++) {
      const honest = index < peers;
      const random = this.#random.fork(`peer ${index}`);
      const key = await generateKeyPairFromSeed("Ed25519", random.bytes(32));
      const place = {
        ip: `10.0.${index >> 8}.${index & 255}`,
        accessPoint: index < wired ? undefined : Math.floor((index - wired) / perAccessPoint),
        up: false,
        roamingUntil: 0,
        side: 0,
      };
      // Whoever is near each other need not be in one caucus: members are spread over the whole house.
      const caucus = index % Math.max(1, caucuses);
      const peerId = peerIdFromPrivateKey(key);
      const lies = honest ? undefined : lyingMail(this.#topics, random, () => this.clock.now());
      const member = honest ? new Set([caucus]) : new Set<number>();
      const peer = new VenuePeer(this.#world, { index, peerId, place, caucuses: member, random, lies });
      this.radio.add(place);
      if (honest) {
        this.peers.push(peer);
        this.#members[caucus]?.push(peer);
      } else {
        this.#attackers.push(peer);
        this.#strangers.add(peerId.toString());
      }
    }
  }

  #attack(): void {
    const world = { clock: this.clock, random: this.#random, table: this.#table, topics: this.#topics };
    const parts = { ...world, perSecond: this.#options.attackRate };
    for (const peer of this.#attackers.splice(0)) floods(peer, parts);
  }

  #talk(): void {
    if (!this.#talking) return;
    this.clock.after((this.#random.float() * 2000) / this.#options.messagesPerSecond, () => {
      this.#say();
      this.#talk();
    });
  }

  #say(): void {
    if (!this.#talking) return;
    const peer = this.#random.pick(this.peers.filter(({ running }) => running));
    if (peer === undefined) return;
    const caucus = [...peer.caucuses][0] ?? 0;
    const lot = this.#random.float();
    const at = this.clock.now();
    const topic = this.#topics[caucus % this.#topics.length] as Topic;
    const what = { kind: "message", topic, at, expires: at + LIFETIME, caucus, sender: peer.index } as const;
    const sent: Sent = this.#table.make({ ...what, bytes: lot < 0.1 ? 256 : lot < 0.9 ? 1024 : 4096 });
    this.ledger.sent(sent);
    peer.says(sent);
  }

  #churn(): void {
    const { churn, roaming, peers } = this.#options;
    const perMinute = (churn + roaming) * peers;
    if (!this.#churning || perMinute <= 0) return;
    this.clock.after((this.#random.float() * 120_000) / perMinute, () => {
      if (!this.#churning) return;
      const peer = this.#random.pick(this.peers.filter(({ running }) => running));
      if (peer !== undefined) {
        if (this.#random.chance(churn / (churn + roaming))) this.#goes(peer);
        else this.#roams(peer);
      }
      this.#churn();
    });
  }

  #goes(peer: VenuePeer): void {
    if (this.#random.chance(0.5)) peer.vanishes();
    else void peer.leaves();
    const [least, most] = AWAY;
    this.clock.after(least + this.#random.float() * (most - least), () => {
      if (!peer.running) void peer.comes();
    });
  }

  #roams({ place }: VenuePeer): void {
    if (place.accessPoint === undefined) return;
    this.radio.roam(place, this.#random.between(0, this.#accessPoints() - 1), 100 + this.#random.float() * 700);
  }
}
