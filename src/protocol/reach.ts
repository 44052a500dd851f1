/** What removals hit of what is beside them. SPEC.md §8, rule 2. */
import type { MemberId, PersonId } from "../types.ts";
import { beyondReach } from "./claims.ts";
import { hex } from "./codec.ts";
import { IndexSet } from "./indexSet.ts";
import type { SignedOp } from "./membership.ts";
import type { Part } from "./part.ts";
import { sparesWord } from "./spared.ts";

/** Operations that take others out: by an admin, or by the root key of their own person. */
export const removes = ({ op }: SignedOp): boolean => op.body.kind === "remove" || op.body.kind === "unseat";

export const targets = ({ op: { body } }: SignedOp): readonly MemberId[] =>
  body.kind === "remove" || body.kind === "unseat" ? body.members : [];

/**
 * Whether a removal takes along what this operation's author signed beside it. An UNSEAT by another line of its person, as of
 * who comes back by a backup, says that a device is out, and not since when.
 */
const means = ({ dag }: Part, removal: number, i: number): boolean => {
  const by = dag.at(removal);
  if (!targets(by).includes(dag.at(i).op.author)) return false;
  return by.op.body.kind === "remove" || dag.facts(i).line === dag.facts(removal).line;
};

/** Whether it seats a device that is revoked, by a seat of the very line that says so. */
const revokes = ({ dag }: Part, removal: number, i: number): boolean => {
  const { devices } = dag.at(removal);
  const { op, card } = dag.at(i);
  if (!devices || !card || op.body.kind !== "device") return false;
  return dag.facts(i).line === dag.facts(removal).line && devices.revoked.includes(card.device);
};

/**
 * Struck itself: by its author; because it is another seat that the removed person took, or had taken, meanwhile; because it
 * seats a revoked device; or because it came in by an invitation of the removed's. By one that is withdrawn with them nobody but
 * they comes in: it names their card.
 */
const hits = (part: Part, removal: number, i: number): boolean => {
  const { dag } = part;
  if (!dag.concurrent(removal, i)) return false;
  const { op, card } = dag.at(i);
  const by = dag.at(removal);
  const { body } = by.op;
  // What the root key says stands: a lost device cannot have its own person's hand struck.
  if (op.body.kind === "unseat") return false;
  if (revokes(part, removal, i)) return true;
  if (means(part, removal, i)) return !sparesWord(part, removal, i);
  if (op.body.kind !== "join" && op.body.kind !== "device") return false;
  const invite = op.body.kind === "join" ? dag.indexOf(op.body.invite) : undefined;
  // Another seat of a line that stays is no other seat of who goes: or an admin's would go without another's word.
  const isTheirs = op.body.kind === "join" || !dag.facts(removal).untouched.includes(dag.facts(i).line);
  const named = body.kind === "remove" && isTheirs && card?.person === body.person;
  const reached = named || (invite !== undefined && means(part, removal, invite));
  return reached && !beyondReach(part, removal, i);
};

/**
 * What of two removals has to be the same for them to mean the same to all else: who signed them on what, whom they name,
 * and what their word weighs. `cut` and time say how much of somebody counts, not who is out.
 */
const meaning = (part: Part, i: number): string => {
  const { op } = part.dag.at(i);
  const { author, parents, body } = op;
  const { weight, admins } = part.dag.facts(i);
  const lapsed = weight && admins >= weight.from ? part.lapsed(i) : 0;
  const named =
    body.kind === "remove"
      ? [body.person, ...body.members, "", ...body.invites]
      : body.kind === "unseat"
        ? [hex(body.devices), ...body.members]
        : [];
  return [body.kind, author, lapsed, parents.join(), ...named].join(" ");
};

/**
 * The removals of a part, and what they hit. Somebody can sign the same removal without end, side by side: of those that mean
 * the same, and on which nothing rests, one is decided about for all.
 */
