/** Which tag means what to this device: one map look-up for every envelope that passes. Lives in memory only. */
import type { ChainId, GroupId, LinkId, OpId, Tag } from "../types.ts";

/** Where a tag leads. */
export type Place =
  | { readonly kind: "message"; readonly group: GroupId; readonly chain: ChainId; readonly index: number }
  | { readonly kind: "meta"; readonly group: GroupId; readonly chain: ChainId; readonly number: number }
  | { readonly kind: "pair"; readonly group: GroupId; readonly agreement: Uint8Array; readonly number: number }
  | { readonly kind: "pointed"; readonly group: GroupId; readonly key: Uint8Array }
  | { readonly kind: "hail"; readonly group: GroupId; readonly invite: OpId; readonly key: Uint8Array }
  | { readonly kind: "answer"; readonly asked: string; readonly key: Uint8Array }
  | { readonly kind: "answered"; readonly ask: string }
  | { readonly kind: "link"; readonly link: LinkId; readonly part: string; readonly key: Uint8Array };

/** A place, of which part, and where else its tag leads. */
interface Entry {
  readonly part: string;
  readonly place: Place;
  readonly next: Entry | undefined;
}

function* entriesFrom(first: Entry | undefined): Generator<Entry> {
  for (let entry = first; entry !== undefined; entry = entry.next) yield entry;
}

const linked = (entries: readonly Omit<Entry, "next">[]): Entry | undefined =>
  entries.reduceRight<Entry | undefined>((next, { part, place }) => ({ part, place, next }), undefined);

export class TagBook {
  /** Anybody can copy a tag: one that leads to several places is tried at each. Few do, and there are many tags. */
  readonly #places = new Map<Tag, Entry>();
  /** The tags that one part of a group's state stands for, so that they can be replaced as a whole. */
  readonly #parts = new Map<string, ReadonlySet<Tag>>();

  get(tag: Tag): readonly Place[] {
    return [...entriesFrom(this.#places.get(tag))].map(({ place }) => place);
  }

  /** Replaces the tags of `part`; returns those that are new to it. */
  set(part: string, entries: readonly (readonly [Tag, Place])[]): readonly Tag[] {
    const before = this.#parts.get(part);
    const keep = new Set(entries.map(([tag]) => tag));
    for (const tag of before ?? []) if (!keep.has(tag)) this.#put(tag, this.#others(tag, part));
    for (const [tag, place] of entries) this.#put(tag, [...this.#others(tag, part), { part, place }]);
    if (keep.size > 0) this.#parts.set(part, keep);
    else this.#parts.delete(part);
    return [...keep].filter((tag) => !before?.has(tag));
  }

  /** Keeps of a part's tags only those whose place is to stay. */
  trim(part: string, stays: (place: Place) => boolean): void {
    const tags = this.#parts.get(part);
    if (!tags) return;
    const placeOf = (tag: Tag) => [...entriesFrom(this.#places.get(tag))].find((entry) => entry.part === part)?.place;
    const places = [...tags].map((tag) => [tag, placeOf(tag)] as const);
    this.set(
      part,
      places.flatMap(([tag, place]) => (place && stays(place) ? [[tag, place] as const] : [])),
    );
  }

  #others(tag: Tag, part: string): readonly Entry[] {
    return [...entriesFrom(this.#places.get(tag))].filter((entry) => entry.part !== part);
  }
  #put(tag: Tag, entries: readonly Omit<Entry, "next">[]): void {
    const first = linked(entries);
    if (first) this.#places.set(tag, first);
    else this.#places.delete(tag);
  }

  has(part: string): boolean {
    return this.#parts.has(part);
  }

  /** Forgets every part whose name begins so. */
  drop(prefix: string): void {
    for (const part of this.#parts.keys()) if (part.startsWith(prefix)) this.set(part, []);
  }
}
