/** What was done in the day, when, by whom, and what came of it. */
import type { GroupId, MessageKind, PersonId } from "../../src/types.ts";
import type { VenueNode } from "../helpers/venueNode.ts";

/** What the command line says that it was: done, refused for good, or not known (the daemon went away, time was up). */
export type Came = "done" | "refused" | "unsure";

/** One act. */
export interface Deed {
  /** Milliseconds since the day began. */
  readonly at: number;
  readonly took: number;
  readonly by: string;
  readonly what: string;
  readonly came: Came;
  readonly person?: PersonId;
  /** Of an act that leaves one message of this kind there. */
  readonly caucus?: GroupId;
  readonly kind?: MessageKind;
}

/** What an act is called, and what it leaves where. */
export interface Meant {
  readonly what: string;
  readonly caucus?: GroupId;
  readonly kind?: MessageKind;
}

/** Where lines go: those of the timeline, and one for every act. */
export interface Pens {
  readonly say: (line: string) => void;
  readonly write: (line: string) => void;
}

const CAME: Readonly<Record<number, Came>> = { 0: "done", 2: "refused", 4: "refused" };
/** Of its hour, which the day is pressed into. */
const MINUTES = 60;

/** The book of a day. */
export class DayBook {
  readonly deeds: Deed[] = [];
  /** What went wrong, in words. */
  readonly faults: string[] = [];
  readonly #length: number;
  readonly #pens: Pens;
  #began = performance.now();
  #begun = false;

  /** `length`: ms that an hour takes. */
  constructor(length: number, pens: Pens) {
    this.#length = length;
    this.#pens = pens;
  }

  /** The hour begins now. */
  begin(): void {
    this.#began = performance.now();
    this.#begun = true;
  }
  get elapsed(): number {
    return performance.now() - this.#began;
  }
  /** When a minute of the hour is, in ms from the beginning. */
  momentOf(minute: number): number {
    return (minute / MINUTES) * this.#length;
  }

  /** A line of the timeline: with the minute of the hour, and before it with seconds. */
  tell(line: string): void {
    const minutes = Math.floor((this.elapsed / this.#length) * MINUTES);
    const at = this.#begun ? `${minutes} min` : `(${(this.elapsed / 1000).toFixed(0)} s)`;
    this.#pens.say(`${at.padStart(7)}  ${line}`);
  }
  fault(line: string): void {
    this.faults.push(line);
    this.tell(`WRONG: ${line}`);
  }

  /** Has somebody do something by the command line, and notes it. Its last line of JSON; `undefined` when it was not done. */
  async act<T>(by: VenueNode, { what, ...left }: Meant, ...args: readonly string[]): Promise<T | undefined> {
    const at = this.elapsed;
    const { code, stdout, stderr } = await by.run(...args, "--json");
    const came = CAME[code ?? 1] ?? "unsure";
    const words = came === "done" ? what : `${what}: ${stderr.trim()}`;
    const took = this.elapsed - at;
    this.#enter({ at, took, by: by.name, person: by.person, what: words, came, ...left });
    const last = stdout.trim().split("\n").at(-1) ?? "";
    return came === "done" && last !== "" ? (JSON.parse(last) as T) : undefined;
  }

  /** The same for an act that must be done. */
  async must<T>(by: VenueNode, meant: Meant, ...args: readonly string[]): Promise<T> {
    const value = await this.act<T>(by, meant, ...args);
    if (value === undefined) throw new Error(`${by.name}: ${this.deeds.at(-1)?.what ?? meant.what}`);
    return value;
  }

  /** Notes what somebody did otherwise. */
  note(deed: Omit<Deed, "at" | "took">): void {
    this.#enter({ at: this.elapsed, took: 0, ...deed });
  }

  #enter(deed: Deed): void {
    this.deeds.push(deed);
    const { at, took, by, what, came } = deed;
    this.#pens.write(`${(at / 1000).toFixed(1)} s +${took.toFixed(0)} ms  ${by}: ${what} – ${came}`);
  }
}
