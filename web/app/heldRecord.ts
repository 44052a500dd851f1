/** What a page holds of one record: read from the messenger piece by piece, one piece at a time. */
import { batch, signal, type ReadonlySignal } from "@preact/signals";
import type { HistoryOptions } from "../../src/messenger/paging.ts";
import type { GroupId, MessageId, MessageView, Millis } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { Marks } from "./marks.ts";
import {
  beginningOf,
  endOf,
  newest,
  NO_LINES,
  PAGE,
  withLine,
  withNewer,
  withOlder,
  without,
  type Stretch,
} from "./stretch.ts";

/** Lines read after a place that the reader goes to; more than are shown, for the marks that others made on them later. */
const AHEAD = 200;

export class HeldRecord {
  readonly marks = new Marks();
  readonly #api: RemoteApi;
  readonly #caucus: GroupId;
  readonly #stretch = signal<Stretch>(NO_LINES);
  #loading: Promise<void> | undefined;
  #closed = false;

  constructor(api: RemoteApi, caucus: GroupId) {
    this.#api = api;
    this.#caucus = caucus;
  }

  get stretch(): ReadonlySignal<Stretch> {
    return this.#stretch;
  }
  /** What is being read, if anything is. */
  get loading(): Promise<void> | undefined {
    return this.#loading;
  }

  line(message: MessageId): MessageView | undefined {
    return this.#stretch.value.lines.find((line) => line.message === message);
  }

  async read(options: HistoryOptions): Promise<readonly MessageView[]> {
    const lines: MessageView[] = [];
    for await (const line of this.#api.history(this.#caucus, { ...options, without: "changes" })) lines.push(line);
    return lines;
  }

  /** One thing after another: what is read at one end must not meet what is read at the other. */
  async alone(work: () => Promise<void>): Promise<void> {
    while (this.#loading) await this.#loading.catch(() => undefined);
    this.#loading = work().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  async loadOlder(): Promise<void> {
    const now = this.#stretch.peek();
    const before = beginningOf(now);
    if (!before || !now.older || this.#loading) return this.#loading;
    await this.alone(async () => {
      const page = await this.read({ limit: PAGE, before });
      this.#hold(withOlder(this.#stretch.peek(), page, page.length >= PAGE));
    });
  }

  async loadNewer(): Promise<void> {
    const now = this.#stretch.peek();
    const after = endOf(now);
    if (!after || !now.newer || this.#loading) return this.#loading;
    await this.alone(async () => {
      const page = await this.read({ limit: PAGE, after });
      this.#hold(withNewer(this.#stretch.peek(), page, page.length >= PAGE));
    });
  }

  /** Holds a page of so many newest lines, and what has come since it was read. */
  holdNewest(page: readonly MessageView[], limit: number): void {
    this.#hold(newest(this.#stretch.peek(), page, page.length >= limit));
  }

  /** Holds what was said around a moment: at least so many lines after it. */
  async land(at: Millis, length = 2 * PAGE): Promise<void> {
    const before = await this.read({ before: { at }, limit: PAGE });
    const limit = Math.max(AHEAD, length);
    const after = await this.read({ after: { at }, limit });
    this.marks.take(after);
    const lines = [...before, ...after.slice(0, length)];
    const newer = after.length >= limit || before.length + after.length > lines.length;
    this.#hold({ lines, older: before.length >= PAGE, newer });
  }

  /** A line was committed or changed. `following`: the reader is at the end. */
  take(line: MessageView, following: boolean): void {
    this.#hold(withLine(this.#stretch.peek(), line, following), [line]);
  }

  /** A line is shown no more. */
  drop(message: MessageId): void {
    this.marks.drop(message);
    this.#hold(without(this.#stretch.peek(), message), []);
  }

  #hold(stretch: Stretch, marks: readonly MessageView[] = stretch.lines): void {
    if (this.#closed) return;
    batch(() => {
      this.marks.take(marks);
      this.#stretch.value = stretch;
    });
  }

  close(): void {
    this.#closed = true;
  }
}
