/** Words that are changed and taken back at random, on a bad network, by people who come, go, are parted and die. */
import assert from "node:assert/strict";
import type { GroupId, MessageId } from "../../src/types.ts";
import { ROUGH } from "../helpers/simConnection.ts";
import { freshDevice, links } from "../helpers/simLinking.ts";
import type { SimPerson } from "../helpers/simPerson.ts";
import { SimRandom } from "../helpers/simRandom.ts";
import { meet, type World } from "../helpers/simWorld.ts";
import { wordsOnDisk } from "../helpers/simWords.ts";

const STEPS = 30;
const SEEDS = 3;

interface Said {
  readonly by: SimPerson;
  readonly message: MessageId;
  /** All that it ever said. */
  readonly words: string[];
}

/** What people do, one thing after the other, whatever comes of it. */
class Play {
  readonly steps: string[] = [];
  readonly said: Said[] = [];
  readonly #world: World;
  readonly #random: SimRandom;
  readonly #caucus: GroupId;
  readonly #people: SimPerson[];
  #words = 0;

  constructor(world: World, caucus: GroupId, { random, people }: { random: SimRandom; people: SimPerson[] }) {
    this.#world = world;
    this.#caucus = caucus;
    this.#random = random;
    this.#people = people;
  }

  #text(): string {
    this.#words += 1;
    return `words ${this.#words} of it`;
  }

  async goesOn(): Promise<void> {
    const random = this.#random;
    const up = this.#people.filter((one) => one.up);
    const who = random.pick(up.length > 0 ? up : this.#people) as SimPerson;
    const own = this.said.filter(({ by }) => by.id === who.id);
    const one = own.length > 0 ? random.pick(own) : undefined;
    const dice = random.between(0, 19);
    this.steps.push(`${dice} ${who.name} ${one?.message.slice(0, 4) ?? ""}`);
    if (!who.up) await who.starts();
    else if (dice < 5) await this.#says(who);
    else if (dice < 10 && one) await this.#revises(who, one);
    else if (dice < 12 && one) await this.#tries(who.messenger.withdraw(this.#caucus, one.message), who);
    else if (dice === 12) this.#parts();
    else if (dice === 13) this.#world.heals();
    else if (dice === 14) await who.restarts();
    else if (dice === 15) await who.stops();
    else if (dice === 16) who.goesOffline();
    else if (dice === 17) who.comesOnline();
    else await this.#world.passes(random.between(0, 60_000));
  }

  async #says(who: SimPerson): Promise<void> {
    const text = this.#text();
    const line = await this.#tries(who.messenger.send(this.#caucus, text), who);
    if (line) this.said.push({ by: who, message: line.message, words: [text] });
  }

  async #revises(who: SimPerson, one: Said): Promise<void> {
    const text = this.#text();
    if (await this.#tries(who.messenger.revise(this.#caucus, one.message, text), who)) one.words.push(text);
  }

  #parts(): void {
    const [a, b]: [SimPerson[], SimPerson[]] = [[], []];
    for (const one of this.#world.people) (this.#random.chance(0.5) ? a : b).push(one);
    this.#world.splits(a, b);
  }

  /** What is refused is refused. */
  async #tries<T>(work: Promise<T>, who: SimPerson): Promise<T | undefined> {
    return who.does(work.catch(() => undefined));
  }
}

describe("words that are changed and taken back at random", () => {
  for (let seed = 1; seed <= SEEDS; seed++)
    it(`come to the same for all, and what was taken back is on no disk (${seed})`, async () => {
      const { alice, bob, carol, dave, world } = await meet(`changes ${seed}`, ["alice", "bob", "carol", "dave"]);
      const caucus = await alice.creates("Caucus", [bob, carol]);
      await world.settles();
      const phone = await freshDevice(world, "phone");
      await links(world, alice, phone, { history: 50 });
      await world.settles();
      world.network.conditions(ROUGH);
      const people = [alice, bob, carol, phone];
      const play = new Play(world, caucus, { random: new SimRandom(seed).fork("changes"), people });
      for (let step = 0; step < STEPS; step++) await play.goesOn();
      await world.ends(300_000);
      await dave.joins(await bob.invites(caucus, { history: "all" }));
      people.push(dave);
      await world.passes(300_000);
      const lines = await Promise.all(people.map((one) => one.lines(caucus)));
      const steps = play.steps.join("\n");
      for (const { message, words } of play.said) {
        const seen = lines.map((all) => all.find((line) => line.message === message));
        const shown = new Set(seen.flatMap((line) => (line ? [`${line.kind} ${line.text}`] : [])));
        assert.ok(shown.size <= 1, `${[...shown].join()}\n${steps}`);
        if (!shown.has("withdrawn ")) continue;
        for (const one of people)
          for (const text of words)
            assert.deepEqual(await wordsOnDisk(await one.copiesDisk(), caucus, text), [], `${one.name}\n${steps}`);
      }
      const current = new Set((await bob.does(bob.messenger.search("words"))).lines.map(({ message }) => message));
      for (const line of lines[1] ?? [])
        if (line.kind === "text") assert.ok(current.has(line.message), `${line.text}\n${steps}`);
    });
});
