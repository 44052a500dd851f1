/**
 * A venue of hundreds or thousands of peers in virtual time. Frames are opaque, so that many fit; what decides is the
 * product's own code: dial plan, discovery, link care, shares, catch-up with real reconciliation, exchange of peers. Only
 * gossipsub is a model (gossipModel.ts), on the product's numbers. A seed replays a run.
 */
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { gossipPolicy } from "../../src/net/gossipPolicy.ts";
import { makeVenue } from "../../src/messenger/venue.ts";
import type { Millis, Topic } from "../../src/types.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { floods, lyingMail } from "./attacker.ts";
import { Churn } from "./churn.ts";
import { healing, type Heal } from "./healing.ts";
import { islandsOf, linksEach } from "./islands.ts";
import { Ledger, type Delivery } from "./ledger.ts";
import { FrameTable } from "./mail.ts";
import { Multicast } from "./multicast.ts";
import { Radio, type Airtime } from "./radio.ts";
import { Listeners } from "./simNode.ts";
import { Talk } from "./talk.ts";
import { VenueClock } from "./venueClock.ts";
import { defaultVenue, type VenueOptions } from "./venueOptions.ts";
import { VenuePeer, type Surroundings } from "./venuePeer.ts";

/** What a stretch of time cost. */
export interface Stretch {
  readonly seconds: number;
  readonly airtime: Airtime;
  readonly multicastsPerSecond: number;
  readonly overflowed: number;
  readonly bytes: number;
  readonly said: Readonly<Record<string, number>>;
}

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
  readonly table: FrameTable;
  readonly #world: Surroundings;
  readonly #topics: readonly Topic[];
  readonly #members: readonly VenuePeer[][];
  readonly #attackers: VenuePeer[] = [];
  readonly #strangers = new Set<string>();
  readonly #talk: Talk;
  readonly #churn: Churn;
  #since: Millis;

  private constructor(options: VenueOptions) {
    this.#options = options;
    this.#random = new SimRandom(options.seed);
    const accessPoints = Math.max(
      1,
      Math.ceil((options.peers + options.attackers - options.wired) / options.perAccessPoint),
    );
    this.radio = new Radio(this.clock, this.#random.fork("radio"), { ...options, accessPoints });
    this.multicast = new Multicast(this.radio);
    this.table = new FrameTable(this.#random.fork("frames"));
    this.#members = Array.from({ length: options.caucuses }, () => []);
    this.ledger = new Ledger((caucus) => this.#members[caucus] ?? []);
    this.#since = this.clock.now();
    const venue = makeVenue("simulated", options.buckets);
    this.#topics = venue.buckets;
    this.#world = {
      radio: this.radio,
      listeners: new Listeners(),
      multicast: this.multicast,
      table: this.table,
      counts: this.counts,
      venue: venue.name,
      topics: [...venue.buckets, venue.presence],
      gossip: (place) => ({ ...gossipPolicy(place), ...options.gossip }),
      onShown: (peer, sent) => this.ledger.shown(peer, sent, this.clock.now()),
      crowd: options.peers,
      trust: (peerId) => (this.#strangers.has(peerId) ? "stranger" : "vouched"),
    };
    const world = { clock: this.clock, random: this.#random, peers: this.peers, radio: this.radio };
    const { table, ledger } = this;
    this.#talk = new Talk({
      ...world,
      table,
      ledger,
      topics: this.#topics,
      perSecond: options.messagesPerSecond,
      lifetime: options.lifetime,
    });
    this.#churn = new Churn({ ...world, options });
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
    this.#talk.goesOn(talk);
    this.#churn.goesOn(churn);
    if (talk) this.#attack();
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
      place.side = (place.accessPoint ?? 0) < Math.ceil(this.radio.accessPoints / 2) ? 0 : 1;
  }

  /** Joins the halves again and says how their mail became one. */
  async heals(within: Millis): Promise<Heal> {
    for (const { place } of this.peers) place.side = 0;
    return healing(this, within);
  }

  delivery(from: Millis = 0, until: Millis = Infinity): Delivery {
    return this.ledger.delivery(from, until);
  }

  /** Links a running peer has, on average. */
  links(): number {
    return linksEach(this.peers);
  }

  /** Groups of peers that reach each other over links. */
  islands(): number {
    return islandsOf(this.peers);
  }

  async closes(): Promise<void> {
    this.#talk.goesOn(false);
    this.#churn.goesOn(false);
    for (const peer of this.peers) if (peer.running) peer.vanishes();
    await this.clock.pass(1);
  }

  /** Virtual seconds since the venue was made. */
  seconds(): number {
    return (this.clock.now() - this.#since) / 1000;
  }

  async #populate(): Promise<void> {
    const { peers, caucuses, wired, perAccessPoint, attackers, insiders } = this.#options;
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
        if (index >= peers + insiders) this.#strangers.add(peerId.toString());
      }
    }
  }

  #attack(): void {
    const world = { clock: this.clock, random: this.#random, table: this.table, topics: this.#topics };
    const parts = { ...world, perSecond: this.#options.attackRate };
    for (const peer of this.#attackers.splice(0)) floods(peer, parts);
  }
}
