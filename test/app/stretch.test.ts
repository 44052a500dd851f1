/** The stretch of a record that a page holds: whatever comes and goes, it is in order, bounded and without a gap. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { MessageView } from "../../src/types.ts";
import { MAX_LINES, newest, NO_LINES, PAGE, withLine, withNewer, withOlder } from "../../web/app/stretch.ts";
import { groupId, messageId, personId } from "../../web/app/testing/persons.ts";

const line = (n: number): MessageView => ({
  message: messageId(n),
  caucus: groupId("Draft 7"),
  sender: personId("Amina"),
  name: "Amina",
  sentAt: n,
  kind: "text",
  text: `line ${n}`,
  reached: 0,
  read: 0,
  of: 3,
  state: "received",
  missing: 0,
});
const from = (first: number, count: number): MessageView[] => Array.from({ length: count }, (_, n) => line(first + n));

describe("the stretch of a record that is held", () => {
  it("has no gap, however the reader goes about and whatever comes in meanwhile", () => {
    const often = fc.constantFrom("older", "older", "newer", "hear", "late");
    const anyStep = fc.oneof(
      { weight: 20, arbitrary: often },
      { weight: 1, arbitrary: fc.constantFrom("end", "away") },
    );
    const steps = fc.array(anyStep, { minLength: 60, maxLength: 120 });
    fc.assert(
      fc.property(steps, (all) => {
        // Each second number is said in time; those between may come late.
        let record = Array.from({ length: 700 }, (_, n) => 2 * n);
        let [stretch, following] = [NO_LINES, true];
        const toEnd = () => {
          const page = record.slice(-100).map(line);
          stretch = newest(stretch, page, page.length >= 100);
          following = true;
        };
        toEnd();
        for (const [at, step] of all.entries()) {
          const [first, last] = [stretch.lines[0]!.sentAt, stretch.lines.at(-1)!.sentAt];
          if (step === "older" && stretch.older) {
            const page = record.filter((n) => n < first).slice(-PAGE);
            stretch = withOlder(stretch, page.map(line), page.length >= PAGE);
          } else if (step === "newer" && stretch.newer) {
            const page = record.filter((n) => n > last).slice(0, PAGE);
            stretch = withNewer(stretch, page.map(line), page.length >= PAGE);
          } else if (step === "end") toEnd();
          else if (step === "away") following = false;
          else {
            const n = step === "hear" ? record.at(-1)! + 2 : 2 * ((at * 37) % 700) + 1;
            record = [...new Set([...record, n])].sort((a, b) => a - b);
            stretch = withLine(stretch, line(n), following);
          }
          const held = stretch.lines.map(({ sentAt }) => sentAt);
          const [begin, end] = [held[0]!, held.at(-1)!];
          assert.deepEqual(
            held,
            record.filter((n) => n >= begin && n <= end),
            step,
          );
          assert.ok(held.length <= MAX_LINES);
          assert.ok(stretch.older || begin === record[0], "older");
          assert.ok(stretch.newer || end === record.at(-1), "newer");
        }
      }),
      { seed: 44 },
    );
  });

  it("lets go of what was read when the reader is at the end, and of nothing that they are reading", () => {
    const full = newest(NO_LINES, from(0, MAX_LINES), true);
    const on = withLine(full, line(1000), true);
    assert.deepEqual([on.lines.at(-1)?.sentAt, on.older, on.newer], [1000, true, false]);
    const kept = withLine(full, line(1000), false);
    assert.deepEqual([kept.lines[0]?.sentAt, kept.lines.at(-1)?.sentAt, kept.newer], [0, MAX_LINES - 1, true]);
  });

  it("takes what changed of a line that is held, and moves it where it belongs now", () => {
    const saved: MessageView = { ...line(5), state: "saved" };
    const waits = newest(NO_LINES, [...from(1, 3), ...from(6, 3), saved], false);
    assert.equal(waits.lines.at(-1)?.sentAt, 5);
    const sent = withLine(waits, { ...saved, state: "sent" }, true);
    assert.deepEqual(
      sent.lines.map(({ sentAt }) => sentAt),
      [1, 2, 3, 5, 6, 7, 8],
    );
  });
});
