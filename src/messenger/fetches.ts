/** Files on their way here: which are fetched now, which wait, and what is told of them. */
import type { FileId, Millis } from "../types.ts";
import type { FileEntry } from "./fileBook.ts";
import { Fetching } from "./fetching.ts";
import { bytesHere, stateOf } from "./files.ts";
import type { Session } from "./session.ts";

/** Files that come at once; more wait their turn. */
const AT_ONCE = 3;
/** Holders that are asked at once, for all files together: each has a window of messages under way (`asks.ts`). */
const MAX_HOLDERS = 4;
/** Between two words about one file's progress. */
const TELL_EVERY: Millis = 250;
/** After links changed, at least and at most. */
const SETTLE: Millis = 1_000;
const SETTLE_JITTER: Millis = 2_000;

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

  /** Never rejects. */
  async #run(file: FileId, signal: AbortSignal): Promise<void> {
    const { files } = this.#session;
    const entry = files.get(file) as FileEntry;
    const most = Math.max(1, Math.floor(MAX_HOLDERS / this.#running.size));
    try {
      await new Fetching(this.#session, entry, { signal, most, tell: () => this.tell(entry, true) }).run();
      if (!signal.aborted && files.whole(entry)) await this.#finish(file);
    } catch {
      // The disk is full or gone: what came is there, and the file waits.
      this.#session.events.emit("notice", {
        level: "warn",
        code: "file-not-stored",
        text: "A file could not be written to this device; it is tried again later.",
      });
    }
  }

  /** Whole: the groups that it belongs to are to hear of one more holder. */
  async #finish(file: FileId): Promise<void> {
    await this.#session.step(async (step) => {
      const entry = step.file(file);
      if (!entry) return;
      const groups = entry.once ? [] : [...new Set(entry.places.map(({ group }) => group))];
      step.putFile({ ...entry, wanted: false, unsaid: groups });
    });
  }
}
