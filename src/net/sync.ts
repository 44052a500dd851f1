/**
 * The catch-up protocol `/couloir/sync/1`: two neighbours that meet compare what they keep, slot by slot, newest expiry
 * first, and each gets what it lacks. Frames are opaque; both sides need not be in any group of the other.
 *
 * The same code runs over a libp2p stream and over the simulated network: all it needs is a `Channel`. A session is
 * bounded in messages, bytes, ids and time, and whatever the other side does ends only this session.
 */
import { concat, equalBytes } from "../protocol/codec.ts";
import {
  answerRanges,
  differingSlots,
  ID_BYTES,
  openRanges,
  SALT_BYTES,
  saltedIds,
  takeRanges,
  type SaltedIds,
  type SlotDigest,
} from "../protocol/reconcile.ts";
import type { Topic } from "../types.ts";
import type { Channel } from "./channel.ts";
import type { Carrier } from "./link.ts";
import { delay } from "./systemClock.ts";
import { BATCH_BYTES, MAX_BATCH, MAX_WANT, RANGES_BYTES, type SyncMessage } from "./syncMessages.ts";
import { helloOf, runSession, SyncBroken, type SyncOutcome, type SyncPeer, type SyncSession } from "./syncSession.ts";

export type { SyncLimits, SyncOutcome, SyncPeer } from "./syncSession.ts";

/** The protocol's name on a stream. */
export const SYNC_PROTOCOL = "/couloir/sync/1";
/** Ids read from the carrier at a time: few enough at first that the largest frames fit a message, more while they do. */
const LEAST_PORTION = 4;
const MOST_PORTION = 256;
/** Rounds of ranges for one slot: enough to list the largest one id by id's share of a message. */
const MAX_ROUNDS = 128;
/** One session in so many compares a slot although its sums agree: sums alone can be made to. */
const PROBE_EVERY = 4;
/** So long a session that asks waits for its turn at a slot, looking again after each pause, before it goes on without. */
const WAIT_FOR_TURN = 1000;
const LOOK_AGAIN = 40;

/** Catches up with a neighbour, this device asking. */
export const initiateSync = (channel: Channel, peer: SyncPeer): Promise<SyncOutcome> =>
  runSession(channel, peer, async (session) => {
    const { hello, slots } = await helloOf(peer, session.limits.quota);
    await session.send(hello);
    const reply = await session.next();
    if (reply?.kind === "busy") return "busy";
    if (reply?.kind !== "hello") throw new SyncBroken("hello expected");
    const state: Initiator = {
      session,
      peer,
      quota: reply.quota,
      givenBytes: 0,
      full: reply.quota === 0,
      complete: true,
    };
    const theirs = digestsOf(reply);
    const wanted = new Set(reply.topics);
    const common = new Set<string>(peer.topics().filter((topic) => wanted.has(topic)));
    const differing = differingSlots(slots, theirs, common);
    const [closedHere, closedThere] = [slots, theirs].map((all) => all.filter(({ closed }) => closed));
    const ways = (slot: Place): Ways => ({
      take: !closedHere?.some(isAt(slot)),
      give: !closedThere?.some(isAt(slot)),
    });
    await equalizeAll(
      state,
      differing.map((slot) => ({ slot, ways: ways(slot) })),
    );
    const probed = probe(
      peer,
      slots.filter((slot) => common.has(slot.topic) && !differing.some(isAt(slot))),
    );
    if (probed) await equalize(state, probed, { take: true, give: true });
    await session.ask({ kind: "bye", complete: state.complete }, "bye");
    if (!state.complete) return "partial";
    peer.handlers.onCaughtUp(peer.from);
    return "complete";
  });

/** Answers a neighbour that catches up. */
export const respondSync = (channel: Channel, peer: SyncPeer): Promise<SyncOutcome> =>
  runSession(channel, peer, async (session) => {
    const first = await session.next();
    if (first?.kind !== "hello") throw new SyncBroken("hello expected");
    const { hello } = await helloOf(peer, session.limits.quota);
    await session.send(hello);
    const wanted = new Set<string>(first.topics);
    const common = new Set<string>(peer.topics().filter((topic) => wanted.has(topic)));
    const loaded: Loaded = { key: "", salt: new Uint8Array(0) };
    for (;;) {
      const message = await session.next();
      if (message === undefined) throw new SyncBroken("ended early");
      if (message.kind === "bye" || message.kind === "compare") leaveSlot({ session, peer, common, loaded }, message);
      if (message.kind === "bye") {
        await session.send({ kind: "bye", complete: message.complete });
        if (!message.complete) return "partial";
        peer.handlers.onCaughtUp(peer.from);
        return "complete";
      }
      await answer({ session, peer, common, loaded }, message);
    }
  });

/** Tells a neighbour that there is no room for a session now. */
export const refuseSync = (channel: Channel, peer: SyncPeer): Promise<SyncOutcome> =>
  runSession(channel, peer, async (session) => {
    await session.next();
    await session.send({ kind: "busy" });
    return "busy";
  });

