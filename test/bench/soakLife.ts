/** What goes on while it lasts: people write and send photos, and now and then something goes wrong. */
import { setTimeout as delay } from "node:timers/promises";
import type { VenueNode } from "../helpers/venueNode.ts";
import type { GroupId, MessageId } from "../../src/types.ts";
import { Ears } from "./ears.ts";
import { every } from "./every.ts";
import { startDaemon, type SoakCast, type SoakCaucus } from "./soakCast.ts";

/** How often what happens. */
export interface Pace {
  readonly talkMs: number;
  readonly photoMs: number;
  readonly troubleMs: number;
}

const TROUBLE_LASTS = 20_000;
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;

/** The lives of a cast. */
export class SoakLife {
  readonly #cast: SoakCast;
  readonly #pace: Pace;
  readonly #photo: string;
  readonly #asleep = new Set<number>();
  readonly ears = new Ears();
  /** What has come of each caucus, from pages as well: lines that everybody has to have. */
  readonly counts = new Map<GroupId, number>();
  troubles = 0;

  constructor(cast: SoakCast, pace: Pace, photo: string) {
    this.#cast = cast;
    this.#pace = pace;
    this.#photo = photo;
    for (const node of this.steady) this.ears.listen(node);
  }

  get steady(): readonly VenueNode[] {
    return this.#cast.daemons.filter((node) => !this.#cast.restless.includes(node));
  }
  isAsleep(page: number): boolean {
    return this.#asleep.has(page);
  }

  /** Goes on until `ends` is aborted; then all are there again. */
  async live(ends: AbortSignal): Promise<void> {
    const { talkMs, photoMs, troubleMs } = this.#pace;
    await Promise.all([
      every(talkMs, ends, () => this.#talk()),
      every(photoMs, ends, () => this.#sendPhoto()),
      every(troubleMs, ends, () => this.#trouble(ends)),
    ]);
  }

  #count(caucus: GroupId): void {
    this.counts.set(caucus, (this.counts.get(caucus) ?? 0) + 1);
  }

  /** One of five is said on a page that is awake. */
  async #talk(): Promise<void> {
    const awake = this.#cast.pages.filter((_, at) => !this.#asleep.has(at));
    if (awake.length > 0 && Math.random() < 0.2) {
      await pick(awake).says(`from a page at ${new Date().toISOString()}`);
      this.#count(this.#cast.caucuses[0]!.caucus);
      return;
    }
    const { caucus, nodes, name } = pick(this.#cast.caucuses);
    await this.#send({ caucus, nodes, name }, [`to ${name} at ${new Date().toISOString()}, and a few words more`]);
  }

  #sendPhoto(): Promise<void> {
    return this.#send(pick(this.#cast.caucuses), ["--photo", this.#photo, "a photo"]);
  }

  async #send({ caucus, nodes }: SoakCaucus, words: readonly string[]): Promise<void> {
    const node = pick(nodes.filter((one) => !this.#cast.restless.includes(one)));
    const at = Date.now();
    const { message } = await node.ask<{ message: MessageId }>("send", caucus, ...words);
    this.ears.said.set(message, { caucus, at });
    this.#count(caucus);
  }

  /** In turn: a daemon is killed and comes back, the network falls apart, a browser sleeps. */
  async #trouble(ends: AbortSignal): Promise<void> {
    const { daemons, restless, venue, pages, seats } = this.#cast;
    const number = this.troubles++;
    const wait = (): Promise<unknown> => delay(TROUBLE_LASTS, undefined, { signal: ends }).catch(() => undefined);
    if (number % 3 === 0) {
      const node = restless[(number / 3) % restless.length]!;
      node.daemon.kill("SIGKILL");
      await node.daemon.ended;
      await wait();
      await startDaemon(this.#cast, node);
    } else if (number % 3 === 1) {
      const half = Math.ceil(daemons.length / 2);
      this.ears.deafen();
      // The pages stay with the hub.
      await venue.cut([...daemons.slice(0, half), ...seats], daemons.slice(half));
      await wait();
      await venue.heal();
      this.ears.hearAfter(TROUBLE_LASTS);
    } else if (pages.length > 0) {
      const at = ((number - 2) / 3) % pages.length;
      this.#asleep.add(at);
      pages[at]!.browser.sleep();
      await wait();
      pages[at]!.browser.wake();
      this.#asleep.delete(at);
    }
  }
}
