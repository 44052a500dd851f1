/** Which operations of a set stand, SPEC.md §8 (rules 2 to 4). */
import type { History } from "./history.ts";
import { isKind, type Operation, type OperationOf } from "./operations.ts";
import { enoughFor, isEntitled, permits, weightOf } from "./permission.ts";
import { holding, Removals, type Removal } from "./removal.ts";
import { View } from "./view.ts";

/** What rules 2 and 3 give: what is void, and the JOINs that stand whatever became of their way in. */
export interface Decided {
  readonly void: ReadonlySet<Operation>;
  readonly safe: ReadonlySet<Operation>;
}

export const decide = (history: History, set: ReadonlySet<Operation>): Decided => new Decision(history, set).decided;

const pasts = new WeakMap<History, Map<string, Decided>>();
/** The past of an operation, decided as a set of its own. */
const decidePast = (history: History, op: Operation): Decided => {
  const known = pasts.get(history) ?? new Map<string, Decided>();
  pasts.set(history, known);
  const key = op.parents.join();
  const decided = known.get(key) ?? decide(history, history.ancestors(op));
  known.set(key, decided);
  return decided;
};

/** What is decided by its own past: an invitation as an admin, and a role that weighs. */
const isOffice = (history: History, op: Operation): boolean =>
  isKind(op, "invite")
    ? op.body.role === "admin"
    : isKind(op, "role") && weightOf(history.before(op), op) !== undefined;

/** Rule 4: applies what is not void, in order; and says what falls. */
export const replay = (
  history: History,
  set: Iterable<Operation>,
  decided: Decided,
): { readonly view: View; readonly fallen: ReadonlySet<Operation> } => {
  const view = new View();
  const fallen = new Set<Operation>();
  for (const op of history.ordered(set)) {
    if (decided.void.has(op)) continue;
    const stands = isKind(op, "join")
      ? comesIn(history, view, { op, safe: decided.safe.has(op) })
      : does(history, view, op);
    if (!stands) fallen.add(op);
  }
  return { view, fallen };
};

const lateFor = (history: History, op: Operation) => ({
  early: false,
  rests: (on: Operation): boolean => history.rests(op, on),
});

const does = (history: History, view: View, op: Operation): boolean => {
  if (isKind(op, "role") && weightOf(history.before(op), op) !== undefined) return givesRole(history, view, op);
  const always = isKind(op, "unseat") || (isKind(op, "remove") && view.ever.has(op.author));
  const stands = always || isPermitted(history, view, op);
  if (stands) view.apply(op);
  return stands;
};

/** What others come in by outlasts that its author left, or stepped down, beside it. */
const isPermitted = (history: History, view: View, op: Operation): boolean => {
  const seat = view.ever.get(op.author);
  if (!isKind(op, "invite", "admit", "device") || seat === undefined) return permits(view, op, lateFor(history, op));
  const judging = new View(view);
  judging.seats.set(op.author, seat);
  const asMember = isKind(op, "invite") ? { ...op, body: { ...op.body, role: "member" as const } } : op;
  return permits(judging, asMember, lateFor(history, op));
};

const givesRole = (history: History, view: View, op: OperationOf<"role">): boolean => {
  const before = history.before(op);
  const { member, role } = op.body;
  const down = role === "member";
  const { line } = before.seats.get(member)!;
  const weight = enoughFor(before, op);
  const words = weight ? before.secondsOf(op, weight) : [];
  const isOne = [...view.seats.values()].some((each) => each.line === line && each.role === "admin");
  const isSpent = words.length > 0 && words.every((word) => view.spent.has(word)) && (down || !isOne);
  if (
    isSpent ||
    !(words.length > 0 || view.ever.has(op.author)) ||
    !(down || view.seats.has(member) || view.away.has(member))
  )
    return false;
  const ended = view.motions.filter((each) => each.line === line && each.to === role);
  for (const word of [...words, ...ended.map(({ id }) => id)]) view.spent.add(word);
  view.give(op, before.seats.get(member)!);
  return true;
};

const comesIn = (history: History, view: View, { op, safe }: { op: OperationOf<"join">; safe: boolean }): boolean => {
  const way = history.operations.get(op.body.invite) as OperationOf<"invite">;
  view.take(way.id, op.author);
  const judging = new View(view);
  if (safe) {
    const known = history.before(op).invites.get(way.id)!;
    const admitted = new Set([...known.admitted, ...(view.invites.get(way.id)?.admitted ?? [])]);
    judging.invites.set(way.id, { ...known, closed: [], admitted });
  }
  const stands = permits(judging, op, lateFor(history, op));
  if (stands) view.join(op, history.before(op).admins().size > 1 ? "member" : way.body.role);
  return stands;
};

/** Whether who made an invite signed its REVOKE, or a device of the same line. */
const isInviters = (history: History, op: OperationOf<"revoke">): boolean => {
  const inviter = history.operations.get(op.body.invite)!.author;
  const before = history.before(op);
  const line = before.ever.get(inviter)?.line;
  return op.author === inviter || (line !== undefined && before.seats.get(op.author)?.line === line);
};

