/** Which operations of a set stand, SPEC.md §8 (rules 2 to 4). */
import type { History } from "./history.ts";
import { isKind, type Operation, type OperationOf } from "./operations.ts";
import { enoughFor, permits, weightOf } from "./permission.ts";
import { holding, Removals, type Removal } from "./removal.ts";
import { View } from "./view.ts";

/** What rules 2 and 3 give: what is void, and the JOINs that stand whatever became of their way in. */
export interface Decided {
  readonly void: ReadonlySet<Operation>;
  readonly safe: ReadonlySet<Operation>;
}

export const decide = (history: History, set: ReadonlySet<Operation>): Decided => new Decision(history, set).decided;

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
  const always = isKind(op, "unseat") || (isKind(op, "remove") && view.ever.has(op.author));
  const stands = always || permits(view, op, lateFor(history, op));
  if (stands) view.apply(op);
  return stands;
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
  if (stands) view.join(op, way.body.role);
  return stands;
};

class Decision {
  readonly decided: Decided;
  readonly #history: History;
  readonly #set: ReadonlySet<Operation>;
  readonly #removals: Removals;
  readonly #entitled = new Map<string, boolean>();

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

  #firstThatFalls(held: readonly Removal[], decided: Decided): Removal | undefined {
    const removes = held.filter((each) => isKind(each, "remove"));
    const { fallen } = replay(this.#history, this.#set, decided);
    return (
      removes.find((each) => this.#evades(each, held)) ??
      removes.find((each) => !this.#isEntitled(each, this.#besides(each, held))) ??
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

  /** Whether an author would be entitled to it without what some removals hit. */
  #isEntitled(op: Operation, without: readonly Removal[]): boolean {
    const key = [op.id, ...without.map(({ id }) => id).toSorted()].join();
    const known = this.#entitled.get(key) ?? this.#judgeEntitled(op, without);
    this.#entitled.set(key, known);
    return known;
  }

  #judgeEntitled(op: Operation, without: readonly Removal[]): boolean {
    if (isKind(op, "unseat")) return true;
    const past = this.#history.ancestors(op);
    const decided = decide(this.#history, past);
    const hit = [...past].filter((each) => without.some((removal) => this.#removals.hits(removal, each)));
    const { view } = replay(this.#history, past, { void: new Set([...decided.void, ...hit]), safe: decided.safe });
    if (isKind(op, "revoke")) return view.seats.has(op.author);
    const weight = enoughFor(this.#history.before(op), op);
    return view.acts(op.author) && (weight === undefined || view.hasSecond(op, weight.person, weight.to));
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
    if (weightOf(before, op)?.from !== 3 && !meansAdmin) return false;
    const signed = this.#removals.signedBySideBeside(op).filter(counts);
    const later = [...this.#set].filter((each) => each !== op && !this.#history.rests(each, op) && counts(each));
    const knowing = later.filter((each) => this.#knowsOfThree(each));
    return signed.some((own) => knowing.some((each) => each === own || this.#history.rests(each, own)));
  }

  #knowsOfThree(op: Operation): boolean {
    const before = this.#history.before(op);
    const count = before.admins().size;
    return count >= 3 || (count === 2 && weightOf(before, op)?.from === 2);
  }

  /** What rules 2 and 3 make void while certain removals hold. */
  #void(held: readonly Removal[]): Decided {
    const gone = new Set<Operation>(this.#removals.all.filter((each) => !held.includes(each)));
    const hit = (op: Operation): boolean => held.some((removal) => this.#removals.hits(removal, op));
    for (const op of this.#set) if (!held.includes(op as Removal) && hit(op)) gone.add(op);
    for (const op of this.#set) if (isKind(op, "role") && this.#evades(op, held)) gone.add(op);
    const joins = this.#history.ordered(this.#set).filter((op) => isKind(op, "join"));
    const withdrawn = joins.filter((join) => !gone.has(join) && this.#isWithdrawn(join, { gone, held }));
    for (const join of withdrawn) gone.add(join);
    for (const join of this.#withoutPlace(joins.filter((each) => !gone.has(each)))) gone.add(join);
    const isSafe = (join: OperationOf<"join">): boolean =>
      !gone.has(join) && this.#besides(join, held).some((removal) => this.#removals.isBeyond(removal, join));
    return { void: gone, safe: new Set(joins.filter(isSafe)) };
  }

  /** A withdrawal is final. */
  #isWithdrawn(
    join: OperationOf<"join">,
    { gone, held }: { gone: ReadonlySet<Operation>; held: readonly Removal[] },
  ): boolean {
    const counts = (op: Operation): boolean => !gone.has(op) && this.#isEntitled(op, this.#besides(op, held));
    const inviter = this.#history.operations.get(join.body.invite)!.author;
    const revokes = [...this.#set].filter((op) => isKind(op, "revoke"));
    return revokes.some((op) => {
      if (op.body.invite !== join.body.invite || !this.#history.beside(op, join) || !counts(op)) return false;
      if (!this.#isInviters(op, inviter) && !this.#history.before(op).acts(op.author)) return false;
      return !this.#removals.knew(op, join) && !this.#removals.raisesBeside(op, join.author).some(counts);
    });
  }

  /** Whether who made an invite signed it, or a device of the same line. */
  #isInviters(op: Operation, inviter: string): boolean {
    const before = this.#history.before(op);
    const line = before.ever.get(inviter)?.line;
    return op.author === inviter || (line !== undefined && before.seats.get(op.author)?.line === line);
  }

  /** One place, one person: the JOINs that come too late. */
  #withoutPlace(joins: readonly OperationOf<"join">[]): readonly Operation[] {
    return Object.values(Object.groupBy(joins, ({ body }) => body.invite)).flatMap((all = []) => {
      const { uses } = (this.#history.operations.get(all[0]!.body.invite) as OperationOf<"invite">).body;
      const keys = new Set<string>();
      let open = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
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
