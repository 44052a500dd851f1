/** One open caucus: the newest lines, what is being written, and what is new. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { CHANGES } from "../../src/content/quiet.ts";
import type { CaucusView, GroupId, MessageId, MessageView, Millis, Transfer } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { inOrder, reactionsOf, type Reaction } from "./reading.ts";

/** Lines loaded at first, and as many more with each "older". */
const WINDOW = 200;

export interface Unread {
  readonly from: MessageId;
  readonly since: Millis;
  readonly count: number;
}

export class Conversation {
  readonly caucus: GroupId;
  readonly #api: RemoteApi;
  readonly #lines = signal<readonly MessageView[]>([]);
  readonly #older = signal(false);
  readonly #loaded = signal(false);
  readonly #answering = signal<MessageView | undefined>(undefined);
  readonly #found = signal<MessageId | undefined>(undefined);
  readonly unread: Unread | undefined;
  /** Text, files, notices, pins and what was laid on the table, in order. */
  readonly lines: ReadonlySignal<readonly MessageView[]>;
  readonly reactions: ReadonlySignal<ReadonlyMap<string, readonly Reaction[]>>;
  #limit = WINDOW;
  #loading: Promise<void> | undefined;
  #closed = false;

  constructor(api: RemoteApi, view: CaucusView) {
    this.#api = api;
    this.caucus = view.caucus;
    // Taken once: the marker stays where it was while the reader reads on.
    if (view.unread > 0 && view.unreadFrom && view.unreadSince !== undefined) {
      this.unread = { from: view.unreadFrom, since: view.unreadSince, count: view.unread };
    }
    this.lines = computed(() => this.#lines.value.filter((line) => line.kind !== "reaction"));
    this.reactions = computed(() => reactionsOf(this.#lines.value));
  }

  /** Whether the first lines are here. */
  get loaded(): ReadonlySignal<boolean> {
    return this.#loaded;
  }
  /** Whether older lines are on this device. */
  get older(): ReadonlySignal<boolean> {
    return this.#older;
  }
  /** The line that the next message answers. */
  get answering(): ReadonlySignal<MessageView | undefined> {
    return this.#answering;
  }
  /** The line that was jumped to. */
  get found(): ReadonlySignal<MessageId | undefined> {
    return this.#found;
  }

  line(message: MessageId): MessageView | undefined {
    return this.#lines.value.find((line) => line.message === message);
  }

  /** Loads, or loads again, the newest `#limit` lines. Lines that came meanwhile stay. */
  async load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  async #load(): Promise<void> {
    const lines: MessageView[] = [];
    for await (const line of this.#api.history(this.caucus, { limit: this.#limit, without: "changes" }))
      lines.push(line);
    if (this.#closed) return;
    this.#older.value = lines.length >= this.#limit;
    const ids = new Set(lines.map((line) => line.message));
    const oldest = lines[0];
    const meanwhile = this.#lines
      .peek()
      .filter((line) => !ids.has(line.message) && (!oldest || inOrder(line, oldest) > 0));
    this.#lines.value = [...lines, ...meanwhile].toSorted(inOrder);
    this.#loaded.value = true;
  }

  async loadOlder(): Promise<void> {
    if (!this.#older.peek() || this.#loading) return this.#loading;
    this.#limit += WINDOW;
    await this.load();
  }

  /** Shows a line, loading further back until it is here. Resolves with whether it was found. */
  async find(message: MessageId): Promise<boolean> {
    while (!this.line(message) && this.#older.peek()) await this.loadOlder();
    const there = this.line(message) !== undefined;
    if (there) {
      this.#found.value = undefined;
      this.#found.value = message;
    }
    return there;
  }

  /** A line was committed or changed. */
  take(line: MessageView): void {
    // What changes on the table shows there: here it would only crowd out what was said.
    if (line.caucus !== this.caucus || CHANGES.has(line.kind)) return;
    const others = this.#lines.peek().filter((one) => one.message !== line.message);
    const lines = [...others, line].toSorted(inOrder);
    // A caucus that talks for hours must not fill the page: the oldest go back to where "older" fetches them.
    const over = lines.length > this.#limit + WINDOW;
    if (over) this.#older.value = true;
    this.#lines.value = over ? lines.slice(-this.#limit) : lines;
  }

  /** The answer to a call may come after an event that knows more of the same line. */
  #said(line: MessageView): void {
    if (!this.line(line.message)) this.take(line);
  }

  takeTransfer(transfer: Transfer): void {
    if (transfer.caucus !== this.caucus) return;
    this.#lines.value = this.#lines
      .peek()
      .map((line) =>
        line.message === transfer.message && line.file
          ? { ...line, file: { ...line.file, have: transfer.have, state: transfer.state } }
          : line,
      );
  }

  answer(line: MessageView | undefined): void {
    this.#answering.value = line;
  }

  /** The same words under the same nonce are one message. `onRecord`: signed with the person's own key, as evidence. */
  async send(text: string, nonce?: string, onRecord = false): Promise<void> {
    const reply = this.#answering.peek();
    this.#answering.value = undefined;
    try {
      this.#said(
        await this.#api.send(this.caucus, text, {
          ...(reply && { reply: reply.message }),
          ...(nonce !== undefined && { nonce }),
          ...(onRecord && { onRecord }),
        }),
      );
    } catch (error) {
      this.#answering.value = reply;
      throw error;
    }
  }

  /** Makes the mark, or takes it back where `mine` is the same. */
  async react(message: MessageId, emoji: string, mine: string | undefined): Promise<void> {
    this.#said(await this.#api.react(this.caucus, message, emoji === mine ? "" : emoji));
  }

  /** Pins it for everybody, or takes the pin off. */
  async pin(message: MessageId, on: boolean): Promise<void> {
    this.#said(await this.#api.pin(this.caucus, message, on));
  }

  async fetchFile(message: MessageId): Promise<void> {
    this.take(await this.#api.fetchFile(this.caucus, message));
  }

  async cancelFile(message: MessageId): Promise<void> {
    this.take(await this.#api.cancelFile(this.caucus, message));
  }

  close(): void {
    this.#closed = true;
  }
}
