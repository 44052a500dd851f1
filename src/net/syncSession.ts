/** What both sides of a catch-up session share: paced messages, frames taken in, limits. */
import type { Clock, Millis, Random, Topic } from "../types.ts";
import type { Channel } from "./channel.ts";
import type { LinkHandlers, SlotSummary } from "./link.ts";
import { delay, within } from "./systemClock.ts";
import { MAX_SLOTS, MAX_TOPICS, syncMessage, type SyncMessage } from "./syncMessages.ts";
import type { Holder, Turns } from "./turns.ts";

/** Bounds of one session. */
export interface SyncLimits {
  /** Bytes of frames taken in. */
  readonly quota: number;
  /** Ids that are looked at in one comparison, of all its slots. */
  readonly maxIds: number;
  readonly maxMessages: number;
  /** Without a message from the other side. */
  readonly silence: Millis;
  readonly total: Millis;
}

/** Far above what an honest venue needs. */
export const defaultSyncLimits: SyncLimits = {
  quota: 256 * 1024 * 1024,
  maxIds: 200_000,
  maxMessages: 20_000,
  silence: 15_000,
  total: 300_000,
};

/** The neighbour of a session and this device's side of it. */
export interface SyncPeer {
  readonly from: string;
  readonly handlers: Pick<LinkHandlers, "onFrame" | "onCaughtUp" | "carrier">;
  /** The topics that this device keeps. */
  topics(): readonly Topic[];
  /** Books what a session uses on the link's share; says how long to wait before going on. */
  admit(use: { readonly frames: number; readonly bytes: number }): Millis;
  /** `false`: a stranger. That it has no more of a slot says nothing of what there is. */
  readonly passes?: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<SyncLimits>;
  /** Among this device's sessions; without it they do not heed each other. */
  readonly turns?: Turns;
}

/**
 * `complete`: both hold the same. `partial`: it ended in order with something left for the next. `busy`: the other side
 * has no room now. `failed`: it broke off, or the other side does not keep to the protocol.
 */
export interface SyncOutcome {
  readonly end: "complete" | "partial" | "busy" | "failed";
  /** Frames that were new to this device. */
  readonly accepted: number;
  /** Frames given to the other side. */
  readonly given: number;
  readonly cause?: unknown;
}

/** The other side does not keep to the protocol, or a limit was reached. */
export class SyncBroken extends Error {
  override readonly name = "SyncBroken";
}

/** Rejected frames after which a neighbour is taken for broken. */
const MAX_REJECTED = 16;
/** Frames handed over at a time, so that their commits can share a disk sync. */
const AT_ONCE = 64;
/** The longest wait at a time for the link's share: others pay, too. */
const MAX_WAIT = 5000;
const NOTHING = { frames: 0, bytes: 0 } as const;

/** One running session. */
export class SyncSession implements Holder {
  readonly stranger: boolean;
  readonly limits: SyncLimits;
  accepted = 0;
  given = 0;
  /** Bytes of frames taken in so far. */
  received = 0;
  readonly #channel: Channel;
  readonly #peer: SyncPeer;
  readonly #ends: Millis;
  #messages = 0;
  #rejected = 0;
  #commits = false;

  constructor(channel: Channel, peer: SyncPeer) {
    this.#channel = channel;
    this.#peer = peer;
    this.stranger = peer.passes === false;
    this.limits = { ...defaultSyncLimits, ...peer.limits };
    this.#ends = peer.clock.now() + this.limits.total;
  }

  /** While this device is busy with what came, it is not the neighbour that dawdles. */
  get heardAt(): Millis | undefined {
    return this.#commits ? this.#peer.clock.now() : this.#channel.heardAt;
  }

