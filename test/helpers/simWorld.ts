/**
 * A venue with people in it, in virtual time: what a story needs, in one line.
 *
 *     const { alice, bob, world } = await meet(7, ["alice", "bob"]);
 *     const caucus = await alice.creates("Caucus", [bob]);
 *     await alice.says(caucus, "hello");
 *     await world.settles();
 *     assert.deepEqual(await bob.reads(caucus), ["hello"]);
 *     await world.audit();
 */
import { Auditor } from "./simAuditor.ts";
import { SimClock } from "./simClock.ts";
import { CALM, type EdgeOptions } from "./simConnection.ts";
import { SimNetwork } from "./simNetwork.ts";
import { type PersonOptions, SimPerson } from "./simPerson.ts";
import { SimRandom } from "./simRandom.ts";
import type { VenueDescriptor } from "../../src/protocol/venue.ts";
import { audit } from "./simVerdict.ts";

/** How a venue is at first. */
export interface WorldOptions {
  readonly edge?: EdgeOptions;
  /** Only the wires that the story lays; else everybody is beside everybody. */
  readonly full?: boolean;
  /** How far each person's clock is off, in ms. */
  readonly skew?: Readonly<Record<string, number>>;
  /** Who answers invitations by hand. */
  readonly asking?: readonly string[];
  /** Whose app makes no exchanges against a later quantum computer. */
  readonly old?: readonly string[];
  /** Whose app is a page. */
  readonly pages?: readonly string[];
  /** The venue as everybody knows it. */
  readonly venue?: VenueDescriptor;
  /** Bytes of mail that somebody's device keeps. */
  readonly carry?: Readonly<Record<string, number>>;
  /** Who is there from the beginning; everybody by default. */
  readonly present?: readonly string[];
}

/** Cards, catch-ups and acknowledgements of all are through by then, on a good day. */
const SETTLE_MS = 180_000;
/** The slowest acknowledgements and retries are through by then, on any day. */
const END_MS = 600_000;

export class World {
  readonly clock = new SimClock();
  readonly network: SimNetwork;
  readonly random: SimRandom;
  readonly auditor: Auditor;
  readonly people: SimPerson[] = [];

  constructor(seed: number | string, options: WorldOptions = {}) {
    this.random = new SimRandom(seed);
    this.network = new SimNetwork({
      clock: this.clock,
      seed,
      full: options.full ?? true,
      edge: options.edge ?? CALM,
    });
    this.auditor = new Auditor();
  }

  /** Somebody new; their messenger is not up yet. */
  person(
    name: string,
    habits: Pick<PersonOptions, "skew" | "asks" | "guest" | "old" | "page" | "venue" | "carry"> = {},
  ): SimPerson {
    const { network, auditor } = this;
    const person = new SimPerson({ ...habits, name, network, auditor, random: this.random.fork(name) });
    this.people.push(person);
    return person;
  }

  /** Time passes. */
  async passes(ms: number): Promise<void> {
    await this.clock.pass(ms);
  }

  /** Time enough for everything on its way to arrive where it can. */
  async settles(ms = SETTLE_MS): Promise<void> {
    await this.clock.pass(ms);
  }

  /** Everybody knows the card of everybody who is there. */
  async introduces(): Promise<void> {
    const there = this.people.filter(({ up }) => up);
    const met = await this.clock.until(
      () =>
        there.every((one) => {
          const known = new Set(one.messenger.people().map(({ person }) => person));
          return there.every((other) => other === one || known.has(other.id));
        }),
      END_MS,
    );
    if (!met) throw new Error("people who are all there have not heard of each other");
  }

  /** The venue is cut in parts. */
  splits(...parts: readonly (readonly SimPerson[])[]): void {
    this.network.split(...parts.map((part) => part.map(({ name }) => name)));
  }

  /** The parts are one again. */
  heals(): void {
    this.network.heal();
  }

  /** Everybody is there, nothing is lost any more, and there is time for all that was missed. */
  async ends(ms = END_MS): Promise<void> {
    this.network.conditions(CALM);
    this.network.heal();
    for (const person of this.people) {
      person.comesOnline();
      await person.starts();
    }
    await this.clock.pass(ms);
  }

  /** Throws unless everybody who is up has read just what they should have. */
  async audit(): Promise<void> {
    await audit(this.auditor);
  }

  /** The run as text, to compare with another. */
  transcript(): string {
    return this.network.trace.map(({ at, what }) => `${at} ${what}`).join("\n");
  }
}

/** A world with these people, who know each other. */
export const meet = async <const N extends string>(
  seed: number | string,
  names: readonly N[],
  options: WorldOptions = {},
): Promise<Record<N, SimPerson> & { readonly world: World }> => {
  const world = new World(seed, options);
  const people = names.map((name) => {
    const skew = options.skew?.[name] ?? 0;
    return [
      name,
      world.person(name, {
        skew,
        asks: options.asking?.includes(name) ?? false,
        old: options.old?.includes(name) ?? false,
        page: options.pages?.includes(name) ?? false,
        venue: options.venue,
        carry: options.carry?.[name],
      }),
    ] as const;
  });
  for (const [name, person] of people) {
    if (options.present?.includes(name) ?? true) await person.starts();
  }
  await world.introduces();
  return { ...(Object.fromEntries(people) as Record<N, SimPerson>), world };
};
