/**
 * Calls between tabs. Whoever calls may hand over a source of bytes, and whoever answers may answer with one; either is
 * pulled piece by piece, so that nothing piles up in the channel. When the other tab goes, `lose` ends all that waits
 * for it.
 */
import { usage } from "../../src/errors.ts";
import { MAX_FRAME } from "../../src/net/link.ts";
import type { Clock, Millis } from "../../src/types.ts";
import { fromProblem, isGone, tabGone, toProblem } from "./problem.ts";
import { slices } from "./streams.ts";
import type { Packet, Wire } from "./wire.ts";

/** What this tab answers others. Both may throw; a result that is not plain data is a bug. */
export interface Answerer {
  call(method: string, args: readonly unknown[]): Promise<unknown>;
  iterate(method: string, args: readonly unknown[]): AsyncIterable<unknown>;
}

interface Waiting {
  readonly to: string;
  readonly resolve: (packet: Packet) => void;
  readonly reject: (error: unknown) => void;
}

/** Lines that one answer to a pull may hold. */
const BATCH = 64;
/** Sources that one tab may have open here. */
const MAX_SOURCES = 64;
/** Tabs whose last call is remembered. */
const MAX_TABS = 256;
/** A piece of bytes as it goes over the channel. */
const PIECE = 4 * MAX_FRAME;

/** The next piece of a source comes within this time, or its tab is gone. */
const PIECE_WITHIN: Millis = 30_000;

type Source = AsyncIterator<unknown>;

const isBytes = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** `undefined` does not survive JSON in a list, and a source of bytes not at all. */
const packed = (args: readonly unknown[], source: (bytes: AsyncIterable<Uint8Array>) => void): unknown[] =>
  args.map((one) => {
    if (one === undefined) return [];
    if (typeof one !== "object" || one === null || !("bytes" in one) || !isBytes(one.bytes)) return [one];
    const { bytes, ...rest } = one;
    source(bytes);
    return [rest, "bytes"];
  });

const unpacked = (value: unknown, bytes: () => AsyncIterable<Uint8Array>): unknown[] =>
  (Array.isArray(value) ? value : []).map((one: unknown) => {
    const [plain, mark] = Array.isArray(one) ? (one as unknown[]) : [];
    return mark === "bytes" ? { ...(plain as object), bytes: bytes() } : plain;
  });

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of bytes) yield* slices(part, PIECE);
}

/** One tab's side of all calls. */
export class Rpc {
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  /** By the tab that pulls, and its or our number. */
  readonly #sources = new Map<string, Map<number, Source>>();
  /** The newest call of each tab: the channel keeps its order, so an older one is an echo. */
  readonly #newest = new Map<string, number>();
  #answerer: Answerer | undefined;
  #count = 0;

  constructor(wire: Wire, clock: Clock) {
    this.#wire = wire;
    this.#clock = clock;
  }

  /** Answers others from now on, or (with `undefined`) tells them that this tab does not. */
  serve(answerer: Answerer | undefined): void {
    this.#answerer = answerer;
  }

