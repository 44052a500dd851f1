/** Device lists over time: which go on from what is known, and which contradict it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { DeviceHistory } from "../../src/protocol/deviceHistory.ts";
import { beginHistory, followList, readList } from "../../src/protocol/deviceHistory.ts";
import type { Self } from "../../src/protocol/identity.ts";
import { newDeviceOf, newSelf } from "../../src/protocol/identity.ts";
import { readVerifyCode, writeVerifyCode } from "../../src/protocol/verifyCode.ts";
import { seeded } from "./room.ts";

const random = seeded("device lists");
const next = ({ person, devices, guest }: Self): Self =>
  newDeviceOf({ seed: person.secret as Uint8Array, devices, guest }, random) as Self;
const seen = (self: Self) => readList(self.devices)!;

const first = newSelf(random);
const second = next(first);
const third = next(second);
const fourth = next(third);
/** Another second, of the same person: a backup that was restored twice, or a thief's. */
const fork = next(first);
const verdicts = (...selves: readonly Self[]): readonly string[] => {
  const [begin, ...rest] = selves as [Self, ...Self[]];
  let history: DeviceHistory = beginHistory(seen(begin));
  return rest.map((one) => {
    const judged = followList(history, seen(one));
    history = judged.history;
    return judged.verdict;
  });
};

describe("a person's device lists", () => {
  it("go on, one after the other, and old ones of the line harm nothing", () => {
    assert.deepEqual(verdicts(first, first, second, third, second, first), [
      "same",
      "newer",
      "newer",
      "older",
      "older",
    ]);
    assert.deepEqual(verdicts(first, fourth, third, second), ["newer", "older", "older"]);
    assert.deepEqual(verdicts(third, second, first), ["older", "older"]);
  });

  it("that contradict what is known are told apart, whenever they come", () => {
    assert.deepEqual(verdicts(second, fork), ["forked"]);
    assert.deepEqual(verdicts(fork, second), ["forked"]);
    assert.deepEqual(verdicts(second, next(fork)), ["forked"]);
    assert.deepEqual(verdicts(third, fork), ["forked"]);
    assert.deepEqual(verdicts(second, third, fourth, fork), ["newer", "newer", "forked"]);
    // What contradicts changes nothing of what is known.
    const history = beginHistory(seen(second));
    assert.equal(followList(history, seen(fork)).history, history);
  });

  it("in any order: the line alone never contradicts itself, and a list beside it always does, once its place is known", () => {
    const line = [first, second, third, fourth];
    fc.assert(
      fc.property(fc.shuffledSubarray(line, { minLength: 4 }), (order) => {
        assert.ok(!verdicts(...order).includes("forked"));
        assert.equal(verdicts(...order, fork).at(-1), "forked");
      }),
      { seed: 17 },
    );
  });
});

describe("a code to show in person", () => {
  it("says who, and which devices, as a link as well", () => {
    const code = writeVerifyCode(second.devices);
    for (const text of [code, ` ${code}\n`, `https://couloir.example/?x#${code}`]) {
      const read = readVerifyCode(text);
      assert.deepEqual(read?.seen, seen(second));
      assert.deepEqual(read?.list, second.devices);
    }
    // Small enough to be scanned from a phone.
    assert.ok(writeVerifyCode(first.devices).length < 300, `${writeVerifyCode(first.devices).length}`);
  });

  it("is nothing with a letter changed, left out or added, in whatever case, nor as an invite", () => {
    const code = writeVerifyCode(first.devices);
    for (let at = "couloir-verify:".length; at < code.length; at += 3) {
      const other = code[at] === "A" ? "B" : "A";
      assert.equal(readVerifyCode(`${code.slice(0, at)}${other}${code.slice(at + 1)}`), undefined);
      assert.equal(readVerifyCode(`${code.slice(0, at)}${code.slice(at + 1)}`), undefined);
    }
    for (const text of [
      "",
      code.toUpperCase(),
      code.replace("-verify", ""),
      `${code}A`,
      "couloir-verify:",
      "x".repeat(1e6),
    ])
      assert.equal(readVerifyCode(text), undefined);
  });
});
