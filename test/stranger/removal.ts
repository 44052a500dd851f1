/** What removals name, reach and hit, SPEC.md §8 (the table of words). */
import type { History } from "./history.ts";
import { isKind, type Operation, type OperationOf } from "./operations.ts";
import { enoughFor, weightOf } from "./permission.ts";
import { cardOf, revokedBy } from "./view.ts";

export type Removal = OperationOf<"remove"> | OperationOf<"unseat">;
type Arrival = OperationOf<"join"> | OperationOf<"device">;

/** A set of admitted operations, and the words of §8 about it. */
export class Removals {
  readonly all: readonly Removal[];
  readonly history: History;
  readonly #set: ReadonlySet<Operation>;
  readonly #hits = new Map<Removal, Map<Operation, boolean>>();
  readonly raises: readonly OperationOf<"role">[];

  constructor(history: History, set: ReadonlySet<Operation>) {
    this.history = history;
    this.#set = set;
    const ordered = history.ordered(set);
    this.all = ordered.filter((op) => isKind(op, "remove", "unseat"));
    this.raises = ordered.filter((op) => isKind(op, "role")).filter(({ body }) => body.role === "admin");
  }

  /** Whether the author of one has signed something beside it that rests on the other. */
  knew(op: Operation, of: Operation): boolean {
    return this.signedBeside(op).some((each) => this.history.rests(each, of));
  }

