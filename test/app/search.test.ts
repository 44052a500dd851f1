/** Looking for words from the screens: one question at a time, however fast somebody types, and what is shown of a line. */
import assert from "node:assert/strict";
import { CouloirError } from "../../src/errors.ts";
import type { SearchAnswer, SearchOptions } from "../../src/messenger/paging.ts";
import type { MessageView } from "../../src/types.ts";
import type { RemoteApi } from "../../web/peer/backend.ts";
import { excerpt, markedName, Search } from "../../web/app/search.ts";
import { groupId, messageId, personId } from "../../web/app/testing/persons.ts";

const line = (n: number, more: Partial<MessageView> = {}): MessageView => ({
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
  ...more,
});

/** A messenger that answers when it is told to. */
class Asked {
  readonly calls: string[] = [];
  readonly #answers: ((answer: SearchAnswer | CouloirError) => void)[] = [];
  readonly api = {
    search: (words: string, { before, caucus }: SearchOptions) => {
      this.calls.push([words, ...(before ? [before.at] : []), ...(caucus ? ["here"] : [])].join(" "));
      return new Promise<SearchAnswer>((resolve, reject) => {
        this.#answers.push((answer) => (answer instanceof CouloirError ? reject(answer) : resolve(answer)));
      });
    },
  } as unknown as RemoteApi;

  async answers(answer: SearchAnswer | CouloirError): Promise<void> {
    this.#answers.shift()?.(answer);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }
}
const lines = (count: number, from = 0): readonly MessageView[] =>
  Array.from({ length: count }, (_, n) => line(from + n));

describe("a search on the screen", () => {
  it("goes on by itself until enough is found, then waits for a wish", async () => {
    const asked = new Asked();
    const search = new Search(asked.api, groupId("Draft 7"));
    const done = search.seek("line");
    assert.equal(search.findings.value.state, "looking");
    await asked.answers({ lines: lines(10), looked: 2000, next: { at: 50 } });
    assert.deepEqual([search.findings.value.lines.length, search.findings.value.looked], [10, 2000]);
    await asked.answers({ lines: lines(20, 10), looked: 500, next: { at: 20 } });
    await done;
    assert.equal(search.findings.value.state, "paused");
    const more = search.more();
    await asked.answers({ lines: lines(3, 30), looked: 7 });
    await more;
    assert.deepEqual([search.findings.value.lines.length, search.findings.value.state], [33, "done"]);
    assert.deepEqual(asked.calls, ["line here", "line 50 here", "line 20 here"]);
  });

  it("asks one question at a time, and next for what was typed last", async () => {
    const asked = new Asked();
    const search = new Search(asked.api);
    const all = ["a", "an", "ann", "anne"].map((words) => search.seek(words));
    assert.deepEqual(asked.calls, ["a"]);
    await asked.answers({ lines: lines(5), looked: 9 });
    assert.deepEqual([asked.calls, search.findings.value.lines], [["a", "anne"], []]);
    await asked.answers({ lines: lines(1), looked: 9 });
    await Promise.all(all);
    assert.deepEqual([search.findings.value.words, search.findings.value.lines.length], [["anne"], 1]);
    await search.seek("  ");
    assert.deepEqual([search.findings.value.words, search.findings.value.lines, asked.calls.length], [[], [], 2]);
  });

  it("shows nothing any more of what is gone meanwhile", async () => {
    const asked = new Asked();
    const search = new Search(asked.api);
    const all = search.seek("a");
    await asked.answers({ lines: lines(3), looked: 3 });
    await all;
    search.forget(messageId(1));
    assert.deepEqual(
      search.findings.value.lines.map(({ message }) => message),
      [messageId(0), messageId(2)],
    );
  });

  it("stops when its sheet is closed, and where the messenger fails", async () => {
    const asked = new Asked();
    const search = new Search(asked.api);
    void search.seek("a");
    search.stop();
    await asked.answers({ lines: lines(1), looked: 1, next: { at: 1 } });
    assert.deepEqual([asked.calls, search.findings.value.lines], [["a"], []]);
    const failed = assert.rejects(search.seek("b"), { code: "disk" });
    await asked.answers(new CouloirError("storage", "disk", "broken"));
    await failed;
    assert.equal(search.findings.value.state, "done");
    void search.seek("c");
    assert.deepEqual(asked.calls, ["a", "b", "c"]);
  });

  it("shows of a line where it was found", () => {
    const shown = (text: string, word: string, more: Partial<MessageView> = {}): string =>
      excerpt(line(1, { text, ...more }), [word])
        .map((one) => (one.found ? `[${one.text}]` : one.text))
        .join("");
    assert.equal(shown("We have\n14 names", "14"), "We have [14] names");
    const long = `${"before ".repeat(50)}needle ${"after ".repeat(50)}`;
    assert.match(shown(long, "needle"), /^…before .{20,35}\[needle\] after .{100,120}…$/u);
    assert.ok(shown("x ".repeat(5_000), "x").length < 200);
    const file = { name: "annex III.pdf", type: "", size: 1, have: 1, state: "here" as const, keepers: [], keptBy: 1 };
    assert.equal(shown("a caption", "annex", { kind: "file", file }), "[annex] III.pdf");
    assert.equal(shown("a caption", "caption", { kind: "file", file }), "a [caption]");
    assert.equal(shown("nothing of it", "amina"), "nothing of it");
    assert.deepEqual(markedName("A\u202emina", ["min"]), [
      { text: "A", found: false },
      { text: "min", found: true },
      { text: "a", found: false },
    ]);
  });
});
