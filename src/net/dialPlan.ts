/**
 * Whom to dial, when, and whom to let go: the decisions, without the dialing. libp2p's discovery never dials.
 *
 * A device wants 6 to 12 links (a hub more); in a venue of at most 12 it links to everybody. Addresses come from people
 * (hints), from lost links, and from discovery, in this order of trust; dials are few at a time, and each address backs
 * off on its own, with jitter. Time and randomness are arguments.
 */
import type { Millis } from "../types.ts";
import { isCircuit, isWebRtc, isWebRtcDirect, type AddressKey } from "./addresses.ts";
import { DialBook, type DialEntry } from "./dialBook.ts";

/** How many links to keep. */
export interface DialLimits {
  /** Dial until there are so many. */
  readonly least: number;
  /** Let go of links above this. */
  readonly most: number;
  /** Of these, so many at most to neighbours that nobody vouches for: they never take the last ones. */
  readonly strangers: number;
  /** Links to so many hubs, whatever other links there are; for those who reach hubs alone without help. 0 for others. */
  readonly hubs: number;
  /** In a venue of at most so many, link to everybody. */
  readonly small: number;
  /** The longest pause between two tries of an address that a person named. */
  readonly hintRetry: Millis;
}

/** For a person's device. */
export const defaultDialLimits: DialLimits = {
  least: 6,
  most: 12,
  strangers: 4,
  hubs: 0,
  small: 12,
  hintRetry: 15_000,
};

/** The address book of one run. */
export interface DialPlan {
  /** A person, an invite or an earlier run named it. */
  hint(key: AddressKey, now: Millis): void;
  /** Discovery found a peer there. */
  found(peer: string, keys: readonly AddressKey[], now: Millis): void;
  /** A link to this peer, reachable there, broke. */
  lost(peer: string, keys: readonly AddressKey[], now: Millis): void;
  /** A link to this peer works over this address. */
  reached(key: AddressKey, peer: string, now: Millis): void;
  /** How long to wait for an answer there. */
  patience(key: AddressKey, now: Millis): Millis;
  failed(key: AddressKey, now: Millis): void;
  /** The peer hung up in order; leave it alone for a while. */
  enough(peer: string, keys: readonly AddressKey[], now: Millis): void;
  /** What is there is this device itself, or does not speak our protocols. */
  useless(key: AddressKey, why: "self" | "foreign", now: Millis): void;
  /** The addresses to dial now; they count as being dialed until `reached`, `failed` or `useless`. */
  next(linked: ReadonlySet<string>, now: Millis, strangers?: ReadonlySet<string>): readonly AddressKey[];
  /** The network may have changed: what somebody named or was reached at is worth a try now. */
  refresh(now: Millis): void;
  /** When `next` may have something that it has not now. */
  wakeAt(now: Millis): Millis;
  /** How many links there are more than wanted. */
  surplus(links: number): number;
  /** How many of them to strangers there are more than may be. */
  surplusOfStrangers(links: number): number;
  /** Addresses at which somebody was reached, latest first: worth remembering for the next run. */
  worthRemembering(): readonly AddressKey[];
}

const MAX_DIALS = 3;
/** Of these, for addresses that only discovery knows. */
const MAX_FOUND_DIALS = 2;
/** Of these, for links that broke, while there is somebody else to dial. */
const MAX_MENDING = 2;
const RECENT: Millis = 10 * 60_000;
const FIRST_RETRY: Millis = 1000;
/** A partition heals at any moment; TCP's own patience would add most of a minute. */
const LOST_RETRY: Millis = 750;
/** Who answered at once a minute ago does so again or not at all: a dial that waits longer only waits for TCP's timers. */
const LOST_PATIENCE: Millis = 1500;
const PATIENCE: Millis = 4000;
/** Signalling through a relay, and looking for a path. */
const WEBRTC_PATIENCE: Millis = 12_000;
const LOST_RETRY_LATER: Millis = 6000;
const LOST_FOR_LONG: Millis = 2 * 60_000;
/**
 * One link across what was a partition carries everything: whoever has enough links waits so long after each that came
 * back, so that the air is there for mail first and not for handshakes.
 */
