/** The files that this device knows of: who has them, how much of each is here, and what its person wants. */
import type { Shape } from "../protocol/codec.ts";
import { bool, bytes, bytesUpTo, id, list, optional, struct, text, uint } from "../protocol/codec.ts";
import { chunksOf } from "../protocol/file.ts";
import { MAX_ADDRESSES, MAX_CHUNKS, MAX_FILE } from "../protocol/limits.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { FileId, GroupId, MemberId, MessageId, Millis } from "../types.ts";
import { clearDraft, FileDrafts } from "./fileDrafts.ts";
import { Marks } from "./marks.ts";

/** Messages of one file, and devices that are remembered to have it. */
const MAX_PLACES = 8;
const MAX_HOLDERS = 128;
/** Files known; of those beyond, the oldest that nobody here has asked for are forgotten until they are asked for. */
const MAX_FILES = 4096;
/** Files of which holders were heard before the message, and how many of each. */
const MAX_EARLY = 256;
const MAX_EARLY_HOLDERS = 16;

/** A member's device that says it has a file whole, and where it can be asked. */
export interface Holder {
  readonly member: MemberId;
  readonly addresses: readonly string[];
}

export interface FileEntry {
  readonly file: FileId;
  readonly key: Uint8Array;
  readonly root: Uint8Array;
  readonly size: number;
  /** Under what its chunks lie on disk. */
  readonly scope: string;
  /** When it came to be known here. */
  readonly at: Millis;
  /** The messages that bring it. */
  readonly places: readonly { readonly group: GroupId; readonly message: MessageId }[];
  /** Its person asked for it, and it is not whole. */
  readonly wanted: boolean;
  /** Newest last. */
  readonly holders: readonly Holder[];
  /** Groups that have still to hear that it is here. */
  readonly unsaid: readonly GroupId[];
  /** Of a file that was sent from here: what the caller named it by. */
  readonly nonce?: Uint8Array;
  /** It is shown once, and nobody is told that it is here. */
  readonly once: boolean;
}

const shape: Shape<FileEntry> = struct({
  file: id<FileId>(16),
  key: bytes(32),
  root: bytes(32),
  size: uint(MAX_FILE),
  scope: text(64),
  at: uint(),
  places: list(struct({ group: id<GroupId>(32), message: id<MessageId>(16) }), MAX_PLACES),
  wanted: bool,
  holders: list(struct({ member: id<MemberId>(32), addresses: list(text(256), MAX_ADDRESSES) }), MAX_HOLDERS),
  unsaid: list(id<GroupId>(32), MAX_PLACES),
  nonce: optional(bytes(16)),
  once: bool,
});

interface EarlyHolder extends Holder {
  readonly group: GroupId;
}
const earlyShape: Shape<{ readonly file: FileId; readonly holders: readonly EarlyHolder[] }> = struct({
  file: id<FileId>(16),
  holders: list(
    struct({ group: id<GroupId>(32), member: id<MemberId>(32), addresses: list(text(256), MAX_ADDRESSES) }),
    MAX_EARLY_HOLDERS,
  ),
});
const EARLY = "early ";
const earlyKey = (file: FileId) => ({ space: "file", name: `${EARLY}${file}` }) as const;

const ABOUT = "about ";
const HAVE = "have ";
const haveShape: Shape<{ readonly file: FileId; readonly bits: Uint8Array }> = struct({
  file: id<FileId>(16),
  bits: bytesUpTo(Math.ceil(MAX_CHUNKS / 8)),
});
const NONE = new Marks();

export const putEntry = (entry: FileEntry): Change =>
  put({ space: "file", name: `${ABOUT}${entry.file}` }, shape.to(entry));
/** Which chunks are here. */
export const putHave = (file: FileId, { bits }: Marks): Change =>
  put({ space: "file", name: `${HAVE}${file}` }, haveShape.to({ file, bits }));

/** What takes a file off the disk, but for its chunks. */
export const forgotten = ({ file }: Pick<FileEntry, "file">): readonly Change[] =>
  [ABOUT, HAVE].map((kind) => del({ space: "file", name: `${kind}${file}` }));

/** With one more device that has it; the same object when that was known. */
export const withHolder = (entry: FileEntry, holder: Holder): FileEntry => {
  const known = entry.holders.find((one) => one.member === holder.member);
  if (known && known.addresses.join() === holder.addresses.join()) return entry;
  const rest = entry.holders.filter((one) => one !== known);
  return { ...entry, holders: [...rest, holder].slice(-MAX_HOLDERS) };
};

/** With one more message that brings it. */
export const withPlace = (entry: FileEntry, group: GroupId, message: MessageId): FileEntry => {
  const known = entry.places.some((one) => one.group === group && one.message === message);
  return known || entry.places.length >= MAX_PLACES
    ? entry
    : { ...entry, places: [...entry.places, { group, message }] };
};

