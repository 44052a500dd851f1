/**
 * When to catch up, and with whom: at once with a new neighbour, with a random one every 20 s or so, and soon with all
 * others when a session brought something new. One session a neighbour at a time, few at a time altogether.
 */
import type { Clock, Millis, Random } from "../types.ts";
import type { Channel } from "./channel.ts";
import { initiateSync, refuseSync, respondSync, type SyncOutcome, type SyncPeer } from "./sync.ts";
import { within } from "./systemClock.ts";

/** What the schedule needs. */
export interface CatchUpOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** This device's side of a session with a neighbour. */
  peer(from: string): SyncPeer;
  /** Opens a channel to a neighbour; rejects when that fails. */
  open(from: string): Promise<Channel>;
  /** Whether nobody vouches for this neighbour; nobody is a stranger by default. */
  stranger?(from: string): boolean;
  /** A session with this neighbour ended, whoever began it. */
  onOutcome?(from: string, outcome: SyncOutcome): void;
  /** Between two rounds with a random neighbour; 20 s by default, always jittered. */
  readonly interval?: Millis;
}

const INTERVAL = 20_000;
/** Others are told of what a session brought after this long at least: it may bring more. */
const SOON = 50;
/** That many at first: they tell it on. The rest hear of it later, those with whom nothing has passed by then. */
const FIRST = 3;
const LATER = 200;
const MAX_OUTBOUND = 4;
const MAX_INBOUND = 8;
/** Of these, with strangers: one that says nothing for as long as it may keeps nobody else from catching up. */
const MAX_OUTBOUND_STRANGERS = 1;
const MAX_INBOUND_STRANGERS = 2;
/** Not again with the same neighbour before this has passed, unless the connection is new. */
const REST = 500;
/**
 * Once more with a new neighbour: gossip takes a heartbeat or two until it forwards to it, and what passes in between
 * would wait for a round.
 */
const AGAIN = 2500;
const OPEN_TIMEOUT = 10_000;
const BUSY_RETRY = 1000;
const PARTIAL_RETRY = 300;
/** Doublings of that. */
const MAX_VAIN = 7;
const FAILED_RETRY = 3000;
const MAX_RETRIES = 3;

interface Neighbour {
  /** When to catch up; absent: with a round only. */
  due: Millis | undefined;
  outbound: boolean;
  inbound: boolean;
  last: Millis;
  failures: number;
  /** Sessions in a row that left something out and moved nothing. */
  vain: number;
  /** The connection is new, and this side began. */
  fresh: boolean;
}

const isBusy = ({ outbound, inbound }: Neighbour): boolean => outbound || inbound;

/** Keeps a set of neighbours caught up with each other. */
export class CatchUp {
  readonly #options: CatchUpOptions;
  readonly #neighbours = new Map<string, Neighbour>();
  #cancelTimer = (): void => {};
  #cancelRound = (): void => {};
  #stopped = false;

  constructor(options: CatchUpOptions) {
    this.#options = options;
    this.#scheduleRound();
  }

  /** A neighbour came (or came back over a new connection). `begin`: it is for this side to begin. */
  add(from: string, begin: boolean): void {
    const now = this.#options.clock.now();
    const known = this.#neighbours.get(from);
    const neighbour = known ?? {
      due: undefined,
      outbound: false,
      inbound: false,
      last: 0,
      failures: 0,
      vain: 0,
      fresh: begin,
    };
    neighbour.failures = 0;
    neighbour.last = 0;
    neighbour.fresh = begin;
    // The other side begins; should it not, this one does after a while.
    neighbour.due = begin ? now : now + FAILED_RETRY;
    this.#neighbours.set(from, neighbour);
    this.#pump();
  }

  remove(from: string): void {
    this.#neighbours.delete(from);
  }

