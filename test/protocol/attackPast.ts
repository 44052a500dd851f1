/**
 * What the honest of a group have done before somebody in it turns dishonest: admins by two, one taken down perhaps, a
 * device more and one that is revoked, a second way in, a newcomer, the dishonest one removed. In bare operations; of numbers, so that it shrinks.
 */
import fc from "fast-check";
import type { DeviceList } from "../../src/protocol/devices.ts";
import type { OpBody, SignedOp } from "../../src/protocol/membership.ts";
import type { View } from "../../src/protocol/resolve.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import type { DeviceId, MemberId, OpId, PersonId } from "../../src/types.ts";
import type { Bare, Place } from "./bareGraph.ts";
import type { Seat } from "./bareBodies.ts";
import { cardOf, deviceBy, inviteOf, joinOf, listOf, removalOf, unseatBy } from "./bareBodies.ts";
import { BareGraph, named } from "./bareGraph.ts";
import { NOW } from "./room.ts";
import { seeded } from "./seeded.ts";

const bit = fc.nat(1);
/** Of each, nought is the least that can have been. */
export const pasts = fc.record({
  /** What ids follow from. */
  salt: fc.nat(),
  /** Who of Ana and Bo makes Cy an admin, the other being for it. */
  third: bit,
  /** Which two of Ana, Bo and Cy make Dee one; the last: nobody. */
  fourth: fc.nat(6).map((n) => 6 - n),
  /** Whether two take Dee down again. */
  down: bit,
  /** Who is dishonest: Bo, or Cy. */
  traitor: bit,
  /** Whether that one has a second device. */
  twin: bit,
  /** Whether the two others have made a further seat an admin, by which that one came once more. */
  again: bit,
  /** How many stages before the end that one has said something last, there being three admins. */
  silent: fc.nat(4),
  /** After which stage a seat with their card has said that another such seat is out. */
  own: fc.option(fc.nat(4), { nil: undefined }),
  /** Who else says something at the end, bit by bit. */
  spoke: fc.nat(31),
  /** Somebody honest who has revoked a device. */
  lost: fc.option(
    fc.record({
      owner: fc.nat(4),
      /** After which stage they took their second seat. */
      since: fc.nat(3),
      /** Which device: the second, the first, or one that was never here. */
      which: fc.nat(2),
      /** How many stages later they said so here; else only elsewhere. */
      told: fc.option(fc.nat(3), { nil: undefined }),
      /** By which of their devices each word of theirs is, bit by bit. */
      hands: fc.nat(255),
    }),
    { nil: undefined },
  ),
  /** After which stage somebody honest lets a newcomer in. */
  guest: fc.option(fc.nat(3), { nil: undefined }),
  /** Whether two remove the dishonest one. */
  removed: bit,
});
export type PastPlan = typeof pasts extends fc.Arbitrary<infer T> ? T : never;

const NAMES = ["Ana", "Bo", "Cy", "Dee", "Eve", "Fay", "Gus"] as const;
type Name = (typeof NAMES)[number];
const PAIRS = [
  ["Ana", "Bo"],
  ["Bo", "Cy"],
  ["Cy", "Ana"],
  ["Cy", "Bo"],
  ["Ana", "Cy"],
  ["Bo", "Ana"],
] as const;

export const personOf = (n: number): PersonId => named<PersonId>(1, n);
/** A person's devices: the first, the second, and the one that they revoked elsewhere. */
const deviceOf = (n: number, which: number): DeviceId => named<DeviceId>(3 + which, n);
const firstSeat = (n: number): Seat => ({
  key: named<MemberId>(2, n),
  name: NAMES[n] as string,
  card: cardOf(personOf(n), deviceOf(n, 0)),
});

const idsOf = (salt: number): ((n: number) => string) => {
  const random = seeded(`attack ${salt}`);
  return () => Buffer.from(random(32)).toString("hex");
};

