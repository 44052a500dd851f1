import assert from "node:assert/strict";
import fc from "fast-check";
import { type PinEvent, pinned } from "../../src/content/pins.ts";
import type { MessageId, PersonId } from "../../src/types.ts";

const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
const person = (n: number): PersonId => n.toString(16).padStart(64, "0") as PersonId;

describe("pins", () => {
  const event: fc.Arbitrary<PinEvent> = fc
    .tuple(fc.nat(5), fc.nat(10_000), fc.nat(3), fc.nat(4), fc.boolean())
    .map(([time, message, by, to, on]) => ({ time, message: id(message), by: person(by), to: id(to), on }));

  it("are the same in whatever order their messages came, and of each message the last word counts", () => {
    const events = fc.uniqueArray(event, { selector: ({ message }) => message, maxLength: 30 });
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (all, dice) => {
        const other = all
          .map((one) => [dice.next().value as number, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        assert.deepEqual(pinned(other), pinned(all));
        for (const { message } of pinned(all)) {
          const last = all
            .filter(({ to }) => to === message)
            .sort((a, b) => a.time - b.time || (a.message < b.message ? -1 : 1))
            .at(-1);
          assert.equal(last?.on, true);
        }
      }),
      { numRuns: 200, seed: 9 },
    );
  });

  it("stand newest first, with who pinned and when", () => {
    const on = (time: number, to: number, by: number): PinEvent => ({
      time,
      message: id(time),
      by: person(by),
      to: id(to),
      on: true,
    });
    assert.deepEqual(pinned([on(1, 7, 1), on(2, 8, 2), on(3, 7, 3)]), [
      { message: id(7), by: person(3), at: 3 },
      { message: id(8), by: person(2), at: 2 },
    ]);
  });
});
