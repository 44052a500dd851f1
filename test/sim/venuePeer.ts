/** Somebody's machine in the simulated venue: the product's link on it, a disk, and a person who comes and goes. */
import type { PeerId } from "@libp2p/interface";
import type { Carrier, Link, LinkHandlers, Verdict } from "../../src/net/link.ts";
import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import type { GossipPolicyOf } from "../../src/net/gossipPolicy.ts";
import { mdnsDiscovery } from "../../src/net/mdnsDiscovery.ts";
import type { Millis, Topic } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import { gossipModel, type GossipCounts } from "./gossipModel.ts";
import { PeerMail, type FrameTable, type Sent } from "./mail.ts";
import type { Multicast } from "./multicast.ts";
import type { Place, Radio } from "./radio.ts";
import { SimNode, type Listeners } from "./simNode.ts";
import { LifeClock } from "./venueClock.ts";

/** What all peers share. */
export interface Surroundings {
  readonly radio: Radio;
  readonly listeners: Listeners;
  readonly multicast: Multicast;
  readonly table: FrameTable;
  readonly counts: GossipCounts;
  readonly venue: string;
  readonly topics: readonly Topic[];
  readonly gossip: GossipPolicyOf;
  /** A message of a caucus was shown to one of its members. */
  onShown(peer: VenuePeer, sent: Sent): void;
  trust(peerId: string): "vouched" | "stranger";
  /** How many devices everybody has heard of. */
  readonly crowd: number;
}

/** Who one peer is. */
export interface PeerParts {
  readonly index: number;
  readonly peerId: PeerId;
  readonly place: Place;
  readonly caucuses: ReadonlySet<number>;
  readonly random: SimRandom;
  /** What it says that it keeps, if that is not the truth. */
  readonly lies?: Carrier | undefined;
}

/** Until a frame is on disk: group commits. */
const COMMIT: readonly [Millis, Millis] = [2, 10];
const PORT = 4001;

/** One peer. */
export class VenuePeer {
  readonly index: number;
  readonly peerId: PeerId;
  readonly place: Place;
  readonly caucuses: ReadonlySet<number>;
  readonly mail: PeerMail;
  /** Since when it has had a link, without a break; `undefined`: it has none. */
  linkedSince: Millis | undefined;
  running = false;
  /** How often it has come. */
  life = 0;
  /** Frames that came, by whatever way, and were new. */
  accepted = 0;
  readonly #world: Surroundings;
  readonly #random: SimRandom;
  readonly #lies: Carrier | undefined;
  readonly #committing = new Set<number>();
  #link: Libp2pLink | undefined;
  #node: SimNode | undefined;
  #clock: LifeClock | undefined;
  #hints: readonly string[] = [];

  constructor(world: Surroundings, { index, peerId, place, caucuses, random, lies }: PeerParts) {
    this.#lies = lies;
    this.#world = world;
    this.#random = random;
    this.index = index;
    this.peerId = peerId;
    this.place = place;
    this.caucuses = caucuses;
    this.mail = new PeerMail(world.table, () => world.radio.clock.now());
  }

  /** Comes up, with what it remembers. */
  async comes(): Promise<void> {
    const { radio, listeners, multicast, venue, topics, counts, gossip } = this.#world;
    const clock = new LifeClock(radio.clock);
    this.#clock = clock;
    this.place.up = true;
    this.running = true;
    this.life++;
    const parts = { peerId: this.peerId, place: this.place, port: PORT, radio, listeners, clock };
    const link = new Libp2pLink({
      host: SimNode.host(parts, (node) => {
        this.#node = node;
      }),
      clock,
      random: this.#random.bytes,
      gossip,
      router: gossipModel({ clock, random: this.#random, counts }),
      discovery: mdnsDiscovery(venue, multicast.service(this.place, this.peerId)),
      hints: this.#hints,
      trust: (peerId) => this.#world.trust(peerId),
    });
    this.#link = link;
    link.subscribe(topics);
    await link.start(this.#handlers(clock));
    link.crowd(this.#world.crowd);
  }

  /** Leaves in order. */
  async leaves(): Promise<void> {
    const link = this.#link;
    this.#forget();
    await link?.stop();
    this.#clock?.end();
    this.#world.multicast.silence(this.place);
  }

  /** Is gone without a word: a lid closed, a battery empty. */
  vanishes(): void {
    this.place.up = false;
    this.#world.multicast.silence(this.place);
    this.#node?.kill();
    this.#clock?.end();
    this.#forget();
  }

  /** Says something; it is kept first. */
  says(sent: Sent): void {
    if (sent.kind !== "presence") this.#take(sent);
    void this.#link?.publish(sent.topic, sent.data);
  }

  links(): number {
    return this.#link?.status().peers ?? 0;
  }

  /** Addresses that it would remember. */
  known(): number {
    return this.#link?.reachedAddresses().length ?? 0;
  }

  get link(): Link | undefined {
    return this.#link;
  }

  #forget(): void {
    this.#hints = this.#link?.reachedAddresses() ?? [];
    this.#link = undefined;
    this.running = false;
    this.linkedSince = undefined;
    this.#committing.clear();
  }

  #handlers(clock: LifeClock): LinkHandlers {
    return {
      carrier: this.#lies ?? this.mail,
      onFrame: (_topic, frame) => this.#onFrame(frame, clock),
      onCaughtUp: () => {},
      onPeers: (count) => {
        if (count === 0) this.linkedSince = undefined;
        else this.linkedSince ??= clock.now();
      },
      onAsk: async function* () {},
    };
  }

  async #onFrame(frame: Uint8Array, clock: LifeClock): Promise<Verdict> {
    const sent = this.#world.table.find(frame);
    if (sent === undefined) return "reject";
    if (sent.expires <= clock.now()) return "ignore";
    if (sent.kind === "presence") return "accept";
    if (this.mail.has(sent.index) || this.#committing.has(sent.index)) return "ignore";
    this.#committing.add(sent.index);
    const [least, most] = COMMIT;
    await new Promise<void>((resolve) => {
      clock.after(least + this.#random.float() * (most - least), resolve);
    });
    this.#committing.delete(sent.index);
    this.#take(sent);
    this.accepted++;
    return "accept";
  }

  #take(sent: Sent): void {
    this.mail.keep(sent);
    if (sent.kind === "message" && this.caucuses.has(sent.caucus)) this.#world.onShown(this, sent);
  }
}