  async send(message: SyncMessage): Promise<void> {
    await within(this.#peer.clock, this.limits.silence, this.#channel.send(syncMessage.encode(message)));
  }

  /** The next message; `undefined` when the other side has ended. */
  async next(): Promise<SyncMessage | undefined> {
    this.#messages++;
    const left = this.#ends - this.#peer.clock.now();
    if (this.#messages > this.limits.maxMessages || left <= 0) throw new SyncBroken("too long");
    const silence = Math.min(this.limits.silence, left);
    const bytes = await within(this.#peer.clock, silence, this.#channel.receive());
    if (bytes === undefined) return undefined;
    const message = syncMessage.decode(bytes);
    if (message === undefined) throw new SyncBroken("malformed");
    return message;
  }

  /** Sends, and waits for an answer of this kind. */
  async ask<K extends SyncMessage["kind"]>(message: SyncMessage, kind: K): Promise<SyncMessage & { kind: K }> {
    await this.send(message);
    const answer = await this.next();
    if (answer?.kind !== kind) throw new SyncBroken(`${kind} expected`);
    return answer as SyncMessage & { kind: K };
  }

  /** Hands frames to the messenger and waits for every verdict: the other side is not asked for more before that. */
  async takeIn(parts: readonly { readonly topic: Topic; readonly frames: readonly Uint8Array[] }[]): Promise<void> {
    const all = parts.flatMap(({ topic, frames }) => frames.map((frame) => ({ topic, frame })));
    const bytes = all.reduce((sum, { frame }) => sum + frame.length, 0);
    this.received += bytes;
    await this.pace({ frames: all.length, bytes });
    this.#commits = true;
    try {
      for (let at = 0; at < all.length; at += AT_ONCE) await this.#commit(all.slice(at, at + AT_ONCE));
    } finally {
      this.#commits = false;
    }
  }

  async #commit(some: readonly { readonly topic: Topic; readonly frame: Uint8Array }[]): Promise<void> {
    const verdicts = await Promise.all(some.map(({ topic, frame }) => this.#verdict(topic, frame)));
    for (const verdict of verdicts) {
      if (verdict === "accept") this.accepted++;
      if (verdict === "reject") this.#rejected++;
    }
    if (this.#rejected > MAX_REJECTED) throw new SyncBroken("malformed frames");
  }

  /** Books work that the other side causes; waits while its link is over its share, for as long as it would be waited for. */
  async pace(use: { readonly frames: number; readonly bytes: number }): Promise<void> {
    const peer = this.#peer;
    const { clock } = peer;
    const until = clock.now() + this.limits.silence;
    for (let wait = peer.admit(use); wait > 0; wait = peer.admit(NOTHING)) {
      if (clock.now() >= until) throw new Error("over its share for too long");
      await delay(clock, Math.min(wait, MAX_WAIT));
    }
  }

  async #verdict(topic: Topic, frame: Uint8Array): Promise<"accept" | "ignore" | "reject"> {
    try {
      return await this.#peer.handlers.onFrame(topic, frame, this.#peer.from);
    } catch {
      // A handler is total by contract; should it fail nevertheless, one frame is lost and not the session.
      return "ignore";
    }
  }
}

/** This device's first message, and the slots it speaks of. */
export const helloOf = async (
  peer: SyncPeer,
  quota: number,
): Promise<{ readonly hello: SyncMessage; readonly slots: readonly SlotSummary[] }> => {
  const topics = peer.topics().slice(0, MAX_TOPICS);
  const index = new Map(topics.map((topic, at) => [topic, at]));
  const held = await peer.handlers.carrier.slots();
  const slots = held.filter((slot) => index.has(slot.topic)).slice(0, MAX_SLOTS);
  const digests = slots.map((slot) => ({ ...slot, topic: index.get(slot.topic) ?? 0, closed: slot.closed ?? false }));
  return { hello: { kind: "hello", topics, quota, slots: digests }, slots };
};

/** Runs one side of a session to its end; whatever happens, the channel is closed and nothing is thrown. */
export const runSession = async (
  channel: Channel,
  peer: SyncPeer,
  side: (session: SyncSession) => Promise<"complete" | "partial" | "busy">,
): Promise<SyncOutcome> => {
  const session = new SyncSession(channel, peer);
  try {
    const end = await side(session);
    return { end, accepted: session.accepted, given: session.given };
  } catch (cause) {
    return { end: "failed", accepted: session.accepted, given: session.given, cause };
  } finally {
    peer.turns?.release(session);
    await channel.close();
  }
};
