/**
 * A model run: groups of 2 to 12 devices, whatever happens to them in whatever order. It shrinks, and a failure says with
 * which seed and path it comes again. In everyday runs a few seconds; the long run of a hundred thousand steps is
 *
 *     MODEL_STEPS=100000 npm test -- test/protocol/model.test.ts
 *
 * with `MODEL_SEED` and `MODEL_PATH` to play one again.
 */
import fc from "fast-check";
import { ModelWorld, MOST } from "./modelWorld.ts";

const LONGEST = 150;
const steps = Number(process.env["MODEL_STEPS"] ?? 3000);
const seed = Number(process.env["MODEL_SEED"] ?? 20);
const path = process.env["MODEL_PATH"];

describe("devices of a group, whatever happens to them", () => {
  const happening = fc.record({ verb: fc.nat(255), who: fc.nat(255), whom: fc.nat(255), n: fc.nat(9999) });
  const story = fc.tuple(
    fc.integer({ min: 2, max: MOST }),
    fc.array(happening, { minLength: LONGEST / 2, maxLength: LONGEST, size: "max" }),
    fc.nat(9999),
  );

  it("agree on members and messages where they know the same, seal for whom they mean, and use no key twice", async function () {
    this.timeout(steps * 1000);
    let done = 0;
    await fc.assert(
      fc.asyncProperty(story, async ([size, happenings, end]) => {
        const world = new ModelWorld(size);
        for (const one of happenings) await world.happens(one);
        await world.ends(end);
        done += happenings.length;
      }),
      { numRuns: Math.ceil(steps / (LONGEST * 0.75)), seed, ...(path !== undefined && { path }) },
    );
    if (process.env["MODEL_STEPS"] !== undefined) process.stderr.write(`    ${done} steps\n`);
  });
});
