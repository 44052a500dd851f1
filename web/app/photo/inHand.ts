/** Several photos while somebody looks through them: drawn anew meanwhile, and at hand for a page that goes away. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Ready, Source } from "../order.ts";
import { MOST_NOTED, type Parcel } from "../parcel.ts";

/** Photos before they are sent. */
export class PhotosInHand {
  readonly #draw: (file: File) => Promise<Ready>;
  readonly #begun = new Map<File, Promise<Ready>>();
  readonly #drawn = new Map<File, Parcel>();
  /** As they were chosen, until they are drawn: as many as there is room for beside those that are. */
  readonly #raw = new Map<File, Parcel>();
  readonly #reading = new Set<File>();
  /** There is nothing to wait for. */
  readonly #failed = new Set<File>();
  readonly #ready = signal(0);
  #files: readonly File[] = [];
  #taken = 0;

  /** `draw`: see `drawnAnew`. */
  constructor(draw: (file: File) => Promise<Ready>) {
    this.#draw = draw;
  }

  /** How many of them a page that goes now would not lose: all, once they may be sent. */
  get ready(): ReadonlySignal<number> {
    return this.#ready;
  }

  /** These are to be sent, and no others. `taken`: bytes that a page notes beside them. */
  hold(files: readonly File[], taken = 0): void {
    this.#files = files;
    this.#taken = taken;
    for (const held of [this.#drawn, this.#raw])
      for (const file of held.keys()) if (!files.includes(file)) held.delete(file);
    for (const file of files) void this.#begin(file);
    this.#fill();
  }

  sourceOf(file: File): Source {
    return { ready: () => this.#begin(file), now: () => this.#drawn.get(file) ?? this.#raw.get(file) };
  }

  #begin(file: File): Promise<Ready> {
    const before = this.#begun.get(file);
    if (before) return before;
    const drawing = this.#draw(file);
    this.#begun.set(file, drawing);
    drawing
      .then(async ({ blob, ...about }) => {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        if (this.#files.includes(file)) this.#drawn.set(file, { bytes, type: blob.type, ...about });
      })
      .catch(() => this.#failed.add(file))
      .finally(() => {
        this.#raw.delete(file);
        this.#fill();
      });
    return drawing;
  }

  /** Reads what there is room for, and gives up what there is none for any more: that has to be drawn first. */
  #fill(): void {
    let room = MOST_NOTED - this.#taken;
    let ready = 0;
    for (const { bytes } of this.#drawn.values()) if ((room -= bytes.length) >= 0) ready += 1;
    for (const file of this.#files) {
      if (this.#drawn.has(file)) continue;
      if (this.#failed.has(file)) ready += 1;
      else if (file.size > room) this.#raw.delete(file);
      else {
        room -= file.size;
        if (this.#raw.has(file)) ready += 1;
        else void this.#read(file);
      }
    }
    this.#ready.value = ready;
  }

  async #read(file: File): Promise<void> {
    if (this.#reading.has(file)) return;
    this.#reading.add(file);
    const bytes = await file.arrayBuffer().catch(() => undefined);
    this.#reading.delete(file);
    if (!bytes || this.#drawn.has(file) || !this.#files.includes(file)) return;
    this.#raw.set(file, { bytes: new Uint8Array(bytes), type: file.type, raw: true });
    this.#fill();
  }
}
