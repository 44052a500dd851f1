import { strict as assert } from "node:assert";
import { readInput } from "../../src/daemon/chatInput.ts";
import { comingWords } from "../../src/daemon/comings.ts";
import { colourOf, receiptWords } from "../../src/daemon/lines.ts";
import type { MessageView, OpId } from "../../src/types.ts";
import { messageId, personId } from "../helpers/fakeMessenger.ts";

describe("chat: small parts", () => {
  const shown = ["aaaa1111", "aaaa2222", "bbbb3333"].map(messageId);
  const last = shown[2];

  it("understands what is typed", () => {
    const read = (line: string) => readInput(line, shown, last);
    assert.deepEqual(read("hello"), { kind: "say", text: "hello" });
    assert.deepEqual(read("  "), { kind: "nothing" });
    assert.deepEqual(read("//help"), { kind: "say", text: "/help" });
    assert.deepEqual(read("/reply yes we do"), { kind: "reply", message: last, text: "yes we do" });
    assert.deepEqual(read("/reply aaaa1 yes"), { kind: "reply", message: shown[0], text: "yes" });
    assert.deepEqual(read("/reply dead wood"), { kind: "reply", message: last, text: "dead wood" });
    assert.deepEqual(read("/react 👍"), { kind: "react", message: last, emoji: "👍" });
    assert.deepEqual(read("/react AAAA2222 👍"), { kind: "react", message: shown[1], emoji: "👍" });
    assert.equal(read("/react aaaa 👍").kind, "wrong");
    assert.equal(read("/reply").kind, "wrong");
    assert.equal(read("/").kind, "wrong");
    assert.equal(readInput("/reply x", [], undefined).kind, "wrong");
  });

  it("says who came in, and means the reader by no name that somebody else has", () => {
    const [self, other] = [personId("aa11"), personId("bb22")];
    const said = (by: typeof self, byName: string, person: typeof self, name: string): string =>
      comingWords(
        { op: "00" as OpId, kind: "came", at: 0, by, byName, person, name, granted: "last", lines: 20 },
        self,
      );
    assert.equal(said(self, "Ana", other, "Bo"), "Bo came in by a code of yours, to read: the last 20");
    assert.equal(said(other, "Bo", self, "Ana"), "You came in by a code of Bo’s, to read: the last 20");
    assert.equal(said(other, "You", other, "you"), "you came in by a code of You’s, to read: the last 20");
  });

  it("gives a person one colour", () => {
    assert.equal(colourOf(personId("aa11")), colourOf(personId("aa11")));
    const colours = new Set(
      Array.from({ length: 64 }, (_, at) => colourOf(personId(at.toString(16).padStart(8, "0")))),
    );
    assert.equal(colours.size, 8);
  });

  it("never says more of a message than is true", () => {
    const words = (state: "saved" | "sent", [reached, read, of]: readonly [number, number, number]): string =>
      receiptWords({ state, reached, read, of } as MessageView);
    assert.equal(words("saved", [0, 0, 3]), "· saved");
    assert.equal(words("sent", [0, 0, 3]), "· reached 0 of 3");
    assert.equal(words("sent", [2, 0, 3]), "✓ reached 2 of 3");
    assert.equal(words("sent", [3, 1, 3]), "✓ reached 3 of 3, read by 1");
    assert.equal(words("sent", [0, 0, 0]), "· nobody else is here yet");
  });
});
