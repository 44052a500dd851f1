/** The day as it goes on: who is awake, what was said lately and can be answered, and the random talk beneath the scenes. */
import { setTimeout as delay } from "node:timers/promises";
import type { GroupId, MessageId, MessageKind } from "../../src/types.ts";
import type { SimRandom } from "../helpers/simRandom.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { ACTS } from "./dayActs.ts";
import type { DayBook } from "./dayBook.ts";
import type { DayCast, DayCaucus } from "./dayCast.ts";
import type { Seated } from "./dayPages.ts";
import { Ears } from "./ears.ts";
import { every } from "./every.ts";

/** A line that others may answer, pin or look for. */
export interface Line {
  readonly message: MessageId;
  readonly by: VenueNode;
  readonly text: string;
  /** By this machine's clock. */
  readonly at: number;
}

/** What is answered was said so long ago, at the least: most have it by then. */
const RIPE_MS = 4_000;
const REMEMBERED = 30;
/** At the end of the hour nobody goes on. */
const PATIENCE_MS = 120_000;

/** Files that are sent. */
export interface DayFiles {
  readonly photo: string;
  /** Some megabytes. */
  readonly annex: string;
}

export class DayLife {
  readonly cast: DayCast;
  readonly book: DayBook;
  readonly files: DayFiles;
  readonly ears = new Ears();
  /** The same of what stands on a screen. */
  readonly shown = new Ears();
  /** Of the scenes; the talk has one of its own. */
  readonly random: SimRandom;
  readonly #talk: SimRandom;
  readonly #away = new Set<VenueNode>();
  readonly #lines = new Map<GroupId, Line[]>();
  readonly #later: Promise<void>[] = [];
  readonly #more: DayCaucus[] = [];
  /** The board that lies on the table of a caucus. */
  readonly boards = new Map<GroupId, MessageId>();
  /** Who has compared keys with whoever has a second device later. */
  readonly compared: VenueNode[] = [];
  /** How many ms pages took from the press of a key to the words in the record. */
  readonly onScreen: number[] = [];

  constructor(
    cast: DayCast,
    book: DayBook,
    { files, random }: { readonly files: DayFiles; readonly random: SimRandom },
  ) {
    this.cast = cast;
    this.book = book;
    this.files = files;
    this.random = random.fork("scenes");
    this.#talk = random.fork("talk");
    for (const node of this.listened) this.ears.listen(node);
    cast.pages.onShown = (message) => this.shown.arrived(message, Date.now());
  }

  get caucuses(): readonly DayCaucus[] {
    return [this.cast.plenary, ...this.cast.regions, ...this.#more];
  }
  /** A caucus that came about in the course of the day. */
  takesUp(caucus: DayCaucus): void {
    this.#more.push(caucus);
  }
  /** Those who can act now. */
  awake({ nodes }: DayCaucus): readonly VenueNode[] {
    return nodes.filter((node) => !this.#away.has(node));
  }
  isAway(node: VenueNode): boolean {
    return this.#away.has(node);
  }
  leaves(node: VenueNode): void {
    this.#away.add(node);
  }
  returns(node: VenueNode): void {
    this.#away.delete(node);
  }

  /** One of those who can act; not one of `but`. */
  someone(caucus: DayCaucus, ...but: readonly VenueNode[]): VenueNode {
    const one = this.random.pick(this.awake(caucus).filter((node) => !but.includes(node)));
    if (one === undefined) throw new Error(`nobody is awake in ${caucus.name}`);
    return one;
  }

  /** Goes on beside the scenes that follow; waited for at the end. What goes wrong in it is noted. */
  beside(what: string, work: () => Promise<void>): void {
    this.#later.push(work().catch((error: unknown) => this.book.fault(`${what}: ${String(error)}`)));
  }
  async ended(): Promise<void> {
    await Promise.race([Promise.all(this.#later), delay(PATIENCE_MS)]);
  }

  /** Says something; `undefined` when it was not taken. */
  async say(by: VenueNode, caucus: DayCaucus, ...words: readonly string[]): Promise<MessageId | undefined> {
    const [text = ""] = words;
    return this.sends(by, caucus, { kind: "text", what: `says “${text}” in ${caucus.name}`, text, words });
  }

  /** Sends by `couloir send`, and remembers it. */
  async sends(
    by: VenueNode,
    { caucus }: DayCaucus,
    act: {
      readonly kind: MessageKind;
      readonly what: string;
      readonly text: string;
      readonly words: readonly string[];
    },
  ): Promise<MessageId | undefined> {
    const at = Date.now();
    const meant = { what: act.what, caucus, kind: act.kind };
    const sent = await this.book.act<{ message: MessageId }>(by, meant, "send", caucus, ...act.words);
    if (sent === undefined) return undefined;
    this.told(caucus, { message: sent.message, by, text: act.text, at });
    return sent.message;
  }

  /** Notes that a message was said. */
  told(caucus: GroupId, line: Line): void {
    for (const ears of [this.ears, this.shown]) ears.said.set(line.message, { caucus, at: line.at });
    const lines = this.#lines.get(caucus) ?? [];
    this.#lines.set(caucus, [...lines, line].slice(-REMEMBERED));
  }

  /** One of the lines that most have by now. */
  ripe({ caucus }: DayCaucus, random: SimRandom): Line | undefined {
    const before = Date.now() - RIPE_MS;
    return random.pick((this.#lines.get(caucus) ?? []).filter(({ at }) => at < before));
  }

  /** Somebody does something, again and again. */
  async talk(ms: number, ends: AbortSignal): Promise<void> {
    const all = ACTS.reduce((sum, { weight }) => sum + weight, 0);
    await every(ms, ends, async () => {
      // Half of what is said is said to all.
      const caucus = this.#talk.chance(0.5) ? this.cast.plenary : this.#talk.pick(this.caucuses);
      const by = caucus && this.#talk.pick(this.awake(caucus));
      let left = this.#talk.float() * all;
      const act = ACTS.find(({ weight }) => (left -= weight) < 0);
      if (caucus && by && act) await act.run({ day: this, by, caucus, random: this.#talk });
    });
  }

  /** A bot that may be killed or put to sleep: nobody listens to it, and no scene rests on it. */
  victim(): VenueNode | undefined {
    const safe = new Set([
      ...this.listened,
      this.linking(),
      ...this.cast.regions.flatMap(({ nodes }) => nodes.slice(0, 3)),
    ]);
    const likely = this.cast.bots.filter((node) => !safe.has(node) && !this.#away.has(node));
    return this.random.pick(likely.length > 0 ? likely : this.awake(this.cast.plenary).slice(-2));
  }
  /** Whoever has a second device. */
  linking(): VenueNode {
    return this.cast.bots[0]!;
  }
  /** Those whose ears are open. */
  get listened(): readonly VenueNode[] {
    return this.cast.bots.filter((_, at) => at % 4 === 0);
  }

  /** Notes that somebody at a page left something there. */
  saidOnPage({ who, person }: Seated, { name, caucus }: DayCaucus, kind: MessageKind): void {
    this.book.note({
      by: who.name,
      what: `${kind} in ${name}, on a page`,
      came: "done",
      caucus,
      kind,
      ...(person !== undefined && { person }),
    });
  }
  /** Has somebody at a page say something. */
  async saysOnPage(one: Seated, caucus: DayCaucus, text: string): Promise<void> {
    await this.cast.pages.enter(one, caucus.name);
    const at = this.book.elapsed;
    await this.cast.pages.say(one, text);
    this.saidOnPage(one, caucus, "text");
    this.onScreen.push(this.book.elapsed - at);
  }
}
