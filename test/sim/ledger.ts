/** Who is owed what, and when they got it. */
import type { Millis } from "../../src/types.ts";
import type { Sent } from "./mail.ts";
import type { VenuePeer } from "./venuePeer.ts";

interface Entry {
  readonly sent: Sent;
  /** Members that were there and linked when it was sent, with the life that they were in. */
  readonly there: ReadonlyMap<number, number>;
  readonly shownAt: Map<number, Millis>;
}

/** What became of the messages. */
export interface Delivery {
  readonly messages: number;
  /** Members owed, altogether. */
  readonly owed: number;
  readonly missing: number;
  readonly twice: number;
  /** Of members that were there from the sending to the showing. */
  readonly p50: Millis;
  readonly p99: Millis;
  readonly p999: Millis;
  readonly withinSecond: number;
}

/** Linked for so long, a member counts as online: it has had its first heartbeats. */
const ONLINE_AFTER: Millis = 5000;

/** The messages of a run. */
export class Ledger {
  twice = 0;
  readonly #entries = new Map<number, Entry>();
  readonly #members: (caucus: number) => readonly VenuePeer[];

  constructor(members: (caucus: number) => readonly VenuePeer[]) {
    this.#members = members;
  }

  sent(sent: Sent): void {
    const there = new Map<number, number>();
    for (const { index, life, linkedSince = Infinity } of this.#members(sent.caucus))
      if (index !== sent.sender && sent.at - linkedSince >= ONLINE_AFTER) there.set(index, life);
    this.#entries.set(sent.index, { sent, there, shownAt: new Map() });
  }

  shown(peer: VenuePeer, sent: Sent, now: Millis): void {
    const entry = this.#entries.get(sent.index);
    if (entry === undefined) return;
    if (entry.shownAt.has(peer.index)) this.twice++;
    else entry.shownAt.set(peer.index, entry.there.get(peer.index) === peer.life ? now - sent.at : NaN);
  }

  /** Nobody asks any more for what was sent before. */
  forget(before: Millis): void {
    for (const [index, { sent }] of this.#entries) if (sent.at < before) this.#entries.delete(index);
  }

  /** Of what was sent in a stretch of time, to members that are there at the end. */
  delivery(from: Millis, until: Millis): Delivery {
    const times: number[] = [];
    let [messages, owed, missing] = [0, 0, 0];
    for (const { sent, there, shownAt } of this.#entries.values()) {
      if (sent.at < from || sent.at >= until) continue;
      messages++;
      for (const peer of this.#members(sent.caucus)) {
        if (peer.index === sent.sender || !peer.running) continue;
        owed++;
        const took = shownAt.get(peer.index);
        if (took === undefined) missing++;
        if (took === undefined && there.get(peer.index) === peer.life) times.push(Infinity);
        if (took !== undefined && !Number.isNaN(took)) times.push(took);
      }
    }
    times.sort((a, b) => a - b);
    const at = (part: number): Millis => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
    const within = times.filter((time) => time <= 1000).length / Math.max(1, times.length);
    return {
      messages,
      owed,
      missing,
      twice: this.twice,
      p50: at(0.5),
      p99: at(0.99),
      p999: at(0.999),
      withinSecond: within,
    };
  }
}