const CALM: Millis = 2000;
/** After so many failures a lost link has no more precedence over others. */
const PRECEDENCE = 3;
const LONGEST_FOUND_RETRY: Millis = 60_000;
const MANNERS: Millis = 1000;
/**
 * Whoever has enough links still meets somebody new now and then: two halves of a venue that never knew each other, or
 * have forgotten, would otherwise stay apart for ever though the network between them works.
 */
const MEET: Millis = 60_000;
/** The first time soon: a crowd that comes at once falls into such halves. */
const FIRST_MEET: Millis = 8000;
const LEAVE_ALONE: Millis = 3 * 60_000;
const FOREIGN: Millis = 10 * 60_000;
const GIVE_UP = 8;
/**
 * Where devices are kept apart, pages can never reach each other directly, and each try costs both a search of 12 s:
 * after so many in vain, one at a time, ever more rarely. Mail goes through the hubs.
 */
const IN_VAIN = 6;
const AFTER_VAIN: Millis = 5000;
const LONGEST_AFTER_VAIN: Millis = 60_000;

/** An empty book. `self` is this device's peer id; `random` gives a number in 0..1. */
export const createDialPlan = (
  self: string,
  random: () => number,
  limits: DialLimits = defaultDialLimits,
): DialPlan => {
  const book = new DialBook();
  const jitter = (ms: Millis): Millis => ms * (0.75 + random() / 2);

  /** Tries in vain to reach a page, one after the other, and when the next may be. */
  let vain = 0;
  let pagesFrom: Millis = -Infinity;
  const notePage = (key: AddressKey, now: Millis, reached: boolean): void => {
    if (!isCircuit(key)) return;
    vain = reached ? 0 : vain + 1;
    const pause = Math.min(LONGEST_AFTER_VAIN, AFTER_VAIN * 2 ** Math.min(vain - IN_VAIN, 10));
    pagesFrom = vain < IN_VAIN ? -Infinity : now + jitter(pause);
  };
  let meetAt: Millis | undefined;
  let calmUntil: Millis = -Infinity;
  const heldUntil = (entry: DialEntry): Millis => Math.max(entry.due, entry.circuit ? pagesFrom : -Infinity);

  /** A WebSocket is the usual way to a hub; straight WebRTC waits until that has been tried in vain. */
  const waits = ({ host, direct }: DialEntry): boolean =>
    direct &&
    book
      .all()
      .some(
        (other) => other.host === host && !other.circuit && !other.direct && (other.failures === 0 || other.dialing),
      );

  /** An address that a person typed is dialed as a hub's and as a daemon's; once it has proved to be one, it is not the other. */
  const provedOther = (entry: DialEntry, linked: ReadonlySet<string>): boolean =>
    entry.peer === undefined &&
    entry.failures > 0 &&
    book
      .all()
      .some(
        ({ key, peer }) =>
          peer !== undefined && linked.has(peer) && (key === `${entry.key}/ws` || `${key}/ws` === entry.key),
      );

  const lately = (entry: DialEntry, now: Millis): boolean => now - entry.lostAt < RECENT;

  /** Whether this device knows of so few peers, as far as it can tell, that it links to them all. */
  const isSmall = (linked: ReadonlySet<string>, now: Millis): boolean => {
    const peers = new Set(linked);
    let unnamed = 0;
    for (const entry of book.each()) {
      if (peers.size + unnamed > limits.small) return false;
      if (now - entry.seen > RECENT || entry.failures >= GIVE_UP) continue;
      if (entry.peer === undefined) unnamed++;
      else peers.add(entry.peer);
    }
    return peers.size + unnamed <= limits.small;
  };

  const rank = (entry: DialEntry, now: Millis): number =>
    lately(entry, now) && entry.failures < PRECEDENCE ? 0 : entry.origin === "hint" ? 1 : 2;

  /** A lost link that several tries have not brought back. */
  const isTired = (entry: DialEntry, now: Millis): boolean => rank(entry, now) === 2 && lately(entry, now);

  /**
   * Who came at the same time found the same few first: dialed in that order, they would link to each other and to
   * nobody else, and one cut would set them apart.
   */
  const order = (a: DialEntry, b: DialEntry, now: Millis): number =>
    rank(a, now) < 2 || isTired(a, now) ? a.due - b.due : a.lot - b.lot;

  const lostJustNow = (entry: DialEntry, now: Millis): boolean => now - entry.lostAt < LOST_FOR_LONG;

  const retry = (entry: DialEntry, now: Millis): Millis => {
    if (lately(entry, now)) return lostJustNow(entry, now) ? LOST_RETRY : Math.min(LOST_RETRY_LATER, limits.hintRetry);
    const longest = entry.origin === "hint" ? limits.hintRetry : LONGEST_FOUND_RETRY;
    return Math.min(longest, FIRST_RETRY * 2 ** Math.min(entry.failures - 1, 10));
  };

  return {
    hint(key, now) {
      // A certificate of an earlier start is tried a few times and forgotten.
      const lasting = !isWebRtcDirect(key);
      const entry = book.enter(key, lasting ? "hint" : "found", now);
      if (!lasting || entry === undefined || entry.due === Infinity) return;
      entry.failures = 0;
      entry.due = Math.min(entry.due, now);
    },
    found(peer, keys, now) {
      if (peer === self) return;
      for (const key of keys) {
        const entry = book.enter(key, "found", now);
        if (entry === undefined || entry.peer === peer) continue;
        entry.peer = peer;
        entry.lot = random();
        entry.failures = 0;
        // Both sides find each other at the same moment: one of them waits, and mostly need not dial at all.
        if (entry.due !== Infinity) entry.due = self < peer ? now : now + MANNERS / 2 + random() * MANNERS;
      }
    },
    lost(peer, keys, now) {
      for (const key of keys) {
        const entry = book.enter(key, "found", now);
        if (entry === undefined || entry.due === Infinity) continue;
        entry.peer = peer;
        entry.lostAt = now;
        entry.failures = 0;
        entry.due = now + (self < peer ? 50 : MANNERS / 2) + random() * (MANNERS / 4);
      }
    },
    reached(key, peer, now) {
      const entry = book.get(key);
      if (entry === undefined) return;
      entry.dialing = false;
      entry.failures = 0;
      entry.peer = peer;
      entry.seen = now;
      entry.reachedAt = now;
      notePage(key, now, true);
    },
    patience(key, now) {
      const entry = book.get(key);
      if (isWebRtc(key)) return WEBRTC_PATIENCE;
      return entry !== undefined && lostJustNow(entry, now) ? LOST_PATIENCE : PATIENCE;
    },
    failed(key, now) {
      const entry = book.get(key);
      if (entry === undefined) return;
      entry.dialing = false;
      entry.failures++;
      notePage(key, now, false);
      if (entry.origin === "found" && entry.failures >= GIVE_UP && !lately(entry, now)) {
        book.delete(key);
        return;
      }
      entry.due = now + jitter(retry(entry, now));
    },
    enough(peer, keys, now) {
      for (const key of keys) {
        const entry = book.enter(key, "found", now);
        if (entry === undefined) continue;
        entry.peer = peer;
        entry.lostAt = -Infinity;
        entry.due = Math.max(entry.due, now + jitter(LEAVE_ALONE));
      }
    },
    useless(key, why, now) {
      const entry = book.enter(key, "found", now);
      if (entry === undefined) return;
      entry.dialing = false;
      entry.lostAt = -Infinity;
      entry.due = why === "self" ? Infinity : now + jitter(FOREIGN);
    },
    next(linked, now, strangers = new Set()) {
      let room = MAX_DIALS;
      let foundRoom = MAX_FOUND_DIALS;
      let mending = 0;
      const busy = new Set<string | undefined>();
      const hubs = new Set<string | undefined>();
      for (const entry of book.each()) {
        // One of the lost is back, whoever dialed.
        if (lately(entry, now) && linked.has(entry.peer ?? "")) {
          entry.lostAt = -Infinity;
          calmUntil = now + jitter(CALM);
        }
        if (!entry.circuit && (entry.dialing || linked.has(entry.peer ?? ""))) hubs.add(entry.peer ?? entry.key);
        if (!entry.dialing) continue;
        room--;
        if (lately(entry, now)) mending++;
        if (rank(entry, now) === 2) foundRoom--;
        // A certificate of an earlier start answers to nothing for seconds; the usual way does not wait for that.
        if (!entry.direct) busy.add(entry.peer);
      }
      if (room <= 0) return [];
      // Strangers above their number are about to go: meanwhile they stand in nobody's way.
      const foreign = Array.from(strangers).filter((peer) => linked.has(peer)).length;
      let links = linked.size - Math.max(0, foreign - limits.strangers) + MAX_DIALS - room;
      const wanted = links < limits.most && isSmall(linked, now) ? limits.most : limits.least;
      meetAt ??= now + jitter(FIRST_MEET);
      let meets = now >= meetAt;
      if (meets) meetAt = now + jitter(MEET);
      const wants = (entry: DialEntry): boolean => {
        if (links < wanted || (!entry.circuit && hubs.size < limits.hubs)) return true;
        // A partition heals along the links that it cut, however many there are by now on this side of it. But one at a
        // time: all devices dial at that moment, and the air is there for mail.
        if (links < limits.most && lately(entry, now) && now >= calmUntil) return mending === 0;
        return meets && !entry.circuit && !entry.direct;
      };
      const may = (entry: DialEntry): boolean => {
        if (entry.dialing || heldUntil(entry) > now || !wants(entry) || waits(entry)) return false;
        if (provedOther(entry, linked)) return false;
        if (entry.peer !== undefined && (linked.has(entry.peer) || busy.has(entry.peer))) return false;
        return rank(entry, now) < 2 || foundRoom > 0;
      };
      // Each page is found through a hub, and many at once: the other hubs come first.
      const page = (entry: DialEntry): number => Number(limits.hubs > 0 && entry.circuit);
      const candidates = book.all().filter(may);
      // Whom it was linked with may all be out of reach: others have their turn beside them.
      const behind = (entry: DialEntry): number => Number(lately(entry, now) && mending >= MAX_MENDING);
      const tired = (entry: DialEntry): number => (isTired(entry, now) ? (mending > 0 ? 1 : -1) : 0);
      const before = (a: DialEntry, b: DialEntry): boolean =>
        (Number(a.direct) - Number(b.direct) ||
          behind(a) - behind(b) ||
          rank(a, now) - rank(b, now) ||
          page(a) - page(b) ||
          tired(a) - tired(b) ||
          order(a, b, now)) < 0;
      const out: AddressKey[] = [];
      for (; room > 0; room--) {
        let best: DialEntry | undefined;
        for (const entry of candidates) if (may(entry) && (best === undefined || before(entry, best))) best = entry;
        if (best === undefined) break;
        if (links >= wanted && !lately(best, now)) meets = false;
        if (rank(best, now) === 2) foundRoom--;
        if (lately(best, now)) mending++;
        // One try tells whether things have changed.
        if (isCircuit(best.key) && vain >= IN_VAIN) pagesFrom = now + LONGEST_AFTER_VAIN;
        best.dialing = true;
        busy.add(best.peer ?? best.key);
        if (!best.circuit) hubs.add(best.peer ?? best.key);
        links++;
        out.push(best.key);
      }
      return out;
    },
    refresh(now) {
      vain = 0;
      pagesFrom = -Infinity;
      for (const entry of book.all()) {
        if (entry.due === Infinity || (entry.origin !== "hint" && entry.reachedAt === undefined)) continue;
        entry.failures = 0;
        entry.due = Math.min(entry.due, now + random() * MANNERS);
      }
    },
    wakeAt(now) {
      // What is due and has no room comes when a dial ends: until then there is nothing to wake for.
      let at = Infinity;
      const note = (time: Millis): void => {
        if (time > now) at = Math.min(at, time);
      };
      note(meetAt ?? Infinity);
      note(calmUntil);
      for (const entry of book.each()) if (!entry.dialing) note(heldUntil(entry));
      return at;
    },
    surplus: (links) => Math.max(0, links - limits.most),
    surplusOfStrangers: (links) => Math.max(0, links - limits.strangers),
    worthRemembering: () =>
      book
        .all()
        .filter((entry) => entry.reachedAt !== undefined && !isCircuit(entry.key) && !isWebRtcDirect(entry.key))
        .sort((a, b) => (b.reachedAt ?? 0) - (a.reachedAt ?? 0))
        .map((entry) => entry.key),
  };
};
