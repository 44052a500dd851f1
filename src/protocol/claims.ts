/**
 * Who comes in by an invite when operations are concurrent: whom its withdrawal keeps out, whom somebody's removal takes
 * along, and who gets the last place. SPEC.md §8. All of it follows from a *subset* of operations and nothing else.
 */
import type { MemberId, OpId } from "../types.ts";
import { IndexSet } from "./indexSet.ts";
import type { Part } from "./part.ts";

/** Persons who took the same place: who has it, and who has not. */
export interface Contest {
  readonly invite: OpId;
  readonly kept: readonly MemberId[];
  readonly lost: readonly MemberId[];
}

/** Operations beside `i` by which anybody made `member` an admin. */
export const raisesBeside = (part: Part, i: number, member: MemberId): readonly number[] =>
  part.raises(member).filter((one) => part.dag.concurrent(one, i));

/** Operations by which somebody made `member` an admin, and took a second admin's word for it where `two`. */
const raised = (part: Part, member: MemberId, two: boolean): readonly number[] =>
  part.raises(member).filter((i) => {
    const { weight, admins } = part.dag.facts(i);
    return !two || (weight?.to === "admin" && admins >= weight.from);
  });

/** Operations by which two admins, none of them the author of `i`, raised somebody beside `i`. */
export const vouchers = (part: Part, i: number, member: MemberId): readonly number[] =>
  raised(part, member, true).filter(
    (one) => part.dag.concurrent(one, i) && part.dag.at(one).op.author !== part.dag.at(i).op.author,
  );

/**
 * Whether a JOIN is safe from an operation beside it that does not mean its author: that one pretends not to know of it. A
 * person takes their own devices out alone: from that, whoever was made an admin by anybody else is safe.
 */
export const beyondReach = (part: Part, i: number, join: number): boolean => {
  const { dag } = part;
  const { body } = dag.at(i).op;
  const { author: member } = dag.at(join).op;
  if (part.knew(i, join) || vouchers(part, i, member).length > 0) return true;
  if (body.kind !== "unseat") return false;
  return raised(part, member, false).some(
    (one) => dag.concurrent(one, i) && !body.members.includes(dag.at(one).op.author),
  );
};

/** The REVOKE that keeps the JOIN `j` out, if one does. `counts`: whether it holds itself. */
export const revocationOf = (part: Part, j: number, counts: (revoke: number) => boolean): number | undefined => {
  const { dag } = part;
  const { author, body } = dag.at(j).op;
  if (body.kind !== "join") return undefined;
  return part
    .revokes(body.invite)
    .find(
      (v) =>
        dag.concurrent(v, j) &&
        dag.facts(v).final &&
        !part.knew(v, j) &&
        !raised(part, author, false).some((i) => dag.concurrent(v, i) && counts(i)) &&
        counts(v),
    );
};

/** The same, asked once. */
const remembered = (ask: (i: number) => boolean): ((i: number) => boolean) => {
  const known = new Map<number, boolean>();
  return (i) => {
    const is = known.get(i) ?? ask(i);
    known.set(i, is);
    return is;
  };
};

/**
 * Of an invite that more came in by than it has uses for: first those who were made admins beside another of them, and whom
 * these knew, then those with the lowest ids come in, each after those of them that it knew. One `GK` is one, however often
 * it came.
 */
const contestOf = (
  part: Part,
  invite: OpId,
  { joins, counts }: { readonly joins: readonly number[]; readonly counts: (i: number) => boolean },
): Contest | undefined => {
  const { dag } = part;
  const body = dag.get(invite)?.op.body;
  const authors = new Set(joins.map((j) => dag.at(j).op.author));
  if (body?.kind !== "invite" || authors.size <= body.uses) return undefined;
  const among = new IndexSet(joins);
  const isFirst = remembered((i) => counts(i) && joins.some((other) => dag.concurrent(i, other)));
  const first = new IndexSet();
  for (const j of joins) if (part.raises(dag.at(j).op.author).some(isFirst)) first.addAll(dag.ancestors(j)).add(j);
  const rank = (j: number): string => (first.has(j) ? "0" : "1") + dag.at(j).id;
  const open = joins.map((j) => ({ j, rank: rank(j), below: among.and(dag.ancestors(j)).size }));
  open.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  const kept = new Set<MemberId>();
  while (kept.size < body.uses && open.length > 0) {
    const [next] = open.splice(
      open.findIndex(({ below }) => below === 0),
      1,
    );
    if (!next) break;
    kept.add(dag.at(next.j).op.author);
    for (const one of open) if (dag.isAncestor(next.j, one.j)) one.below--;
  }
  return { invite, kept: [...kept], lost: [...authors].filter((one) => !kept.has(one)).sort() };
};

interface Places {
  readonly contests: readonly Contest[];
  /** Of each invite, how many keys came in by it. */
  readonly taken: ReadonlyMap<OpId, number>;
  /** JOINs for which there is no place. */
  readonly lost: readonly number[];
}

/** Who has the places of the invites that these came in by. `counts`: whether an operation is not void. */
export const placesOf = (part: Part, joins: readonly number[], counts: (i: number) => boolean): Places => {
  const { dag } = part;
  const byInvite = new Map<OpId, number[]>();
  for (const j of joins) {
    const { body } = dag.at(j).op;
    if (body.kind !== "join") continue;
    const some = byInvite.get(body.invite);
    if (some) some.push(j);
    else byInvite.set(body.invite, [j]);
  }
  const contests: Contest[] = [];
  const taken = new Map<OpId, number>();
  const lost: number[] = [];
  for (const [invite, some] of byInvite) {
    taken.set(invite, new Set(some.map((j) => dag.at(j).op.author)).size);
    const contest = some.length > 1 ? contestOf(part, invite, { joins: some, counts }) : undefined;
    if (!contest) continue;
    contests.push(contest);
    const out = new Set(contest.lost);
    lost.push(...some.filter((j) => out.has(dag.at(j).op.author)));
  }
  return { contests, taken, lost };
};
