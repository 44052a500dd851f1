/** One open caucus: a stretch of its lines, what is being written, and what is new. */
import { batch, computed, signal, type ReadonlySignal } from "@preact/signals";
import { CHANGES, QUIET } from "../../src/content/quiet.ts";
import type { CaucusView, GroupId, MessageId, MessageView, Millis, Transfer } from "../../src/types.ts";
import type { RemoteApi } from "../peer/backend.ts";
import { HeldRecord } from "./heldRecord.ts";
import { reactionsOf, type Reaction } from "./reading.ts";
import { endOf, MAX_LINES } from "./stretch.ts";

/** Lines loaded at first. */
const FIRST = 100;
export interface Unread {
  readonly from: MessageId;
  readonly since: Millis;
  readonly count: number;
}

export class Conversation {
  readonly caucus: GroupId;
  readonly #api: RemoteApi;
  readonly #held: HeldRecord;
  readonly #loaded = signal(false);
  readonly #answering = signal<MessageView | undefined>(undefined);
  readonly #found = signal<MessageId | undefined>(undefined);
  readonly #landings = signal(0);
  readonly #missed = signal(0);
  readonly unread: Unread | undefined;
  /** Text, files, notices, pins and what was laid on the table, in order. */
  readonly lines: ReadonlySignal<readonly MessageView[]>;
  readonly reactions: ReadonlySignal<ReadonlyMap<string, readonly Reaction[]>>;
  /** Whether older lines are on this device. */
  readonly older: ReadonlySignal<boolean>;
  /** Whether newer ones are than those that are held. */
  readonly newer: ReadonlySignal<boolean>;
  readonly #following = signal(true);

  constructor(api: RemoteApi, view: CaucusView) {
    this.#api = api;
    this.caucus = view.caucus;
    this.#held = new HeldRecord(api, view.caucus);
    const { stretch, marks } = this.#held;
    // Taken once: the marker stays where it was while the reader reads on.
    if (view.unread > 0 && view.unreadFrom && view.unreadSince !== undefined) {
      this.unread = { from: view.unreadFrom, since: view.unreadSince, count: view.unread };
    }
    this.lines = computed(() => stretch.value.lines.filter((line) => line.kind !== "reaction"));
    this.reactions = computed(() => reactionsOf(marks.lines.value));
    this.older = computed(() => stretch.value.older);
    this.newer = computed(() => stretch.value.newer);
  }

  /** Whether the first lines are here. */
  get loaded(): ReadonlySignal<boolean> {
    return this.#loaded;
  }
  /** The line that the next message answers. */
  get answering(): ReadonlySignal<MessageView | undefined> {
    return this.#answering;
  }
  /** The line that was jumped to; none when that was the end. */
  get found(): ReadonlySignal<MessageId | undefined> {
    return this.#found;
  }
  /** How often the reader has gone to `found`. */
  get landings(): ReadonlySignal<number> {
    return this.#landings;
  }
  /** Lines of others that came below where the reader is. */
  get missed(): ReadonlySignal<number> {
    return this.#missed;
  }

  line(message: MessageId): MessageView | undefined {
    return this.#held.line(message);
  }

  /** Whether the reader is at the end, and sees what comes in. */
  get following(): ReadonlySignal<boolean> {
    return this.#following;
  }
  /** Says whether the reader is at the end of the record. */
  follow(following: boolean): void {
    this.#following.value = following;
    if (following) this.#missed.value = 0;
  }

  /** Loads, or loads again, what is held. Lines that came meanwhile stay. */
  async load(): Promise<void> {
    const held = this.#held;
    await held.alone(async () => {
      const { lines, newer } = held.stretch.peek();
      const first = lines[0];
      if (newer && first) return held.land(first.sentAt, lines.length);
      const limit = Math.min(MAX_LINES, Math.max(FIRST, lines.length));
      const page = await held.read({ limit });
      const { unread } = this;
      const far = !first && unread && page.length >= limit && !page.some((line) => line.message === unread.from);
      if (!far) return held.holdNewest(page, limit);
      // So much is new that its beginning is further back.
      this.#following.value = false;
      return held.land(unread.since);
    });
    this.#loaded.value = true;
  }

  loadOlder(): Promise<void> {
    return this.#held.loadOlder();
  }
  loadNewer(): Promise<void> {
    return this.#held.loadNewer();
  }

  /** Shows the newest lines, wherever the reader was. */
  async toEnd(): Promise<void> {
    this.follow(true);
    if (!this.newer.peek()) return;
    await this.#held.alone(async () => {
      const page = await this.#held.read({ limit: FIRST });
      batch(() => {
        this.#held.holdNewest(page, FIRST);
        this.#found.value = undefined;
        this.#landings.value += 1;
      });
    });
  }

  /** Shows a line, wherever in the record it is. Resolves with whether it was found. */
  async find(message: MessageId): Promise<boolean> {
    await this.#held.loading;
    if (!this.line(message)) {
      const line = await this.#api.message(this.caucus, message);
      if (!line || CHANGES.has(line.kind)) return false;
      await this.#held.alone(() => this.#held.land(line.sentAt));
      if (!this.line(message) && line.state === "saved") await this.toEnd();
    }
    return this.line(message) !== undefined && this.#show(message);
  }

  /** Shows the first line that was said at a moment or after it. Resolves with its time, if there is one. */
  async findMoment(at: Millis): Promise<Millis | undefined> {
    const page = await this.#held.read({ after: { at }, limit: FIRST });
    const line = page.find(({ kind }) => kind !== "reaction");
    if (line && (await this.find(line.message))) return line.sentAt;
    await this.toEnd();
    return undefined;
  }

  #show(message: MessageId): true {
    batch(() => {
      this.#following.value = false;
      this.#found.value = message;
      this.#landings.value += 1;
    });
    return true;
  }

  /** A line was committed or changed. */
  take(line: MessageView): void {
    // What changes on the table shows there: here it would only crowd out what was said.
    if (line.caucus !== this.caucus || CHANGES.has(line.kind)) return;
    const known = this.line(line.message) !== undefined;
    const last = endOf(this.#held.stretch.peek());
    const counts = line.sender !== this.#api.person && !QUIET.has(line.kind);
    batch(() => {
      this.#held.take(line, this.#following.peek());
      if (!known && !this.#following.peek() && counts && last && line.sentAt >= last.at) this.#missed.value += 1;
    });
  }

  /** Nothing of a line is left on this device. */
  drop(message: MessageId): void {
    batch(() => {
      this.#held.drop(message);
      if (this.#answering.peek()?.message === message) this.#answering.value = undefined;
    });
  }

  /** The answer to a call may come after an event that knows more of the same line. */
  #said(line: MessageView): void {
    if (!this.line(line.message)) this.take(line);
  }

  takeTransfer(transfer: Transfer): void {
    const { caucus, message, have, state } = transfer;
    const line = caucus === this.caucus ? this.line(message) : undefined;
    if (line?.file) this.take({ ...line, file: { ...line.file, have, state } });
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
      if (this.newer.peek()) await this.toEnd();
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
    this.#held.close();
  }
}
