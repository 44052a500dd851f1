/**
 * Lists of devices that were played where their owner had no other seat, against that owner's own words. SPEC.md §8.
 *
 * A list is public, and a JOIN may bear anybody's card: so an UNSEAT by another line may be anybody's, and as of any time. That
 * the device is out is true whoever says so; that its line was no admin from there on is not, where that line has spoken since.
 */
import type { Dag } from "./dag.ts";
import { IndexSet } from "./indexSet.ts";
import type { Allowed } from "./loss.ts";
import type { SignedOp } from "./membership.ts";
import type { Part } from "./part.ts";

/** Of what an operation rests on, the UNSEATs which words of the lines that these ended belie: words that it does not rest on. */
export type BeliedFor = (i: number) => IndexSet;

const NONE = new IndexSet();

export const beliedIn = (part: Part): BeliedFor => {
  const { dag } = part;
  const endings = part.order.filter((i) => dag.facts(i).ends.length > 0);
  if (endings.length === 0) return () => NONE;
  const wordsBeside = (unseat: number): IndexSet => {
    const words = dag.facts(unseat).ends.flatMap((line) => part.words(line));
    // Who says that they go says nothing against it.
    const speaks = (one: number): boolean => dag.at(one).op.body.kind !== "leave";
    return new IndexSet(words.filter((one) => dag.concurrent(one, unseat) && speaks(one)));
  };
  const words = endings.map((unseat) => [unseat, wordsBeside(unseat)] as const);
  return (i) => {
    const past = dag.ancestors(i);
    const some = words.filter(([unseat, beside]) => past.has(unseat) && !beside.without(past).isEmpty);
    return some.length === 0 ? NONE : new IndexSet(some.map(([unseat]) => unseat));
  };
};

/** Whether it may take more than to be in, or make more of somebody. */
const takesLeave = (dag: Dag, { op: { body } }: SignedOp): boolean => {
  if (body.kind !== "join")
    return body.kind !== "rekey" && body.kind !== "leave" && body.kind !== "device" && body.kind !== "unseat";
  const invite = dag.get(body.invite)?.op.body;
  return invite?.kind === "invite" && invite.role === "admin";
};

/** Whether it is asked if it was permitted without the lists that are belied for it. */
export const isDoubted = (part: Part, i: number): boolean =>
  !part.belied(i).isEmpty && takesLeave(part.dag, part.dag.at(i));

/** What is permitted by such lists alone: void from the outset, and no evidence of anything. */
export const baseless = (part: Part, allowed: Allowed): IndexSet => {
  const out = new IndexSet();
  for (const i of part.order) {
    if (!isDoubted(part, i)) continue;
    const nothing = { goneFor: () => out, outlived: NONE, fallenFor: undefined };
    if (!allowed(part, i, { ...nothing, verdicts: new Map(), replays: new Map() })) out.add(i);
  }
  return out;
};
