/** What is known of each neighbour for as long as it is connected: its shares, whether it is usable, its misdeeds. */
import type { Millis, Topic } from "../types.ts";
import type { LinkHandlers } from "./link.ts";
import type { FullLinkOptions } from "./linkOptions.ts";
import { createShares, defaultShareLimits, entryLimits, USUAL_ROOM, type Shares, type Trust } from "./shares.ts";
import type { SyncOutcome, SyncPeer } from "./sync.ts";
import { defaultSyncLimits, SyncBroken } from "./syncSession.ts";
import { Turns } from "./turns.ts";

const BAN: Millis = 3 * 60_000;
const MAX_BANS = 1024;
const MAX_BROKEN_SYNCS = 5;
/** Everything that is read, against frames that enter: copies and control messages come on top. */
const INTAKE = 4;

/** What a device reads of strangers' gossip of whatever kind: in a cell of 28 that all read so much, a fifth of it. */
const STRANGERS_INTAKE = { frames: 20, bytes: 32_768 } as const;

/** The neighbours of a run. */
export class Roster {
  /** Frames that enter. */
  readonly shares: Shares;
  /** All that is read. */
  readonly intake: Shares;
  /** What strangers bring into the room, where there is somebody who would take it for mail. */
  readonly #entry: Shares;
  #entryLimits = entryLimits(USUAL_ROOM);
  /** Peers with a connection that works. */
  linked: () => ReadonlySet<string> = () => new Set();
  readonly #options: FullLinkOptions;
  readonly #turns: Turns;
  readonly #onCount: (count: number) => void;
  readonly #ready = new Set<string>();
  readonly #open = new Map<string, { broken: number; joined: boolean; told: boolean; trust: Trust }>();
  readonly #bans = new Map<string, Millis>();
  #told = 0;
  /** Neighbours that are vouched for. */
  #vouched = 0;

