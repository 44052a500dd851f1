/** How the chunks that a file lacks are shared out among those who have it, so that the slowest holds up nobody. */

/** Chunks that one holder is asked for. */
export interface Span {
  readonly from: number;
  /** The next that is awaited. */
  at: number;
  /** Where it ends; another holder may be given the rest meanwhile. */
  to: number;
}

export class Spans {
  readonly #chunks: number;
  readonly #here: (index: number) => boolean;
  readonly #open = new Set<Span>();

  /** `here`: whether a chunk is on disk. */
  constructor(chunks: number, here: (index: number) => boolean) {
    this.#chunks = chunks;
    this.#here = here;
  }

  /** At most so many that nobody is asked for; where there are none, the later half of what somebody has not brought yet. */
  take(most: number): Span | undefined {
    const free = (index: number): boolean =>
      index < this.#chunks &&
      !this.#here(index) &&
      ![...this.#open].some(({ from, to }) => from <= index && index < to);
    let from = 0;
    while (from < this.#chunks && !free(from)) from += 1;
    if (from === this.#chunks) return this.#half();
    let to = from + 1;
    while (to < from + most && free(to)) to += 1;
    return this.#begin(from, to);
  }

  /** It came, or will not. */
  end(span: Span): void {
    this.#open.delete(span);
  }

  #begin(from: number, to: number): Span {
    const span = { from, at: from, to };
    this.#open.add(span);
    return span;
  }

  #half(): Span | undefined {
    const open = [...this.#open].filter(({ at, to }) => at < to);
    // The last one of a span is asked of two, and of no third.
    const alone = (span: Span): boolean => !open.some((one) => one !== span && one.at === span.at);
    const [longest] = open
      .filter((one) => one.to - one.at > 1 || alone(one))
      .sort((a, b) => b.to - b.at - (a.to - a.at));
    if (!longest) return undefined;
    const { at, to } = longest;
    if (to - at === 1) return this.#begin(at, to);
    longest.to = at + ((to - at + 1) >>> 1);
    return this.#begin(longest.to, to);
  }
}
