/**
 * Fetching files, chunk by chunk, from whoever has them: first every neighbour (the name under which a file is asked for
 * tells nothing to those who have not got it), then members that said where they can be asked. What came stays, from
 * whichever holder and whatever ends the fetch; the next one goes on behind it.
 */
import { askKeyOf, askName, chunksOf, isChunkOf, isListOf } from "../protocol/file.ts";
import { concat } from "../protocol/codec.ts";
import type { Asked } from "../net/link.ts";
import type { Change } from "../store/record.ts";
import { put } from "../store/record.ts";
import type { FileId, Millis } from "../types.ts";
import type { FileEntry } from "./fileBook.ts";
import { messagesOf, whomToAsk } from "./fileAsking.ts";
import { putHave } from "./fileBook.ts";
import { bytesHere, stateOf } from "./files.ts";
import type { Session } from "./session.ts";

/** Files that come at once; more wait their turn. */
const AT_ONCE = 3;
/** Chunks in one write: few enough that a person's own words never wait long behind it. */
export const BATCH = 8;
/** Between two words about one file's progress. */
const TELL_EVERY: Millis = 250;
/** After links changed, at least and at most. */
const SETTLE: Millis = 1_000;
const SETTLE_JITTER: Millis = 2_000;

/** The index of the chunk list in a file's scope; chunks follow. */
export const LIST_INDEX = 0;
export const indexOf = (chunk: number): number => chunk + 1;

/** One run of a fetch. */
interface Run {
  readonly signal: AbortSignal;
  list: Uint8Array | undefined;
  /** Who sent what is not of the file: not asked again in this run. */
  readonly bad: Set<string>;
}

export class Fetches {
  readonly #session: Session;
  readonly #running = new Map<FileId, AbortController>();
  readonly #queue = new Set<FileId>();
  readonly #told = new Map<FileId, Millis>();
  #settling = false;

  constructor(session: Session) {
    this.#session = session;
  }

  coming(file: FileId): boolean {
    return this.#queue.has(file) || this.#running.get(file)?.signal.aborted === false;
  }

