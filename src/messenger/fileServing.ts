/** Answers whoever asks for a file by a name that only those can make who have its key. Everybody else gets nothing. */
import { equalBytes } from "../protocol/codec.ts";
import { askKeyOf, askName, listParts } from "../protocol/file.ts";
import type { FileRequest } from "../protocol/request.ts";
import { Budget } from "./budget.ts";
import { indexOf, LIST_INDEX } from "./fetching.ts";
import type { FileEntry } from "./fileBook.ts";
import type { Session } from "./session.ts";

/** Files that are looked through for a name, the newest. */
const MAX_SERVED = 1000;
/** Requests of one neighbour, at once and in ten seconds; neighbours that are counted. */
const REQUESTS = 120;
const REFILL = 10_000;
const MAX_ASKERS = 256;

export class FileServer {
  readonly #session: Session;
  readonly #budgets = new Map<string, Budget>();
  readonly #askKeys = new WeakMap<Uint8Array, Uint8Array>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Never throws; what cannot be read ends the answer. */
  async *answer(asked: FileRequest, from: string): AsyncGenerator<Uint8Array, void> {
    if (!this.#allowed(from)) return;
    const entry = this.#named(asked.salt, asked.name, from);
    if (!entry) return;
    try {
      if (asked.kind === "list") {
        const list = await this.#read(entry, LIST_INDEX);
        if (list) yield* listParts(list);
        return;
      }
      // What comes while it is served is served too.
      const end = asked.from + asked.count;
      for (let i = asked.from; i < end && this.#session.files.has(entry.file, i); i++) {
        const chunk = await this.#read(entry, indexOf(i));
        if (!chunk || this.#session.closed) return;
        yield chunk;
      }
    } catch {
      // A damaged record: somebody else has it whole.
    }
  }

  async #read({ scope }: FileEntry, index: number): Promise<Uint8Array | undefined> {
    const read = this.#session.store.get({ space: "chunk", file: scope, index });
    this.#session.track(read);
    return read;
  }

  #named(salt: Uint8Array, name: Uint8Array, from: string): FileEntry | undefined {
    const { files } = this.#session;
    const held = [...files.all()].filter((entry) => files.have(entry.file) > 0).slice(-MAX_SERVED);
    return held.findLast((entry) => equalBytes(askName(this.#askKey(entry.key), salt, from), name));
  }

  #askKey(key: Uint8Array): Uint8Array {
    const known = this.#askKeys.get(key) ?? askKeyOf(key);
    this.#askKeys.set(key, known);
    return known;
  }

  #allowed(from: string): boolean {
    const { clock, closed } = this.#session;
    const budget = this.#budgets.get(from) ?? new Budget(REQUESTS, REFILL);
    this.#budgets.set(from, budget);
    if (this.#budgets.size > MAX_ASKERS) this.#budgets.delete(this.#budgets.keys().next().value as string);
    return !closed && budget.take(clock.now());
  }
}
