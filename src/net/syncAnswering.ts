/** The side of a catch-up that answers, message by message. */
import { equalBytes } from "../protocol/codec.ts";
import { answerRanges, unpackNames, type IdSet } from "../protocol/reconcile.ts";
import type { Topic } from "../types.ts";
import { MAX_PARTS, MAX_WANT, type SyncMessage } from "./syncMessages.ts";
import { SyncBroken, type SyncPeer, type SyncSession } from "./syncSession.ts";
import { Comparison, nameOf, packAll, shareRanges, type Parcel, type Place } from "./syncSlots.ts";

/** A session, as the side that answers sees it. */
export interface Answering {
  readonly session: SyncSession;
  readonly peer: SyncPeer;
  /** Topics that both keep. */
  readonly common: ReadonlySet<string>;
  /** What was compared last: a comparison in many rounds reads its ids once. */
  comparison?: Comparison;
  /** Slots that another neighbour is bringing: this one was asked to give nothing of them. */
  readonly withheld: Set<string>;
}

type Asked<K extends SyncMessage["kind"]> = SyncMessage & { kind: K };

/** The answer to one message. */
export const answer = async (answering: Answering, message: SyncMessage): Promise<SyncMessage> => {
  if (message.kind === "compare") return toCompare(answering, message);
  keepTurns(answering);
  if (message.kind === "want") return toWant(answering, message);
  if (message.kind === "give") return toGive(answering, message);
  throw new SyncBroken("not a question");
};

/** What takes several messages is still this neighbour's to bring. */
const keepTurns = ({ session, peer, comparison, withheld }: Answering): void => {
  for (const name of comparison?.places.map(nameOf) ?? []) if (!withheld.has(name)) peer.turns?.take(name, session);
};

/** The initiator goes on to other slots, or is done: it has given what it has of those before. */
export const leaveSlots = (answering: Answering): void => {
  const { session, peer, comparison, withheld } = answering;
  if (comparison === undefined) return;
  peer.turns?.rest(session);
  const room = session.received < session.limits.quota;
  if (room && peer.passes !== false)
    for (const place of comparison.places)
      if (!withheld.has(nameOf(place))) peer.handlers.carrier.passed?.(place.topic, place.slot);
  withheld.clear();
};

const toCompare = async (answering: Answering, { salt, parts }: Asked<"compare">): Promise<SyncMessage> => {
  const { session, peer, withheld } = answering;
  const places = placesOf(answering, parts);
  if (answering.comparison === undefined || !equalBytes(answering.comparison.salt, salt)) {
    leaveSlots(answering);
    answering.comparison = new Comparison(session, peer.handlers.carrier, salt);
  }
  const { comparison } = answering;
  const more = places.filter((place) => comparison.known(place) === undefined).length;
  if (comparison.places.length + more > MAX_PARTS) throw new SyncBroken("too many slots under one salt");
  const turns = places.map((place) => peer.turns?.take(nameOf(place), session) ?? true);
  const sets: IdSet[] = [];
  for (const place of places) sets.push((await comparison.load(place)).set);
  const ranges = shareRanges(sets, (set, room, at) => answerRanges(set, parts[at]?.ranges ?? [], room));
  for (const [at, place] of places.entries()) if (turns[at] === false) withheld.add(nameOf(place));
  return {
    kind: "ranges",
    parts: ranges.map((one, at) => ({ ranges: one, getting: turns[at] === false })),
  };
};

const toWant = async (answering: Answering, { parts }: Asked<"want">): Promise<SyncMessage> => {
  const { session, peer, comparison } = answering;
  const places = placesOf(answering, parts);
  const asked = parts.flatMap(({ ids }, at) => {
    const place = places[at];
    return place === undefined ? [] : [wantedOf(comparison, place, ids)];
  });
  if (asked.reduce((sum, { wanted }) => sum + wanted, 0) > MAX_WANT) throw new SyncBroken("too much wanted");
  const packed = await packAll(peer.handlers.carrier, asked);
  const frames = packed.reduce((sum, one) => sum + one.frames.length, 0);
  await session.pace({ frames, bytes: packed.reduce((sum, one) => sum + one.bytes, 0) });
  session.given += frames;
  // Those that nobody here knows are dealt with as well.
  const done = (at: number, known: number): number => asked[at]?.places[known] ?? asked[at]?.wanted ?? 0;
  return { kind: "frames", parts: packed.map((one, at) => ({ done: done(at, one.done), frames: one.frames })) };
};

const toGive = async ({ session, common, peer }: Answering, { parts }: Asked<"give">): Promise<SyncMessage> => {
  const given = placesOf({ common }, parts);
  if (session.received > session.limits.quota) throw new SyncBroken("over quota");
  for (const place of given) peer.turns?.take(nameOf(place), session);
  await session.takeIn(parts.map(({ topic, frames }) => ({ topic: topic as Topic, frames })));
  return { kind: "took", more: session.received < session.limits.quota };
};

/** The slots that a message speaks of, each once, of topics that both keep. */
const placesOf = (
  { common }: Pick<Answering, "common">,
  parts: readonly { readonly topic: string; readonly slot: number }[],
): readonly Place[] => {
  if (parts.length === 0 || new Set(parts.map(nameOf)).size < parts.length) throw new SyncBroken("slots that repeat");
  return parts.map(({ topic, slot }) => {
    if (!common.has(topic)) throw new SyncBroken("a topic that is not shared");
    return { topic: topic as Topic, slot };
  });
};

/** Ids that are asked for: those that are here, where they stand among the wanted, and how many are wanted. */
interface Wanted extends Parcel {
  readonly places: readonly number[];
  readonly wanted: number;
}

/** Only what was compared has names that both sides know. */
const wantedOf = (comparison: Comparison | undefined, place: Place, packed: Uint8Array): Wanted => {
  const known = comparison?.known(place);
  if (known === undefined) throw new SyncBroken("not compared");
  const wanted = unpackIds(packed);
  const found = wanted.flatMap((salted, at) => {
    const id = known.idOf(salted);
    return id ? [{ id, at }] : [];
  });
  return { place, ids: found.map(({ id }) => id), places: found.map(({ at }) => at), wanted: wanted.length };
};

const unpackIds = (packed: Uint8Array): readonly Uint8Array[] => {
  const names = unpackNames(packed);
  if (names === undefined || names.length === 0) throw new SyncBroken("no ids");
  return names;
};
