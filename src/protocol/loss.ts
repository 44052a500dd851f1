/** What of an operation's past does not count, because removals beside it took it along. SPEC.md §8. */
import type { Dag } from "./dag.ts";
import { IndexSet } from "./indexSet.ts";
import type { Part } from "./part.ts";
import type { Reach } from "./reach.ts";
import type { Replay } from "./replay.ts";
import { spares } from "./spared.ts";

/** Offices that nobody is entitled to without the rest, as far as it has been asked. */
export interface Fallen {
  /** As what it is remembered. */
  readonly name: string;
  readonly asked: IndexSet;
  readonly fallen: IndexSet;
}

export interface Loss {
  /** What does not count for an operation, wherever in its past. */
  readonly goneFor: (r: number) => IndexSet;
  /** JOINs that stand whatever became of their way in. */
  readonly outlived: IndexSet;
  /** Of those for whom the same is gone, which offices fall with that; `undefined` where these are gone already. */
  readonly fallenFor: ((r: number) => Fallen) | undefined;
  /** Verdicts about who would be entitled: the same losses come again and again. */
  readonly verdicts: Map<number, boolean>;
  /** Pasts applied less what is gone of them, by what they end with: the next one mostly goes on from there. */
  readonly replays: Map<string, Replay>;
}

/** Whether the author of `r` would be entitled to it in its own past, less what does not count there. */
export type Allowed = (part: Part, r: number, loss: Loss) => boolean;

const isUnseat = (dag: Dag, i: number): boolean => dag.at(i).op.body.kind === "unseat";

interface Hits {
  readonly all: IndexSet;
  /** Less what only removals hit that spare who asks; the very same set where none does. */
  readonly hitsOf: (r: number) => IndexSet;
}

/** What some removals hit. */
export const hitsFor = (part: Part, reach: Reach, by: IndexSet): Hits => {
  const { dag } = part;
  const unseats = [...by].filter((q) => isUnseat(dag, q));
  const all = reach.hitBy(by);
  if (unseats.length === 0) return { all, hitsOf: () => all };
  const others = reach.hitBy([...by].filter((q) => !isUnseat(dag, q)));
  const hitsOf = (r: number): IndexSet => {
    const hard = unseats.filter((q) => !spares(part, q, r));
    return hard.length === unseats.length ? all : reach.hitBy(hard).addAll(others);
  };
  return { all, hitsOf };
};

const unasked = (name: string): Fallen => ({ name, asked: new IndexSet(), fallen: new IndexSet() });

/** Losses that one decision remembers; a decision asks about one after the other. */
const REMEMBERED = 64;

/** What some removals take along: worked out once for all that take the same, or their number would be a factor of all work. */
export class Losses {
  readonly #part: Part;
  readonly #reach: Reach;
  readonly #known = new Map<string, Loss>();

  constructor(part: Part, reach: Reach) {
    this.#part = part;
    this.#reach = reach;
  }

  /** @param by removals */
  of(by: IndexSet): Loss {
    const name = this.#nameOf(by);
    const known = this.#known.get(name);
    if (known) return known;
    const { all, hitsOf: goneFor } = hitsFor(this.#part, this.#reach, by);
    const plain = unasked("");
    const spared = new Map<string, Fallen>();
    const fallenFor = (r: number): Fallen => {
      const gone = goneFor(r);
      if (gone === all) return plain;
      const before = spared.get(gone.name) ?? unasked(gone.name);
      spared.set(before.name, before);
      return before;
    };
    const made: Loss = {
      goneFor,
      outlived: this.#reach.outliving(by),
      fallenFor,
      verdicts: new Map(),
      replays: new Map(),
    };
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(name, made);
    return made;
  }

  /** By what they hit; whom an UNSEAT spares is another for each. */
  #nameOf(by: IndexSet): string {
    for (const q of by) if (isUnseat(this.#part.dag, q)) return `by${by.name}`;
    return `of${this.#reach.hitBy(by).name}${this.#reach.outliving(by).name}`;
  }
}