  constructor(options: FullLinkOptions, onCount: (count: number) => void) {
    const limits = { ...defaultShareLimits, ...options.shares };
    const intake = {
      ...limits,
      framesPerSecond: limits.framesPerSecond * INTAKE,
      bytesPerSecond: limits.bytesPerSecond * INTAKE,
    };
    const alone = {
      ...intake,
      strangers: { frames: limits.strangers.frames * INTAKE, bytes: limits.strangers.bytes * INTAKE },
    };
    const beside = { ...intake, strangers: STRANGERS_INTAKE };
    this.shares = createShares(() => limits);
    this.intake = createShares(() => (this.#vouched === 0 ? alone : beside));
    this.#entry = createShares(() => this.#entryLimits);
    this.#options = options;
    this.#turns = new Turns(options.clock);
    this.#onCount = onCount;
  }

  /** A connection is open: what comes over it is booked from now on, before it is known what the peer speaks. */
  open(peer: string): void {
    if (!this.#open.has(peer))
      this.#open.set(peer, { broken: 0, joined: false, told: false, trust: this.#first(peer) });
    this.setTrust(peer, this.trust(peer));
  }

  /** The class of a neighbour; of one that is gone, what everybody is at first. */
  trust(peer: string): Trust {
    return this.#open.get(peer)?.trust ?? this.#first(peer);
  }

  /** It is known better what a neighbour is: what it sends is booked so from now on. */
  setTrust(peer: string, trust: Trust): void {
    const known = this.#open.get(peer);
    if (known === undefined) return;
    known.trust = trust;
    this.#count();
    const now = this.#options.clock.now();
    for (const books of [this.shares, this.intake, this.#entry]) books.join(peer, trust, now);
  }

  #count(): void {
    this.#vouched = 0;
    for (const { trust } of this.#open.values()) if (trust === "vouched") this.#vouched++;
  }

  isStranger(peer: string): boolean {
    return this.trust(peer) === "stranger";
  }

  /** How many devices are in the room: each passes on what strangers bring to it. */
  crowd(devices: number): void {
    this.#entryLimits = entryLimits(devices);
  }

  /** Whether new frames of this neighbour go into the room only as far as `enters` says. */
  isBounded(peer: string): boolean {
    return this.#vouched > 0 && this.isStranger(peer);
  }

  /** Takes a frame from what strangers may bring into the room. */
  enters(peer: string, bytes: number): boolean {
    return !this.isBounded(peer) || this.#entry.take(peer, bytes, this.#options.clock.now());
  }

  /** The venue has a key now, or another one: nobody has proved it yet. */
  distrust(): void {
    for (const peer of this.#open.keys()) this.setTrust(peer, this.#first(peer));
  }

  /** Neighbours that nobody vouches for. */
  strangers(): ReadonlySet<string> {
    return new Set(Array.from(this.#open.keys()).filter((peer) => this.trust(peer) === "stranger"));
  }

  /** In a venue with a key, everybody is a stranger at first; without one, nobody is. */
  #first(peer: string): Trust {
    const { trust, venue } = this.#options;
    return trust?.(peer) ?? (venue?.claim().keyed === true ? "stranger" : "vouched");
  }

  /** The peer speaks our protocols. */
  join(peer: string): void {
    const known = this.#open.get(peer);
    if (known === undefined) return;
    known.joined = true;
    if (known.told) this.ready(peer);
  }

  /** The peer told its topics, perhaps before it is known what it speaks. */
  told(peer: string): void {
    const known = this.#open.get(peer);
    if (known === undefined) return;
    known.told = true;
    this.ready(peer);
  }

  leave(peer: string): void {
    this.#open.delete(peer);
    this.#ready.delete(peer);
    this.#count();
    for (const books of [this.shares, this.intake, this.#entry]) books.leave(peer);
    this.tellCount();
  }

  /** This neighbour can be sent frames. */
  ready(peer: string): void {
    if (this.#open.get(peer)?.joined !== true) return;
    this.#ready.add(peer);
    this.tellCount();
  }

  /** Usable links. */
  usable(): readonly string[] {
    const linked = this.linked();
    return Array.from(this.#ready).filter((peer) => linked.has(peer));
  }

  count(): number {
    return this.usable().length;
  }

  tellCount(): void {
    const count = this.count();
    if (count === this.#told) return;
    this.#told = count;
    this.#onCount(count);
  }

  /** Notes how a session ended; `true`: this neighbour has broken off too often. */
  judge(peer: string, outcome: SyncOutcome): boolean {
    const known = this.#open.get(peer);
    if (known === undefined) return false;
    if (outcome.end === "complete") known.broken = 0;
    return outcome.end === "failed" && outcome.cause instanceof SyncBroken && ++known.broken >= MAX_BROKEN_SYNCS;
  }

  ban(peer: string): void {
    if (this.#bans.size >= MAX_BANS) this.#bans.delete(this.#bans.keys().next().value ?? "");
    this.#bans.set(peer, this.#options.clock.now() + BAN);
  }

  banned(peer: string): boolean {
    const until = this.#bans.get(peer);
    if (until === undefined) return false;
    if (until > this.#options.clock.now()) return true;
    this.#bans.delete(peer);
    return false;
  }

  /** This device's side of a session with a neighbour. */
  syncPeer(from: string, handlers: LinkHandlers, topics: () => readonly Topic[]): SyncPeer {
    const { clock, random } = this.#options;
    const room = handlers.carrier.room?.(this.trust(from)) ?? Infinity;
    const entry = this.isBounded(from) ? this.#entry.left(from, clock.now()) : { frames: Infinity, bytes: Infinity };
    // More than there is room for would push itself out again.
    const quota = entry.frames < 1 ? 0 : Math.min(defaultSyncLimits.quota, Math.floor(room), entry.bytes);
    const admit: SyncPeer["admit"] = (use) => this.shares.wait(from, use, clock.now());
    const [turns, passes] = [this.#turns, this.trust(from) === "vouched"];
    const onFrame: LinkHandlers["onFrame"] = async (topic, frame, peer) =>
      this.enters(from, frame.length) ? handlers.onFrame(topic, frame, peer) : "ignore";
    return { from, handlers: { ...handlers, onFrame }, topics, clock, random, limits: { quota }, admit, passes, turns };
  }

  clear(): void {
    this.#open.clear();
    this.#ready.clear();
    this.tellCount();
  }
}
