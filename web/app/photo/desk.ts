/** One photo on the desk: what was opened, how it is edited, what it weighs. Views read its signals. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { Source } from "../order.ts";
import { edit, PENS, UNTOUCHED, type EditAction, type EditHistory, type Pen } from "./edit.ts";
import { finishNow, finishPhoto, type FinishedPhoto } from "./finish.ts";
import { openPhoto, type Photo } from "./open.ts";
import { drawPhoto, type Drawing } from "./render.ts";
import { PhotoTrouble, type TroubleCode } from "./trouble.ts";
import { discard } from "./canvas.ts";

export type Tool = "crop" | "pen" | "black";

/** Longest side of the picture on the screen, in pixels. */
const SCREEN_SIDE = 1_600;
/** Milliseconds of rest after which the photo is encoded to tell its size. */
const REST = 400;
export class PhotoDesk {
  readonly tool = signal<Tool>("black");
  readonly pen = signal<Pen>(PENS[0]);
  /** Which black box the keys move; none at -1. */
  readonly selected = signal(-1);
  readonly #photo = signal<Photo | undefined>(undefined);
  readonly #history = signal<EditHistory>(UNTOUCHED);
  readonly #trouble = signal<TroubleCode | undefined>(undefined);
  readonly #weight = signal<number | undefined>(undefined);
  #preview: HTMLCanvasElement | undefined;
  #finished: { readonly of: EditHistory["now"]; readonly photo: Promise<FinishedPhoto> } | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  get photo(): ReadonlySignal<Photo | undefined> {
    return this.#photo;
  }
  get history(): ReadonlySignal<EditHistory> {
    return this.#history;
  }
  get trouble(): ReadonlySignal<TroubleCode | undefined> {
    return this.#trouble;
  }
  /** Bytes that will go out; unknown until it was encoded once. */
  get weight(): ReadonlySignal<number | undefined> {
    return this.#weight;
  }

  async open(file: Blob): Promise<void> {
    this.#trouble.value = undefined;
    try {
      const photo = await openPhoto(file);
      this.#preview = drawPhoto(photo, UNTOUCHED.now, { side: SCREEN_SIDE });
      if (this.#closed) return this.#clear(photo);
      this.#photo.value = photo;
      this.#rest();
    } catch (error) {
      this.#trouble.value = error instanceof PhotoTrouble ? error.code : "broken";
    }
  }

  do(action: EditAction): void {
    const { black } = this.#history.peek().now;
    this.#history.value = edit(this.#history.peek(), action);
    const count = this.#history.peek().now.black.length;
    if (action.do === "black" && count > black.length) this.selected.value = count - 1;
    if (this.selected.peek() >= count) this.selected.value = count - 1;
    this.#rest();
  }

  /** Width of the picture as it is turned now, over its height. */
  get ratio(): number {
    const { width, height } = this.#photo.value?.canvas ?? { width: 3, height: 4 };
    return this.#history.value.now.turns % 2 === 0 ? width / height : height / width;
  }

  /** Draws the whole picture, with what was done to it, for the screen. */
  draw(canvas: HTMLCanvasElement, live: Drawing["live"]): void {
    const { now } = this.#history.peek();
    if (this.#preview) drawPhoto({ canvas: this.#preview }, now, { side: SCREEN_SIDE, uncropped: true, live, canvas });
  }

  /** The photo as it is edited now, to be sent. Rejects with a `PhotoTrouble`. */
  source(): Source {
    const photo = this.#photo.peek();
    const { now } = this.#history.peek();
    const ready = this.#finish();
    return { ready: () => ready, now: () => photo && finishNow(photo, now) };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#resting);
    this.#clear(this.#photo.peek());
    this.#photo.value = undefined;
  }

  #clear(photo: Photo | undefined): void {
    if (photo) discard(photo);
    if (this.#preview) discard({ canvas: this.#preview });
    this.#preview = undefined;
  }

  #finish(): Promise<FinishedPhoto> {
    const photo = this.#photo.peek();
    const { now } = this.#history.peek();
    if (!photo) return Promise.reject(new PhotoTrouble("broken"));
    if (this.#finished?.of !== now) this.#finished = { of: now, photo: finishPhoto(photo, now) };
    return this.#finished.photo;
  }

  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#finish().then(
        ({ blob }) => (this.#weight.value = blob.size),
        (error: unknown) => {
          if (!this.#closed) this.#trouble.value = error instanceof PhotoTrouble ? error.code : "broken";
        },
      );
    }, REST);
  }
}
