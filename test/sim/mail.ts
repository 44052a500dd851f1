/** All frames of a simulated venue, once; and what each peer keeps of them, as bits: so that two thousand fit. */
import { createHash } from "node:crypto";
import type { Carrier, SlotSummary } from "../../src/net/link.ts";
import { hex } from "../../src/protocol/codec.ts";
import { addId, emptySum, fingerprintOf } from "../../src/protocol/reconcile.ts";
import type { Millis, Topic } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";

/** `message`: of a caucus, kept and owed to its members. `garbage`: well-formed and nobody's. `presence`: never kept. */
export type FrameKind = "message" | "garbage" | "presence";

/** A frame that somebody made. */
export interface Sent {
  readonly index: number;
  readonly kind: FrameKind;
  readonly topic: Topic;
  readonly slot: number;
  readonly data: Uint8Array;
  readonly id: Uint8Array;
  readonly at: Millis;
  readonly expires: Millis;
  /** Its caucus; none for garbage and presence. */
  readonly caucus: number;
  readonly sender: number;
}

const HOUR: Millis = 3_600_000;
const HEADER = 16;

/** Every frame of a run. */
export class FrameTable {
  readonly #all = new Map<number, Sent>();
  readonly #byId = new Map<string, number>();
  readonly #random: SimRandom;
  #made = 0;

  constructor(random: SimRandom) {
    this.#random = random;
  }

  /** Those that are not forgotten. */
  get all(): readonly Sent[] {
    return [...this.#all.values()];
  }

  make(what: Omit<Sent, "index" | "slot" | "data" | "id"> & { readonly bytes: number }): Sent {
    const { bytes, ...rest } = what;
    const index = (this.#made += 1) - 1;
    const data = new Uint8Array(bytes);
    data.set(this.#random.bytes(HEADER));
    new DataView(data.buffer).setUint32(0, index);
    const id = new Uint8Array(createHash("sha256").update(data.subarray(0, HEADER)).digest());
    const sent: Sent = { ...rest, index, slot: Math.floor(rest.expires / HOUR) & 0xffff, data, id };
    this.#all.set(index, sent);
    this.#byId.set(hex(id), index);
    return sent;
  }

  /** What a frame is; `undefined` for bytes that nobody made. */
  find(frame: Uint8Array): Sent | undefined {
    if (frame.length < HEADER) return undefined;
    return this.#all.get(new DataView(frame.buffer, frame.byteOffset).getUint32(0));
  }

  byId(id: Uint8Array): Sent | undefined {
    return this.at(this.#byId.get(hex(id)) ?? -1);
  }

  at(index: number): Sent | undefined {
    return this.#all.get(index);
  }

  /** Frames that nobody keeps any more. */
  forget(expiredAt: Millis): void {
    for (const [index, { id, expires }] of this.#all)
      if (expires < expiredAt) {
        this.#all.delete(index);
        this.#byId.delete(hex(id));
      }
  }
}

/** A set of small numbers. */
class Bits {
  #words = new Uint32Array(64);

  has(index: number): boolean {
    return (((this.#words[index >> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  }

  add(index: number): void {
    const at = index >> 5;
    if (at >= this.#words.length) {
      const wider = new Uint32Array(Math.max(at + 1, this.#words.length * 2));
      wider.set(this.#words);
      this.#words = wider;
    }
    this.#words[at] = (this.#words[at] ?? 0) | (1 << (index & 31));
  }
}

interface Slot {
  readonly topic: Topic;
  readonly slot: number;
  readonly indexes: number[];
  sum: typeof emptySum;
}

/** One peer's disk: outlives its program. */
export class PeerMail implements Carrier {
  readonly #table: FrameTable;
  readonly #now: () => Millis;
  readonly #held = new Bits();
  readonly #slots = new Map<string, Slot>();

  constructor(table: FrameTable, now: () => Millis) {
    this.#table = table;
    this.#now = now;
  }

  has(index: number): boolean {
    return this.#held.has(index);
  }

  keep({ index, topic, slot, id }: Sent): void {
    this.#held.add(index);
    const key = `${topic}/${slot}`;
    let one = this.#slots.get(key);
    if (one === undefined) this.#slots.set(key, (one = { topic, slot, indexes: [], sum: emptySum }));
    one.indexes.push(index);
    one.sum = addId(one.sum, id);
  }

  async slots(): Promise<readonly SlotSummary[]> {
    const hour = Math.floor(this.#now() / HOUR);
    for (const [key, { slot }] of this.#slots) if (((slot - hour) << 16) >> 16 < 0) this.#slots.delete(key);
    return [...this.#slots.values()]
      .sort((a, b) => b.slot - a.slot)
      .map(({ topic, slot, indexes, sum }) => ({
        topic,
        slot,
        count: indexes.length,
        fingerprint: fingerprintOf(sum),
      }));
  }

  /** Not sorted: catch-up sorts them under its salt anyway. */
  async ids(topic: Topic, slot: number): Promise<readonly Uint8Array[]> {
    return (this.#slots.get(`${topic}/${slot}`)?.indexes ?? []).flatMap((index) => this.#table.at(index)?.id ?? []);
  }

  async frames(_topic: Topic, _slot: number, ids: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
    const found = ids.map((id) => this.#table.byId(id));
    return found.flatMap((one) => (one !== undefined && this.#held.has(one.index) ? [one.data] : []));
  }
}
