/**
 * Range-based set reconciliation over sorted names of ids, after negentropy (https://logperiodic.com/rbsr.html).
 *
 * Two peers hold sets of ids. The initiator describes its set as ranges with fingerprints; the responder answers each:
 * equal (`skip`), a list of its ids (`ids`), or the range split up with fingerprints of its own. The initiator goes on
 * from there until nothing differs. Only the initiator learns the difference; it then fetches and gives.
 *
 * Everything here is total: any ranges give an answer or `undefined`, and the work is bounded by their number.
 */
import { bytes, bytesUpTo, equalBytes, list, optional, struct, union, type Shape } from "./codec.ts";
import {
  boundBefore,
  compareIds,
  FINGERPRINT_BYTES,
  ID_BYTES,
  lowerBound,
  rangeFingerprint,
  idSet,
  type IdSet,
} from "./idSet.ts";
import { label, sha256 } from "./primitives.ts";

export {
  addId,
  compareIds,
  emptySum,
  fingerprint,
  FINGERPRINT_BYTES,
  fingerprintOf,
  ID_BYTES,
  idSet,
  removeId,
  type IdSet,
} from "./idSet.ts";
export { differingSlots, type SlotDigest } from "./slotDigest.ts";

/** Bytes of a salt. */
export const SALT_BYTES = 16;
/** What stands for an id in ranges: so many bytes under a salt that nobody knew before tell any two apart. */
export const NAME_BYTES = 12;

/** A name as a set holds it: followed by zeros. */
const nameOfBytes = (bytes: Uint8Array): Uint8Array => {
  const name = new Uint8Array(ID_BYTES);
  name.set(bytes.subarray(0, NAME_BYTES));
  return name;
};

/** Ids as they are compared under one salt. */
export interface SaltedIds {
  readonly set: IdSet;
  /** The id itself; `undefined` for one that is not here. */
  readonly idOf: (salted: Uint8Array) => Uint8Array | undefined;
}

/**
 * A fingerprint is a sum, and whoever makes enough frames can find some whose ids sum up to what another's do. Under a
 * salt that is drawn when two peers meet, no choice made before is worth anything.
 */
export const saltedIds = (ids: readonly Uint8Array[], salt: Uint8Array): SaltedIds => {
  const domain = label("catch-up id");
  const pairs = ids
    .map((id) => ({ id, salted: nameOfBytes(sha256(domain, salt, id)) }))
    .sort((a, b) => compareIds(a.salted, b.salted));
  const set = idSet(pairs.map(({ salted }) => salted));
  return {
    set,
    idOf: (salted) => {
      const found = pairs[lowerBound(set.ids, salted, 0)];
      return found && equalBytes(found.salted, salted) ? found.id : undefined;
    },
  };
};

/** A range that differs and holds at most so many ids is listed, which is less air than another round; a larger one is split. */
const SMALL = 128;
/** Into so many parts. */
const PARTS = 16;
/** Most ranges in one message. */
const MAX_RANGES = 8192;
/** What a range without its payload takes at most: array heads, kind, bound. */
const RANGE_OVERHEAD = 48;

/**
 * A stretch of the id space, from the end of the one before it up to `to` (excluded; absent: the end of the space).
 * `skip`: the same on both sides, or settled. `list`: initiator only, "name your ids". `ids`: responder only, its ids,
 * concatenated. `fingerprint`: of the sender's ids in it.
 */
export type Range =
  | { readonly kind: "skip"; readonly to?: Uint8Array }
  | { readonly kind: "fingerprint"; readonly to?: Uint8Array; readonly value: Uint8Array }
  | { readonly kind: "list"; readonly to?: Uint8Array }
  | { readonly kind: "ids"; readonly to?: Uint8Array; readonly ids: Uint8Array };

