import assert from "node:assert/strict";
import fc from "fast-check";
import { between, pull, turnBox, WHOLE, type Box } from "../../web/app/photo/box.ts";
import {
  edit,
  LEAST_BLACK,
  LEAST_CROP,
  PENS,
  UNTOUCHED,
  type Edit,
  type EditAction,
} from "../../web/app/photo/edit.ts";

const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.4 };
const run = (...actions: EditAction[]): Edit => actions.reduce(edit, UNTOUCHED).now;

const hostile = fc.oneof(fc.double({ min: -2, max: 2 }), fc.constantFrom(NaN, Infinity, -Infinity, 0, 1));
const anyBox = fc.record({ x: hostile, y: hostile, w: hostile, h: hostile });
const anyAction: fc.Arbitrary<EditAction> = fc.oneof(
  fc.record({ do: fc.constant("crop" as const), box: anyBox, more: fc.boolean() }),
  fc.constant({ do: "turn" as const }),
  fc.record({
    do: fc.constant("stroke" as const),
    stroke: fc.record({
      pen: fc.constantFrom(...PENS),
      points: fc.array(fc.record({ x: hostile, y: hostile }), { maxLength: 5 }),
    }),
  }),
  fc.record({ do: fc.constant("black" as const), box: anyBox }),
  fc.record({
    do: fc.constant("move" as const),
    index: fc.integer({ min: -2, max: 4 }),
    box: anyBox,
    more: fc.boolean(),
  }),
  fc.record({ do: fc.constant("remove" as const), index: fc.integer({ min: -2, max: 4 }) }),
  fc.constantFrom({ do: "undo" as const }, { do: "redo" as const }),
);

const liesInside = ({ x, y, w, h }: Box, least: number): boolean =>
  x >= 0 && y >= 0 && w >= least && h >= least && x + w <= 1 + 1e-9 && y + h <= 1 + 1e-9;

describe("editing a photo", () => {
  it("takes back each step, and does it again", () => {
    const steps: EditAction[] = [
      { do: "crop", box },
      { do: "black", box },
      { do: "turn" },
      { do: "stroke", stroke: { pen: PENS[0], points: [{ x: 0.5, y: 0.5 }] } },
      { do: "move", index: 0, box: WHOLE },
      { do: "remove", index: 0 },
    ];
    const states = [UNTOUCHED];
    for (const step of steps) states.push(edit(states.at(-1) ?? UNTOUCHED, step));
    let at = states.at(-1) ?? UNTOUCHED;
    for (const before of states.slice(0, -1).toReversed()) {
      at = edit(at, { do: "undo" });
      assert.deepEqual(at.now, before.now);
    }
    for (const after of states.slice(1)) {
      at = edit(at, { do: "redo" });
      assert.deepEqual(at.now, after.now);
    }
    assert.deepEqual(edit(edit(at, { do: "undo" }), { do: "turn" }).future, []);
  });

  it("counts a key that is held down as one step", () => {
    const moved = [0.2, 0.3, 0.4].map((x): EditAction => ({ do: "move", index: 0, box: { ...box, x }, more: x > 0.2 }));
    const history = [{ do: "black", box } as const, ...moved].reduce(edit, UNTOUCHED);
    assert.equal(history.now.black[0]?.x, 0.4);
    assert.deepEqual(edit(history, { do: "undo" }).now.black, [box]);
  });

  it("turns everything with the picture; four quarters are none", () => {
    assert.deepEqual(run({ do: "black", box }, { do: "turn" }).black[0], turnBox(box));
    const round = run(
      { do: "crop", box },
      { do: "black", box },
      ...Array.from({ length: 4 }, () => ({ do: "turn" }) as const),
    );
    assert.equal(round.turns, 0);
    for (const side of ["x", "y", "w", "h"] as const) {
      assert.ok(Math.abs((round.black[0]?.[side] ?? 0) - box[side]) < 1e-9);
      assert.ok(Math.abs(round.crop[side] - box[side]) < 1e-9);
    }
  });

  it("pulls edges without turning a box inside out or leaving the picture", () => {
    const pulled = pull(WHOLE, ["left", "top"], 0.25, 0.5, LEAST_CROP);
    assert.deepEqual(pulled, { x: 0.25, y: 0.5, w: 0.75, h: 0.5 });
    fc.assert(
      fc.property(fc.subarray(["left", "right", "top", "bottom"] as const), hostile, hostile, (edges, dx, dy) =>
        liesInside(pull(box, edges, dx, dy, LEAST_CROP), LEAST_CROP),
      ),
      { numRuns: 500, seed: 3 },
    );
    const corners = between({ x: 0.6, y: 0.1 }, { x: 0.2, y: 0.3 });
    assert.deepEqual([corners.x, corners.y], [0.2, 0.1]);
    assert.ok(Math.abs(corners.w - 0.4) < 1e-9 && Math.abs(corners.h - 0.2) < 1e-9);
  });

  it("stays a picture, whatever the actions", () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 30 }), (actions) => {
        const { past, now } = actions.reduce(edit, UNTOUCHED);
        for (const state of [...past, now]) {
          assert.ok(liesInside(state.crop, LEAST_CROP), JSON.stringify(state.crop));
          assert.ok(state.black.every((it) => liesInside(it, LEAST_BLACK)));
          assert.ok(
            state.strokes.every(({ points }) => points.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)),
          );
        }
      }),
      { numRuns: 1_000, seed: 11 },
    );
  });

  it("grows no further than a device can hold", () => {
    const many = Array.from({ length: 700 }, (): EditAction => ({ do: "black", box }));
    const history = many.reduce(edit, UNTOUCHED);
    assert.equal(history.now.black.length, 200);
    assert.ok(history.past.length <= 200);
    const long = { pen: PENS[0], points: Array.from({ length: 9_000 }, () => ({ x: 0, y: 0 })) };
    assert.equal(run({ do: "stroke", stroke: long }).strokes[0]?.points.length, 2_000);
  });
});
