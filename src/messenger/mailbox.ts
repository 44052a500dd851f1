/**
 * The mail that this device keeps: every envelope of its buckets until it expires, whoever it is for. Ids and tags are
 * held in memory, bytes in the store. This is the `Carrier` of the link.
 */
import type { Carrier, SlotSummary } from "../net/link.ts";
import { hex, unhex } from "../protocol/codec.ts";
import { envelopeId, hoursLeft, readHeader, slotAlive } from "../protocol/envelope.ts";
import type { IdSum } from "../protocol/idSet.ts";
import { addId, compareIds, emptySum, fingerprintOf, removeId } from "../protocol/idSet.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { EnvelopeId, Millis, Tag, Topic } from "../types.ts";

/** Where an envelope lies. */
export interface MailRef {
  readonly topic: Topic;
  readonly slot: number;
  readonly envelope: EnvelopeId;
}

/** Mail that this device sealed or opened itself. */
export const OWN = "own";

/** What is remembered of an envelope. */
export interface Kept {
  readonly tag: Tag;
  readonly size: number;
  /** The link that brought it, or `OWN`. */
  readonly source: string;
}

interface Slot {
  readonly topic: Topic;
  readonly slot: number;
  readonly mail: Map<EnvelopeId, Kept>;
  sum: IdSum;
}

/** Bytes of mail that a device keeps before it lets go of what expires soonest. */
const MAIL_QUOTA = 256 * 1024 * 1024;

export class Mailbox implements Carrier {
  readonly #store: Store;
  readonly #now: () => Millis;
  readonly #quota: number;
  readonly #slots = new Map<string, Slot>();
  readonly #tags = new Map<Tag, MailRef[]>();
  /** Bytes by source: no link's mail pushes out another's. */
  readonly #bytes = new Map<string, number>();

  private constructor(store: Store, now: () => Millis, quota: number) {
    this.#store = store;
    this.#now = now;
    this.#quota = quota;
  }

  /** Reads what lies in the store for these topics; what expired meanwhile is removed. */
  static async open(
    store: Store,
    topics: readonly Topic[],
    { now, quota = MAIL_QUOTA }: { readonly now: () => Millis; readonly quota?: number },
  ): Promise<Mailbox> {
    const box = new Mailbox(store, now, quota);
    await store.clearSlots((slot) => !slotAlive(slot, now()));
    for (const topic of topics)
      for await (const { key, value } of store.range({ space: "mail", topic })) {
        const header = readHeader(value, now());
        if (header)
          box.keep(
            { topic, slot: key.slot, envelope: key.envelope },
            { tag: header.tag, size: value.length, source: "before" },
          );
      }
    return box;
  }

  has(ref: MailRef): boolean {
    return this.#slots.get(`${ref.topic}/${ref.slot}`)?.mail.has(ref.envelope) === true;
  }

  /** The change that stores a frame; `keep` is called when it is on disk. */
  static stored(ref: MailRef, frame: Uint8Array): Change {
    return put({ space: "mail", ...ref }, frame);
  }

  /** Counts a frame that is on disk. */
  keep(ref: MailRef, kept: Kept): void {
    const name = `${ref.topic}/${ref.slot}`;
    const slot = this.#slots.get(name) ?? { topic: ref.topic, slot: ref.slot, mail: new Map(), sum: emptySum };
    if (slot.mail.has(ref.envelope)) return;
    this.#slots.set(name, slot);
    slot.mail.set(ref.envelope, kept);
    slot.sum = addId(slot.sum, unhex(ref.envelope));
    this.#tags.set(kept.tag, [...(this.#tags.get(kept.tag) ?? []), ref]);
    this.#count(kept.source, kept.size);
  }

  #count(source: string, bytes: number): void {
    const total = (this.#bytes.get(source) ?? 0) + bytes;
    if (total > 0) this.#bytes.set(source, total);
    else this.#bytes.delete(source);
  }

