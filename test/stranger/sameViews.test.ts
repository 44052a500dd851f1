/** Whatever operations the product's own model comes to, a stranger resolves them alike. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelWorld } from "../protocol/modelWorld.ts";
import { anew, union } from "../protocol/replicas.ts";
import type { SignedOp } from "../../src/protocol/membership.ts";
import { History } from "./history.ts";
import { Tangle } from "./tangle.ts";
import { isOpen } from "./view.ts";

const byKey = <T extends readonly [string, ...unknown[]]>(all: readonly T[]): readonly T[] =>
  all.toSorted(([a], [b]) => (a < b ? -1 : 1));

/** The same of these operations: who is admitted, who is in and how, by what invites others may come, who is gone. */
const agrees = (ops: readonly SignedOp[], signed: readonly SignedOp[] = ops): void => {
  const expected = anew(ops);
  const history = new History(signed.map(({ bytes }) => bytes));
  const { id, view } = history.now;
  assert.deepEqual(
    byKey([...view.seats.values()].map(({ member, person, role }) => [member, person, role] as const)),
    byKey([...expected.members.values()].map(({ member, person, role }) => [member, person, role] as const)),
  );
  const open = [...view.invites].filter(([, invite]) => isOpen(invite));
  assert.deepEqual(
    byKey(open.map(([invite, { operation, taken }]) => [invite, operation.body.uses - taken.size] as const)),
    byKey([...expected.invites.values()].map(({ invite, left }) => [invite, left] as const)),
  );
  assert.deepEqual(
    byKey([...view.gone].map(([member, { how, since, at, cut }]) => [member, how, since, at, cut] as const)),
    byKey(
      [...expected.gone.values()].map(
        ({ member, how, since, at, cut }) => [member, how, since, at, new Map(cut)] as const,
      ),
    ),
  );
  assert.deepEqual([...history.operations.keys()].toSorted(), ops.map((op) => op.id).toSorted());
  assert.deepEqual(view.motions.map((one) => one.id).toSorted(), [...expected.motions.keys()].toSorted());
  assert.deepEqual([id, view.policy], [expected.view, { ...expected.policy, lasts: expected.policy.lasts ?? null }]);
};

describe("a stranger and the product", () => {
  const happening = fc.record({ verb: fc.nat(255), who: fc.nat(255), whom: fc.nat(255), n: fc.nat(9999) });
  const story = fc.array(happening, { minLength: 30, maxLength: 80, size: "max" });
  const seed = Number(process.env["STRANGER_SEED"] ?? 30);
  const runs = Number(process.env["STRANGER_RUNS"] ?? 8);

  it("make the same views of the same operations", async function () {
    this.timeout(60_000 + runs * 5000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), story, async (size, happenings) => {
        const world = new ModelWorld(size);
        for (const one of happenings) await world.happens(one);
        const ops = union(...world.people);
        agrees(ops);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
  });

  it("also where members sign on any parents, and date as they like", function () {
    this.timeout(60_000 + runs * 5000);
    const nat = fc.nat(9999);
    const parents = fc.array(nat, { minLength: 1, maxLength: 2 });
    const knots = fc.array(fc.record({ verb: nat, who: nat, whom: nat, n: nat, parents }), {
      minLength: 8,
      maxLength: 25,
    });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 4 }), knots, (size, admins, all) => {
        const tangle = new Tangle(size, admins);
        for (const knot of all) tangle.ties(knot);
        agrees(tangle.admitted, tangle.signed);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
  });
});