/** Whether its author was entitled to it in its own past, less some of it. */
const standsWithout = (
  history: History,
  op: Operation,
  { gone, safe }: { gone: ReadonlySet<Operation>; safe: ReadonlySet<Operation> },
): boolean => {
  const past = history.ancestors(op);
  const decided = decidePast(history, op);
  if (gone.isSubsetOf(decided.void)) return true;
  const { view } = replay(history, past, { void: decided.void.union(gone), safe: decided.safe.union(safe) });
  if (isKind(op, "revoke")) return isInviters(history, op) ? view.seats.has(op.author) : view.acts(op.author);
  const weight = weightOf(history.before(op), op);
  const known = enoughFor(history.before(op), op);
  return isEntitled(view, op, isKind(op, "role") && weight && view.admins().size >= weight.from ? weight : known);
};

/** What is void for another reason than that a removal hits it. */
interface Voided extends Decided {
  readonly other: ReadonlySet<Operation>;
}

class Decision {
  readonly decided: Decided;
  readonly #history: History;
  readonly #set: ReadonlySet<Operation>;
  readonly #removals: Removals;

  constructor(history: History, set: ReadonlySet<Operation>) {
    this.#history = history;
    this.#set = set;
    this.#removals = new Removals(history, set);
    let candidates = this.#removals.all;
    for (;;) {
      const held = holding(candidates, (a, b) => this.#strikes(a, b));
      const decided = this.#void(held);
      const falls = this.#firstThatFalls(history.ordered(held) as readonly Removal[], decided);
      if (falls === undefined) {
        this.decided = decided;
        return;
      }
      candidates = candidates.filter((each) => each !== falls);
    }
  }

  #firstThatFalls(held: readonly Removal[], decided: Voided): Removal | undefined {
    const removes = held.filter((each) => isKind(each, "remove"));
    const { fallen } = replay(this.#history, this.#set, decided);
    return (
      removes.find((each) => this.#evades(each, held)) ??
      removes.find((each) => !this.#isEntitled(each, this.#besides(each, held))) ??
      removes.find((each) => !this.#standsOn(each, { held, other: decided.other })) ??
      removes.find((each) => fallen.has(each))
    );
  }

  #besides(op: Operation, held: readonly Removal[]): readonly Removal[] {
    return held.filter((each) => this.#history.beside(each, op));
  }

  #strikes(a: Removal, b: Removal): boolean {
    if (isKind(b, "unseat") || !this.#history.beside(a, b)) return false;
    return this.#removals.hits(a, b) || !this.#isEntitled(b, [a]);
  }

  /** Whether an author would be entitled to it without what some removals hit, and the offices that rest on that. */
  #isEntitled(op: Operation, without: readonly Removal[]): boolean {
    const history = this.#history;
    const held = this.#besides(op, without);
    const other = new Set<Operation>();
    const offices = history.ordered(history.ancestors(op)).filter((each) => isOffice(history, each));
    const stands = (each: Operation): boolean => this.#standsOn(each, { held, other });
    const isHit = (each: Operation): boolean => held.some((removal) => this.#removals.hits(removal, each));
    if (![...history.ancestors(op)].some(isHit)) return true;
    for (const each of offices) if (!isHit(each) && !stands(each)) other.add(each);
    return stands(op);
  }

  /** Whether an author would be entitled to it without what some removals hit, and some others. */
  #standsOn(op: Operation, { held, other }: { held: readonly Removal[]; other: ReadonlySet<Operation> }): boolean {
    if (isKind(op, "unseat")) return true;
    const history = this.#history;
    const past = history.ancestors(op);
    const hitting = held.filter((each) => !this.#removals.spares(each, op));
    const isHit = (each: Operation): boolean => hitting.some((removal) => this.#removals.hits(removal, each));
    const gone = new Set([...past].filter((each) => other.has(each) || isHit(each)));
    const outlives = (each: Operation): boolean =>
      isKind(each, "join") && !gone.has(each) && this.#outlives(each, held);
    const safe = new Set([...past].filter(outlives));
    return standsWithout(history, op, { gone, safe });
  }

  #outlives(join: OperationOf<"join">, removals: readonly Removal[]): boolean {
    return this.#besides(join, removals).some((removal) => this.#removals.isBeyond(removal, join));
  }

  /** Rule 3, against one alone. */
  #evades(op: OperationOf<"remove"> | OperationOf<"role">, held: readonly Removal[]): boolean {
    const before = this.#history.before(op);
    if (enoughFor(before, op) !== undefined) return false;
    const others = held.filter((each) => each !== op && !this.#removals.isOfSide(each, op));
    const counts = (each: Operation): boolean => !others.some((removal) => this.#removals.hits(removal, each));
    const raised = isKind(op, "remove") && op.body.members.some((m) => this.#removals.raisesByTwo(op, m).some(counts));
    if (raised) return true;
    const down = isKind(op, "role") && op.body.role === "member" ? [op.body.member] : [];
    const against = isKind(op, "remove") ? op.body.members : down;
    const meansAdmin = against.some((m) => this.#removals.raisesBeside(op, m).some(counts));
    if (weightOf(before, op)?.from !== 3 && !meansAdmin && !this.#restsOnEvasion(op, held)) return false;
    const signed = this.#removals.signedBySideBeside(op).filter(counts);
    const later = [...this.#set].filter((each) => each !== op && !this.#history.rests(each, op) && counts(each));
    const knowing = later.filter((each) => this.#knowsOfThree(each));
    return signed.some((own) => knowing.some((each) => each === own || this.#history.rests(each, own)));
  }

  /** Whether it removes a person whom something that evades took down before. */
  #restsOnEvasion(op: Operation, held: readonly Removal[]): boolean {
    if (!isKind(op, "remove") || op.body.members.length === 0) return false;
    return [...this.#history.ancestors(op)].some((each) => {
      if (!isKind(each, "role") || each.body.role !== "member") return false;
      return weightOf(this.#history.before(each), each)?.person === op.body.person && this.#evades(each, held);
    });
  }

  #knowsOfThree(op: Operation): boolean {
    const before = this.#history.before(op);
    const count = before.admins().size;
    return count >= 3 || (count === 2 && weightOf(before, op)?.from === 2);
  }

  /** What rules 2 and 3 make void while certain removals hold. */
  #void(held: readonly Removal[]): Voided {
    const history = this.#history;
    const ordered = history.ordered(this.#set);
    const isHit = (op: Operation): boolean => held.some((removal) => this.#removals.hits(removal, op));
    const hit = ordered.filter((op) => !isKind(op, "remove", "unseat") && isHit(op));
    const other = new Set<Operation>(this.#removals.all.filter((each) => !held.includes(each)));
    const gone = new Set<Operation>([...other, ...hit]);
    const fall = (op: Operation): void => void (gone.add(op), other.add(op));
    for (const op of ordered) if (isKind(op, "role") && !gone.has(op) && this.#evades(op, held)) fall(op);
    const joins = ordered.filter((op) => isKind(op, "join"));
    const withdrawn = joins.filter((join) => !gone.has(join) && this.#isWithdrawn(join, { gone, held }));
    for (const join of withdrawn) fall(join);
    const dropUnentitled = (): void => {
      const doubtful = ordered.filter((op) => isOffice(history, op));
      for (const op of doubtful) if (!gone.has(op) && !this.#standsOn(op, { held, other })) fall(op);
    };
    dropUnentitled();
    const rightful = joins.filter((each) => !gone.has(each));
    for (const join of this.#withoutPlace(rightful, gone)) fall(join);
    dropUnentitled();
    const safe = joins.filter((join) => !gone.has(join) && this.#outlives(join, held));
    return { void: gone, safe: new Set(safe), other };
  }

  /** A withdrawal is final. */
  #isWithdrawn(
    join: OperationOf<"join">,
    { gone, held }: { gone: ReadonlySet<Operation>; held: readonly Removal[] },
  ): boolean {
    const counts = (op: Operation): boolean => !gone.has(op) && this.#isEntitled(op, this.#besides(op, held));
    const revokes = [...this.#set].filter((op) => isKind(op, "revoke"));
    return revokes.some((op) => {
      if (op.body.invite !== join.body.invite || !this.#history.beside(op, join) || !counts(op)) return false;
      if (!isInviters(this.#history, op) && !this.#history.before(op).acts(op.author)) return false;
      return !this.#removals.knew(op, join) && !this.#removals.raisesBeside(op, join.author).some(counts);
    });
  }

  /** One place, one person: the JOINs that come too late. */
  #withoutPlace(joins: readonly OperationOf<"join">[], gone: ReadonlySet<Operation>): readonly Operation[] {
    return Object.values(Object.groupBy(joins, ({ body }) => body.invite)).flatMap((all = []) => {
      const { uses } = (this.#history.operations.get(all[0]!.body.invite) as OperationOf<"invite">).body;
      const keys = new Set<string>();
      const raises = this.#removals.raises.filter((each) => !gone.has(each));
      const counting = raises.filter((each) => all.some((join) => this.#history.beside(each, join)));
      const raised = all.filter(({ author }) => counting.some((raise) => this.#removals.isRaise(raise, author)));
      const isFirst = (join: Operation): boolean =>
        raised.some((each) => each === join || this.#history.rests(each, join));
      let open = all.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || (a.id < b.id ? -1 : 1));
      const late: Operation[] = [];
      while (open.length > 0) {
        const next = open.find((each) => !open.some((other) => this.#history.rests(each, other)))!;
        if (keys.size < uses || keys.has(next.author)) keys.add(next.author);
        else late.push(next);
        open = open.filter((each) => each !== next);
      }
      return late;
    });
  }
}
