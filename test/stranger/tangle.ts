/** Operations as dishonest members sign them: on any parents, dated as they like. They are made by the product's parts. */
import type { Dag } from "../../src/protocol/dag.ts";
import { newSeat, fromOps } from "../../src/protocol/group.ts";
import { HOUR } from "../../src/protocol/limits.ts";
import { proveDevice, type OpBody, type SignedOp } from "../../src/protocol/membership.ts";
import { resolve, type View } from "../../src/protocol/resolve.ts";
import type { OpId } from "../../src/types.ts";
import { forge, union } from "../protocol/replicas.ts";
import { graphOf, inviteBody, meet, NOW, Person, publicOf, raise, removal, room, seeded } from "../protocol/room.ts";
import { another, unseat } from "../protocol/siblings.ts";

/** One operation: the numbers are taken modulo whatever there is. */
export interface Knot {
  readonly verb: number;
  readonly who: number;
  readonly whom: number;
  readonly n: number;
  readonly parents: readonly number[];
}

/** Who signs, about whom, and where. */
interface At {
  readonly by: Person;
  readonly other: Person;
  readonly view: View;
  readonly n: number;
}

/** By whose card, if not by one's own; and whether that one's own hand does it. */
interface Coming extends Pick<At, "view" | "n"> {
  readonly whose?: Person;
  readonly own?: boolean;
}

/** Of all invites; so whoever likes comes in by any. */
const SECRET = new Uint8Array(32).fill(7);

const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];

/** People in one group, and all that any of them ever signed, refused or not. */
export class Tangle {
  readonly signed: SignedOp[];
  readonly #people: Person[];
  /** What there was at first: those invites have secrets of their own. */
  readonly #first: ReadonlySet<OpId>;
  #made = 0;