interface Place {
  readonly topic: string;
  readonly slot: number;
}
/** What is done at a slot: nothing is brought into one that is closed. */
interface Ways {
  readonly take: boolean;
  readonly give: boolean;
}
const isAt =
  (one: Place) =>
  (other: Place): boolean =>
    other.slot === one.slot && other.topic === one.topic;

/** A slot that seems the same on both sides, now and then. */
const probe = ({ random }: SyncPeer, same: readonly SlotDigest[]): SlotDigest | undefined => {
  const [lot = 0, a = 0, b = 0] = random(3);
  return lot % PROBE_EVERY === 0 ? same[(a * 256 + b) % same.length] : undefined;
};

/** The slot compared last, so that a comparison in many rounds reads its ids once. */
interface Loaded {
  key: string;
  salt: Uint8Array;
  at?: Place;
  ids?: SaltedIds;
}

interface Initiator {
  readonly session: SyncSession;
  readonly peer: SyncPeer;
  /** What the other side takes in. */
  readonly quota: number;
  givenBytes: number;
  /** The other side takes no more. */
  full: boolean;
  complete: boolean;
}

interface Responder {
  readonly session: SyncSession;
  readonly peer: SyncPeer;
  readonly common: ReadonlySet<string>;
  readonly loaded: Loaded;
}

const digestsOf = (hello: SyncMessage & { kind: "hello" }): readonly (SlotDigest & { readonly closed: boolean })[] =>
  hello.slots.flatMap((digest) => {
    const topic = hello.topics[digest.topic];
    return topic === undefined ? [] : [{ ...digest, topic }];
  });

const loadIds = async (
  session: SyncSession,
  carrier: Carrier,
  { topic, slot, salt }: { readonly topic: Topic; readonly slot: number; readonly salt: Uint8Array },
): Promise<SaltedIds> => {
  const ids = (await carrier.ids(topic, slot)).slice(0, session.limits.maxIds);
  await session.pace({ frames: Math.ceil(ids.length / 64), bytes: ids.length * ID_BYTES });
  return saltedIds(ids, salt);
};

/** Makes one slot the same on both sides, as far as each takes what it lacks. */
const equalize = async (state: Initiator, { topic: name, slot }: Place, ways: Ways): Promise<void> => {
  const { session, peer } = state;
  const topic = name as Topic;
  const salt = peer.random(SALT_BYTES);
  const { set, idOf } = await loadIds(session, peer.handlers.carrier, { topic, slot, salt });
  let ranges: ReturnType<typeof openRanges> | undefined = openRanges(set, RANGES_BYTES);
  let all = ways.take;
  for (let round = 0; ranges !== undefined; round++) {
    if (round === MAX_ROUNDS) {
      state.complete = false;
      return;
    }
    const reply = await session.ask({ kind: "compare", topic, slot, salt, ranges }, "ranges");
    const step = takeRanges(set, reply.ranges, RANGES_BYTES);
    if (step === undefined) throw new SyncBroken("ranges that do not fit");
    if (ways.take) all = (await fetchMissing(state, { topic, slot }, step.need)) && all;
    peer.turns?.take(nameOf({ topic, slot }), session);
    const have = step.have.flatMap((salted) => idOf(salted) ?? []);
    if (ways.give && reply.getting && have.length > 0) state.complete = false;
    else if (ways.give) await giveMissing(state, { topic, slot }, have);
    ranges = step.next;
  }
  peer.turns?.release(session);
  if (all && peer.passes !== false) peer.handlers.carrier.passed?.(topic, slot);
};

const nameOf = ({ topic, slot }: Place): string => `${slot}/${topic}`;

/**
 * Makes slots the same, newest first; those at which another session of this device is come later, and after a while in
 * any case: mostly nothing is missing there by then.
 */
const equalizeAll = async (
  state: Initiator,
  slots: readonly { readonly slot: Place; readonly ways: Ways }[],
): Promise<void> => {
  const { session, peer } = state;
  const open = slots.filter(({ ways }) => ways.take || ways.give);
  for (let waited = 0; open.length > 0;) {
    const at = open.findIndex(
      ({ slot }) => waited >= WAIT_FOR_TURN || (peer.turns?.take(nameOf(slot), session) ?? true),
    );
    if (at < 0) {
      waited += LOOK_AGAIN;
      await delay(peer.clock, LOOK_AGAIN);
    } else for (const { slot, ways } of open.splice(at, 1)) await equalize(state, slot, ways);
  }
};

/** Whether all of it was dealt with. */
const fetchMissing = async (
  state: Initiator,
  { topic, slot }: { topic: Topic; slot: number },
  ids: readonly Uint8Array[],
): Promise<boolean> => {
  const { session } = state;
  for (let at = 0; at < ids.length;) {
    if (session.received >= session.limits.quota) {
      state.complete = false;
      return false;
    }
    const wanted = ids.slice(at, at + MAX_WANT);
    const reply = await session.ask({ kind: "want", topic, slot, ids: concat(...wanted) }, "frames");
    if (reply.done === 0 || reply.done > wanted.length || reply.frames.length > reply.done)
      throw new SyncBroken("an answer to something else");
    await session.takeIn(topic, reply.frames);
    at += reply.done;
  }
  return true;
};

