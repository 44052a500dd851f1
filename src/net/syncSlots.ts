/** The slots of a catch-up session: what is done at each, their ids under a salt, and their frames in messages. */
import { ID_BYTES, saltedIds, type Range, type SaltedIds } from "../protocol/reconcile.ts";
import type { Topic } from "../types.ts";
import type { Carrier } from "./link.ts";
import { BATCH_BYTES, RANGES_BYTES } from "./syncMessages.ts";
import { SyncBroken, type SyncSession } from "./syncSession.ts";

/** A slot. */
export interface Place {
  readonly topic: Topic;
  readonly slot: number;
}

/** Its name among all slots. */
export const nameOf = ({ topic, slot }: { readonly topic: string; readonly slot: number }): string =>
  `${slot}/${topic}`;

/** Ids of some slots under the salt of one comparison. So many together are looked at as a session may. */
export class Comparison {
  readonly salt: Uint8Array;
  readonly #session: SyncSession;
  readonly #carrier: Carrier;
  readonly #loaded = new Map<string, { readonly place: Place; readonly ids: SaltedIds }>();
  #ids = 0;

  constructor(session: SyncSession, carrier: Carrier, salt: Uint8Array) {
    this.#session = session;
    this.#carrier = carrier;
    this.salt = salt;
  }

  /** The slots that were looked at. */
  get places(): readonly Place[] {
    return Array.from(this.#loaded.values(), ({ place }) => place);
  }

  /** What was read of a slot before; `undefined`: nothing. */
  known(place: Place): SaltedIds | undefined {
    return this.#loaded.get(nameOf(place))?.ids;
  }

  /** The ids of a slot, read once. */
  async load(place: Place): Promise<SaltedIds> {
    const known = this.known(place);
    if (known !== undefined) return known;
    const { maxIds } = this.#session.limits;
    const ids = (await this.#carrier.ids(place.topic, place.slot)).slice(0, Math.max(0, maxIds - this.#ids));
    this.#ids += ids.length;
    await this.#session.pace({ frames: Math.ceil(ids.length / 64), bytes: ids.length * ID_BYTES });
    const salted = saltedIds(ids, this.salt);
    this.#loaded.set(nameOf(place), { place, ids: salted });
    return salted;
  }
}

/** A range without its payload. */
const RANGE_OVERHEAD = 48;
/** What is left for each slot that is still to come, however much those before it took. */
const LEAST_RANGES = 2048;

/** Makes ranges for as many slots as are asked about, so that all together fit a message. */
export const shareRanges = <T>(
  slots: readonly T[],
  rangesOf: (slot: T, maxBytes: number, at: number) => readonly Range[] | undefined,
): readonly (readonly Range[])[] => {
  let used = 0;
  return slots.map((slot, at) => {
    const rest = LEAST_RANGES * (slots.length - at - 1);
    const ranges = rangesOf(slot, Math.max(LEAST_RANGES, RANGES_BYTES - used - rest), at);
    if (ranges === undefined) throw new SyncBroken("ranges that do not fit");
    used += ranges.reduce((sum, range) => sum + RANGE_OVERHEAD + payload(range), 0);
    return ranges;
  });
};

const payload = (range: Range): number =>
  range.kind === "ids" ? range.ids.length : range.kind === "fingerprint" ? range.value.length : 0;

/** Ids of one slot whose frames are to be sent. */
export interface Parcel {
  readonly place: Place;
  readonly ids: readonly Uint8Array[];
}
/** Frames of the first ids of a parcel; ids without a frame are gone here. */
export interface Packed {
  readonly frames: readonly Uint8Array[];
  readonly done: number;
  readonly bytes: number;
}

/** Frames of the first parcels, as many as make a batch: the last may not be whole. */
export const packAll = async (carrier: Carrier, parcels: readonly Parcel[]): Promise<readonly Packed[]> => {
  const out: Packed[] = [];
  let bytes = 0;
  for (const { place, ids } of parcels) {
    const packed = await packFrames(carrier, { place, ids }, BATCH_BYTES - bytes);
    out.push(packed);
    bytes += packed.bytes;
    if (bytes >= BATCH_BYTES || packed.done < ids.length) break;
  }
  return out;
};

/** Ids read from the carrier at a time: few enough at first that the largest frames fit a message, more while they do. */
const LEAST_PORTION = 4;
const MOST_PORTION = 256;

const packFrames = async (carrier: Carrier, { place, ids }: Parcel, room: number): Promise<Packed> => {
  const frames: Uint8Array[] = [];
  let bytes = 0;
  let done = 0;
  let portion = LEAST_PORTION;
  while (done < ids.length && bytes < room) {
    const asked = ids.slice(done, done + portion);
    const got = await carrier.frames(place.topic, place.slot, asked);
    const size = got.reduce((sum, frame) => sum + frame.length, 0);
    if (bytes + size > room && portion > LEAST_PORTION) {
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
