/**
 * The open connections and what is wrong with them: silent ones, second ones to the same peer, ones whose peer never
 * said who it is. Decisions only; the owner closes.
 */
import type { Connection } from "@libp2p/interface";
import type { Clock, Millis, Random } from "../types.ts";
import type { Heartbeat } from "./alive.ts";
import { hostOf, type AddressKey } from "./addresses.ts";
import type { Gossip } from "./gossip.ts";

/** A connection without a sign of life for so long is suspect: its peer is dialed anew. */
const SUSPECT_AFTER: Millis = 10_000;
/** And dropped, whether or not the new dial went through. */
const DROP_AFTER: Millis = SUSPECT_AFTER + 4000;
/** Of two connections, one silent for so long is the dead one: more than one heartbeat was due. */
const QUIET: Millis = 4500;
const IDENTIFY_WITHIN: Millis = 10_000;
/** Between opening and judging which of two connections stays, so that both sides have seen both. */
const SETTLE: Millis = 1500;
const MAX_PER_PEER = 4;
const UNHEARD_CHECKS = 3;
const SETTLED_LINK: Millis = 5000;
/** Links that this side dialed and keeps, however many others come. */
const OWN_CHOICE = 6;
/** A check that comes later than this means that this process was paused, and knows nothing about its peers. */
const PAUSED: Millis = 4000;

/** One open connection. */
export interface Entry {
  readonly connection: Connection;
  readonly peer: string;
  readonly openedAt: Millis;
  /** Addresses at which the peer can be dialed. */
  addresses: readonly AddressKey[];
  lastSign: Millis;
  identified: boolean;
  /** The peer tells who else is there. */
  exchanges: boolean;
  /** The peer tells what it sees of the network. */
  looks: boolean;
  heartbeat: Heartbeat | undefined;
  /** Closed on purpose: not a link that was lost. */
  dismissed: boolean;
  /** Checks in a row at which gossip had no stream to the peer. */
  unheard: number;
}

/** What a check found. */
export interface Findings {
  /** Newly suspect: dial the peer anew. */
  readonly suspects: readonly Entry[];
  /** Dead: abort. */
  readonly dead: readonly Entry[];
  /** Superfluous: close in order. */
  readonly second: readonly Entry[];
}

const hostOfEntry = ({ connection }: Entry): string => hostOf(connection.remoteAddr.toString());

/** So many by lot, from the host that has most of them first. */
const draw = (from: readonly Entry[], count: number, random: Random): readonly Entry[] => {
  const open = [...from];
  const drawn: Entry[] = [];
  while (drawn.length < count && open.length > 0) {
    const hosts = new Map<string, Entry[]>();
    for (const entry of open) hosts.set(hostOfEntry(entry), [...(hosts.get(hostOfEntry(entry)) ?? []), entry]);
    const most = Array.from(hosts.values()).sort((a, b) => b.length - a.length)[0] as Entry[];
    const lot = (((random(1)[0] as number) * 256 + (random(1)[0] as number)) / 0x10000) * most.length;
    const entry = most[Math.floor(lot)] as Entry;
    drawn.push(entry);
    open.splice(open.indexOf(entry), 1);
  }
  return drawn;
};

/** Neighbours that nobody vouches for, and how many links to them are too many. */
export interface Foreign {
  readonly strangers: ReadonlySet<string>;
  readonly over: number;
}
const NO_STRANGERS: Foreign = { strangers: new Set(), over: 0 };

/** All open connections of a node. */
export class Connections {
  readonly #self: string;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #suspected = new Set<Entry>();
  #checkedAt: Millis;

  constructor(self: string, clock: Clock) {
    this.#self = self;
    this.#clock = clock;
    this.#checkedAt = clock.now();
  }

  open(connection: Connection, addresses: readonly AddressKey[]): Entry {
    const now = this.#clock.now();
    const peer = connection.remotePeer.toString();
    const fresh = { connection, peer, openedAt: now, addresses, lastSign: now, identified: false };
    const entry: Entry = {
      ...fresh,
      exchanges: false,
      looks: false,
      heartbeat: undefined,
      dismissed: false,
      unheard: 0,
    };
    this.#entries.set(connection.id, entry);
    return entry;
  }

