/** The moves of a random run: people talk, come, go, crash, are removed and let in again, on a bad network. */
import { CouloirError } from "../../src/errors.ts";
import type { CaucusView, GroupId } from "../../src/types.ts";
import { CALM, ROUGH } from "./simConnection.ts";
import type { SimPerson } from "./simPerson.ts";
import type { SimRandom } from "./simRandom.ts";
import type { World } from "./simWorld.ts";

/** Answers that are no faults: nobody is there to ask, or the person is there already as others know by now. */
const ANSWERS = ["no-answer", "already-in"];

const pickWeighted = <T>(random: SimRandom, choices: readonly (readonly [weight: number, choice: T])[]): T => {
  let left = random.float() * choices.reduce((sum, [weight]) => sum + weight, 0);
  const chosen = choices.find(([weight]) => (left -= weight) < 0) ?? choices[0];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen[1];
};

/** What people in a venue do, at random. */
export class SimGame {
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
    const act = pickWeighted<() => Promise<void>>(random, [
      [45, () => this.#says()],
      [10, () => this.#changesMembers()],
      [3, () => this.#leaves()],
      [4, () => this.#comesByCode()],
      [4, () => this.#writesTo()],
      [7, () => this.#turnsRadio()],
      [7, () => this.#stops()],
      [5, () => this.#crashesWhileSaying()],
      [6, () => this.#splitsOrHeals()],
      [3, () => this.#changesWeather()],
      [4, () => this.#replays()],
      [7, () => this.#world.passes(random.between(0, 120_000))],
    ]);
    await act();
    if (random.chance(0.3)) await this.#starts();
    if (random.chance(0.6)) await this.#world.passes(random.between(0, 8_000));
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
    const place = this.#place(this.#random.chance(0.7));
    if (place === undefined) return;
    const { person, caucus, view } = place;
    const inside = new Set(view.members.map((member) => member.person));
    const other = this.#random.pick(this.#world.people.filter((one) => one !== person));
    if (other === undefined) return;
    if (inside.has(other.id))
      await this.#tries(`${person.name} removes ${other.name}`, () => person.removes(caucus, other));
    else await this.#tries(`${person.name} adds ${other.name}`, () => person.adds(caucus, other));
  }

  async #leaves(): Promise<void> {
    const place = this.#place();
    if (place === undefined) return;
    await this.#tries(`${place.person.name} leaves`, () => place.person.leaves(place.caucus));
  }

  async #comesByCode(): Promise<void> {
    const place = this.#place();
    if (place === undefined) return;
    const { person, caucus, view } = place;
    const inside = new Set(view.members.map((member) => member.person));
    const other = this.#random.pick(this.#world.people.filter(({ up, id }) => up && !inside.has(id)));
    if (other === undefined) return;
    this.#world.auditor.added(caucus, other);
    await this.#tries(`${other.name} comes by a code of ${person.name}'s`, async () => {
      await other.joins(await person.invites(caucus), this.#random.between(1_000, 30_000));
    });
  }

  async #writesTo(): Promise<void> {
    const [one, other] = this.#random.shuffle(this.#world.people.filter(({ up }) => up));
    if (one === undefined || other === undefined) return;
    const text = this.#text(one);
    await this.#tries(`${one.name} says "${text}" to ${other.name} alone`, async () => {
      const caucus = await one.writesTo(other);
      if (!this.#caucuses.includes(caucus)) this.#caucuses.push(caucus);
      await one.says(caucus, text);
    });
  }

  async #turnsRadio(): Promise<void> {
    const person = this.#random.pick(this.#world.people);
    if (person === undefined) return;
    const on = this.#random.chance(0.6);
    this.#tell(`${person.name} goes ${on ? "online" : "offline"}`);
    if (on) person.comesOnline();
    else person.goesOffline();
  }

  async #stops(): Promise<void> {
    const person = this.#random.pick(this.#world.people.filter(({ up }) => up));
    if (person === undefined) return;
    const crash = this.#random.chance(0.5);
    this.#tell(`${person.name} ${crash ? "crashes" : "stops"}`);
    await (crash ? person.crashes() : person.stops());
  }

  async #starts(): Promise<void> {
    const person = this.#random.pick(this.#world.people.filter(({ up }) => !up));
    if (person === undefined) return;
    this.#tell(`${person.name} starts`);
    await person.starts();
  }

  async #splitsOrHeals(): Promise<void> {
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

  async #changesWeather(): Promise<void> {
    const random = this.#random;
    const [from, to] = random.shuffle(this.#world.people);
    if (from === undefined || to === undefined) return;
    const lost = random.chance(0.5);
    this.#tell(lost ? `nothing gets from ${from.name} to ${to.name}` : "the weather changes");
    if (lost) this.#world.network.conditions({ ...CALM, drop: 1 }, { from: from.name, to: to.name });
    else this.#world.network.conditions(random.chance(0.5) ? ROUGH : CALM);
  }

  async #replays(): Promise<void> {
    const random = this.#random;
    const { network, people } = this.#world;
    const victim = random.pick(people);
    if (victim === undefined) return;
    const frames = random.shuffle(network.published).slice(0, 10);
    this.#tell(`${victim.name} is given ${frames.length} old frames`);
    network.replay(victim.name, frames);
  }

  /** Somebody who is up, in a caucus that they are in; one of its admins if there is one, when asked for. */
  #place(
    admin = false,
  ): { readonly person: SimPerson; readonly caucus: GroupId; readonly view: CaucusView } | undefined {
    const caucus = this.#random.pick(this.#caucuses);
    const there = this.#world.people.flatMap((person) => {
      const views = person.up ? person.messenger.caucuses() : [];
      const view = views.find((one) => one.caucus === caucus && one.state === "joined");
      return view === undefined ? [] : [{ person, view }];
    });
    const admins = there.filter(({ person, view }) =>
      view.members.some((one) => one.person === person.id && one.role === "admin"),
    );
    const chosen = this.#random.pick(admin && admins.length > 0 ? admins : there);
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
      if (!ANSWERS.includes(error.code) && error.fault !== "refused")
        this.faults.push(`${what}: ${error.fault} ${error.code}: ${error.message}`);
    }
  }

  #tell(what: string): void {
    this.steps.push(`${((this.#world.clock.now() - this.#begun) / 1000).toFixed(1)} ${what}`);
  }
}