  /** Catches up with everybody but `except`: shortly with some, those longest ago first, later with the others. */
  soon(except?: string): void {
    const others = Array.from(this.#neighbours).flatMap(([from, neighbour]) => (from === except ? [] : [neighbour]));
    others.sort((a, b) => Number(isBusy(a)) - Number(isBusy(b)) || a.last - b.last);
    for (const [at, neighbour] of others.entries()) {
      const after = at < FIRST ? SOON : LATER;
      this.#want(neighbour, after + this.#jitter(3 * after));
    }
    this.#pump();
  }

  /** More topics are heard: what others keep of them is fetched, and as with a new neighbour what passes at first. */
  widened(): void {
    for (const neighbour of this.#neighbours.values()) neighbour.fresh = true;
    this.soon();
  }

  /** Answers a neighbour that begins a session. */
  async serve(from: string, channel: Channel, selfWins: boolean): Promise<void> {
    const neighbour = this.#neighbours.get(from);
    const { all, strangers } = this.#underWay("inbound");
    // When both begin at once, one of the two sessions is enough.
    if (
      this.#stopped ||
      !neighbour ||
      neighbour.inbound ||
      all >= MAX_INBOUND ||
      (strangers >= MAX_INBOUND_STRANGERS && this.#isStranger(from)) ||
      (neighbour.outbound && selfWins)
    ) {
      await refuseSync(channel, this.#options.peer(from));
      return;
    }
    neighbour.inbound = true;
    const outcome = await respondSync(channel, this.#options.peer(from));
    neighbour.inbound = false;
    if (outcome.end === "complete") neighbour.due = undefined;
    this.#ended(from, neighbour, outcome);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
    this.#cancelRound();
    this.#neighbours.clear();
  }

  #isStranger(from: string): boolean {
    return this.#options.stranger?.(from) === true;
  }

  #underWay(way: "inbound" | "outbound"): { readonly all: number; readonly strangers: number } {
    const running = Array.from(this.#neighbours).filter(([, neighbour]) => neighbour[way]);
    return { all: running.length, strangers: running.filter(([from]) => this.#isStranger(from)).length };
  }

  #want(neighbour: Neighbour, after: Millis, rest: Millis = REST): void {
    const at = Math.max(this.#options.clock.now() + after, neighbour.last + rest);
    neighbour.due = Math.min(neighbour.due ?? Infinity, at);
  }

  #jitter(ms: Millis): Millis {
    const bytes = this.#options.random(2);
    return (ms * (((bytes[0] as number) << 8) | (bytes[1] as number))) / 0x10000;
  }

  #scheduleRound(): void {
    const interval = this.#options.interval ?? INTERVAL;
    this.#cancelRound = this.#options.clock.after(interval * 0.75 + this.#jitter(interval / 2), () => {
      const all = Array.from(this.#neighbours.values());
      const chosen = all[Math.floor(this.#jitter(all.length))];
      if (chosen !== undefined) this.#want(chosen, 0);
      this.#scheduleRound();
      this.#pump();
    });
  }

  /** Starts what is due and sets the timer for the rest. */
  #pump(): void {
    if (this.#stopped) return;
    const now = this.#options.clock.now();
    let { all, strangers } = this.#underWay("outbound");
    let next = Infinity;
    for (const [from, neighbour] of this.#neighbours) {
      if (neighbour.due === undefined || neighbour.outbound || neighbour.inbound) continue;
      if (neighbour.due > now) next = Math.min(next, neighbour.due);
      else if (all < MAX_OUTBOUND) {
        const stranger = this.#isStranger(from);
        if (stranger && strangers >= MAX_OUTBOUND_STRANGERS) continue;
        all++;
        strangers += Number(stranger);
        void this.#run(from, neighbour);
      }
    }
    this.#cancelTimer();
    if (next < Infinity) this.#cancelTimer = this.#options.clock.after(next - now, () => this.#pump());
  }

  async #run(from: string, neighbour: Neighbour): Promise<void> {
    neighbour.outbound = true;
    neighbour.due = undefined;
    const outcome = await this.#session(from);
    neighbour.outbound = false;
    if (outcome.end === "busy") this.#want(neighbour, BUSY_RETRY + this.#jitter(BUSY_RETRY));
    if (outcome.end === "failed" && neighbour.failures++ < MAX_RETRIES)
      this.#want(neighbour, FAILED_RETRY * neighbour.failures + this.#jitter(FAILED_RETRY));
    this.#ended(from, neighbour, outcome);
  }

  async #session(from: string): Promise<SyncOutcome> {
    const options = this.#options;
    try {
      const opening = options.open(from);
      // A channel that comes after its time is closed and not forgotten.
      let late = false;
      void opening.then((channel) => (late ? channel.close() : undefined)).catch(() => undefined);
      const channel = await within(options.clock, OPEN_TIMEOUT, opening).catch((error: unknown) => {
        late = true;
        throw error;
      });
      return await initiateSync(channel, options.peer(from));
    } catch (cause) {
      return { end: "failed", accepted: 0, given: 0, cause };
    }
  }

  /** Something was left out: soon again, and ever more rarely with a neighbour from which nothing comes. */
  #goOn(neighbour: Neighbour, moved: boolean): void {
    neighbour.vain = moved ? 0 : Math.min(neighbour.vain + 1, MAX_VAIN);
    const pause = PARTIAL_RETRY * 2 ** Math.max(0, neighbour.vain - 1);
    this.#want(neighbour, pause + this.#jitter(pause), 0);
  }

  #ended(from: string, neighbour: Neighbour, outcome: SyncOutcome): void {
    if (this.#stopped) return;
    neighbour.last = this.#options.clock.now();
    if (outcome.end === "complete") neighbour.failures = neighbour.vain = 0;
    if (outcome.end === "partial") this.#goOn(neighbour, outcome.accepted + outcome.given > 0);
    if (outcome.end === "complete" && neighbour.fresh) {
      neighbour.fresh = false;
      this.#want(neighbour, AGAIN);
    }
    this.#options.onOutcome?.(from, outcome);
    if (outcome.accepted > 0) this.soon(from);
    else this.#pump();
  }
}
