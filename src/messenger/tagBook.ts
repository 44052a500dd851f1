/** Which tag means what to this device: one map look-up for every envelope that passes. Lives in memory only. */
import type { ChainId, GroupId, OpId, Tag } from "../types.ts";

/** Where a tag leads. */
export type Place =
  | { readonly kind: "message"; readonly group: GroupId; readonly chain: ChainId; readonly index: number }
  | { readonly kind: "meta"; readonly group: GroupId; readonly chain: ChainId; readonly number: number }
  | { readonly kind: "pair"; readonly group: GroupId; readonly agreement: Uint8Array; readonly number: number }
  | { readonly kind: "pointed"; readonly group: GroupId; readonly key: Uint8Array }
  | { readonly kind: "hail"; readonly group: GroupId; readonly invite: OpId; readonly key: Uint8Array }
  | { readonly kind: "answer"; readonly asked: string; readonly key: Uint8Array }
  | { readonly kind: "answered"; readonly ask: string };

export class TagBook {
  readonly #places = new Map<Tag, Place>();
  /** The tags that one part of a group's state stands for, so that they can be replaced as a whole. */
  readonly #parts = new Map<string, readonly Tag[]>();

  get(tag: Tag): Place | undefined {
    return this.#places.get(tag);
  }

  /** Replaces the tags of `part`; returns those that are new. */
  set(part: string, entries: readonly (readonly [Tag, Place])[]): readonly Tag[] {
    const fresh = entries.filter(([tag]) => !this.#places.has(tag)).map(([tag]) => tag);
    const keep = new Set(entries.map(([tag]) => tag));
    for (const tag of this.#parts.get(part) ?? []) if (!keep.has(tag)) this.#places.delete(tag);
    for (const [tag, place] of entries) this.#places.set(tag, place);
    if (entries.length > 0) this.#parts.set(part, [...keep]);
    else this.#parts.delete(part);
    return fresh;
  }

  has(part: string): boolean {
    return this.#parts.has(part);
  }

  /** Forgets every part whose name begins so. */
  drop(prefix: string): void {
    for (const part of this.#parts.keys()) if (part.startsWith(prefix)) this.set(part, []);
  }
}