export class Reach {
  readonly #part: Part;
  readonly #first = new Map<number, number>();
  readonly #naming = new Map<string, number[]>();
  readonly #of = new Map<number, readonly number[]>();
  readonly #beside = new Map<number, IndexSet>();
  readonly #beyond = new Map<number, IndexSet>();
  #hit: ReadonlyMap<number, IndexSet> | undefined;
  /** One for all that mean the same, in order. */
  readonly removals: readonly number[];

  constructor(part: Part) {
    this.#part = part;
    const meant = new Map<string, number>();
    const removals: number[] = [];
    for (const i of part.order) {
      if (!removes(part.dag.at(i))) continue;
      const name = part.last(i) ? meaning(part, i) : String(i);
      const first = meant.get(name) ?? i;
      meant.set(name, first);
      this.#first.set(i, first);
      if (first === i) removals.push(i);
    }
    this.removals = removals;
    for (const i of removals) for (const name of named(part.dag.at(i))) this.#name(name, i);
  }

  #name(name: string, removal: number): void {
    const known = this.#naming.get(name);
    if (known) known.push(removal);
    else this.#naming.set(name, [removal]);
  }

  /** The removal that is decided about for this one; `undefined` for what is none. */
  first(i: number): number | undefined {
    return this.#first.get(i);
  }

  /** Removals that hit an operation. */
  on(i: number): readonly number[] {
    const known = this.#of.get(i);
    if (known) return known;
    const some = new Set(meets(this.#part, i).flatMap((name) => this.#naming.get(name) ?? []));
    const out = [...some].filter((removal) => hits(this.#part, removal, i));
    this.#of.set(i, out);
    return out;
  }

  /** What a removal hits. */
  hit(removal: number): IndexSet {
    if (!this.#hit) {
      const all = new Map(this.removals.map((one) => [one, new IndexSet()]));
      for (const i of this.#part.order) for (const one of this.on(i)) all.get(one)?.add(i);
      this.#hit = all;
    }
    return this.#hit.get(removal) as IndexSet;
  }

  /** What some removals hit. */
  hitBy(some: Iterable<number>): IndexSet {
    const out = new IndexSet();
    for (const one of some) out.addAll(this.hit(one));
    return out;
  }

  /** Removals beside an operation. */
  beside(i: number): IndexSet {
    const known = this.#beside.get(i);
    if (known) return known;
    const out = new IndexSet(this.removals.filter((one) => this.#part.dag.concurrent(one, i)));
    this.#beside.set(i, out);
    return out;
  }

  /** JOINs that came in beyond the reach of one of some removals, and that none of them hits: what these leave of their way in does not matter. */
  outliving(some: Iterable<number>): IndexSet {
    const out = new IndexSet();
    for (const one of some) out.addAll(this.#beyondOf(one));
    return out.isEmpty ? out : out.without(this.hitBy(some));
  }
  #beyondOf(removal: number): IndexSet {
    const known = this.#beyond.get(removal);
    if (known) return known;
    const part = this.#part;
    const beyond = (j: number): boolean => part.dag.concurrent(removal, j) && beyondReach(part, removal, j);
    const out = new IndexSet(part.joins.filter(beyond));
    this.#beyond.set(removal, out);
    return out;
  }
}

const device = (person: PersonId | undefined, one: string): string => `device ${person} ${one}`;

/** By what a removal can hit something. */
const named = (removal: SignedOp): readonly string[] => {
  const { body } = removal.op;
  const out = targets(removal).map((one) => `by ${one}`);
  if (body.kind === "remove") out.push(`of ${body.person}`);
  for (const one of removal.devices?.revoked ?? []) out.push(device(removal.devices?.person, one));
  return out;
};

/** By what an operation can be hit. */
const meets = ({ dag }: Part, i: number): readonly string[] => {
  const { op, card } = dag.at(i);
  const out = [`by ${op.author}`];
  if (card) out.push(`of ${card.person}`, device(card.person, card.device));
  if (op.body.kind !== "join") return out;
  const invite = dag.get(op.body.invite);
  return invite ? [...out, `by ${invite.op.author}`] : out;
};
