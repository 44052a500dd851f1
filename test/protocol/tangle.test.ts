/**
 * One set of operations, one view, whatever is in it and however it came. More of it, on other seeds:
 *
 *     TANGLES=20000 TANGLE_SEED=7 npm test -- test/protocol/tangle.test.ts
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { View } from "../../src/protocol/resolve.ts";
import { resolve } from "../../src/protocol/resolve.ts";
import { arriving, bareKnots, BareTangle } from "./bareTangle.ts";
import { essence } from "./replicas.ts";

const runs = Number(process.env["TANGLES"] ?? 1500);
const seed = Number(process.env["TANGLE_SEED"] ?? 11);
const ids = fc.array(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((one) => Buffer.from(one).toString("hex")),
  {
    minLength: 33,
    maxLength: 33,
  },
);
const orders = fc.array(fc.nat(0xffff), { minLength: 32, maxLength: 32 });

describe("any tangle of operations, of keys that come in again and again", () => {
  it("is one view, made step by step or all at once, and in any order", function () {
    this.timeout(60_000 + runs * 50);
    const kinds = new Set<string>();
    fc.assert(
      fc.property(ids, bareKnots(32), orders, (names, knots, order) => {
        fc.pre(new Set(names).size === names.length);
        const tangle = new BareTangle(names);
        const { dag, ops } = tangle;
        for (const knot of knots) {
          if (!tangle.ties(knot)) continue;
          const { id, op } = ops.at(-1)!;
          kinds.add(op.body.kind);
          const step = dag.views.get(id);
          dag.views.clear();
          if (step) assert.deepEqual(essence(step), essence(resolve(dag, [id]) as View));
        }
        const { dag: other, verdicts } = arriving(ops, order);
        assert.ok(verdicts.every((one) => one === "ok"));
        assert.deepEqual(essence(resolve(other) as View), essence(resolve(dag) as View));
      }),
      { numRuns: runs, seed },
    );
    assert.equal(kinds.size, 12, "every kind but the first");
  });
});
