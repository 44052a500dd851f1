/** Lists of devices that words of who they are about belie, SPEC.md §8. */
import type { History } from "./history.ts";
import { isKind, type Operation, type OperationOf } from "./operations.ts";
import { permits } from "./permission.ts";
import type { View } from "./view.ts";

/** Of a set of admitted operations. */
export class Lists {
  readonly #history: History;
  readonly #words: ReadonlyMap<OperationOf<"unseat">, readonly Operation[]>;
  readonly #known = new Map<Operation, ReadonlySet<Operation>>();

  constructor(history: History, set: ReadonlySet<Operation>) {
    this.#history = history;
    const lineOf = (op: Operation): string => history.before(op).seats.get(op.author)?.line ?? op.author;
    const words = new Map<OperationOf<"unseat">, readonly Operation[]>();
    for (const unseat of [...set].filter((op) => isKind(op, "unseat"))) {
      const before = history.before(unseat);
      const named = unseat.body.members.filter((member) => before.acts(member) || !before.seats.has(member));
      const ended = named.map((member) => before.ever.get(member)!.line).filter((line) => line !== lineOf(unseat));
      const speaks = (op: Operation): boolean => !isKind(op, "leave") && ended.includes(lineOf(op));
      if (ended.length > 0)
        words.set(
          unseat,
          [...set].filter((op) => history.beside(op, unseat) && speaks(op)),
        );
    }
    this.#words = words;
  }

  /** Those on which it rests, and not on every word beside them. */
  beliedFor(op: Operation): ReadonlySet<Operation> {
    const known = this.#known.get(op);
    if (known !== undefined) return known;
    const isBelied = ([unseat, words]: readonly [Operation, readonly Operation[]]): boolean =>
      this.#history.rests(op, unseat) && words.some((word) => !this.#history.rests(op, word));
    const belied = new Set<Operation>([...this.#words].filter(isBelied).map(([unseat]) => unseat));
    this.#known.set(op, belied);
    return belied;
  }

  /** Whether it may fall by that. */
  isDoubted(op: Operation): boolean {
    if (this.beliedFor(op).size === 0 || isKind(op, "rekey", "leave", "device", "unseat")) return false;
    if (!isKind(op, "join")) return true;
    const way = this.#history.operations.get(op.body.invite);
    return way !== undefined && isKind(way, "invite") && way.body.role === "admin";
  }
}

/** Whether it is permitted in that view of its past, which is without them. */
export const isPermittedWithout = (history: History, view: View, op: Operation): boolean => {
  if (isKind(op, "join")) return view.admins().size <= 1;
  if (!permits(view, op, { early: true, rests: () => false })) return false;
  return !isKind(op, "revoke") || !isFinal(history, history.before(op), op) || isFinal(history, view, op);
};

/** Whether what it withdraws stays closed to who comes in beside it. */
export const isFinal = (history: History, view: View, { author, body }: OperationOf<"revoke">): boolean => {
  const inviter = history.operations.get(body.invite)!.author;
  const line = view.ever.get(inviter)?.line;
  const isOwn = author === inviter || (line !== undefined && view.seats.get(author)?.line === line);
  return isOwn || view.acts(author);
};
