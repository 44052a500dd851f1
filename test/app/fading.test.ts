/** Messages that do not stay, in the app's words and in what it holds. */
import assert from "node:assert/strict";
import type { LastingView, MessageView } from "../../src/types.ts";
import { Controller } from "../../web/app/controller.ts";
import { lastsChoices, lastsWord } from "../../web/app/fading.ts";
import { Preferences } from "../../web/app/preferences.ts";
import { rowsOf } from "../../web/app/record.ts";
import { Router } from "../../web/app/router.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId, messageId, personId } from "../../web/app/testing/persons.ts";

const DRAFT = groupId("Draft 7: paragraph 4");
const NOON = new Date(2026, 10, 19, 12).getTime();
const HOUR = 3_600_000;

const line = (n: number, more: Partial<MessageView> = {}): MessageView => ({
  message: messageId(n),
  caucus: DRAFT,
  sender: personId("Amina"),
  name: "Amina",
  sentAt: NOON + n * HOUR,
  kind: "text",
  text: `line ${n}`,
  reached: 0,
  read: 0,
  of: 3,
  state: "received",
  missing: 0,
  ...more,
});
const change = (at: number, lasts?: number): LastingView => ({
  by: personId("Léa"),
  name: "Léa",
  at: NOON + at * HOUR,
  ...(lasts && { lasts }),
});

describe("how long messages stay", () => {
  it("is said in the largest unit that fits, and can be chosen, also where it is none of the usual", () => {
    assert.deepEqual([300, 3600, 28_800, 86_400, 604_800, 5400].map(lastsWord), [
      "5 minutes",
      "1 hour",
      "8 hours",
      "24 hours",
      "7 days",
      "90 minutes",
    ]);
    assert.deepEqual(lastsChoices(0), [0, 3600, 28_800, 86_400, 604_800]);
    assert.deepEqual(lastsChoices(5400), [0, 3600, 5400, 28_800, 86_400, 604_800]);
  });

  it("shows in the record where it was changed, and nowhere twice", () => {
    const shape = (lines: readonly MessageView[], lastings: readonly LastingView[], whole = true): readonly string[] =>
      rowsOf(lines, { lastings, whole }).map((row) =>
        row.row === "lasting" ? `${row.change.lasts ?? "stay"}` : row.row === "entry" ? row.line.text : row.row,
      );
    const changes = [change(0.5, 3600), change(1.01, 28_800), change(9)];
    assert.deepEqual(shape([line(1), line(2)], changes), ["day", "3600", "line 1", "28800", "line 2", "stay"]);
    assert.deepEqual(shape([line(1), line(2)], changes, false), ["day", "line 1", "28800", "line 2", "stay"]);
    assert.deepEqual(shape([], changes), ["day", "3600", "28800", "stay"]);
    const runs = rowsOf([line(1), line(1.01)], { lastings: [change(1.005, 3600)] });
    assert.deepEqual(
      runs.flatMap((row) => (row.row === "entry" ? [row.on] : [])),
      [false, false],
      "a run goes on under nothing that stands between",
    );
  });
});

describe("a message that is gone", () => {
  it("leaves the open conversation, its reactions, the answer to it and what is read aloud", async () => {
    const backend = new FakeBackend();
    const window = { history: { pushState() {}, replaceState() {}, go() {}, state: null }, addEventListener() {} };
    const app = new Controller(backend, new Router(window), new Preferences(undefined, "en"));
    await app.start();
    app.openCaucus(DRAFT);
    const conversation = app.conversation.value!;
    await conversation.load();
    const { messenger } = backend;
    const said = line(900, { sentAt: Date.now() });
    messenger.emit("message", said);
    messenger.emit("message", line(901, { kind: "reaction", text: "👍", reply: said.message, sentAt: Date.now() }));
    messenger.emit("message", line(902, { sentAt: Date.now() }));
    conversation.answer(said);
    assert.equal(conversation.reactions.value.get(said.message)?.length, 1);
    for (const n of [900, 901, 902]) messenger.emit("erased", { caucus: DRAFT, message: messageId(n) });
    assert.equal(conversation.line(said.message), undefined);
    assert.equal(conversation.reactions.value.get(said.message), undefined);
    assert.equal(conversation.answering.value, undefined);
    assert.equal(app.heard.value, undefined);
    app.stop();
  });
});