  /** What came under this tag was for this device: it is let go of last. */
  claim(tag: Tag): void {
    for (const ref of this.#tags.get(tag) ?? []) {
      const slot = this.#slots.get(`${ref.topic}/${ref.slot}`);
      const kept = slot?.mail.get(ref.envelope);
      if (!slot || !kept || kept.source === OWN) continue;
      this.#count(kept.source, -kept.size);
      this.#count(OWN, kept.size);
      slot.mail.set(ref.envelope, { ...kept, source: OWN });
    }
  }

  /** Whether a frame under this tag is here. */
  holds(tag: Tag): boolean {
    return this.#tags.has(tag);
  }

  /** The frames that came under these tags. */
  async waiting(tags: readonly Tag[]): Promise<readonly { readonly tag: Tag; readonly frame: Uint8Array }[]> {
    const refs = tags.flatMap((tag) => (this.#tags.get(tag) ?? []).map((ref) => ({ tag, ref })));
    if (refs.length === 0) return [];
    const frames = await this.#store.getMany(refs.map(({ ref }) => ({ space: "mail", ...ref }) as const));
    return refs.flatMap(({ tag }, i) => {
      const frame = frames[i];
      return frame ? [{ tag, frame }] : [];
    });
  }

  /** The changes that let go of expired mail and, while the quota is passed, of the largest source's oldest. */
  evict(): readonly Change[] {
    const now = this.#now();
    const byAge = [...this.#slots.values()].sort((a, b) => hoursLeft(a.slot, now) - hoursLeft(b.slot, now));
    const changes: Change[] = [];
    const drop = (slot: Slot, envelope: EnvelopeId): void => {
      changes.push(del({ space: "mail", topic: slot.topic, slot: slot.slot, envelope }));
      this.#forget(slot, envelope);
    };
    for (const slot of byAge)
      if (!slotAlive(slot.slot, now)) for (const envelope of slot.mail.keys()) drop(slot, envelope);
    for (let source = this.#largest(); source !== undefined; source = this.#largest())
      for (const slot of byAge)
        for (const [envelope, kept] of slot.mail) if (kept.source === source && this.#over()) drop(slot, envelope);
    return changes;
  }

  #over(): boolean {
    let total = 0;
    for (const bytes of this.#bytes.values()) total += bytes;
    return total > this.#quota;
  }

  /** The source to take from next; this device's own only when there is no other. */
  #largest(): string | undefined {
    if (!this.#over()) return undefined;
    const others = [...this.#bytes].filter(([source]) => source !== OWN).sort(([, a], [, b]) => b - a);
    return others[0]?.[0] ?? OWN;
  }

  #forget(slot: Slot, envelope: EnvelopeId): void {
    const one = slot.mail.get(envelope);
    if (!one) return;
    slot.mail.delete(envelope);
    slot.sum = removeId(slot.sum, unhex(envelope));
    this.#count(one.source, -one.size);
    const others = (this.#tags.get(one.tag) ?? []).filter((ref) => ref.envelope !== envelope);
    if (others.length > 0) this.#tags.set(one.tag, others);
    else this.#tags.delete(one.tag);
    if (slot.mail.size === 0) this.#slots.delete(`${slot.topic}/${slot.slot}`);
  }

  async slots(): Promise<readonly SlotSummary[]> {
    const now = this.#now();
    return [...this.#slots.values()]
      .filter(({ slot }) => slotAlive(slot, now))
      .sort((a, b) => hoursLeft(b.slot, now) - hoursLeft(a.slot, now))
      .map(({ topic, slot, mail, sum }) => ({ topic, slot, count: mail.size, fingerprint: fingerprintOf(sum) }));
  }

  async ids(topic: Topic, slot: number): Promise<readonly Uint8Array[]> {
    const one = this.#slots.get(`${topic}/${slot}`);
    return one ? [...one.mail.keys()].map((envelope) => unhex(envelope)).sort(compareIds) : [];
  }

  async frames(topic: Topic, slot: number, ids: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
    const keys = ids.map((one) => ({ space: "mail", topic, slot, envelope: hex(one) as EnvelopeId }) as const);
    return (await this.#store.getMany(keys)).flatMap((frame) => frame ?? []);
  }
}

/** The place of a frame that was published under `topic`. */
export const mailRef = (topic: Topic, slot: number, frame: Uint8Array): MailRef => ({
  topic,
  slot,
  envelope: envelopeId(frame),
});
