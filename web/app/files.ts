/** Sending files: as they were chosen, or as the photo editor finished them. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { CouloirError } from "../../src/errors.ts";
import type { GroupId, MessageView } from "../../src/types.ts";
import type { Conversation } from "./conversation.ts";
import type { Order, Source } from "./order.ts";
import type { Outgoing, OutgoingDesk } from "./outgoing.ts";

/** What it needs of the controller. */
interface Desk extends OutgoingDesk {
  readonly conversation: ReadonlySignal<Conversation | undefined>;
}

export class Files {
  readonly #desk: Desk;
  readonly #outgoing = signal<Outgoing | undefined>(undefined);
  /** The picture that the editor works on, before it is sent. */
  readonly photo = signal<File | undefined>(undefined);

  /** Photos that are to be sent together. */
  readonly photos = signal<readonly File[]>([]);

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Those that are being sent, once `begin` has given what does that. */
  get outgoing(): ReadonlySignal<Outgoing | undefined> {
    return this.#outgoing;
  }

  /** Whether something would go with the page: a picture in the editor, or a file that is not saved as a message yet. */
  get unsaved(): boolean {
    return this.photo.peek() !== undefined || this.photos.peek().length > 0 || (this.#outgoing.peek()?.busy ?? false);
  }

  /** Bytes that a page which goes now has to note beside those photos. */
  get held(): number {
    return this.#outgoing.value?.held ?? 0;
  }

  /** Finishes what was being sent when the page was left. What sends is loaded apart, like the screens. */
  async begin(Kind: typeof Outgoing): Promise<void> {
    if (this.#outgoing.peek()) return;
    const outgoing = new Kind(this.#desk);
    this.#outgoing.value = outgoing;
    await outgoing.load();
  }

  /**
   * Sends a file into a caucus that may not be the open one, as an answer to what is being answered there. Resolves when
   * its bytes are in hand, and rejects where the source does.
   */
  async send(order: Order, source: Source): Promise<void> {
    const outgoing = this.#outgoing.peek();
    if (!outgoing)
      throw new CouloirError("network", "not-loaded", "what sends files could not be loaded yet; try again");
    const open = this.#desk.conversation.peek();
    const reply = open?.caucus === order.caucus ? open.answering.peek()?.message : undefined;
    if (reply) open?.answer(undefined);
    await outgoing.send({ ...order, ...(reply && { reply }) }, source);
  }

  /** Sends a file as the reader chose it. */
  sendBlob(caucus: GroupId, file: File): Promise<void> {
    const { name, size } = file;
    return this.send({ caucus, name, size }, { ready: () => Promise.resolve({ blob: file }) });
  }

  /** A line of this person's own came in. */
  heard(line: MessageView): void {
    if (line.file) this.#outgoing.peek()?.heard(line);
  }

  /** The page may go away. */
  note(): void {
    this.#outgoing.peek()?.note();
  }

  stop(): void {
    this.#outgoing.peek()?.stop();
  }
}