  /** `admins`: so many of them are admins from the beginning. */
  constructor(size: number, admins: number) {
    this.#people = [...room(Array.from({ length: size }, (_, i) => `Member ${i}`))];
    const [founder, ...others] = this.#people as [Person, ...Person[]];
    raise(founder, ...others.slice(0, admins - 1));
    meet(...this.#people);
    this.signed = [...founder.ops];
    this.#first = new Set(this.signed.map(({ id }) => id));
    this.#signs(founder, inviteBody(SECRET, founder.random), founder.view.heads);
  }

  /** Somebody signs something on top of what is named, among the newest of what there is; perhaps with a second. */
  ties({ verb, who, whom, n, parents }: Knot): void {
    const dag = this.#dag;
    const all = dag.all();
    const named = parents.map((back) => all[all.length - 1 - (back % Math.min(all.length, 12))]!);
    const heads = named.filter((op) => !named.some((other) => other !== op && this.#rests(other, op)));
    let ids: readonly OpId[] = [...new Set(heads.map(({ id }) => id))].toSorted();
    const view = resolve(dag, ids)!;
    const isIn = ({ state: { seat } }: Person): boolean => view.members.get(seat.member) !== undefined;
    const isAdmin = ({ state: { seat } }: Person): boolean => view.members.get(seat.member)?.role === "admin";
    const able = [this.#people, this.#people.filter(isIn), this.#people.filter(isAdmin)][n % 3]!;
    const by = pick(able, who);
    if (by === undefined) return;
    const knot = { by, other: pick(this.#people, whom)!, view, n };
    if (verb % 16 === 7 || verb % 16 === 13) {
      this.#comes({ view, n, ...(n % 3 === 0 && { whose: pick(this.#people, who)! }) }, ids);
      return;
    }
    if (verb % 16 === 12 && n % 2) return this.#plays(knot, ids);
    const body = this.#body(verb % 16, knot);
    if (body === undefined) return;
    if ((body.kind === "remove" || body.kind === "role") && n % 2 === 0) {
      const second = this.#people.find((each) => isAdmin(each) && each.person !== by.person);
      const to = body.kind === "remove" ? "out" : body.role;
      const motion = { kind: "motion", line: knot.other.line, to } as const;
      if (second) ids = [this.#signs(second, motion, ids)];
    }
    this.#signs(by, body, ids);
  }

  get #dag(): Dag {
    return this.#people[0]!.state.dag;
  }

  get admitted(): readonly SignedOp[] {
    return union(...this.#people);
  }

  #signs(by: Person, body: OpBody, parents: readonly OpId[]): OpId {
    const at = NOW + ((this.signed.length % 5) - 2) * 30 * HOUR;
    const op = forge(by, body, parents, { at });
    this.signed.push(op);
    for (const each of this.#people) each.learn([op]);
    return op.id;
  }

  #rests(op: SignedOp, on: SignedOp): boolean {
    return this.#dag.closure([op.id])!.has([...this.#dag.all()].findIndex(({ id }) => id === on.id));
  }

  /** Somebody comes in once more, by another line, says that their first device is out, and others do on that what two are for. */
  #plays({ by, other, view, n }: At, parents: readonly OpId[]): void {
    const whose = n % 4 === 1 ? this.#people[0]! : other;
    const bearer = this.#comes({ view, n, whose, own: true }, parents);
    if (bearer === undefined) return;
    const played = unseat(another(whose, `Sibling ${this.#made++}`), [whose]);
    const once = this.#signs(bearer.person, played, [bearer.came]);
    // Or once more on top of that, or with what others knew.
    const twice = n % 5 === 0 && this.#dag.has(once) ? this.#signs(bearer.person, played, [once]) : once;
    const list = this.#merges(twice, n);
    const then = this.#dag.has(list) ? resolve(this.#dag, [list]) : undefined;
    if (then === undefined) return;
    const there = this.#people.filter(({ member }) => then.members.has(member));
    const [one, second, about] = [pick(there, n >> 2)!, pick([by, ...there], n >> 4)!, pick(there, n >> 6)!];
    const to = (["admin", "member", "admin", "out"] as const)[(n >> 3) % 4]!;
    const motion = this.#signs(second, { kind: "motion", line: about.line, to }, [list]);
    const body =
      to === "out" ? removal(then, about.person) : ({ kind: "role", member: about.member, role: to } as const);
    this.#signs(one, body, [this.#dag.has(motion) ? motion : list]);
  }

  /** A word of somebody's on that and on all else that there is; else that. */
  #merges(list: OpId, n: number): OpId {
    if (n % 7 > 1 || !this.#dag.has(list)) return list;
    const heads = this.#dag.heads();
    const by = this.#people.find(({ member }) => resolve(this.#dag, heads)?.members.has(member));
    const word = by && this.#signs(by, { kind: "rekey" }, heads);
    return word !== undefined && this.#dag.has(word) ? word : list;
  }

  /** Whoever holds a code comes in with their own card or with anybody's; `undefined` where that is refused. */
  #comes(
    { view, n, whose, own = false }: Coming,
    parents: readonly OpId[],
  ): { readonly person: Person; readonly came: OpId } | undefined {
    const invite = pick(
      [...view.invites.keys()].filter((one) => !this.#first.has(one)),
      n >> 2,
    );
    if (invite === undefined) return undefined;
    const name = `Newcomer ${this.#made++}`;
    const person = whose && own ? new Person(name, seeded(name), whose.self) : new Person(name);
    const [{ ops }] = this.#people as [Person];
    person.state = fromOps(graphOf(ops), newSeat(person.random))!;
    this.#people.push(person);
    const body = (whose ?? person).joinBody({ id: invite, secret: SECRET }, person.state.seat);
    const came = this.#signs(person, body, parents);
    return this.#dag.has(came) ? { person, came } : undefined;
  }

  #body(verb: number, { by, other, view, n }: At): OpBody | undefined {
    const invites = [...view.invites.keys()];
    switch (verb) {
      case 0:
      case 1:
      case 2:
        return removal(view, other.person);
      case 3:
        return { kind: "role", member: other.member, role: n % 3 ? "admin" : "member" };
      case 4:
        return { kind: "motion", line: other.line, to: (["out", "member", "admin"] as const)[n % 3]! };
      case 5: {
        const { hail, ...rest } = { ...inviteBody(SECRET, by.random), uses: 1 + (n % 2), approval: n % 5 === 0 };
        return n % 4 === 0 ? { ...rest, uses: 1, card: other.card.bytes } : { ...rest, hail: hail! };
      }
      case 6: {
        const invite = pick(invites, n);
        return invite && { kind: "admit", invite, member: other.member, person: other.person };
      }
      case 8: {
        const invite = pick(invites, n);
        return invite && { kind: "revoke", invite };
      }
      case 9:
        return { kind: "leave", cut: [] };
      case 10:
        return {
          kind: "policy",
          policy: {
            open: false,
            direct: n % 7 === 0,
            invite: n % 2 ? "admins" : "members",
            guests: n % 3 ? "ask" : "refuse",
            ...(n % 5 === 0 && { lasts: 300 + n }),
          },
        };
      case 11:
        return this.#links(by);
      case 12: {
        const lost = this.#people.filter((each) => each !== by && each.person === by.person);
        const device = pick(lost, n);
        return device && unseat(by, [device]);
      }
      default:
        return n % 2 ? { kind: "rekey" } : { kind: "role", member: other.member, role: "admin" };
    }
  }

  #links(by: Person): OpBody {
    const device = another(by, `Sibling ${this.#made++}`);
    const place = newSeat(device.random);
    device.state = fromOps(graphOf(by.ops), place)!;
    this.#people.push(device);
    const proof = proveDevice(place.secret, by.state.group, by.member);
    return { kind: "device", member: place.member, card: device.card.bytes, prekey: publicOf(place), proof };
  }
}
