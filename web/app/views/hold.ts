/** Where the reader of a record is: at its end, or at a line that stays where it is while others come in above and below. */

/** Pixels from the end that still count as being there. */
const NEAR = 48;

export class Hold {
  readonly #pane: HTMLElement;
  #entry: Element | undefined;
  /** Of the entry, from the top of the pane. */
  #top = 0;
  end = true;

  constructor(pane: HTMLElement) {
    this.#pane = pane;
  }

  /** Pixels of the record below what is in sight. */
  get below(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#pane;
    return scrollHeight - scrollTop - clientHeight;
  }

  #topOf(element: Element): number {
    return element.getBoundingClientRect().top - this.#pane.getBoundingClientRect().top;
  }

  /** Takes down what is in sight. */
  note(): void {
    this.end = this.below < NEAR;
    const entries = this.#pane.querySelectorAll("[data-message]");
    let [from, to] = [0, entries.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      const one = entries[middle];
      if (one && this.#topOf(one) < 0) from = middle + 1;
      else to = middle;
    }
    // The first of all gets another head, or none, when older ones come in above it.
    this.#entry = entries[from === 0 ? Math.min(1, entries.length - 1) : from];
    this.#top = this.#entry ? this.#topOf(this.#entry) : 0;
  }

  /** Puts the reader back there, after rows have come or gone. */
  keep(): void {
    if (this.end) this.toEnd();
    else if (this.#entry?.isConnected) {
      const moved = this.#topOf(this.#entry) - this.#top;
      // To set it, even to the same, ends a movement of the finger.
      if (Math.abs(moved) >= 1) this.#pane.scrollTop += moved;
    }
  }

  toEnd(): void {
    this.end = true;
    this.#pane.scrollTop = this.#pane.scrollHeight;
  }

  /** Shows a row: a line in the middle, the marker of what is new with a little of what was said before. */
  show(selector: string, where: "middle" | "upper"): boolean {
    const row = this.#pane.querySelector(selector);
    if (!row) return false;
    row.scrollIntoView({ block: where === "middle" ? "center" : "start" });
    if (where === "upper") this.#pane.scrollTop -= this.#pane.clientHeight / 4;
    return true;
  }
}
