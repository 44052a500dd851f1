/** When a message goes that does not stay. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { utf8 } from "../../src/protocol/codec.ts";
import { placedMessages } from "../../src/protocol/control.ts";
import { slotFor } from "../../src/protocol/envelope.ts";
import { dueBy, goesAt, lastsShape } from "../../src/protocol/lasts.ts";
import { EPOCH, HOUR, LASTS } from "../../src/protocol/limits.ts";

const at = EPOCH + 7865 * HOUR + 1_200_000;
const said = (time: number, lasts: number, sealed = time) => ({ time, lasts, slot: slotFor(sealed) });
const placed = { index: 0, nonce: new Uint8Array(16), time: at, parents: [], acks: [], content: utf8("x") };

const times = fc.integer({ min: at, max: at + 3 * 365 * 24 * HOUR });
const spans = fc.integer({ min: LASTS.least, max: LASTS.most });

describe("how long a message stays", () => {
  it("is signed with it, from five minutes to thirty days, and in one encoding where it stays for good", () => {
    for (const lasts of [LASTS.least, 3600, LASTS.most]) {
      const bytes = placedMessages.encode({ ...placed, lasts });
      assert.deepEqual(placedMessages.decode(bytes), { ...placed, lasts });
    }
    for (const lasts of [0, 1, LASTS.least - 1, LASTS.most + 1, 2 ** 48]) {
      assert.equal(lastsShape.from(lasts), undefined);
      assert.equal(placedMessages.decode(placedMessages.encode({ ...placed, lasts })), undefined);
    }
    assert.deepEqual(placedMessages.decode(placedMessages.encode(placed)), placed);
  });

  it("counts from its signed time, the same on every device that had it in time, whatever its clock", () => {
    fc.assert(
      fc.property(times, spans, fc.integer({ min: 0, max: 100_000 }), (time, lasts, late) => {
        const due = dueBy(said(time, lasts), time);
        assert.equal(due, time + 1000 * lasts);
        // Not later than five minutes before it is due, by clocks that agree.
        const delay = Math.min(late, 1000 * (lasts - LASTS.least));
        assert.equal(goesAt(said(time, lasts), time + delay), due);
      }),
    );
  });

  it("counts from the end of the hour in which it was sealed at the latest: a time that is ahead adds nothing", () => {
    const end = EPOCH + 7866 * HOUR;
    for (const ahead of [HOUR, 24 * HOUR, 365 * 24 * HOUR])
      assert.equal(dueBy(said(at + ahead, 3600, at), at), end + 3_600_000);
    // Sealed again days later, it is due by its own time.
    assert.equal(dueBy(said(at, 3600, at + 70 * HOUR), at + 71 * HOUR), at + 3_600_000);
  });

  it("is at least five minutes on each device from when it came, and at most what it lasts", () => {
    fc.assert(
      fc.property(times, spans, fc.integer({ min: -80 * HOUR, max: 80 * HOUR }), (time, lasts, off) => {
        const since = time + off;
        const goes = goesAt(said(time, lasts), since);
        assert.ok(goes >= since + 1000 * LASTS.least, "gone as it came");
        assert.ok(goes <= since + 1000 * lasts, "kept for longer than it lasts");
      }),
    );
  });
});
