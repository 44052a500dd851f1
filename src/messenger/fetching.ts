/**
 * One run of a file's coming here, chunk by chunk, from whoever has it: first every neighbour (the name under which a file
 * is asked for tells nothing to those who have not got it), then members that said where they can be asked. Of those that
 * said they have it, several are asked at once, each for other chunks. What came stays, from whichever holder and whatever
 * ends the run; the next one asks for what is missing.
 */
import type { Asked } from "../net/link.ts";
import { askKeyOf, askName, chunksOf, isChunkOf, isListOf } from "../protocol/file.ts";
import { concat } from "../protocol/codec.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { FileEntry } from "./fileBook.ts";
import { type Candidate, messagesOf, whomToAsk } from "./fileAsking.ts";
import { putHave } from "./fileBook.ts";
import type { Session } from "./session.ts";
import { type Span, Spans } from "./spans.ts";

/** Chunks in one write: few enough that a person's own words never wait long behind it. */
export const BATCH = 8;
/** Chunks that a holder is asked for first, and at most; twice as many each time that all of them came. */
const FIRST = 8;
const MOST = 256;

/** The index of the chunk list in a file's scope; chunks follow. */
export const LIST_INDEX = 0;
export const indexOf = (chunk: number): number => chunk + 1;

export interface FetchingOptions {
  readonly signal: AbortSignal;
  /** Holders that are asked at once. */
  readonly most: number;
  /** More of it is here. */
  readonly tell: () => void;
}

const nameOf = (whom: Asked): string => ("neighbour" in whom ? whom.neighbour : whom.addresses.join());

export class Fetching {
  readonly #session: Session;
  readonly #entry: FileEntry;
  readonly #options: FetchingOptions;
  readonly #spans: Spans;
  /** Ends what is under way when the file is whole, or nothing more can be written. */
  readonly #end = new AbortController();
  #list: Uint8Array | undefined;
  /** Who sent what is not of the file: not asked again in this run. */
  readonly #bad = new Set<string>();
  /** Writes come one after the other: each marks what those before it wrote. */
  #written: Promise<void> = Promise.resolve();

  constructor(session: Session, entry: FileEntry, options: FetchingOptions) {
    this.#session = session;
    this.#entry = entry;
    this.#options = options;
    this.#spans = new Spans(chunksOf(entry.size), (index) => session.files.has(entry.file, index));
  }

  /** Rounds over all who may have it, until it is whole or a round brings nothing. Rejects when it cannot be written. */
  async run(): Promise<void> {
    const { files } = this.#session;
    const { file } = this.#entry;
    const { signal } = this.#options;
    const end = (): void => this.#end.abort();
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    try {
      if (files.have(file) > 0) this.#list = await this.#stored();
      for (let before = -1; before < files.have(file) && !this.#ended;) {
        before = files.have(file);
        await this.#round([...whomToAsk(this.#session, file)]);
      }
    } finally {
      signal.removeEventListener("abort", end);
    }
  }

