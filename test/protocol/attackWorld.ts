/**
 * Whatever one dishonest admin, their devices, a member who helps them and puppets sign together on any parents, beside what
 * the honest did; and what must not come of it. Puppets bear anybody's card, which is public.
 */
import fc from "fast-check";
import type { Member } from "../../src/protocol/draft.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import type { View } from "../../src/protocol/resolve.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import type { DeviceId, MemberId, OpId, PersonId } from "../../src/types.ts";
import type { PastPlan } from "./attackPast.ts";
import { AttackPast, personOf } from "./attackPast.ts";
import type { Seat } from "./bareBodies.ts";
import { cardOf, deviceBy, inviteOf, joinOf, listOf, removalOf, unseatBy } from "./bareBodies.ts";
import type { Bare, Place } from "./bareGraph.ts";
import { named, pick, POLICY } from "./bareGraph.ts";
import { NOW } from "./room.ts";

/** One operation of theirs: numbers are taken modulo whatever there is. */
export interface Move {
  readonly verb: number;
  readonly who: number;
  readonly whom: number;
  readonly n: number;
  /** On these; on the last of theirs where it is empty. */
  readonly parents: readonly number[];
}
const nat = fc.nat(0xffff);
export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({
    verb: nat,
    who: nat,
    whom: nat,
    n: nat,
    parents: fc.oneof(
      { weight: 11, arbitrary: fc.constant([]) },
      { weight: 6, arbitrary: fc.tuple(nat) },
      { weight: 3, arbitrary: fc.tuple(nat, nat) },
    ),
  }),
  { minLength: 1, maxLength: 12, size: "max" },
);

/** An operation of theirs, and who comes in by it. */
type Step = Bare & { readonly comes?: Seat };

export class AttackWorld extends AttackPast {
  readonly #bad: Seat[];
  #last: OpId | undefined;
  #target: MemberId | undefined;

  constructor(plan: PastPlan) {
    super(plan);
    const own = [this.traitor, "Eve", `${this.traitor} 2`, `${this.traitor} b`, "tablet", "phone"].flatMap(
      (name) => this.seats.get(name) ?? [],
    );
    this.#bad = own;
  }

  /** Signs what that move says, as far as it is admitted. */
  moves({ parents: on, ...move }: Move): void {
    const { ops } = this;
    const own = this.#last === undefined || on.length > 0 ? undefined : [this.#last];
    // Where nothing is said they begin somewhere among what the honest know.
    const parents = own ?? this.parentsOf((on.length > 0 ? on : [move.n]).map((n) => n % ops.length));
    const at = NOW - (move.n % 5 === 4 ? (move.whom % 300) * HOUR : 0);
    const view = resolve(this.dag, parents) as View;
    let place: Place = { parents, at };
    for (const step of this.#does(view, this.#author(move.who), move)) {
      const { comes, ...bare } = step;
      const signed = this.sign(bare, place);
      if (!signed) continue;
      this.#last = signed.id;
      place = { parents: [signed.id], at };
      if (comes) this.#bad.push(this.named(comes));
    }
  }

  /** The dishonest admin as often as all others. */
  #author(who: number): Seat {
    return (who % 2 ? pick(this.#bad, who >> 1) : this.#bad[0]) as Seat;
  }
  /** Whom it is about: their own, or whom the last one was about, or anybody. */
  #about(view: View, theirs: readonly Member[], { whom, n }: Pick<Move, "whom" | "n">): Member | undefined {
    const all = [...view.members.values()];
    const same = n % 3 === 1 && this.#target !== undefined ? view.members.get(this.#target) : undefined;
    const about = same ?? pick(n % 3 === 2 && theirs.length > 0 ? theirs : all, whom);
    this.#target = about?.member;
    return about;
  }

