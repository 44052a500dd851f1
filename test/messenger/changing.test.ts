import assert from "node:assert/strict";
import { isBeside } from "../../src/messenger/changing.ts";
import type { Held } from "../../src/messenger/parts.ts";

/** A group with these seats: of each the line that it is of, and whether it is gone. */
const heldOf = (own: string, seats: Readonly<Record<string, readonly [line: string, gone?: true]>>): Held => {
  const of = (gone: boolean) =>
    new Map(
      Object.entries(seats)
        .filter(([, [, is = false]]) => is === gone)
        .map(([member, [line]]) => [member, { member, line, person: "ana" }]),
    );
  return { state: { seat: { member: own }, view: { members: of(false), gone: of(true) } } } as unknown as Held;
};

describe("whose words they are", () => {
  it("goes by who seated whom, not by the card: anybody can come in under another's", () => {
    const held = heldOf("phone", { tablet: ["tablet"], phone: ["tablet"], lost: ["tablet", true], thief: ["thief"] });
    assert.ok(isBeside(held, "tablet" as never));
    assert.ok(isBeside(held, "lost" as never));
    assert.ok(!isBeside(held, "thief" as never), "of the same person, by their card");
    assert.ok(!isBeside(heldOf("thief", { tablet: ["tablet"], thief: ["thief"] }), "tablet" as never));
  });
});