/** How a message's ranges lie on the wire; `maxBytes` caps one range's list of ids. */
export const rangesShape = (maxBytes: number): Shape<readonly Range[]> =>
  list(
    union({
      skip: struct({ to: optional(bytesUpTo(ID_BYTES)) }),
      fingerprint: struct({ to: optional(bytesUpTo(ID_BYTES)), value: bytes(FINGERPRINT_BYTES) }),
      list: struct({ to: optional(bytesUpTo(ID_BYTES)) }),
      ids: struct({ to: optional(bytesUpTo(ID_BYTES)), ids: bytesUpTo(maxBytes) }),
    }),
    MAX_RANGES,
  );

/** What the initiator sends first. */
export const openRanges = (set: IdSet, maxBytes: number): readonly Range[] => {
  const out = output(set, maxBytes);
  differ(out, { from: 0, until: set.ids.length }, "list");
  return out.done();
};

/** The responder's answer to the initiator's ranges. `undefined` for ranges that no initiator sends. */
export const answerRanges = (set: IdSet, ranges: readonly Range[], maxBytes: number): readonly Range[] | undefined => {
  const out = output(set, maxBytes);
  for (const part of spans(set, ranges)) {
    if (part === undefined || part.range.kind === "ids") return undefined;
    if (part.range.kind === "list") listIds(out, part);
    else if (part.range.kind === "skip" || same(set, part)) out.add({ kind: "skip", ...part.bound }, part.until, 0);
    else differ(out, part, "ids");
    if (out.full()) break;
  }
  return out.done();
};

/** What the initiator has learned from one answer. */
export interface Progress {
  /** Held here, not there. */
  readonly have: readonly Uint8Array[];
  /** Held there, not here. */
  readonly need: readonly Uint8Array[];
  /** To send next; absent when nothing is open. */
  readonly next?: readonly Range[];
}

/** The initiator's step. `undefined` for ranges that no responder sends. */
export const takeRanges = (set: IdSet, ranges: readonly Range[], maxBytes: number): Progress | undefined => {
  const out = output(set, maxBytes);
  const have: Uint8Array[] = [];
  const need: Uint8Array[] = [];
  let open = false;
  for (const part of spans(set, ranges)) {
    if (part === undefined || part.range.kind === "list") return undefined;
    if (part.range.kind === "ids") {
      const theirs = unpack(part.range.ids, part.lower, part.range.to);
      if (theirs === undefined) return undefined;
      difference(set.ids.slice(part.from, part.until), theirs, have, need);
    }
    if (part.range.kind !== "fingerprint" || same(set, part)) {
      out.add({ kind: "skip", ...part.bound }, part.until, 0);
    } else {
      open = true;
      differ(out, part, "list");
    }
    // What did not fit stays open: the fingerprint that closes the message covers it.
    if (out.full()) break;
  }
  return open || out.full() ? { have, need, next: out.done() } : { have, need };
};

interface Span {
  readonly from: number;
  readonly until: number;
  readonly lower: Uint8Array;
  readonly bound: { readonly to?: Uint8Array };
}

/** Each range with the indices of our ids in it; `undefined` and an end where bounds do not ascend. */
function* spans(set: IdSet, ranges: readonly Range[]): Generator<(Span & { readonly range: Range }) | undefined> {
  let from = 0;
  let lower = new Uint8Array(0);
  let ended = false;
  for (const range of ranges) {
    if (ended || (range.to !== undefined && compareIds(range.to, lower) <= 0)) return yield undefined;
    const until = range.to === undefined ? set.ids.length : lowerBound(set.ids, range.to, from);
    yield { range, from, until, lower, bound: range.to === undefined ? {} : { to: range.to } };
    from = until;
    if (range.to === undefined) ended = true;
    else lower = new Uint8Array(range.to);
  }
}

const same = (set: IdSet, part: Span & { readonly range: Range }): boolean =>
  part.range.kind === "fingerprint" && compareIds(part.range.value, rangeFingerprint(set, part.from, part.until)) === 0;

interface Output {
  readonly set: IdSet;
  add(range: Range, reached: number, payload: number): void;
  room(): number;
  full(): boolean;
  done(): readonly Range[];
}

