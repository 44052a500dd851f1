/**
 * Pictures of others, made safe to show. A decoder allocates what a picture says of its size, so that is read first; only
 * kinds that are pixels and nothing else are shown, never SVG.
 */
import type { GroupId, MessageId, Picture } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { HEADER_BYTES, isDecodable, pictureHeader } from "./photo/header.ts";

/** Pixels on a side of the small picture that comes with a message. */
const THUMBNAIL_SIDE = 640;
/** Base64 characters of 12 KiB. */
const THUMBNAIL_LENGTH = 16_384;
/** Full pictures kept ready; the oldest goes first. */
const KEPT = 24;

/** A `data:` address for a message's small picture; `undefined` for what is none. */
export const thumbnail = ({ thumbnail: base64 }: Picture): string | undefined => {
  if (base64.length > THUMBNAIL_LENGTH) return undefined;
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const header = pictureHeader(bytes);
    if (!header || header.width > THUMBNAIL_SIDE || header.height > THUMBNAIL_SIDE) return undefined;
    return `data:${header.type};base64,${base64}`;
  } catch {
    return undefined; // not base64
  }
};

/** What became of a full picture: an address to show, or why there is none. */
export type Shown = { readonly url: string } | { readonly trouble: "too-large" | "no-picture" };

/** Full pictures as `blob:` addresses, read once and given back when others take their place. */
export class Pictures {
  readonly #api: Pick<RemoteApi, "readFile">;
  readonly #shown = new Map<string, Promise<Shown>>();

  constructor(api: Pick<RemoteApi, "readFile">) {
    this.#api = api;
  }

  /** Rejects as `readFile` does. */
  show(caucus: GroupId, message: MessageId): Promise<Shown> {
    const key = `${caucus} ${message}`;
    const ready = this.#shown.get(key);
    if (ready) return ready;
    const made = this.#make(caucus, message);
    this.#shown.set(key, made);
    made.catch(() => this.#shown.delete(key));
    for (const old of [...this.#shown.keys()].slice(0, -KEPT)) this.#drop(old);
    return made;
  }

  /** What is shown once: read, and kept nowhere. Whoever shows it gives the address back. */
  once(caucus: GroupId, message: MessageId): Promise<Shown> {
    return this.#make(caucus, message);
  }

  /** Its message is gone. */
  forget(caucus: GroupId, message: MessageId): void {
    this.#drop(`${caucus} ${message}`);
  }

  close(): void {
    for (const key of this.#shown.keys()) this.#drop(key);
  }

  async #make(caucus: GroupId, message: MessageId): Promise<Shown> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of this.#api.readFile(caucus, message)) parts.push(new Uint8Array(part));
    const blob = new Blob(parts);
    const header = pictureHeader(new Uint8Array(await blob.slice(0, HEADER_BYTES).arrayBuffer()));
    if (!header) return { trouble: "no-picture" };
    if (!isDecodable(header)) return { trouble: "too-large" };
    return { url: URL.createObjectURL(blob.slice(0, blob.size, header.type)) };
  }

  #drop(key: string): void {
    const shown = this.#shown.get(key);
    this.#shown.delete(key);
    shown?.then((one) => "url" in one && URL.revokeObjectURL(one.url)).catch(() => {});
  }
}
