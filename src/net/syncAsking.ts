/** The side of a catch-up that asks: goes through what differs, some slots at a time, and makes them the same. */
import { openRanges, packNames, SALT_BYTES, takeRanges, type Range, type SaltedIds } from "../protocol/reconcile.ts";
import { MAX_BATCH, MAX_PARTS, MAX_WANT } from "./syncMessages.ts";
import { SyncBroken, type SyncPeer, type SyncSession } from "./syncSession.ts";
import { Comparison, nameOf, packAll, shareRanges, type Parcel, type Place } from "./syncSlots.ts";
import { delay } from "./systemClock.ts";

/** Rounds of ranges for one comparison: enough to list the largest slot id by id's share of a message. */
const MAX_ROUNDS = 128;
/** Slots are compared together up to so many ids: more would not fit one message of lists. */
const TOGETHER = 4096;
/** So long a session that asks waits for its turn at a slot, looking again after each pause, before it goes on without. */
const WAIT_FOR_TURN = 1000;
const LOOK_AGAIN = 40;

/** What is done at a slot: nothing is brought into one that is closed. */
export interface Ways {
  readonly take: boolean;
  readonly give: boolean;
}

/** A slot to be made the same. */
export interface Work {
  readonly place: Place;
  readonly ways: Ways;
  /** Ids of it, on the side that says it has more. */
  readonly ids: number;
}

/** A session, as the side that asks sees it. */
export interface Asking {
  readonly session: SyncSession;
  readonly peer: SyncPeer;
  /** What the other side takes in. */
  readonly quota: number;
  /** Those of the slots that differ still: what other sessions of this device brought meanwhile is settled. */
  stillOpen(works: readonly Work[]): Promise<readonly Work[]>;
  givenBytes: number;
  /** The other side takes no more. */
  full: boolean;
  complete: boolean;
}

/**
 * Makes slots the same, newest first; those at which another session of this device is come later, and after a while in
 * any case: mostly nothing is missing there by then.
 */
export const equalizeAll = async (asking: Asking, works: readonly Work[]): Promise<void> => {
  const { session, peer } = asking;
  let open = works.filter(({ ways }) => ways.take || ways.give);
  for (let waited = 0; open.length > 0;) {
    const mayCome = ({ place }: Work): boolean =>
      waited >= WAIT_FOR_TURN || (peer.turns?.take(nameOf(place), session) ?? true);
    const batch = firstFew(open, mayCome);
    open = open.filter((work) => !batch.includes(work));
    if (batch.length === 0) {
      waited += LOOK_AGAIN;
      await delay(peer.clock, LOOK_AGAIN);
      continue;
    }
    const differing = waited > 0 ? await asking.stillOpen(batch) : batch;
    if (differing.length > 0) await equalize(asking, differing);
    else peer.turns?.release(session);
  }
};

/** The first slots that may come now, as many as one comparison holds. */
const firstFew = (open: readonly Work[], mayCome: (work: Work) => boolean): readonly Work[] => {
  const batch: Work[] = [];
  let ids = 0;
  for (const work of open) {
    if (batch.length === MAX_PARTS || (batch.length > 0 && ids + work.ids > TOGETHER)) break;
    if (!mayCome(work)) continue;
    batch.push(work);
    ids += work.ids;
  }
  return batch;
};

/** A slot of a comparison that is not settled, and what is said of it next. */
interface Open {
  readonly work: Work;
  readonly known: SaltedIds;
  readonly ranges: readonly Range[];
}

/** Makes these slots the same on both sides, as far as each takes what it lacks. */
export const equalize = async (asking: Asking, batch: readonly Work[]): Promise<void> => {
  const { session, peer } = asking;
  const { carrier } = peer.handlers;
  const comparison = new Comparison(session, carrier, peer.random(SALT_BYTES));
  const whole = new Set(batch.filter(({ ways }) => ways.take));
  let open = await opened(comparison, batch);
  for (let round = 0; open.length > 0; round++) {
    if (round === MAX_ROUNDS) {
      asking.complete = false;
      return;
    }
    const { need, have, next } = await compare(asking, comparison.salt, open);
    for (const { work } of await fetchMissing(asking, need)) whole.delete(work);
    for (const { place } of batch) peer.turns?.take(nameOf(place), session);
    await giveMissing(asking, have);
    open = next;
  }
  peer.turns?.release(session);
  if (peer.passes !== false) for (const { place } of whole) carrier.passed?.(place.topic, place.slot);
};