  all(): readonly Entry[] {
    return Array.from(this.#entries.values());
  }

  get(connection: Connection): Entry | undefined {
    return this.#entries.get(connection.id);
  }

  close(connection: Connection): Entry | undefined {
    const entry = this.#entries.get(connection.id);
    this.#entries.delete(connection.id);
    if (entry !== undefined) this.#suspected.delete(entry);
    entry?.heartbeat?.stop();
    return entry;
  }

  of(peer: string): readonly Entry[] {
    return Array.from(this.#entries.values()).filter((entry) => entry.peer === peer);
  }

  /** The connection to use with a peer: identified, and heard last. */
  best(peer: string): Entry | undefined {
    return this.of(peer)
      .filter((entry) => entry.identified)
      .sort((a, b) => b.lastSign - a.lastSign)[0];
  }

  sign(connection: Connection): void {
    const entry = this.#entries.get(connection.id);
    if (entry === undefined) return;
    entry.lastSign = this.#clock.now();
    this.#suspected.delete(entry);
  }

  /** Something came from a peer, over whichever connection; tells nothing where there are several. */
  signFrom(peer: string): void {
    const entries = this.of(peer);
    if (entries.length === 1) this.sign((entries[0] as Entry).connection);
  }

  /** Peers with a connection that is not suspect. */
  linked(): ReadonlySet<string> {
    return new Set(
      Array.from(this.#entries.values())
        .filter((entry) => !this.#suspected.has(entry))
        .map((entry) => entry.peer),
    );
  }

  /** This machine has left a network: whatever does not show that it still works is dialed anew. Gives the suspects. */
  doubt(): readonly Entry[] {
    const entries = this.all().filter((entry) => !this.#suspected.has(entry));
    for (const entry of entries) this.#suspected.add(entry);
    return entries;
  }

  /** To be called about once a second. */
  check(): Findings {
    const now = this.#clock.now();
    const gap = now - this.#checkedAt;
    this.#checkedAt = now;
    if (gap > PAUSED) for (const entry of this.#entries.values()) entry.lastSign += gap;
    const suspects: Entry[] = [];
    const dead: Entry[] = [];
    for (const entry of this.#entries.values()) {
      const silent = now - entry.lastSign;
      if (silent > DROP_AFTER || (!entry.identified && now - entry.openedAt > IDENTIFY_WITHIN)) dead.push(entry);
      else if (silent > SUSPECT_AFTER && !this.#suspected.has(entry)) {
        this.#suspected.add(entry);
        suspects.push(entry);
      }
    }
    const { quiet, second } = this.#doubles(now);
    return { suspects, dead: [...dead, ...quiet.filter((entry) => !dead.includes(entry))], second };
  }

  /**
   * Connections whose peer gossip cannot send to, though it is there: its one stream went down with another connection,
   * or was cut because the peer read too slowly. Those that gossip has forgotten altogether only a new one mends.
   */
  checkGossip(gossip: Pick<Gossip, "reaches" | "forgot">): {
    readonly attach: readonly Entry[];
    readonly abort: readonly Entry[];
  } {
    const attach: Entry[] = [];
    const abort: Entry[] = [];
    for (const peer of new Set(Array.from(this.#entries.values(), (entry) => entry.peer))) {
      const entry = this.best(peer);
      if (entry === undefined) continue;
      const forgot = gossip.forgot(peer);
      entry.unheard = forgot || !gossip.reaches(peer) ? entry.unheard + 1 : 0;
      if (entry.unheard < UNHEARD_CHECKS) continue;
      entry.unheard = 0;
      (forgot ? abort : attach).push(entry);
    }
    return { attach, abort };
  }

  /**
   * So many links to let go of, by lot, from the host that has most of them first: many peers behind one address do not
   * crowd out the others. Some that this side chose itself stay in any case. Strangers go before all others, and
   * `over` of them whatever the count is.
   */
  surplus(count: number, random: Random, { strangers, over }: Foreign = NO_STRANGERS): readonly Entry[] {
    const now = this.#clock.now();
    const all = Array.from(this.#entries.values());
    const own = all.filter(({ connection, peer }) => connection.direction === "outbound" && !strangers.has(peer));
    const kept = new Set(own.sort((a, b) => a.openedAt - b.openedAt).slice(0, OWN_CHOICE));
    const open = all.filter((entry) => !kept.has(entry) && now - entry.openedAt > SETTLED_LINK);
    const foreign = open.filter(({ peer }) => strangers.has(peer));
    const others = open.filter(({ peer }) => !strangers.has(peer));
    const first = draw(foreign, Math.max(count, over), random);
    return [...first, ...draw(others, count - first.length, random)];
  }

  /** Of several connections to a peer the silent go first; of live ones the side with the lower id keeps the oldest. */
  #doubles(now: Millis): { readonly quiet: Entry[]; readonly second: Entry[] } {
    const quiet: Entry[] = [];
    const second: Entry[] = [];
    const peers = new Map<string, Entry[]>();
    for (const entry of this.#entries.values()) peers.set(entry.peer, [...(peers.get(entry.peer) ?? []), entry]);
    for (const [peer, entries] of peers) {
      if (entries.length < 2) continue;
      const live = entries.filter((entry) => now - entry.lastSign <= QUIET);
      if (live.length > 0) quiet.push(...entries.filter((entry) => !live.includes(entry)));
      const settled = live.filter((entry) => entry.identified && now - entry.openedAt > SETTLE);
      const inOrder = settled.sort((a, b) => a.openedAt - b.openedAt);
      // An older one that has been silent since the newer came may be the dead one that the newer replaces: wait.
      const [oldest, ...newer] = inOrder;
      const proven = oldest !== undefined && newer.every((entry) => oldest.lastSign > entry.openedAt);
      if (this.#self < peer && proven) second.push(...newer);
      else second.push(...inOrder.slice(MAX_PER_PEER));
    }
    return { quiet, second };
  }
}