  signedBeside(op: Operation): readonly Operation[] {
    return [...this.#set].filter((each) => each.author === op.author && this.history.beside(each, op));
  }

  /** The same of all seats of its author's side. */
  signedBySideBeside(op: Operation): readonly Operation[] {
    return [...this.#set].filter((each) => this.isOfSide(each, op) && this.history.beside(each, op));
  }

  /** Whether one is of the side of the other's author. */
  isOfSide(each: Operation, op: Operation): boolean {
    if (this.lineOf(each) === this.lineOf(op)) return true;
    const seat = this.history.before(each).seats.get(each.author);
    const own = this.history.before(op).seats.get(op.author);
    if (seat === undefined || own === undefined || seat.person !== own.person) return false;
    return seat.role === "admin";
  }

  /** The line of the seat that signed it; who comes in begins one. */
  lineOf(op: Operation): string {
    return this.history.before(op).seats.get(op.author)?.line ?? op.author;
  }

  raisesBeside(op: Operation, member: string): readonly OperationOf<"role">[] {
    return this.raises.filter((raise) => this.isRaise(raise, member) && this.history.beside(raise, op));
  }

  /** Of that seat, or one that weighed, of its line. */
  isRaise(raise: OperationOf<"role">, member: string): boolean {
    if (raise.body.member === member) return true;
    const weight = weightOf(this.history.before(raise), raise);
    return weight !== undefined && [...weight.lines].some((line) => this.#isOfLine(member, line));
  }

  #isOfLine(member: string, line: string): boolean {
    if (member === line) return true;
    const seats = (op: Operation): boolean => isKind(op, "device") && op.body.member === member;
    return [...this.#set].some((op) => seats(op) && this.lineOf(op) === line);
  }

  raisesByTwo(op: Operation, member: string): readonly OperationOf<"role">[] {
    return this.raisesBeside(op, member).filter(
      (raise) => raise.author !== op.author && enoughFor(this.history.before(raise), raise) !== undefined,
    );
  }

  isBeyond(removal: Removal, arrival: Arrival): boolean {
    if (this.knew(removal, arrival) || this.raisesByTwo(removal, arrival.author).length > 0) return true;
    const others = this.raisesBeside(removal, arrival.author).filter(({ author }) => !names(removal, author));
    return isKind(removal, "unseat") && others.length > 0;
  }

  hits(removal: Removal, op: Operation): boolean {
    const known = this.#hits.get(removal) ?? new Map<Operation, boolean>();
    this.#hits.set(removal, known);
    const hit = known.get(op) ?? this.#judge(removal, op);
    known.set(op, hit);
    return hit;
  }

  #judge(removal: Removal, op: Operation): boolean {
    if (isKind(op, "unseat") || !this.history.beside(removal, op)) return false;
    if (this.#means(removal, op)) return !this.#sparesWord(removal, op);
    if (isKind(removal, "unseat") && isKind(op, "device") && this.lineOf(op) === this.lineOf(removal)) {
      const { person, device } = cardOf(op.body.card);
      if (revokedBy(removal).includes(`${person} ${device}`)) return true;
    }
    return isKind(op, "join", "device") && this.#reaches(removal, op) && !this.isBeyond(removal, op);
  }

  /** Whether a person who revokes their own device takes no word of it away: it was done with another admin. */
  spares(removal: Removal, op: Operation): boolean {
    const before = this.history.before(op);
    const weight = enoughFor(before, op);
    if (!isKind(removal, "unseat") || weight === undefined || !this.history.beside(removal, op)) return false;
    const person = this.history.before(removal).personOf(removal.author);
    const seconds = before.secondsOf(op, weight).map((id) => this.history.operations.get(id)!);
    const isTheirs = (word: Operation): boolean => before.personOf(word.author) === person;
    if (weight.person === person && [op, ...seconds].some(isTheirs)) return false;
    const others = isTheirs(op) ? seconds : [op];
    return others.some((word) => !this.#sideKnew(word, { removal, op }));
  }

  #sideKnew(word: Operation, { removal, op }: { removal: Removal; op: Operation }): boolean {
    const known = [...this.#set].filter((each) => this.history.rests(each, removal) && this.history.beside(each, op));
    return known.some((each) => this.isOfSide(each, word));
  }

  #sparesWord(removal: Removal, op: Operation): boolean {
    return [op, ...this.secondedBy(op)].some((each) => this.spares(removal, each));
  }

  /** What was done by two, of whom one had said so by this. */
  secondedBy(motion: Operation): readonly Operation[] {
    if (!isKind(motion, "motion")) return [];
    return [...this.#set].filter((each) => {
      const before = this.history.before(each);
      const weight = enoughFor(before, each);
      return weight !== undefined && before.secondsOf(each, weight).includes(motion.id);
    });
  }

  /** Whether it names the author, and is of that one's line where it is an UNSEAT. */
  #means(removal: Removal, op: Operation): boolean {
    return names(removal, op.author) && (isKind(removal, "remove") || this.lineOf(op) === this.lineOf(removal));
  }

  #reaches(removal: Removal, arrival: Arrival): boolean {
    if (isKind(removal, "remove")) {
      const line = this.lineOf(arrival);
      const there = [...this.history.before(removal).seats.values()];
      const ofLine = there.filter((seat) => seat.line === line && seat.person === removal.body.person);
      const stays = ofLine.length > 0 && !ofLine.some(({ member }) => names(removal, member));
      const isTheirs = isKind(arrival, "join") || !stays;
      if (isTheirs && cardOf(arrival.body.card).person === removal.body.person) return true;
      if (isKind(arrival, "join") && removal.body.invites.includes(arrival.body.invite)) return true;
    }
    const invite = isKind(arrival, "join") ? this.history.operations.get(arrival.body.invite) : undefined;
    return invite !== undefined && this.#means(removal, invite);
  }
}

const names = (removal: Removal, member: string): boolean => removal.body.members.includes(member);

/** Who holds, of those that strike each other: in a circle which nothing outside strikes all do. */
export const holding = (all: readonly Removal[], strikes: (a: Removal, b: Removal) => boolean): readonly Removal[] => {
  const held: Removal[] = [];
  let open = all;
  while (open.length > 0) {
    const strikers = new Map(
      open.map((each) => [each, open.filter((other) => other !== each && strikes(other, each))]),
    );
    const reached = new Map(open.map((each) => [each, reach(each, strikers)]));
    const first = open.filter((each) => [...reached.get(each)!].every((other) => reached.get(other)!.has(each)));
    held.push(...first);
    open = open.filter((each) => !first.includes(each) && !first.some((other) => strikes(other, each)));
  }
  return held;
};

/** All from whom one is struck, directly or through others. */
const reach = (from: Removal, strikers: ReadonlyMap<Removal, readonly Removal[]>): ReadonlySet<Removal> => {
  const reached = new Set<Removal>();
  const next = [...strikers.get(from)!];
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    if (reached.has(each)) continue;
    reached.add(each);
    next.push(...strikers.get(each)!);
  }
  return reached;
};