const output = (set: IdSet, maxBytes: number): Output => {
  const ranges: Range[] = [];
  let used = 0;
  let at = 0;
  let stopped = false;
  const out: Output = {
    set,
    add(range, reached, payload) {
      const last = ranges.at(-1);
      if (range.kind === "skip" && last?.kind === "skip") ranges.pop();
      else used += RANGE_OVERHEAD + payload;
      ranges.push(range);
      at = reached;
      if (out.room() <= 0 || ranges.length >= MAX_RANGES - 1) stopped = true;
    },
    room: () => maxBytes - used - 2 * (RANGE_OVERHEAD + FINGERPRINT_BYTES),
    full: () => stopped,
    done() {
      if (stopped && ranges.at(-1)?.to !== undefined)
        ranges.push({ kind: "fingerprint", value: rangeFingerprint(set, at, set.ids.length) });
      return ranges;
    },
  };
  return out;
};

/** A range that is not the same on both sides: listed when small, else split. */
const differ = (out: Output, part: { from: number; until: number; bound?: Span["bound"] }, small: "list" | "ids") => {
  const { set } = out;
  const bound = part.bound ?? {};
  const count = part.until - part.from;
  if (count <= SMALL) {
    if (small === "list") out.add({ kind: "list", ...bound }, part.until, 0);
    else listIds(out, { ...part, bound });
    return;
  }
  let from = part.from;
  for (let i = 1; i <= PARTS && !out.full(); i++) {
    const until = part.from + Math.floor((count * i) / PARTS);
    const to = i === PARTS ? bound : { to: boundBefore(set, until) };
    out.add({ kind: "fingerprint", ...to, value: rangeFingerprint(set, from, until) }, until, FINGERPRINT_BYTES);
    from = until;
  }
};

/** Our ids of a range, as many as fit. */
const listIds = (out: Output, part: { from: number; until: number; bound: Span["bound"] }): void => {
  const { ids } = out.set;
  const fits = Math.max(1, Math.floor(out.room() / NAME_BYTES));
  const until = Math.min(part.until, part.from + fits);
  const packed = packNames(ids.slice(part.from, until));
  const bound = until === part.until ? part.bound : { to: boundBefore(out.set, until) };
  // A list that was cut short fills the message, so that what follows is left to the closing fingerprint.
  out.add({ kind: "ids", ...bound, ids: packed }, until, until === part.until ? packed.length : Infinity);
};

/** Names, one after the other. */
export const packNames = (names: readonly Uint8Array[]): Uint8Array => {
  const packed = new Uint8Array(names.length * NAME_BYTES);
  for (const [at, name] of names.entries()) packed.set(name.subarray(0, NAME_BYTES), at * NAME_BYTES);
  return packed;
};

/** The same names; `undefined` for bytes that are none. */
export const unpackNames = (packed: Uint8Array): Uint8Array[] | undefined =>
  packed.length % NAME_BYTES === 0
    ? Array.from({ length: packed.length / NAME_BYTES }, (_, at) => nameOfBytes(packed.subarray(at * NAME_BYTES)))
    : undefined;

/** The ids of a list: ascending, within the range; otherwise `undefined`. */
const unpack = (packed: Uint8Array, lower: Uint8Array, to: Uint8Array | undefined): Uint8Array[] | undefined => {
  const names = unpackNames(packed);
  if (names === undefined) return undefined;
  const ids: Uint8Array[] = [];
  for (const id of names) {
    const before = ids.at(-1);
    if (before === undefined ? compareIds(id, lower) < 0 : compareIds(before, id) >= 0) return undefined;
    if (to !== undefined && compareIds(id, to) >= 0) return undefined;
    ids.push(id);
  }
  return ids;
};

const difference = (
  mine: readonly Uint8Array[],
  theirs: readonly Uint8Array[],
  have: Uint8Array[],
  need: Uint8Array[],
): void => {
  let i = 0;
  let j = 0;
  while (i < mine.length || j < theirs.length) {
    const a = mine[i];
    const b = theirs[j];
    const order = a === undefined ? 1 : b === undefined ? -1 : compareIds(a, b);
    if (order < 0) have.push(mine[i++] as Uint8Array);
    else if (order > 0) need.push(theirs[j++] as Uint8Array);
    else {
      i++;
      j++;
    }
  }
};
