import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_TEXT } from "../../src/content/limits.ts";
import { contents, show } from "../../src/content/message.ts";
import { toCbor, utf8 } from "../../src/protocol/codec.ts";
import type { MessageId } from "../../src/types.ts";

const reply = "0123456789abcdef0123456789abcdef" as MessageId;

describe("content", () => {
  it("comes back as it was said, in any script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.boolean(), (text, answers) => {
        const said = { kind: "text", text, ...(answers && { reply }) } as const;
        assert.deepEqual(contents.decode(contents.encode(said)), said);
        assert.deepEqual(show(contents.encode(said)), said);
      }),
      { numRuns: 200, seed: 12 },
    );
    const flag = { kind: "reaction", emoji: "🇫🇷", to: reply } as const;
    assert.deepEqual(contents.decode(contents.encode(flag)), flag);
    assert.deepEqual(show(contents.encode(flag)), { kind: "reaction", text: "🇫🇷", reply });
  });

  it("counts bytes and not letters", () => {
    const said = (text: string): boolean => contents.decode(contents.encode({ kind: "text", text })) !== undefined;
    assert.ok(said("x".repeat(MAX_TEXT)));
    assert.ok(!said("x".repeat(MAX_TEXT + 1)));
    assert.ok(said("é".repeat(MAX_TEXT / 2)));
    assert.ok(!said("é".repeat(MAX_TEXT / 2 + 1)));
    assert.ok(!said("x".repeat(70_000)));
  });

  it("that is not understood shows as a notice, never as nothing, and never fails", () => {
    const future = toCbor([99, "a poll", ["yes", "no"]]);
    for (const bytes of [future, toCbor([0, "text"]), toCbor([1, "🤝", null]), utf8("no CBOR"), new Uint8Array(0)]) {
      const { kind, notice, text } = show(bytes);
      assert.deepEqual([kind, notice], ["notice", "unknown"]);
      assert.ok(text.length > 10);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        assert.ok(["text", "reaction", "notice"].includes(show(bytes).kind)),
      ),
      { numRuns: 500, seed: 13 },
    );
  });
});
