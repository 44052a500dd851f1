/**
 * The mail that this device keeps: every envelope of its buckets until it expires, whoever it is for, as far as there is
 * room (see `mailBook.ts`). Ids and tags are held in memory, bytes in the store. This is the `Carrier` of the link.
 */
import type { Carrier, SlotSummary } from "../net/link.ts";
import type { Trust } from "../net/shares.ts";
import { concat, hex, unhex } from "../protocol/codec.ts";
import { envelopeId, hoursLeft, isEnvelope, readHeader, slotAlive } from "../protocol/envelope.ts";
import { compareIds, fingerprintOf } from "../protocol/idSet.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { EnvelopeId, Millis, Tag, Topic } from "../types.ts";
import { MailBook, type Gone, type Kept, type MailClass, type MailRef } from "./mailBook.ts";

export type { MailClass, MailRef } from "./mailBook.ts";

/** Bytes of mail that a device keeps unless it is told otherwise. */
const MAIL_QUOTA = 256 * 1024 * 1024;

/** What came in an earlier run: from whom is not kept. */
const BEFORE = "before";
const CLASSES: readonly MailClass[] = ["stranger", "vouched", "own"];
const TAG_BYTES = 16;

/** A frame lies with its class behind it; of what was let go of its class and its tag are left. */
const withClass = (frame: Uint8Array, rank: MailClass): Uint8Array =>
  concat(frame, Uint8Array.of(CLASSES.indexOf(rank)));
const goneValue = ({ rank, tag }: Gone): Uint8Array => concat(Uint8Array.of(CLASSES.indexOf(rank)), unhex(tag));

type Read =
  | { readonly kind: "frame"; readonly frame: Uint8Array; readonly rank: MailClass }
  | ({ readonly kind: "gone" } & Gone);

const readValue = (value: Uint8Array): Read | undefined => {
  if (value.length === TAG_BYTES + 1) {
    const rank = CLASSES[value[0] ?? -1];
    return rank && { kind: "gone", rank, tag: hex(value.subarray(1)) as Tag };
  }
  const rank = CLASSES[value.at(-1) ?? -1];
  const frame = value.subarray(0, -1);
  return rank && isEnvelope(frame) ? { kind: "frame", frame, rank } : undefined;
};

export class Mailbox implements Carrier {
  readonly #store: Store;
  readonly #now: () => Millis;
  readonly #book: MailBook;

  private constructor(store: Store, now: () => Millis, quota: number) {
    this.#store = store;
    this.#now = now;
    this.#book = new MailBook(quota);
  }

  /** Reads what lies in the store for these topics; what expired meanwhile is removed. */
  static async open(
    store: Store,
    topics: readonly Topic[],
    { now, quota = MAIL_QUOTA }: { readonly now: () => Millis; readonly quota?: number | undefined },
  ): Promise<Mailbox> {
    const box = new Mailbox(store, now, quota);
    await store.clearSlots((slot) => !slotAlive(slot, now()));
    for (const topic of topics)
      for await (const { key, value } of store.range({ space: "mail", topic })) {
        const ref = { topic, slot: key.slot, envelope: key.envelope };
        const read = readValue(value);
        if (read?.kind === "gone") box.#book.letGo(ref, read);
        const header = read?.kind === "frame" ? readHeader(read.frame, now()) : undefined;
        if (header && read?.kind === "frame")
          box.keep(ref, { tag: header.tag, size: read.frame.length, rank: read.rank, source: BEFORE });
      }
    return box;
  }

  /** Whether a frame is here, or was and need not come again. */
  has(ref: MailRef): boolean {
    return this.#book.has(ref);
  }

  /** The change that stores a frame; `keep` is called when it is on disk. */
  static stored(ref: MailRef, frame: Uint8Array, rank: MailClass): Change {
    const { topic, slot, envelope } = ref;
    return put({ space: "mail", topic, slot, envelope }, withClass(frame, rank));
  }

