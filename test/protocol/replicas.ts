/** What replicas that have the same operations make of them, in whatever order they came. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Op, OpBody, SignedOp } from "../../src/protocol/membership.ts";
import { makeOp, proveUnseat } from "../../src/protocol/membership.ts";
import type { View } from "../../src/protocol/resolve.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import type { OpId } from "../../src/types.ts";
import { graphOf, NOW, type Person, UNPROVED, viewOf } from "./room.ts";

/** Who is in, by name. */
export const names = (view: Pick<View, "members">): string =>
  [...view.members.values()]
    .map(({ card }) => card.name)
    .sort()
    .join(" ");
/** Everything that anybody knows. */
export const union = (...people: readonly Person[]): readonly SignedOp[] => [
  ...new Map(people.flatMap(({ ops }) => ops.map((op) => [op.id, op] as const))).values(),
];
const lines = (values: readonly unknown[]): readonly string[] => values.map((one) => JSON.stringify(one)).sort();

/** Everything of a view that replicas have to agree on. */
export const essence = (view: View): unknown => ({
  view: view.view,
  name: view.name,
  members: lines(
    [...view.members.values()].map(({ member, person, card, role, line, by }) => [
      member,
      person,
      card.device,
      line,
      role,
      by,
    ]),
  ),
  invites: lines([...view.invites.values()].map(({ invite, left, admitted }) => [invite, left, lines([...admitted])])),
  gone: lines(
    [...view.gone.values()].map(({ member, how, since, at, cut }) => [member, how, since, at, lines([...cut])]),
  ),
  revoked: [...view.revoked].sort(),
  withdrawn: [...view.withdrawn.keys()].sort(),
  motions: [...view.motions.keys()].sort(),
  contests: view.contests,
  policy: view.policy,
});

/** The view of some operations as a replica makes it of them that has forgotten every view on the way. */
export const anew = (ops: readonly SignedOp[]): View => {
  const dag = graphOf(ops);
  dag.views.clear();
  return resolve(dag) as View;
};

/** The view of some operations, which is the same in every order of arrival, and whatever was worked out on the way. */
export const settled = (ops: readonly SignedOp[]): View => {
  const expected = viewOf(ops);
  assert.deepEqual(essence(anew(ops)), essence(expected));
  fc.assert(
    fc.property(fc.shuffledSubarray([...ops], { minLength: ops.length }), (shuffled) => {
      assert.deepEqual(essence(viewOf(shuffled)), essence(expected));
    }),
    { numRuns: 12, seed: 9 },
  );
  return expected;
};
/** Who is in by all that anybody knows. */
export const outcome = (...people: readonly Person[]): string => names(settled(union(...people)));

/** With the word of the author's root key, where a list of devices takes one. */
const proven = ({ self, state }: Person, body: OpBody, parents: readonly OpId[]): OpBody => {
  const root = self.person.secret;
  if (body.kind !== "unseat" || body.proof !== UNPROVED || !root) return body;
  const { group, seat } = state;
  return { ...body, proof: proveUnseat(root, { group, author: seat.member, parents, devices: body.devices }) };
};

/** An operation on any parents that its author likes, as somebody who writes their own program can sign it. */
export const forge = (by: Person, body: OpBody, parents: readonly OpId[], rest: Partial<Op> = {}): SignedOp => {
  const { dag, group, seat } = by.state;
  const past = dag.closure(parents) ?? new Set<number>();
  const seq = [...past].filter((i) => dag.at(i).op.author === seat.member).length;
  return makeOp({ group, parents, seq, at: NOW, body: proven(by, body, parents), ...rest }, seat.secret);
};
