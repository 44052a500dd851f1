/** Kept mail, and the tags that lead to something, SPEC.md §4 (Reading). */
import { Refused } from "./cbor.ts";
import { envelopeId, isAlive, readOutside, type Outside } from "./envelope.ts";
import { hex } from "./shapes.ts";

type Bytes = Uint8Array;

/** Opens a frame that bears a tag. @throws Refused if it is not wholly valid: then others under that tag are tried. */
export type Opening = (frame: Bytes, outside: Outside) => void;

/** An envelope that is kept, whomever it is for. */
export interface Kept {
  readonly id: Bytes;
  readonly slot: number;
  readonly frame: Bytes;
}

export class Mailbox {
  readonly #now: () => number;
  readonly #onFirst: Opening;
  readonly #kept = new Map<string, Bytes[]>();
  readonly #seen = new Map<string, Kept>();
  readonly #openings = new Map<string, Opening>();

  /** `onFirst` is handed first contacts, which bear no tag. */
  constructor(now: () => number, onFirst: Opening) {
    this.#now = now;
    this.#onFirst = onFirst;
  }

  /** Any frame from anywhere. */
  receive(frame: Bytes): void {
    tryTo(() => {
      const outside = readOutside(frame);
      const id = envelopeId(frame);
      if (this.#seen.has(hex(id)) || !isAlive(outside.slot, this.#now())) return;
      this.#seen.set(hex(id), { id, slot: outside.slot, frame });
      if (outside.kind === "first") return this.#onFirst(frame, outside);
      const tag = hex(outside.tag);
      this.#kept.set(tag, [...(this.#kept.get(tag) ?? []), frame]);
      this.#open(tag);
    });
  }

  /** All that came and what was published here, for others to catch up with. */
  get mail(): readonly Kept[] {
    return [...this.#seen.values()];
  }

  /** Looks a tag up from now on, until a frame under it was opened; among kept mail first. */
  expect(tag: Bytes, opening: Opening): void {
    const name = hex(tag);
    if (this.#openings.has(name)) return;
    this.#openings.set(name, opening);
    this.#open(name);
  }

  /** Tries kept mail under that tag again: something came that it may have lacked. */
  #open(tag: string): void {
    const opening = this.#openings.get(tag);
    if (opening === undefined) return;
    for (const frame of this.#kept.get(tag) ?? []) {
      const opened = tryTo(() => {
        opening(frame, readOutside(frame));
        this.#openings.delete(tag);
      });
      if (opened) return;
    }
  }
}

/** Whether nothing was refused. */
const tryTo = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
};