  /** Asks another tab. Rejects with its error, or `tab-gone`. */
  async call(to: string, method: string, args: readonly unknown[]): Promise<unknown> {
    const id = (this.#count += 1);
    const value = packed(args, (bytes) => this.#offer(to, id, inPieces(bytes)[Symbol.asyncIterator]()));
    try {
      const { value: answer } = await this.#ask({ to, kind: "call", id, value: [method, value] });
      const { ok, result, error } = answer as { ok?: boolean; result?: unknown; error?: unknown };
      if (ok !== true) throw fromProblem(error);
      return result;
    } finally {
      this.#drop(to, id);
    }
  }

  /** Asks another tab for many things, one after the other. */
  async *iterate(to: string, method: string, args: readonly unknown[]): AsyncGenerator<unknown> {
    const id = (this.#count += 1);
    this.#wire.send({ to, kind: "open", id, value: [method, packed(args, () => undefined)] });
    yield* this.#pull(to, id);
  }

  /** Ends all that waits for a tab. */
  lose(tab: string): void {
    for (const [id, waiting] of this.#waiting) if (waiting.to === tab) this.#fail(id);
    for (const id of this.#sources.get(tab)?.keys() ?? []) this.#drop(tab, id);
  }

  /** Ends everything. */
  close(): void {
    this.#answerer = undefined;
    for (const tab of new Set([...this.#sources.keys(), ...[...this.#waiting.values()].map(({ to }) => to)]))
      this.lose(tab);
  }

  /** Takes a packet that concerns calls; says whether it was one. */
  take(packet: Packet): boolean {
    const { kind, from, id = 0 } = packet;
    switch (kind) {
      case "call":
        if (this.#fresh(from, id)) void this.#answer(packet);
        return true;
      case "open":
        if (this.#fresh(from, id)) this.#begin(packet);
        return true;
      case "pull":
        void this.#more(packet);
        return true;
      case "stop":
        this.#drop(from, id);
        return true;
      case "answer":
      case "items": {
        const waiting = this.#waiting.get(id);
        if (waiting?.to !== from) return true;
        this.#waiting.delete(id);
        waiting.resolve(packet);
        return true;
      }
      default:
        return false;
    }
  }

  #ask(packet: Omit<Packet, "from"> & { readonly id: number }): Promise<Packet> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(packet.id, { to: packet.to, resolve, reject });
      this.#wire.send(packet);
    });
  }

  #fail(id: number): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.reject(tabGone());
  }

  #fresh(from: string, id: number): boolean {
    const before = this.#newest.get(from) ?? 0;
    if (id <= before) return false;
    this.#newest.delete(from);
    this.#newest.set(from, id);
    const [oldest] = this.#newest.keys();
    if (this.#newest.size > MAX_TABS && oldest !== undefined) this.#newest.delete(oldest);
    return true;
  }

  async #answer({ from, id = 0, value }: Packet): Promise<void> {
    const [method, args] = Array.isArray(value) ? (value as unknown[]) : [];
    let answer: unknown;
    try {
      if (this.#answerer === undefined) throw tabGone();
      // The other side numbers what it offers as it numbers the call.
      const given = unpacked(args, () => this.#given(from, id));
      answer = { ok: true, result: await this.#answerer.call(String(method), given) };
    } catch (error) {
      answer = { ok: false, error: toProblem(error) };
    }
    this.#wire.send({ to: from, kind: "answer", id, value: answer });
  }

  #begin({ from, id = 0, value }: Packet): void {
    const [method, args] = Array.isArray(value) ? (value as unknown[]) : [];
    const answerer = this.#answerer;
    const source = (async function* () {
      if (answerer === undefined) throw tabGone();
      const given = unpacked(args, async function* () {});
      for await (const one of answerer.iterate(String(method), given)) {
        if (one instanceof Uint8Array) yield* slices(one, PIECE);
        else yield one;
      }
    })();
    this.#offer(from, id, source);
  }

  #offer(to: string, id: number, source: Source): void {
    const mine = this.#sources.get(to) ?? new Map<number, Source>();
    this.#sources.set(to, mine);
    mine.set(id, source);
    for (const oldest of mine.keys()) {
      if (mine.size <= MAX_SOURCES) break;
      this.#drop(to, oldest);
    }
  }

  #drop(tab: string, id: number): void {
    const mine = this.#sources.get(tab);
    const source = mine?.get(id);
    mine?.delete(id);
    if (mine?.size === 0) this.#sources.delete(tab);
    // A source that fails while it is let go has nobody to tell.
    Promise.resolve(source?.return?.()).catch(() => undefined);
  }

  /** What a tab hands over with its call. That it is gone is not said as if the one that was asked were. */
  async *#given(from: string, id: number): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#pull(from, id) as AsyncGenerator<Uint8Array>;
    } catch (error) {
      throw isGone(error) ? usage("file-source", "the tab that had the file has closed") : error;
    }
  }

  async *#pull(from: string, source: number): AsyncGenerator<unknown> {
    try {
      for (;;) {
        const id = (this.#count += 1);
        const cancel = this.#clock.after(PIECE_WITHIN, () => this.#fail(id));
        const { value, bytes } = await this.#ask({ to: from, kind: "pull", id, value: source }).finally(cancel);
        const { items = [], done, error } = value as { items?: unknown[]; done?: boolean; error?: unknown };
        if (bytes !== undefined) yield bytes;
        yield* items;
        if (error !== undefined) throw fromProblem(error);
        if (done === true) return;
      }
    } finally {
      this.#wire.send({ to: from, kind: "stop", id: source });
    }
  }

  async #more({ from, id = 0, value: number }: Packet): Promise<void> {
    const source = this.#sources.get(from)?.get(number as number);
    const items: unknown[] = [];
    let value: unknown = { done: true, error: toProblem(tabGone()) };
    let bytes: Uint8Array | undefined;
    try {
      while (source !== undefined) {
        const next = await source.next();
        value = next.done === true ? { items, done: true } : { items };
        if (next.done === true) break;
        if (next.value instanceof Uint8Array) bytes = next.value;
        else items.push(next.value);
        if (bytes !== undefined || items.length >= BATCH) break;
      }
    } catch (error) {
      value = { items, done: true, error: toProblem(error) };
    }
    this.#wire.send({ to: from, kind: "items", id, value, ...(bytes && { bytes }) });
  }
}