  /** Begins or goes on, if it is wanted and not under way. */
  begin(file: FileId): void {
    const entry = this.#session.files.get(file);
    if (!entry?.wanted || this.coming(file) || this.#session.closed) return;
    this.#queue.add(file);
    this.tell(entry);
    this.#pump();
  }

  /** Ends it here and now. */
  stop(file: FileId): void {
    this.#queue.delete(file);
    this.#running.get(file)?.abort();
  }

  stopAll(): void {
    for (const file of [...this.#queue, ...this.#running.keys()]) this.stop(file);
  }

  /** Somebody came or went: what waits is tried again, a moment later and not by everybody at once. */
  linksChanged(): void {
    const { clock, options, files } = this.#session;
    if (this.#settling || files.wanted().length === 0) return;
    this.#settling = true;
    const [jitter] = options.random(1) as unknown as [number];
    clock.after(SETTLE + (jitter * SETTLE_JITTER) / 256, () => {
      this.#settling = false;
      this.#session.seeking.hurryAll();
      for (const { file } of files.wanted()) this.begin(file);
      this.#session.onFiles();
    });
  }

  /** Tells how a file stands; progress only now and then. */
  tell(entry: FileEntry, progress = false): void {
    const { clock, events } = this.#session;
    const now = clock.now();
    if (progress && now - (this.#told.get(entry.file) ?? -Infinity) < TELL_EVERY) return;
    this.#told.set(entry.file, now);
    const { file, size } = entry;
    const how = { have: bytesHere(this.#session, entry), size, state: stateOf(this.#session, entry, file) };
    for (const { group, message } of entry.places) events.emit("transfer", { caucus: group, message, ...how });
  }

  #pump(): void {
    for (const file of this.#queue) {
      if (this.#running.size >= AT_ONCE) return;
      // One that was stopped has to come to its end before it begins anew.
      if (this.#running.has(file)) continue;
      this.#queue.delete(file);
      const control = new AbortController();
      this.#running.set(file, control);
      void this.#run(file, control.signal).then(() => {
        this.#running.delete(file);
        this.#pump();
        const entry = this.#session.files.get(file);
        if (entry && !this.#session.closed) this.tell(entry);
        this.#session.onFiles();
      });
    }
  }

  /** Rounds over all who may have it, until it is whole or a round brings nothing. Never rejects. */
  async #run(file: FileId, signal: AbortSignal): Promise<void> {
    const { files } = this.#session;
    const entry = files.get(file) as FileEntry;
    const run: Run = { signal, list: undefined, bad: new Set() };
    try {
      if (files.have(file) > 0) run.list = await this.#stored(entry);
      for (let before = -1; before < files.have(file) && !files.whole(entry);) {
        before = files.have(file);
        for (const whom of whomToAsk(this.#session, file)) {
          const name = "neighbour" in whom ? whom.neighbour : whom.addresses.join();
          if (signal.aborted || files.whole(entry)) break;
          if (!run.bad.has(name) && !(await this.#askOf(entry, whom, run))) run.bad.add(name);
        }
        if (signal.aborted) return;
      }
      if (files.whole(entry)) await this.#finish(file);
    } catch {
      // The disk is full or gone: what came is there, and the file waits.
      this.#session.events.emit("notice", {
        level: "warn",
        code: "file-not-stored",
        text: "A file could not be written to this device; it is tried again later.",
      });
    }
  }

  /** Takes what one of them has; `false` when they sent something else. */
  async #askOf(entry: FileEntry, whom: Asked, run: Run): Promise<boolean> {
    const { files, options, link } = this.#session;
    const { signal } = run;
    const named = (): { salt: Uint8Array; name: Uint8Array } => {
      const salt = options.random(16);
      return { salt, name: askName(askKeyOf(entry.key), salt, link.status().peerId) };
    };
    if (!run.list) {
      const parts: Uint8Array[] = [];
      const expected = chunksOf(entry.size) * 32;
      let length = 0;
      for await (const part of messagesOf(this.#session, whom, { request: { kind: "list", ...named() }, signal })) {
        parts.push(part);
        length += part.length;
        if (length >= expected || part.length === 0) break;
      }
      const list = concat(...parts);
      if (length < expected) return true;
      if (!isListOf(entry, list)) return false;
      run.list = list;
      await this.#commit([put({ space: "chunk", file: entry.scope, index: LIST_INDEX }, list)]);
    }
    const request = { kind: "chunks", ...named(), from: files.have(entry.file) } as const;
    return this.#takeChunks(entry, run.list, messagesOf(this.#session, whom, { request, signal }));
  }

  async #takeChunks(entry: FileEntry, list: Uint8Array, messages: AsyncIterable<Uint8Array>): Promise<boolean> {
    const { files } = this.#session;
    const { file, scope, size } = entry;
    let have = files.have(file);
    let batch: Change[] = [];
    const keep = async (): Promise<void> => {
      if (batch.length === 0) return;
      await this.#commit([...batch, putHave(file, have)]);
      batch = [];
      files.setHave(file, have);
      this.tell(entry, true);
    };
    let good = true;
    for await (const message of messages) {
      good = isChunkOf(list, have, message);
      if (!good) break;
      batch.push(put({ space: "chunk", file: scope, index: indexOf(have) }, message));
      have++;
      if (batch.length === BATCH) await keep();
      if (have === chunksOf(size)) break;
    }
    await keep();
    return good;
  }

  async #stored({ scope }: FileEntry): Promise<Uint8Array | undefined> {
    const read = this.#session.store.get({ space: "chunk", file: scope, index: LIST_INDEX });
    this.#session.track(read);
    return read;
  }

  /** Outside of the groups' steps: a file never holds up a message. */
  async #commit(changes: readonly Change[]): Promise<void> {
    const write = this.#session.store.commit(changes);
    this.#session.track(write);
    await write;
  }

  /** Whole: the groups that it belongs to are to hear of one more holder. */
  async #finish(file: FileId): Promise<void> {
    await this.#session.step(async (step) => {
      const entry = step.file(file);
      if (!entry) return;
      step.putFile({ ...entry, wanted: false, unsaid: [...new Set(entry.places.map(({ group }) => group))] });
    });
  }
}
