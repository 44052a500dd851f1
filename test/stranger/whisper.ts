/** Frames between two devices in a group, SPEC.md §5 (Pair frames). */
import { controlContext } from "./chain.ts";
import type { KeyAndTag } from "./crypto.ts";
import { sealMail, slotAt } from "./envelope.ts";
import { control, type Control } from "./frames.ts";
import { firstOfDay, pairFrame, type Pair } from "./identity.ts";
import type { Host } from "./self.ts";
import { format } from "./shapes.ts";

const DAY = 86_400_000;
const WINDOW = 32;

/** Where two devices are in a group: the pair, and their agreement keys. */
export interface Between {
  readonly pair: Pair;
  readonly group: string;
  readonly own: Uint8Array;
  readonly other: Uint8Array;
}

export class Whisper {
  readonly #between: Between;
  readonly #heard = new Set<number>();
  readonly #keys = new Map<number, KeyAndTag>();
  #next = 0;

  constructor(between: Between) {
    this.#between = between;
  }

  /** The frame of something that is told to the other alone. */
  seal(host: Host, said: Control): Uint8Array {
    const { pair, group, own } = this.#between;
    const now = host.now();
    const number = Math.max(this.#next, firstOfDay(now));
    this.#next = number + 1;
    const plaintext = format(control, said);
    const mail = { context: controlContext, slot: slotAt(now), nonce: host.random(24), plaintext };
    return sealMail(pairFrame(pair, group, { agreement: own, number }), mail);
  }

  /** Keys of the numbers that may come and have not. */
  expected(now: number): readonly (KeyAndTag & { readonly number: number })[] {
    const firsts = [-4, -3, -2, -1, 0, 1].flatMap((day) => [0, 1, 2, 3].map((n) => firstOfDay(now + day * DAY) + n));
    const highest = Math.max(-1, ...this.#heard);
    const window = Array.from({ length: WINDOW }, (_, i) => highest + 1 + i);
    const numbers = [...new Set([...firsts, ...window])].filter((n) => n >= 0 && !this.#heard.has(n));
    return numbers.map((number) => ({ number, ...this.#keyOf(number) }));
  }

  /** A frame of that number was opened: it counts once. */
  heard(number: number): void {
    this.#heard.add(number);
    this.#keys.delete(number);
  }

  #keyOf(number: number): KeyAndTag {
    const { pair, group, other } = this.#between;
    const key = this.#keys.get(number) ?? pairFrame(pair, group, { agreement: other, number });
    this.#keys.set(number, key);
    return key;
  }
}
