/** Who came and went, in the record. */
import assert from "node:assert/strict";
import type { ComingView, MessageView, OpId } from "../../src/types.ts";
import { comingWords } from "../../web/app/comings.ts";
import { install, language } from "../../web/app/i18n/index.ts";
import { rowsOf, type Around } from "../../web/app/record.ts";
import { groupId, ME, messageId, personId } from "../../web/app/testing/persons.ts";
import { filesOf } from "../helpers/tongue.ts";

const NOON = new Date(2026, 10, 19, 12).getTime();
const MINUTE = 60_000;

const coming = (
  minute: number,
  [by, kind, name]: readonly [string, ComingView["kind"], string],
  more: Partial<ComingView> = {},
): ComingView => ({
  op: `${minute} ${kind} ${name}` as OpId,
  kind,
  at: NOON + minute * MINUTE,
  by: by === "me" ? ME : personId(by),
  byName: by,
  person: name === "me" ? ME : personId(name),
  name,
  ...more,
});
const line = (minute: number): MessageView => ({
  message: messageId(minute),
  caucus: groupId("Draft 7"),
  sender: personId("Amina"),
  name: "Amina",
  sentAt: NOON + minute * MINUTE,
  kind: "text",
  text: `line ${minute}`,
  reached: 0,
  read: 0,
  of: 3,
  state: "received",
  missing: 0,
});

describe("who came and went", () => {
  before(() => {
    install({ en: [...filesOf("en").values()] });
    language.value = "en";
  });

  const shape = (minutes: readonly number[], around: Around): readonly string[] =>
    rowsOf(minutes.map(line), { me: ME, ...around }).map((row) =>
      row.row === "coming" ? comingWords(row.comings, ME) : row.row === "entry" ? row.line.text : row.row,
    );

  it("stands in the record where it was, alike ones as one, and what is about the reader by itself", () => {
    const comings = [
      coming(0, ["Léa", "opened", "Léa"]),
      coming(1, ["Léa", "added", "Omar"], { granted: "none" }),
      coming(2, ["Léa", "added", "Ana"], { granted: "none" }),
      coming(3, ["Léa", "added", "me"], { granted: "all" }),
      coming(4, ["Léa", "added", "Diego"], { granted: "last", lines: 20 }),
      coming(6, ["me", "removed", "Omar"]),
      coming(7, ["Ana", "left", "Ana"]),
      coming(8, ["Diego", "left", "Diego"]),
      coming(9, ["Léa", "admin", "me"]),
    ];
    assert.deepEqual(shape([5, 8.5], { comings }), [
      "day",
      "Léa opened this caucus",
      "Léa added Omar and Ana",
      "Léa added you",
      "Léa added Diego · to read: the last 20",
      "line 5",
      "You removed Omar",
      "Ana and Diego left",
      "line 8.5",
      "Léa made you an admin",
    ]);
    assert.deepEqual(shape([5], { comings, whole: false, newest: false }), ["day", "line 5"]);
  });

  it("has a day of its own where nothing was said on it", () => {
    const DAY = 24 * 60;
    const comings = [coming(-2 * DAY, ["Léa", "opened", "Léa"]), coming(DAY, ["Léa", "left", "Léa"])];
    assert.deepEqual(shape([1, 2], { comings }), [
      "day",
      "Léa opened this caucus",
      "day",
      "line 1",
      "line 2",
      "day",
      "Léa left",
    ]);
  });

  it("names five, and counts the rest", () => {
    const people = ["A", "B", "C", "D", "E", "F", "G"].map((name, n) => coming(n, ["me", "came", name]));
    assert.deepEqual(shape([], { comings: people }), ["day", "A, B, C, D, E and 2 others came in by a code of yours"]);
    assert.deepEqual(shape([], { comings: people.slice(1) }), [
      "day",
      "B, C, D, E, F and G came in by a code of yours",
    ]);
  });
});
