/**
 * Files that are sealed, whole or in part, and that no message names yet. Whoever was interrupted and sends the same file
 * under the same nonce goes on behind what is there.
 */
import type { Shape } from "../protocol/codec.ts";
import { bytes, equalBytes, id, optional, struct, text, uint } from "../protocol/codec.ts";
import { MAX_FILE } from "../protocol/limits.ts";
import type { Change } from "../store/record.ts";
import { del, put } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import type { GroupId, Millis } from "../types.ts";
import type { Session } from "./session.ts";

/** Drafts that wait to be taken up again, and how long. */
const MAX_DRAFTS = 3;
const LIFE: Millis = 24 * 3_600_000;

export interface FileDraft {
  /** Under what its chunks lie on disk. */
  readonly scope: string;
  readonly key: Uint8Array;
  readonly size: number;
  readonly group: GroupId;
  /** What the caller named it by; without one nobody takes it up again. */
  readonly nonce?: Uint8Array;
  /** When it was last begun or taken up. */
  readonly at: Millis;
}

const shape: Shape<FileDraft> = struct({
  scope: text(64),
  key: bytes(32),
  size: uint(MAX_FILE),
  group: id<GroupId>(32),
  nonce: optional(bytes(16)),
  at: uint(),
});

const DRAFT = "draft ";

export const putDraft = (draft: FileDraft): Change =>
  put({ space: "file", name: `${DRAFT}${draft.scope}` }, shape.to(draft));
export const dropDraft = ({ scope }: Pick<FileDraft, "scope">): Change =>
  del({ space: "file", name: `${DRAFT}${scope}` });

/** Its chunks, then itself: a crash between leaves it to be cleared again. */
export const clearDraft = async (store: Store, draft: Pick<FileDraft, "scope">): Promise<void> => {
  await store.clear({ space: "chunk", file: draft.scope });
  await store.commit([dropDraft(draft)]);
};

/** What nobody has taken up again goes. */
export const clearOldDrafts = async ({ files, clock, store }: Session): Promise<void> => {
  for (const draft of files.drafts.takeOld(clock.now())) await clearDraft(store, draft);
};

/** Those that nobody is writing. */
export class FileDrafts {
  readonly #all = new Map<string, FileDraft>();

  /** Takes a record from disk; `false` when it is none of these. One that cannot be read is as old as can be. */
  load(name: string, value: unknown): boolean {
    if (!name.startsWith(DRAFT)) return false;
    const scope = name.slice(DRAFT.length);
    const unread = { scope, key: new Uint8Array(32), size: 0, group: "" as GroupId, at: 0 };
    this.#all.set(scope, shape.from(value) ?? unread);
    return true;
  }

  /** Lets one wait. */
  keep(draft: FileDraft): void {
    this.#all.set(draft.scope, draft);
  }

  /** One of this group and nonce, and of this size where one is given, to be written on. */
  take(wanted: Pick<FileDraft, "group"> & { nonce: Uint8Array; size?: number }): FileDraft | undefined {
    const { group, nonce, size } = wanted;
    for (const draft of this.#all.values()) {
      if (draft.group !== group || !draft.nonce || !equalBytes(draft.nonce, nonce)) continue;
      if (size !== undefined && size !== draft.size) continue;
      this.#all.delete(draft.scope);
      return draft;
    }
    return undefined;
  }

  /** Those that have to go: without a nonce, too old, or too many. */
  takeOld(now: Millis): readonly FileDraft[] {
    const newest = [...this.#all.values()].sort((a, b) => b.at - a.at);
    const lives = ({ nonce, at }: FileDraft): boolean => nonce !== undefined && at + LIFE > now;
    const kept = newest.filter(lives).slice(0, MAX_DRAFTS);
    const old = newest.filter((draft) => !kept.includes(draft));
    for (const { scope } of old) this.#all.delete(scope);
    return old;
  }
}