const giveMissing = async (
  state: Initiator,
  slot: { topic: Topic; slot: number },
  ids: readonly Uint8Array[],
): Promise<void> => {
  const { session, peer } = state;
  for (let at = 0; at < ids.length;) {
    if (state.full) {
      state.complete = false;
      return;
    }
    const batch = await packFrames(peer.handlers.carrier, slot, ids.slice(at, at + MAX_BATCH));
    at += batch.done;
    if (batch.frames.length === 0) continue;
    const took = await session.ask({ kind: "give", ...slot, frames: batch.frames }, "took");
    session.given += batch.frames.length;
    state.givenBytes += batch.bytes;
    state.full = !took.more || state.givenBytes >= state.quota;
  }
};

/** Frames of the first ids, as many as make a batch. Each is one id's; ids without a frame are gone here. */
const packFrames = async (
  carrier: Carrier,
  { topic, slot }: { topic: Topic; slot: number },
  ids: readonly Uint8Array[],
): Promise<{ readonly frames: readonly Uint8Array[]; readonly done: number; readonly bytes: number }> => {
  const frames: Uint8Array[] = [];
  let bytes = 0;
  let done = 0;
  let portion = LEAST_PORTION;
  while (done < ids.length && bytes < BATCH_BYTES) {
    const asked = ids.slice(done, done + portion);
    const got = await carrier.frames(topic, slot, asked);
    const size = got.reduce((sum, frame) => sum + frame.length, 0);
    if (bytes + size > BATCH_BYTES && portion > LEAST_PORTION) {
      portion = LEAST_PORTION;
      continue;
    }
    frames.push(...got);
    bytes += size;
    done += asked.length;
    portion = Math.min(MOST_PORTION, portion * 4);
  }
  return { frames, done, bytes };
};

/** The initiator goes on to another slot, or is done: it has given what it has of the one before. */
const leaveSlot = (
  { session, peer, loaded }: Responder,
  next: { readonly kind: "bye" } | { readonly kind: "compare"; readonly topic: string; readonly slot: number },
): void => {
  const { at } = loaded;
  if (at === undefined || (next.kind === "compare" && isAt(at)(next))) return;
  const room = session.received < session.limits.quota;
  if (room && peer.passes !== false) peer.handlers.carrier.passed?.(at.topic as Topic, at.slot);
};

/** The responder's answer to one message. */
const answer = async ({ session, peer, common, loaded }: Responder, message: SyncMessage): Promise<void> => {
  if (message.kind !== "compare" && message.kind !== "want" && message.kind !== "give")
    throw new SyncBroken("not a question");
  if (!common.has(message.topic)) throw new SyncBroken("a topic that is not shared");
  const slot = { topic: message.topic as Topic, slot: message.slot };
  const key = nameOf(slot);
  const { carrier } = peer.handlers;
  if (loaded.key !== key) peer.turns?.release(session);
  const turn = peer.turns?.take(key, session) ?? true;
  if (message.kind === "compare") {
    if (loaded.key !== key || !equalBytes(loaded.salt, message.salt)) {
      loaded.ids = await loadIds(session, carrier, { ...slot, salt: message.salt });
      Object.assign(loaded, { key, salt: message.salt, at: slot });
    }
    const ranges = loaded.ids && answerRanges(loaded.ids.set, message.ranges, RANGES_BYTES);
    if (ranges === undefined) throw new SyncBroken("ranges that do not fit");
    await session.send({ kind: "ranges", ranges, getting: !turn });
  } else if (message.kind === "want") {
    // Only what was compared has names that both sides know.
    if (loaded.key !== key || loaded.ids === undefined) throw new SyncBroken("not compared");
    const { idOf } = loaded.ids;
    const wanted = unpackIds(message.ids);
    const known = wanted.flatMap((salted, at) => {
      const id = idOf(salted);
      return id ? [{ id, at }] : [];
    });
    const batch = await packFrames(
      carrier,
      slot,
      known.map(({ id }) => id),
    );
    await session.pace({ frames: batch.frames.length, bytes: batch.bytes });
    session.given += batch.frames.length;
    // Those that nobody here knows are dealt with as well.
    const done = known[batch.done]?.at ?? wanted.length;
    await session.send({ kind: "frames", done, frames: batch.frames });
  } else {
    if (session.received > session.limits.quota) throw new SyncBroken("over quota");
    await session.takeIn(slot.topic, message.frames);
    await session.send({ kind: "took", more: session.received < session.limits.quota });
  }
};

const unpackIds = (packed: Uint8Array): Uint8Array[] => {
  if (packed.length === 0 || packed.length % ID_BYTES !== 0) throw new SyncBroken("no ids");
  return Array.from({ length: packed.length / ID_BYTES }, (_, i) => packed.slice(i * ID_BYTES, (i + 1) * ID_BYTES));
};