const opened = async (comparison: Comparison, batch: readonly Work[]): Promise<readonly Open[]> => {
  const sets: SaltedIds[] = [];
  for (const { place } of batch) sets.push(await comparison.load(place));
  const ranges = shareRanges(sets, ({ set }, room) => openRanges(set, room));
  return batch.flatMap((work, at) => {
    const [known, said] = [sets[at], ranges[at]];
    return known && said ? [{ work, known, ranges: said }] : [];
  });
};

/** Ids of one slot that one side lacks. */
interface Lack extends Parcel {
  readonly work: Work;
}

interface Round {
  /** Under the comparison's salt. */
  readonly need: readonly Lack[];
  readonly have: readonly Lack[];
  readonly next: readonly Open[];
}

/** One message of ranges each way, and what it tells. */
const compare = async (asking: Asking, salt: Uint8Array, open: readonly Open[]): Promise<Round> => {
  const parts = open.map(({ work, ranges }) => ({ ...work.place, ranges }));
  const reply = await asking.session.ask({ kind: "compare", salt, parts }, "ranges");
  if (reply.parts.length !== open.length) throw new SyncBroken("an answer to something else");
  const round = { need: [] as Lack[], have: [] as Lack[], next: [] as Open[] };
  shareRanges(reply.parts, ({ ranges, getting }, room, at) => {
    const { work, known } = open[at] as Open;
    const step = takeRanges(known.set, ranges, room);
    if (step === undefined) return undefined;
    const { place, ways } = work;
    if (ways.take && step.need.length > 0) round.need.push({ work, place, ids: step.need });
    const ids = ways.give ? step.have.flatMap((salted) => known.idOf(salted) ?? []) : [];
    if (getting && ids.length > 0) asking.complete = false;
    else if (ids.length > 0) round.have.push({ work, place, ids });
    if (step.next !== undefined) round.next.push({ work, known, ranges: step.next });
    return step.next ?? [];
  });
  return round;
};

/** Fetches what is lacking; what was left out of it. */
const fetchMissing = async (asking: Asking, lacks: readonly Lack[]): Promise<readonly Lack[]> => {
  const { session, peer } = asking;
  let left = lacks;
  while (left.length > 0) {
    if (session.received >= session.limits.quota) {
      asking.complete = false;
      return left;
    }
    const wanted = firstIds(left, MAX_WANT);
    const parts = wanted.map(({ place, ids }) => ({ ...place, ids: packNames(ids) }));
    const reply = await session.ask({ kind: "want", parts }, "frames");
    const done = reply.parts.reduce((sum, part) => sum + part.done, 0);
    const fits = reply.parts.every((part, at) => {
      const most = wanted[at]?.ids.length ?? -1;
      return part.done <= most && part.frames.length <= part.done;
    });
    if (done === 0 || !fits) throw new SyncBroken("an answer to something else");
    await session.takeIn(
      reply.parts.flatMap(({ frames }, at) => {
        const topic = wanted[at]?.place.topic;
        return topic === undefined ? [] : [{ topic, frames }];
      }),
    );
    left = withoutFirst(left, reply.parts);
    for (const { place } of left) peer.turns?.take(nameOf(place), session);
  }
  return [];
};

/** The first so many ids of some slots. */
const firstIds = (lacks: readonly Lack[], most: number): readonly Lack[] => {
  let room = most;
  return lacks.flatMap(({ ids, ...rest }) => {
    const some = ids.slice(0, room);
    room -= some.length;
    return some.length > 0 ? [{ ...rest, ids: some }] : [];
  });
};

/** What is left when so many of the first slots' ids are dealt with. */
const withoutFirst = (lacks: readonly Lack[], parts: readonly { readonly done: number }[]): readonly Lack[] =>
  lacks.flatMap(({ ids, ...rest }, at) => {
    const open = ids.slice(parts[at]?.done ?? 0);
    return open.length > 0 ? [{ ...rest, ids: open }] : [];
  });

const giveMissing = async (asking: Asking, lacks: readonly Lack[]): Promise<void> => {
  const { session, peer } = asking;
  let left = lacks;
  while (left.length > 0) {
    if (asking.full) {
      asking.complete = false;
      return;
    }
    const packed = await packAll(peer.handlers.carrier, firstIds(left, MAX_BATCH));
    const parts = packed.flatMap(({ frames }, at) => {
      const place = left[at]?.place;
      return place === undefined || frames.length === 0 ? [] : [{ ...place, frames }];
    });
    left = withoutFirst(left, packed);
    if (parts.length === 0) continue;
    const took = await session.ask({ kind: "give", parts }, "took");
    for (const { frames, bytes } of packed) {
      session.given += frames.length;
      asking.givenBytes += bytes;
    }
    asking.full = !took.more || asking.givenBytes >= asking.quota;
  }
};
