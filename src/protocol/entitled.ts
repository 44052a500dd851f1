/**
 * Whether an author was entitled to an operation in its own past, less what does not count of that. SPEC.md §8: so it is asked
 * of removals, and of offices. What comes to stand beside an office changes nothing about it but as a removal: else its author,
 * or their second, could take it back by going as of long ago.
 */
import { actingAdmins, actsAsAdmin, seconded, SEVERAL } from "./admins.ts";
import type { Dag } from "./dag.ts";
import { IndexSet } from "./indexSet.ts";
import type { Allowed, Fallen, Loss } from "./loss.ts";
import { Part } from "./part.ts";
import type { Struck } from "./standing.ts";
import { strike } from "./removal.ts";
import { Replay } from "./replay.ts";
import type { Draft } from "./draft.ts";

/** What is struck in some operation's past. */
type Past = Pick<Struck, "struck" | "kept">;
/** It never changes: by where the line of operations ends that each lie above all others. */
const graphs = new WeakMap<Dag, Map<number, Past>>();

/** Nothing is beside what all else lies below: it strikes nothing, and nothing strikes it. */
const pastOf = (dag: Dag, r: number): Past => {
  const pasts = graphs.get(dag) ?? new Map<number, Past>();
  graphs.set(dag, pasts);
  const base = dag.base(r);
  const before = pasts.get(base);
  if (before) return before;
  const { struck, kept } = strike(new Part(dag, dag.ancestors(base)), allowed);
  const past = { struck, kept };
  pasts.set(base, past);
  return past;
};

/** Whether an author had the say that an operation takes, in a draft of its own past. */
const isEntitled = (dag: Dag, i: number, draft: Draft): boolean => {
  const { op } = dag.at(i);
  const { weight, seconds } = dag.facts(i);
  const { kind } = op.body;
  // Whoever made the invite needs no office.
  if (kind === "revoke" && dag.facts(i).owned) return draft.members.has(op.author);
  if (!actsAsAdmin(draft, op.author)) return false;
  if (kind === "revoke") return true;
  const admins = actingAdmins(draft).size;
  if (kind === "invite") return admins < SEVERAL;
  // Nobody is the only admin, or one of two, because they put the others out by what is void.
  const heavy = weight && (seconds.length > 0 || (kind === "role" && admins >= weight.from));
  return !heavy || seconded(draft, op, weight);
};

/** Applied pasts that one loss remembers. */
const MAX_REPLAYS = 8;

/** The end of an operation's past: what all else in it lies below, or all of that. */
const endOf = (dag: Dag, r: number): string => String(dag.top(r) ?? dag.at(r).op.parents.join());

/** What is gone for an operation, and as what that is remembered: the same for all of whom the same is gone. */
interface Gone {
  readonly gone: IndexSet;
  /** Offices that fall with that. */
  readonly fallen: IndexSet;
  readonly name: string;
  readonly loss: Loss;
}

/** The past of an operation, applied less what is gone of it: from one on the way to it, where one is remembered. */
const replayOf = (part: Part, r: number, { gone, fallen, name, loss }: Gone): Replay => {
  const { dag } = part;
  const { replays, outlived } = loss;
  const { struck, kept } = pastOf(dag, r);
  const keyOf = (one: number): string => `${endOf(dag, one)} ${name}`;
  const steps: number[] = [];
  let at = r;
  let top = dag.top(at);
  let found = replays.get(keyOf(at));
  while (!found && top !== undefined) {
    steps.push(top);
    at = top;
    top = dag.top(at);
    found = replays.get(keyOf(at));
  }
  if (found && steps.length === 0) return found;
  // Nobody else goes on from there.
  if (found && top !== undefined && dag.children(top) === 1) replays.delete(keyOf(at));
  else found = found?.copy();
  const out = found ?? new Replay(dag);
  for (const i of found ? steps.reverse() : part.order.filter((one) => dag.isAncestor(one, r)))
    if (!gone.has(i) && !fallen.has(i) && !struck.has(i)) out.step(i, kept.has(i) || outlived.has(i));
  if (replays.size >= MAX_REPLAYS) replays.delete(replays.keys().next().value as string);
  replays.set(keyOf(r), out);
  return out;
};

/** Verdicts that a part remembers by what of a past they are without: most of what one more removal takes along is elsewhere. */
const MAX_VERDICTS = 2048;
const verdicts = new WeakMap<Part, Map<string, boolean>>();

/** The same, less what is gone of what it rests on. */
const standsWithout = (part: Part, r: number, of: Gone): boolean => {
  const { dag } = part;
  const past = dag.ancestors(r);
  const { struck } = pastOf(dag, r);
  if (!of.gone.hasWithin(past, struck) && !of.fallen.hasWithin(past, struck)) return true;
  const without = new IndexSet(of.gone).addAll(of.fallen).and(past);
  const name = `${r} ${without.name}${of.loss.outlived.and(past).name}`;
  const known = verdicts.get(part) ?? new Map<string, boolean>();
  const before = known.get(name);
  if (before !== undefined) return before;
  const { draft } = replayOf(part, r, of);
  const is = draft !== undefined && isEntitled(dag, r, draft);
  if (known.size >= MAX_VERDICTS) known.clear();
  verdicts.set(part, known.set(name, is));
  return is;
};

/** Asks about the offices that an operation rests on, in order: what falls before has fallen for those after it. */
const askOffices = (part: Part, r: number, { loss, of }: { readonly loss: Loss; readonly of: Fallen }): void => {
  const { asked, fallen, name } = of;
  const gone = loss.goneFor(r);
  for (const one of part.offices.within(part.dag.ancestors(r), asked)) {
    asked.add(one);
    if (gone.has(one)) continue;
    const own = loss.goneFor(one);
    const named = own === gone ? name : `${name} ${own.name}`;
    if (!standsWithout(part, one, { gone: own, fallen, name: named, loss })) fallen.add(one);
  }
};

const NONE = new IndexSet();

/** What decides so. */
export const allowed: Allowed = (part, r, loss) => {
  const before = loss.verdicts.get(r);
  if (before !== undefined) return before;
  const gone = loss.goneFor(r);
  let is = true;
  if (gone.meets(part.dag.ancestors(r))) {
    const of = loss.fallenFor?.(r);
    if (of) askOffices(part, r, { loss, of });
    is = standsWithout(part, r, { gone, fallen: of?.fallen ?? NONE, name: of?.name ?? "", loss });
  }
  loss.verdicts.set(r, is);
  return is;
};