export class FileBook {
  readonly #entries = new Map<FileId, FileEntry>();
  readonly #have = new Map<FileId, Marks>();
  readonly #active = new Map<GroupId, Set<FileId>>();
  readonly #early = new Map<FileId, readonly EarlyHolder[]>();

  /** Files that are sealed and are no messages yet. */
  readonly drafts = new FileDrafts();

  /** Reads what is on disk, and clears away what was left half sent for good. */
  async load(store: Store, now: Millis): Promise<void> {
    const entries: FileEntry[] = [];
    for await (const { key, value } of store.range({ space: "file" })) {
      const entry = key.name.startsWith(ABOUT) ? shape.from(value) : undefined;
      if (entry) entries.push(entry);
      else if (key.name.startsWith(HAVE)) {
        const have = haveShape.from(value);
        if (have) this.#have.set(have.file, new Marks(have.bits));
      } else if (this.drafts.load(key.name, value)) continue;
      else if (key.name.startsWith(EARLY)) {
        const early = earlyShape.from(value);
        if (early) this.#early.set(early.file, early.holders);
      }
    }
    for (const entry of entries.sort((a, b) => a.at - b.at)) this.put(entry);
    for (const draft of this.drafts.takeOld(now)) await clearDraft(store, draft);
  }

  get(file: FileId): FileEntry | undefined {
    return this.#entries.get(file);
  }
  put(entry: FileEntry): void {
    this.#entries.set(entry.file, entry);
    for (const { group } of entry.places) {
      const active = this.#active.get(group) ?? new Set();
      this.#active.set(group, active);
      if (entry.wanted || entry.unsaid.includes(group)) active.add(entry.file);
      else active.delete(entry.file);
    }
  }
  /** In the order in which they came to be known. */
  all(): Iterable<FileEntry> {
    return this.#entries.values();
  }

  /** How many of its chunks are here, and which. */
  have(file: FileId): number {
    return this.marks(file).count;
  }
  has(file: FileId, index: number): boolean {
    return this.marks(file).has(index);
  }
  marks(file: FileId): Marks {
    return this.#have.get(file) ?? NONE;
  }
  setHave(file: FileId, marks: Marks): void {
    this.#have.set(file, marks);
  }
  whole({ file, size }: { readonly file: FileId; readonly size: number }): boolean {
    return this.have(file) === chunksOf(size);
  }

  /** Files of a group that were asked for, or of which it has still to hear. */
  active(group: GroupId): readonly FileEntry[] {
    return [...(this.#active.get(group) ?? [])].map((file) => this.#entries.get(file) as FileEntry);
  }
  wanted(): readonly FileEntry[] {
    return [...new Set([...this.#active.keys()].flatMap((group) => this.active(group)))].filter((one) => one.wanted);
  }

  /** A file that was sent to this group under this nonce. */
  sentAs(group: GroupId, nonce: Uint8Array): FileEntry | undefined {
    const name = nonce.join();
    for (const entry of this.#entries.values())
      if (entry.nonce?.join() === name && entry.places.some((one) => one.group === group)) return entry;
    return undefined;
  }

  /** What has to go for one more; nothing of which any byte is here, or that anybody here wants. */
  room(): FileEntry | undefined {
    if (this.#entries.size < MAX_FILES) return undefined;
    for (const entry of this.#entries.values()) if (!entry.wanted && this.have(entry.file) === 0) return entry;
    return undefined;
  }
  forget(file: FileId): void {
    this.#entries.delete(file);
    this.#have.delete(file);
    for (const active of this.#active.values()) active.delete(file);
  }

  /** Somebody has a file whose message has not come. At once, since the message may come in the same step. */
  heardEarly(file: FileId, holder: EarlyHolder): readonly Change[] {
    const holders = [...(this.#early.get(file) ?? []), holder].slice(-MAX_EARLY_HOLDERS);
    this.#early.delete(file);
    this.#early.set(file, holders);
    const changes = [put(earlyKey(file), earlyShape.to({ file, holders }))];
    const [oldest] = this.#early.keys();
    if (this.#early.size <= MAX_EARLY || oldest === undefined) return changes;
    this.#early.delete(oldest);
    return [...changes, del(earlyKey(oldest))];
  }
  /** Who was heard to have it, for the group that its message came in. */
  takeEarly(
    file: FileId,
    group: GroupId,
  ): { readonly holders: readonly Holder[]; readonly changes: readonly Change[] } {
    const known = this.#early.get(file);
    if (!known) return { holders: [], changes: [] };
    this.#early.delete(file);
    const holders = known.filter((one) => one.group === group);
    return {
      holders: holders.map(({ member, addresses }) => ({ member, addresses })),
      changes: [del(earlyKey(file))],
    };
  }
}
