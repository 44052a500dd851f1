/**
 * Whether an author was entitled to an operation in its own past, less what does not count of that. SPEC.md §8: so it is asked
 * of removals, and of offices. What comes to stand beside an office changes nothing about it but as a removal: else its author,
 * or their second, could take it back by going as of long ago.
 */
import { actingAdmins, actsAsAdmin, seconded, SEVERAL } from "./admins.ts";
import type { Dag } from "./dag.ts";
import { Part } from "./part.ts";
import type { Allowed, Less, Struck } from "./removal.ts";
import { strike } from "./removal.ts";
import { replay } from "./replay.ts";
import type { Draft } from "./rules.ts";

interface Past {
  readonly part: Part;
  readonly struck: Struck;
}
interface Verdict {
  readonly isEntitled: boolean;
  /** JOINs that it was asked about whether they outlive the removals, and the answers: those change with what comes. */
  readonly outlived: ReadonlyMap<number, boolean>;
}
interface Known {
  /** What is struck in an operation's own past never changes: by what it rests on. */
  readonly pasts: Map<string, Past>;
  /** By an operation, what does not count of its past, and because of which removals. */
  readonly verdicts: Map<string, Verdict>;
  /** Characters of their names. */
  named: number;
}
const graphs = new WeakMap<Dag, Known>();
/** Forgotten all at once: were it by their number, a few more than that would be worked out anew at every fold. */
const MAX_NAMED = 32_000_000;

const knownIn = (dag: Dag): Known => {
  const out = graphs.get(dag) ?? { pasts: new Map<string, Past>(), verdicts: new Map<string, Verdict>(), named: 0 };
  graphs.set(dag, out);
  return out;
};

const pastOf = (dag: Dag, r: number): Past => {
  const name = dag.at(r).op.parents.join();
  const { pasts } = knownIn(dag);
  const before = pasts.get(name);
  if (before) return before;
  const part = new Part(dag, dag.ancestors(r));
  const past = { part, struck: strike(part, allowedIn(dag)) };
  pasts.set(name, past);
  return past;
};

/** Whether an author had the say that an operation takes, in a draft of its own past. */
const isEntitled = (dag: Dag, i: number, draft: Draft): boolean => {
  const { op } = dag.at(i);
  const { weight, seconds } = dag.facts(i);
  const { kind } = op.body;
  if (kind === "revoke") return draft.members.has(op.author);
  if (!actsAsAdmin(draft, op.author)) return false;
  const admins = actingAdmins(draft).size;
  if (kind === "invite") return admins < SEVERAL;
  // Nobody is the only admin, or one of two, because they put the others out by what is void.
  const heavy = weight && (seconds.length > 0 || (kind === "role" && admins >= weight.from));
  return !heavy || seconded(draft, op, weight);
};

/** The same, less `gone` of what it rests on. */
const standsWithout = (
  dag: Dag,
  r: number,
  { gone, less }: { readonly gone: readonly number[]; readonly less: Less },
): boolean => {
  if (gone.length === 0) return true;
  const { part, struck } = pastOf(dag, r);
  const fresh = gone.filter((i) => !struck.struck.has(i));
  if (fresh.length === 0) return true;
  const graph = knownIn(dag);
  const { verdicts } = graph;
  const name = [r, less.name, ...fresh].join();
  const before = verdicts.get(name);
  if (before && [...before.outlived].every(([j, is]) => less.outlives(j) === is)) return before.isEntitled;
  const out = new Set(fresh);
  const outlived = new Map<number, boolean>();
  const outlives = (j: number): boolean => {
    const is = less.outlives(j);
    outlived.set(j, is);
    return is;
  };
  const { draft } = replay(dag, part.order, {
    struck: (i) => out.has(i) || struck.struck.has(i),
    kept: (i) => struck.kept(i) || outlives(i),
  });
  const entitled = draft !== undefined && isEntitled(dag, r, draft);
  if (graph.named >= MAX_NAMED) {
    verdicts.clear();
    graph.named = 0;
  }
  graph.named += name.length;
  verdicts.set(name, { isEntitled: entitled, outlived });
  return entitled;
};

/** What decides so in a graph. */
export const allowedIn =
  (dag: Dag): Allowed =>
  (r, less) => {
    const below = [...less.among].filter((i) => dag.isAncestor(i, r));
    const goneFor = (one: number): readonly number[] => below.filter((i) => less.gone(i, one)).sort((a, b) => a - b);
    const gone = goneFor(r);
    if (gone.length === 0) return true;
    const fallen: number[] = [];
    const under = (one: number, all: readonly number[]): readonly number[] =>
      [...all, ...fallen].filter((i) => dag.isAncestor(i, one));
    const { falls } = less;
    const fell = (one: number): boolean => {
      const known = falls?.get(one);
      if (known !== undefined) return known;
      const is = !less.gone(one, r) && !standsWithout(dag, one, { gone: under(one, goneFor(one)), less });
      falls?.set(one, is);
      return is;
    };
    if (falls) for (const one of pastOf(dag, r).part.offices) if (fell(one)) fallen.push(one);
    return standsWithout(dag, r, { gone: under(r, gone), less });
  };
