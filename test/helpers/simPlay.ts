/** A random run of a venue from a seed: people talk, come, go, crash, are removed and let in again, on a bad network. */
import { CouloirError } from "../../src/errors.ts";
import type { CaucusView, GroupId } from "../../src/types.ts";
import { CALM, ROUGH } from "./simConnection.ts";
import type { SimPerson } from "./simPerson.ts";
import { SimRandom } from "./simRandom.ts";
import { findFaults } from "./simVerdict.ts";
import { meet, type World } from "./simWorld.ts";

const NAMES = ["alice", "bob", "carol", "dave", "erin", "frank"] as const;

/** What came of a run. */
export interface PlayResult {
  readonly seed: number | string;
  /** What people did, one line each, with the virtual second. */
  readonly steps: readonly string[];
  readonly faults: readonly string[];
  /** Everything that happened on the network. */
  readonly transcript: string;
}

/** How long a run is. */
export interface PlayOptions {
  readonly steps?: number;
}

/** Plays one seed from beginning to end. */
export const play = async (seed: number | string, options: PlayOptions = {}): Promise<PlayResult> => {
  const random = new SimRandom(seed).fork("play");
  const edge = random.chance(0.5) ? ROUGH : CALM;
  const { world } = await meet(seed, NAMES.slice(0, random.between(3, 6)), { edge });
  const game = new Play(world, random);
  const faults: string[] = [];
  try {
    await game.begins();
    for (let step = options.steps ?? 40; step > 0; step -= 1) await game.goesOn();
    await world.ends();
    faults.push(...(await findFaults(world.auditor)), ...game.faults);
    // Nobody here sends anything malformed, and old frames are still honest ones.
    faults.push(...world.network.trace.filter(({ what }) => what.startsWith("reject")).map(({ what }) => what));
  } catch (error) {
    faults.push(`broke off: ${error instanceof Error ? error.stack : String(error)}`);
  }
  return { seed, steps: game.steps, faults, transcript: world.transcript() };
};

class Play {
  readonly steps: string[] = [];
  readonly faults: string[] = [];
  readonly #world: World;
  readonly #random: SimRandom;
  readonly #caucuses: GroupId[] = [];
  readonly #begun: number;
  #texts = 0;

  constructor(world: World, random: SimRandom) {
    this.#world = world;
    this.#random = random;
    this.#begun = world.clock.now();
  }

  async begins(): Promise<void> {
    for (let count = this.#random.between(1, 2); count > 0; count -= 1) {
      const [founder, ...others] = this.#random.shuffle(this.#world.people);
      if (founder === undefined) return;
      const guests = others.slice(0, this.#random.between(1, others.length));
      const name = `caucus ${count}`;
      this.#tell(`${founder.name} creates ${name} with ${guests.map((guest) => guest.name).join()}`);
      this.#caucuses.push(await founder.creates(name, guests));
    }
    if (this.#random.chance(0.7)) await this.#world.settles(30_000);
  }

  async goesOn(): Promise<void> {
    const random = this.#random;
    const draw = random.float();
    if (draw < 0.5) await this.#says();
    else if (draw < 0.58) await this.#changesMembers();
    else if (draw < 0.66) this.#turnsRadio();
    else if (draw < 0.74) await this.#restarts();
    else if (draw < 0.79) await this.#crashesWhileSaying();
    else if (draw < 0.86) this.#splitsOrHeals();
    else if (draw < 0.91) this.#replays();
    else await this.#passes(random.between(0, 120_000));
    if (random.chance(0.6)) await this.#passes(random.between(0, 8_000));
  }

  async #says(): Promise<void> {
    const place = this.#place();
    if (place === undefined) return;
    const text = this.#text(place.person);
    await this.#tries(`${place.person.name} says "${text}"`, () => place.person.says(place.caucus, text));
  }

  async #crashesWhileSaying(): Promise<void> {
    const place = this.#place();
    if (place === undefined) return;
    const { person, caucus } = place;
    const text = this.#text(person);
    const point = { writes: this.#random.between(0, 3), landed: this.#random.chance(0.5) };
    this.#world.auditor.saying(person, caucus, text);
    const dead = await person.crashesDuring(point, (messenger) =>
      messenger.send(caucus, text).then((line) => this.#world.auditor.said(person, line)),
    );
    this.#tell(`${person.name} says "${text}" and ${dead ? "crashes" : "does not crash"} at ${JSON.stringify(point)}`);
  }

  async #changesMembers(): Promise<void> {
    const place = this.#place();
    if (place === undefined) return;
    const { person, caucus, view } = place;
    const inside = new Set(view.members.map((member) => member.person));
    const other = this.#random.pick(this.#world.people.filter((one) => one !== person));
    if (other === undefined) return;
    if (inside.has(other.id))
      await this.#tries(`${person.name} removes ${other.name}`, () => person.removes(caucus, other));
    else await this.#tries(`${person.name} adds ${other.name}`, () => person.adds(caucus, other));
  }

  #turnsRadio(): void {
    const person = this.#random.pick(this.#world.people);
    if (person === undefined) return;
    const on = this.#random.chance(0.6);
    this.#tell(`${person.name} goes ${on ? "online" : "offline"}`);
    if (on) person.comesOnline();
    else person.goesOffline();
  }