  get #ended(): boolean {
    return this.#end.signal.aborted || this.#session.files.whole(this.#entry);
  }

  async #round(left: Candidate[]): Promise<void> {
    const { files } = this.#session;
    const { file, size } = this.#entry;
    /** The next of all, or of those that said they have it. */
    const next = (known: boolean): Asked | undefined => {
      const at = left.findIndex((one) => (!known || one.known) && !this.#bad.has(nameOf(one.whom)));
      return at < 0 ? undefined : left.splice(at, 1)[0]?.whom;
    };
    let first = next(false);
    for (; first && !this.#list && !this.#ended; first = this.#list ? first : next(false)) await this.#askList(first);
    if (!this.#list || !first) return;
    const pieces = Math.ceil((chunksOf(size) - files.have(file)) / FIRST);
    const work = async (begin: Asked | undefined, known: boolean): Promise<void> => {
      for (let whom = begin; whom && !this.#ended; whom = next(known)) await this.#drain(whom);
    };
    const works = [work(first, false)];
    while (works.length < Math.min(pieces, this.#options.most)) works.push(work(next(true), true));
    try {
      await Promise.all(works);
    } finally {
      if (this.#session.files.whole(this.#entry)) this.#end.abort();
      await Promise.allSettled(works);
    }
  }

  /** Takes what one of them has, until they have no more of what is missing. */
  async #drain(whom: Asked): Promise<void> {
    for (let most = FIRST; !this.#ended; most = Math.min(MOST, 2 * most)) {
      const span = this.#spans.take(most);
      if (!span) return;
      try {
        if (!(await this.#takeSpan(whom, span))) this.#bad.add(nameOf(whom));
      } catch (cause) {
        this.#end.abort();
        throw cause;
      } finally {
        this.#spans.end(span);
      }
      if (this.#session.files.whole(this.#entry)) this.#end.abort();
      if (span.at < span.to) return;
    }
  }

  #named(): { readonly salt: Uint8Array; readonly name: Uint8Array } {
    const { options, link } = this.#session;
    const salt = options.random(16);
    return { salt, name: askName(askKeyOf(this.#entry.key), salt, link.status().peerId) };
  }

  /** The list, where they have it; what is none of this file is held against them. */
  async #askList(whom: Asked): Promise<void> {
    const { size, scope } = this.#entry;
    const parts: Uint8Array[] = [];
    const expected = chunksOf(size) * 32;
    let length = 0;
    const request = { kind: "list", ...this.#named() } as const;
    for await (const part of messagesOf(this.#session, whom, { request, signal: this.#end.signal })) {
      parts.push(part);
      length += part.length;
      if (length >= expected || part.length === 0) break;
    }
    const list = concat(...parts);
    if (length < expected) return;
    if (!isListOf(this.#entry, list)) {
      this.#bad.add(nameOf(whom));
      return;
    }
    this.#list = list;
    if (!this.#session.files.get(this.#entry.file)) return;
    await this.#commit([put({ space: "chunk", file: scope, index: LIST_INDEX }, list)]);
  }

  /** `false` when they sent something else. */
  async #takeSpan(whom: Asked, span: Span): Promise<boolean> {
    const list = this.#list as Uint8Array;
    let batch: [index: number, sealed: Uint8Array][] = [];
    const keep = async (): Promise<void> => {
      const chunks = batch;
      batch = [];
      const written = this.#written.then(() => this.#write(chunks));
      this.#written = written.catch(() => undefined);
      await written;
    };
    const request = { kind: "chunks", ...this.#named(), from: span.at, count: span.to - span.at } as const;
    let good = true;
    for await (const message of messagesOf(this.#session, whom, { request, signal: this.#end.signal })) {
      if (span.at >= span.to) break;
      good = isChunkOf(list, span.at, message);
      if (!good) break;
      batch.push([span.at, message]);
      span.at += 1;
      if (batch.length === BATCH) await keep();
      if (span.at >= span.to) break;
    }
    await keep();
    return good;
  }

  async #write(chunks: readonly (readonly [index: number, sealed: Uint8Array])[]): Promise<void> {
    const { files } = this.#session;
    const { file, scope } = this.#entry;
    const fresh = chunks.filter(([index]) => !files.has(file, index));
    if (fresh.length === 0 || !files.get(file)) return;
    const marks = files.marks(file).with(fresh.map(([index]) => index));
    const puts = fresh.map(([index, sealed]) => put({ space: "chunk", file: scope, index: indexOf(index) }, sealed));
    await this.#commit([...puts, putHave(file, marks)]);
    if (!files.get(file)) return;
    files.setHave(file, marks);
    this.#options.tell();
  }

  async #stored(): Promise<Uint8Array | undefined> {
    const read = this.#session.store.get({ space: "chunk", file: this.#entry.scope, index: LIST_INDEX });
    this.#session.track(read);
    return read;
  }

  /** Outside of the groups' steps: a file never holds up a message. */
  async #commit(changes: readonly Change[]): Promise<void> {
    const write = this.#session.store.commit(changes);
    this.#session.track(write);
    await write;
  }
}
