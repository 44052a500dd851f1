/** What is known of each neighbour for as long as it is connected: its shares, whether it is usable, its misdeeds. */
import type { Millis, Topic } from "../types.ts";
import type { LinkHandlers } from "./link.ts";
import type { FullLinkOptions } from "./linkOptions.ts";
import { createShares, defaultShareLimits, type Shares, type Trust } from "./shares.ts";
import type { SyncOutcome, SyncPeer } from "./sync.ts";
import { defaultSyncLimits, SyncBroken } from "./syncSession.ts";
import { Turns } from "./turns.ts";

const BAN: Millis = 3 * 60_000;
const MAX_BANS = 1024;
const MAX_BROKEN_SYNCS = 5;
/** Everything that is read, against frames that enter: copies and control messages come on top. */
const INTAKE = 4;

/** Of what strangers may send, this part is forwarded: what all neighbours forward at once must leave room for mail. */
const FORWARDED = 0.25;
/** Under this name, they have one share of it together with each link that is vouched for. */
const STRANGERS = "strangers";

/** The neighbours of a run. */
export class Roster {
  /** Frames that enter. */
  readonly shares: Shares;
  /** All that is read. */
  readonly intake: Shares;
  /** What strangers brought and this device forwards. */
  readonly #forwarded: Shares;
  /** Peers with a connection that works. */
  linked: () => ReadonlySet<string> = () => new Set();
  readonly #options: FullLinkOptions;
  readonly #turns: Turns;
  readonly #onCount: (count: number) => void;
  readonly #ready = new Set<string>();
  readonly #open = new Map<string, { broken: number; joined: boolean; told: boolean; trust: Trust }>();
  readonly #bans = new Map<string, Millis>();
  #told = 0;

  constructor(options: FullLinkOptions, onCount: (count: number) => void) {
    const limits = { ...defaultShareLimits, ...options.shares };
    this.shares = createShares(limits);
    this.intake = createShares({
      ...limits,
      framesPerSecond: limits.framesPerSecond * INTAKE,
      bytesPerSecond: limits.bytesPerSecond * INTAKE,
    });
    const part = limits.strangers * FORWARDED;
    this.#forwarded = createShares({
      ...limits,
      framesPerSecond: limits.framesPerSecond * part,
      bytesPerSecond: limits.bytesPerSecond * part,
      strangers: 0,
      leastFramesPerSecond: 1,
      leastBytesPerSecond: 1,
    });
    this.#forwarded.join(STRANGERS, "vouched", options.clock.now());
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
    const now = this.#options.clock.now();
    this.shares.join(peer, trust, now);
    this.intake.join(peer, trust, now);
    if (trust === "vouched") this.#forwarded.join(peer, trust, now);
    else this.#forwarded.leave(peer);
  }

  isStranger(peer: string): boolean {
    return this.trust(peer) === "stranger";
  }

  /** Whether a frame from this neighbour is forwarded: of strangers' only so many that mail has room beside them. */
  forwards(peer: string, bytes: number): boolean {
    if (!this.isStranger(peer)) return true;
    return this.#forwarded.take(STRANGERS, bytes, this.#options.clock.now());
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
    this.shares.leave(peer);
    this.intake.leave(peer);
    this.#forwarded.leave(peer);
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
    // More than there is room for would push itself out again.
    const limits = { quota: Math.min(defaultSyncLimits.quota, Math.floor(room)) };
    const admit: SyncPeer["admit"] = (use) => this.shares.wait(from, use, clock.now());
    const [turns, passes] = [this.#turns, this.trust(from) === "vouched"];
    return { from, handlers, topics, clock, random, limits, admit, passes, turns };
  }

  clear(): void {
    this.#open.clear();
    this.#ready.clear();
    this.tellCount();
  }
}