  async #restarts(): Promise<void> {
    const person = this.#random.pick(this.#world.people);
    if (person === undefined) return;
    if (!person.up) {
      this.#tell(`${person.name} starts`);
      await person.starts();
      return;
    }
    const crash = this.#random.chance(0.5);
    this.#tell(`${person.name} ${crash ? "crashes" : "stops"}`);
    await (crash ? person.crashes() : person.stops());
    if (!this.#random.chance(0.7)) return;
    this.#tell(`${person.name} starts`);
    await person.starts();
  }

  #splitsOrHeals(): void {
    const random = this.#random;
    if (random.chance(0.5)) {
      this.#tell("the venue heals");
      this.#world.heals();
      return;
    }
    const people = random.shuffle(this.#world.people);
    const cut = random.between(1, people.length - 1);
    const parts = [people.slice(0, cut), people.slice(cut)];
    this.#tell(`the venue splits: ${parts.map((part) => part.map(({ name }) => name).join()).join(" | ")}`);
    this.#world.splits(...parts);
  }

  #replays(): void {
    const random = this.#random;
    const { network, people } = this.#world;
    const victim = random.pick(people);
    if (victim === undefined) return;
    const frames = random.shuffle(network.published).slice(0, 10);
    this.#tell(`${victim.name} is given ${frames.length} old frames`);
    network.replay(victim.name, frames);
  }

  async #passes(ms: number): Promise<void> {
    await this.#world.passes(ms);
  }

  /** Somebody who is up, in a caucus that they are in. */
  #place(): { readonly person: SimPerson; readonly caucus: GroupId; readonly view: CaucusView } | undefined {
    const caucus = this.#random.pick(this.#caucuses);
    const there = this.#world.people.flatMap((person) => {
      const views = person.up ? person.messenger.caucuses() : [];
      const view = views.find((one) => one.caucus === caucus && one.state === "joined");
      return view === undefined ? [] : [{ person, view }];
    });
    const chosen = there.length > 0 ? this.#random.pick(there) : undefined;
    return chosen === undefined || caucus === undefined ? undefined : { ...chosen, caucus };
  }

  #text(person: SimPerson): string {
    return `${(this.#texts += 1)} ${person.name}`;
  }

  /** Does it; that it is not allowed is an answer too. */
  async #tries(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.#tell(what);
    } catch (error) {
      if (!(error instanceof CouloirError)) throw error;
      this.#tell(`${what}: ${error.fault} ${error.code}`);
      if (error.fault !== "refused") this.faults.push(`${what}: ${error.fault} ${error.code}: ${error.message}`);
    }
  }

  #tell(what: string): void {
    this.steps.push(`${((this.#world.clock.now() - this.#begun) / 1000).toFixed(1)} ${what}`);
  }
}
