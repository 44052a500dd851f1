/**
 * What shows that a member's device signed what it cannot have signed in good order: two operations at one place, or one
 * that pretends not to know what the device had acknowledged. Evidence is shown and changes nothing: a restored copy of a
 * device looks the same. SPEC.md §8.
 */
import type { MemberId, OpId } from "../types.ts";
import type { Dag } from "./dag.ts";
import type { GroupState } from "./group.ts";
import { peerOf } from "./group.ts";
import type { SignedOp } from "./membership.ts";

/**
 * Operations of `author` that neither lie below heads which the author acknowledged nor rest on all of them: they were
 * made later, as if earlier. Nothing while one of the heads is unknown.
 */
const besides = (dag: Dag, author: MemberId, heads: readonly OpId[]): readonly SignedOp[] => {
  const below = dag.closure(heads);
  if (!below) return [];
  const rests = (i: number): boolean => heads.every((head) => dag.ancestors(i).has(dag.indexOf(head) as number));
  return dag
    .by(author)
    .filter((i) => !below.has(i) && !rests(i))
    .map((i) => dag.at(i));
};

/** Heads that a member is known here to have acknowledged: in acks, and by the views of its chains. */
export const acknowledged = (state: GroupState, member: MemberId): readonly (readonly OpId[])[] => {
  const said = new Map<string, readonly OpId[]>();
  const note = (heads: readonly OpId[]): unknown => said.set(heads.join(), heads);
  note(peerOf(state, member).heads ?? []);
  for (const { sender, heads } of state.receive.values()) if (sender === member) note(heads);
  return [...said.values()];
};

/** Operations of a member beside what it acknowledged. */
export const backdated = (state: GroupState, member: MemberId): readonly SignedOp[] => [
  ...new Set(acknowledged(state, member).flatMap((heads) => besides(state.dag, member, heads))),
];

/** Remembers the heads that a member named, unless what it named before says more. */
export const takeHeads = (state: GroupState, member: MemberId, heads: readonly OpId[]): GroupState => {
  const peer = peerOf(state, member);
  const after = state.dag.closure(heads);
  const before = peer.heads && state.dag.closure(peer.heads);
  if (!after || heads.join() === peer.heads?.join() || (before && ![...before].every((i) => after.has(i))))
    return state;
  return { ...state, peers: new Map(state.peers).set(member, { ...peer, heads }) };
};