  /** Counts a frame that is on disk. */
  keep(ref: MailRef, kept: Kept): void {
    this.#book.keep(ref, kept);
  }

  /** What came under this tag was for this device: it is let go of last. */
  claim(tag: Tag): void {
    this.#book.claim(tag);
  }

  /** Whether a frame under this tag is here. */
  holds(tag: Tag): boolean {
    return this.#book.under(tag).length > 0;
  }

  /** The frames that came under these tags. */
  async waiting(tags: readonly Tag[]): Promise<readonly { readonly tag: Tag; readonly frame: Uint8Array }[]> {
    const refs = tags.flatMap((tag) => this.#book.under(tag).map((ref) => ({ tag, ref })));
    const frames = await this.#read(refs.map(({ ref }) => ref));
    return refs.flatMap(({ tag }, i) => {
      const frame = frames[i];
      return frame ? [{ tag, frame }] : [];
    });
  }

  /** These tags mean something from now on: what was let go of under them may come again. */
  revive(tags: readonly Tag[]): readonly Change[] {
    return this.#book.revive(tags).map(gone);
  }

  /** The frame at a place. */
  async frame(ref: MailRef): Promise<Uint8Array | undefined> {
    return (await this.#read([ref]))[0];
  }

  /** Whether there is more here than there is room for. */
  over(): boolean {
    return this.#book.over();
  }

  /** The changes that let go of expired mail, and of as much else as there is no room for. */
  evict(): readonly Change[] {
    const { erased, gone: left } = this.#book.shed(this.#now());
    return [
      ...erased.map(gone),
      ...left.map(({ topic, slot, envelope, ...one }) => put({ space: "mail", topic, slot, envelope }, goneValue(one))),
    ];
  }

  room(trust: Trust): number {
    return this.#book.room(trust);
  }

  /** How much is here. */
  total(): { readonly envelopes: number; readonly bytes: number; readonly room: number } {
    return this.#book.total();
  }

  async slots(): Promise<readonly SlotSummary[]> {
    const now = this.#now();
    return this.#book
      .slots()
      .filter(({ slot }) => slotAlive(slot, now))
      .sort((a, b) => hoursLeft(b.slot, now) - hoursLeft(a.slot, now))
      .map(({ topic, slot, count, sum, closed }) => ({ topic, slot, count, fingerprint: fingerprintOf(sum), closed }));
  }

  passed(topic: Topic, slot: number): void {
    this.#book.passed(topic, slot);
  }

  async ids(topic: Topic, slot: number): Promise<readonly Uint8Array[]> {
    return this.#book
      .ids(topic, slot)
      .map((envelope) => unhex(envelope))
      .sort(compareIds);
  }

  async frames(topic: Topic, slot: number, ids: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
    const refs = ids.map((one) => ({ topic, slot, envelope: hex(one) as EnvelopeId }));
    return (await this.#read(refs)).flatMap((frame) => frame ?? []);
  }

  /** The ids of what is here, not of what was let go of. */
  held(topic: Topic, slot: number): readonly Uint8Array[] {
    return this.#book.held(topic, slot).map((envelope) => unhex(envelope));
  }

  async #read(refs: readonly MailRef[]): Promise<readonly (Uint8Array | undefined)[]> {
    if (refs.length === 0) return [];
    const keys = refs.map(({ topic, slot, envelope }) => ({ space: "mail", topic, slot, envelope }) as const);
    return (await this.#store.getMany(keys)).map((value) => {
      const read = value && readValue(value);
      return read?.kind === "frame" ? read.frame : undefined;
    });
  }
}

const gone = ({ topic, slot, envelope }: MailRef): Change => del({ space: "mail", topic, slot, envelope });

/** The place of a frame that was published under `topic`. */
export const mailRef = (topic: Topic, slot: number, frame: Uint8Array): MailRef => ({
  topic,
  slot,
  envelope: envelopeId(frame),
});