export class AttackPast extends BareGraph {
  readonly plan: PastPlan;
  readonly traitor: Name;
  readonly seats = new Map<string, Seat>();
  /** A list of devices that somebody honest has published, and the card of the device that it revokes. */
  readonly list: DeviceList | undefined;
  /** What stood when the dishonest began, and how many operations there were. */
  readonly before: View;
  readonly known: number;
  readonly #names = new Map<string, string>();
  readonly #owner: Name | undefined;
  readonly #lost: Seat | undefined;
  #hands: number;
  #posters: readonly OpId[] = [];

  constructor(plan: PastPlan) {
    const ana = firstSeat(0);
    super(idsOf(plan.salt), { by: ana.key, card: ana.card });
    this.plan = plan;
    this.#add(ana);
    this.traitor = plan.traitor ? "Cy" : "Bo";
    const { lost } = plan;
    const honest = NAMES.filter((one) => one !== this.traitor && one !== "Eve" && one !== "Gus");
    this.#owner = lost && honest[lost.owner % honest.length];
    this.#hands = lost?.hands ?? 0;
    const n = this.#owner ? NAMES.indexOf(this.#owner) : 0;
    if (this.#owner && lost) {
      this.list = listOf(personOf(n), deviceOf(n, [1, 0, 2][lost.which] as number));
      const name = [`${this.#owner} 2`, this.#owner, ""][lost.which] as string;
      this.#lost = name ? { ...firstSeat(n), key: named<MemberId>(lost.which ? 2 : 6, n), name } : undefined;
    }
    this.#passes();
    this.known = this.ops.length;
    this.before = resolve(this.dag) as View;
  }

  /** The seat that the list revokes, if it ever was here. */
  get lost(): Seat | undefined {
    return this.#lost;
  }
  nameOf(key: string): string {
    return this.#names.get(key) ?? key.slice(0, 4);
  }
  named(seat: Seat): Seat {
    this.#names.set(seat.key, seat.name);
    return seat;
  }
  seat(name: string): Seat {
    return this.seats.get(name) as Seat;
  }

  #add(seat: Seat): void {
    this.seats.set(seat.name, this.named(seat));
  }
  #signs(bare: Bare, place: Partial<Place> = {}): SignedOp {
    const signed = this.sign(bare, { parents: this.dag.heads(), at: NOW, ...place });
    if (!signed) throw new Error(`${this.nameOf(bare.by)} may not: ${bare.body.kind}`);
    return signed;
  }
  /** What somebody does by one of the devices that they have. */
  #acts(name: Name, body: OpBody): SignedOp {
    return this.#signs({ by: this.#hand(name).key, body });
  }
  #hand(name: Name): Seat {
    const there = this.#there(name);
    if (there.length < 2 || name !== this.#owner) return there[0] as Seat;
    this.#hands = (this.#hands >> 1) | ((this.#hands & 1) << 7);
    return there[this.#hands & (there.length - 1)] as Seat;
  }
  /** Their seats that are in. */
  #there(name: Name): readonly Seat[] {
    const { members } = resolve(this.dag) as View;
    return [name, `${name} 2`].flatMap((one) => this.seats.get(one) ?? []).filter(({ key }) => members.has(key));
  }
  #role(by: Name, whom: Name, role: "admin" | "member"): void {
    this.#acts(by, { kind: "role", member: (this.#there(whom)[0] as Seat).key, role });
  }
  #roleByTwo([by, other]: readonly [Name, Name], whom: Name, to: "admin" | "member"): void {
    this.#acts(other, { kind: "motion", line: this.seat(whom).key, to });
    this.#role(by, whom, to);
  }

  #passes(): void {
    const { third, fourth, down, again, twin, spoke, removed } = this.plan;
    const poster = this.#acts("Ana", inviteOf("member", 100));
    this.#posters = [poster.id];
    for (const n of [1, 2, 3, 4, 5]) this.#joins(n, poster.id);
    this.#lives(0);
    this.#role("Ana", "Bo", "admin");
    this.#lives(1);
    this.#roleByTwo(third ? ["Bo", "Ana"] : ["Ana", "Bo"], "Cy", "admin");
    this.#lives(2);
    const pair = PAIRS[fourth];
    if (pair) this.#roleByTwo(pair, "Dee", "admin");
    if (again) this.#comesAgain();
    this.#lives(3);
    if (pair && down) this.#roleByTwo(["Bo", "Ana"], "Dee", "member");
    for (const stage of [4, 5, 6]) this.#lives(stage);
    const seat = this.seat(this.traitor);
    if (twin) {
      const second = {
        key: named<MemberId>(7, 0),
        name: `${seat.name} 2`,
        card: cardOf(seat.card.person, named(8, 0)),
      };
      this.#signs(deviceBy(seat.key, second));
      this.#add(second);
    }
    for (const [n, name] of (["Ana", "Bo", "Cy", "Dee", "Fay"] as const).entries())
      if ((spoke >> n) & 1 && name !== this.traitor) this.#acts(name, { kind: "rekey" });
    if (!removed) return;
    const [by, other] = this.#others;
    for (const { key } of [seat, ...(again ? [this.seat(`${seat.name} b`)] : [])])
      this.#acts(other, { kind: "motion", line: key, to: "out" });
    this.#acts(by, removalOf(resolve(this.dag) as View, seat.card.person));
  }
  /** Two admins who are honest. */
  get #others(): readonly [Name, Name] {
    return this.traitor === "Bo" ? ["Cy", "Ana"] : ["Bo", "Ana"];
  }
  #comesAgain(): void {
    const { name, card } = this.seat(this.traitor);
    const seat = { key: named<MemberId>(7, 3), name: `${name} b`, card: cardOf(card.person, named(8, 103)) };
    const [by, other] = this.#others;
    this.#signs(joinOf(seat, this.#acts(other, inviteOf("member", 1)).id));
    this.#add(seat);
    this.#acts(other, { kind: "motion", line: seat.key, to: "admin" });
    this.#acts(by, { kind: "role", member: seat.key, role: "admin" });
  }
  #joins(n: number, invite: OpId): void {
    const seat = firstSeat(n);
    this.#signs(joinOf(seat, invite));
    this.#add(seat);
  }

  /** Two seats with the dishonest one's card, of which one says that the other is out: who could say otherwise at any time. */
  #belies(): void {
    const { person } = this.seat(this.traitor).card;
    const way = this.#acts(this.traitor, inviteOf("member", 2));
    for (const [n, name] of ["tablet", "phone"].entries()) {
      const seat = { key: named<MemberId>(7, 1 + n), name, card: cardOf(person, named(8, 100 + n)) };
      this.#signs(joinOf(seat, way.id));
      this.#add(seat);
    }
    const tablet = this.seat("tablet");
    this.#signs(unseatBy(this.seat("phone").key, [tablet.key], listOf(person, tablet.card.device)));
  }

  /** What happens between two stages to who has more devices than one, and whom that one lets in. */
  #lives(stage: number): void {
    const { lost, guest, own, silent } = this.plan;
    const owner = this.#owner;
    const since = lost?.since ?? 0;
    if (own === stage) this.#belies();
    // They know of three admins: who has said nothing since may, as of then, act as one of two (SPEC.md §14).
    if (6 - silent === stage) this.#acts(this.traitor, { kind: "rekey" });
    if (owner && lost && since === stage) {
      const n = NAMES.indexOf(owner);
      const second = { key: named<MemberId>(6, n), name: `${owner} 2`, card: cardOf(personOf(n), deviceOf(n, 1)) };
      this.#signs(deviceBy(this.seat(owner).key, second));
      this.#add(second);
    }
    if (guest === stage) {
      const { id } = this.#acts(owner ?? "Ana", inviteOf("member", 100));
      this.#posters = [...this.#posters, id];
      this.#joins(6, id);
    }
    const seat = this.#lost;
    if (!owner || !seat || !this.list || lost?.told === undefined || since + lost.told !== stage) return;
    const by = seat.name === owner ? `${owner} 2` : owner;
    this.#signs(unseatBy(this.seat(by).key, [seat.key], this.list));
  }
}