  /** What they would sign there, each on the one before. */
  #does(view: View, seat: Seat, { verb, whom, n }: Omit<Move, "parents">): readonly Step[] {
    const { key: by, card } = seat;
    const { person } = card;
    const invites = [...view.invites.keys()];
    const way = pick(invites, n);
    // Their own they raise, others they take down, mostly.
    const theirs = [...view.members.values()].filter(({ member }) => this.#bad.some(({ key }) => key === member));
    const other = this.#about(view, theirs, { whom, n });
    if (!other) return [];
    const { member, line } = other;
    const isTheirs = theirs.includes(other);
    const role = ((n >> 4) % 4 === 0) === isTheirs ? "member" : "admin";
    const all = removalOf(view, other.person);
    const removal = n % 4 ? all : { ...all, members: all.members.slice((n >> 2) % 2, 1 + ((n >> 3) % 3)) };
    const second = pick(
      theirs.filter((one) => one.person !== person),
      n >> 3,
    )?.member;
    const move = (who: MemberId, to: "admin" | "member" | "out"): Step => ({
      by: who,
      body: { kind: "motion", line, to },
    });
    switch (verb % 16) {
      case 0:
        return [{ by, body: { kind: "role", member, role } }];
      case 1:
        return [...(second ? [move(second, role)] : []), { by, body: { kind: "role", member, role } }];
      case 2:
        return [move(by, n % 2 ? role : "out")];
      case 3:
        return [...(second ? [move(second, "out")] : []), { by, body: removal }];
      case 4:
      case 5:
        return [{ by, body: removal }];
      case 6:
        return [{ by, body: { kind: "rekey" } }];
      case 7: {
        const comes = this.#comes(n >> 3, n % 3 ? undefined : whom);
        return way ? [{ ...joinOf(comes, way), comes }] : [];
      }
      case 8: {
        const comes = this.#device(person, n);
        return [{ ...deviceBy(by, comes), comes }];
      }
      case 9:
        return [{ by, body: inviteOf(n % 2 ? "member" : "admin", 1 + (whom % 3)) }];
      case 10:
        return n % 2
          ? [{ by, body: { kind: "leave", cut: [] } }]
          : [{ by, body: { kind: "policy", policy: { ...POLICY, invite: n % 4 ? "members" : "admins" } } }];
      case 11:
      case 12: {
        // With a list of their own they revoke whatever device of theirs they like; another's takes that one's word.
        if (this.#isHonest(person)) return [];
        const lost = pick(seatsOf(view, person), n)?.card.device;
        return lost ? [this.#revokes(view, by, { person, lost, n })] : [];
      }
      case 13:
        return way ? [{ by, body: { kind: "revoke", invite: way } }] : [];
      default: {
        // Another seat of their own person, which says that one of theirs is out.
        const whose = theirs.find((one) => one.person === person && one.member !== by) ? person : undefined;
        const lost = whose && pick(seatsOf(view, whose), n)?.card.device;
        if (lost) return [this.#revokes(view, by, { person, lost, n })];
        if (!way || this.#isHonest(person)) return [];
        const comes = this.#comes(n >> 3, undefined, person);
        return [{ ...joinOf(comes, way), comes }];
      }
    }
  }

  #isHonest(person: PersonId): boolean {
    return [...this.seats.values()].some((one) => one.card.person === person && !this.#bad.includes(one));
  }

  /** Names all seats that the list is about, or some. */
  #revokes(
    view: View,
    by: MemberId,
    { person, lost, n }: { readonly person: PersonId; readonly lost: DeviceId; readonly n: number },
  ): Bare {
    const all = seatsOf(view, person).filter((one) => one.card.device === lost);
    const members = (n % 4 ? all : all.slice((n >> 2) % 2)).map(({ member }) => member);
    return unseatBy(by, members, listOf(person, lost));
  }

  /** A seat more of theirs: with a card of one of those who are here, or of nobody. */
  #comes(n: number, whose: number | undefined, owner?: PersonId): Seat {
    const count = this.#bad.length;
    const borne = whose === undefined ? undefined : pick([...this.seats.values()], whose)?.card.person;
    const person = owner ?? borne ?? personOf(20 + count);
    return { key: named(9, this.ops.length), name: `Puppet ${count}`, card: this.#device(person, n).card };
  }
  /** A device with a card that there is: of who is honest they make none. */
  #device(person: PersonId, n: number): Seat {
    const count = this.#bad.length;
    const known = [...this.seats.values()].filter((one) => one.card.person === person).map((one) => one.card);
    const [lost] = this.list?.person === person ? this.list.revoked : [];
    const cards = lost ? [...known, cardOf(person, lost)] : known;
    const card = cards.length > 0 && (n % 2 || this.#isHonest(person)) ? pick(cards, n >> 1) : undefined;
    const key = named<MemberId>(9, this.ops.length);
    return { key, name: `Device ${count}`, card: card ?? cardOf(person, named(8, this.ops.length)) };
  }

  /** What has come of it that must not. */
  faults(): readonly string[] {
    const { before, lost, plan } = this;
    const now = resolve(this.dag) as View;
    const theirs = [this.traitor, `${this.traitor} b`].flatMap((name) => this.seats.get(name)?.key ?? []);
    const isTheirs = (line: MemberId): boolean => theirs.includes(line);
    const out: string[] = [];
    for (const { member, line, role } of before.members.values()) {
      if (member === lost?.key || this.#bad.some(({ key }) => key === member)) continue;
      const is = now.members.get(member);
      // Whom an admin put out while they were one stays out: that takes no second. SPEC.md §14.
      if (!is && (role === "admin" || plan.removed)) out.push(`${this.nameOf(member)} is out`);
      if (is && role === "admin" && is.role !== "admin") out.push(`${this.nameOf(line)} is no admin`);
    }
    const admins = new Set([...before.members.values()].filter(({ role }) => role === "admin").map(({ line }) => line));
    for (const { member, line, role } of now.members.values()) {
      if (role === "admin" && !admins.has(line)) out.push(`${this.nameOf(member)} is an admin`);
      if (plan.removed && isTheirs(line)) out.push(`${this.nameOf(member)} is back`);
    }
    return out;
  }

  /** All that was signed, line by line, theirs marked. */
  story(): string {
    const short = (id: string): string => id.slice(0, 4);
    const lines = this.ops.map(({ id, op: { author, body, parents } }, i) => {
      const { kind, ...rest } = body;
      const said = Object.entries(rest).flatMap(([name, value]) => {
        if (name === "member" || name === "line") return [this.nameOf(value as string)];
        if (name === "members") return [(value as readonly string[]).map((one) => this.nameOf(one)).join("+")];
        if (name === "invite") return [short(value as string)];
        return name === "role" || name === "to" ? [value as string] : [];
      });
      const mark = i < this.known ? " " : "!";
      return `${mark} ${short(id)} ${this.nameOf(author)}: ${[kind, ...said].join(" ")} on ${parents.map(short).join(" ")}`;
    });
    return lines.join("\n");
  }
}

const seatsOf = (view: View, person: PersonId): readonly { readonly member: MemberId; readonly card: Seat["card"] }[] =>
  [...view.members.values(), ...view.gone.values()].filter((one) => one.person === person);
