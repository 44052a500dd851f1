import assert from "node:assert/strict";
import type { MessageView, PersonView } from "../../src/types.ts";
import { rowsOf } from "../../web/app/record.ts";
import { codeOf, inOrder, isEmoji, progressOf, reachOf, reactionsOf } from "../../web/app/reading.ts";
import { groupId, ME, messageId, personId } from "../../web/app/testing/persons.ts";

const NOON = new Date(2026, 10, 19, 12).getTime();
const MINUTE = 60_000;

const line = (n: number, more: Partial<MessageView> = {}): MessageView => ({
  message: messageId(n),
  caucus: groupId("Draft 7"),
  sender: personId("Amina"),
  name: "Amina",
  sentAt: NOON + n * MINUTE,
  kind: "text",
  text: `line ${n}`,
  reached: 0,
  read: 0,
  of: 3,
  state: "received",
  missing: 0,
  ...more,
});

const shape = (lines: readonly MessageView[], unread?: MessageView): string[] =>
  rowsOf(lines, { unreadFrom: unread?.message }).map((row) =>
    row.row === "entry" ? `entry${row.on ? " on" : ""}${row.last ? " last" : ""}` : row.row,
  );

describe("the record", () => {
  it("puts one person's entries of five minutes under one placard", () => {
    assert.deepEqual(shape([line(1), line(2), line(9)]), ["day", "entry", "entry on last", "entry last"]);
    assert.deepEqual(shape([line(1), line(2, { sender: ME })]), ["day", "entry last", "entry last"]);
  });

  it("shows photos that were sent together as one entry, and nothing else", () => {
    const photo = (n: number, more: Partial<MessageView> = {}, together = "0123456789abcdef"): MessageView => {
      const picture = { width: 4, height: 3, thumbnail: "" };
      const about = { name: "photo.jpg", type: "image/jpeg", size: 9, picture, have: 0, keptBy: 1, keepers: [] };
      return line(n, { kind: "file", text: "", ...more, file: { ...about, state: "away", together } });
    };
    const counts = (lines: readonly MessageView[]): number[] =>
      rowsOf(lines).flatMap((row) => (row.row === "entry" ? [1 + row.more.length] : []));
    assert.deepEqual(counts([photo(1, { text: "All three" }), photo(2), photo(3), line(4)]), [3, 1]);
    assert.deepEqual(counts([photo(1), photo(2, {}, "fedcba9876543210")]), [1, 1]);
    assert.deepEqual(counts([photo(1), photo(2, { sender: ME })]), [1, 1]);
    assert.deepEqual(counts([photo(1), line(2), photo(3)]), [1, 1, 1]);
    assert.deepEqual(counts([photo(1), photo(2, { text: "words" })]), [1, 1]);
    assert.deepEqual(counts(Array.from({ length: 12 }, (_, n) => photo(1, { message: messageId(n) }))), [10, 2]);
    const [, row] = rowsOf([photo(1), photo(2)]);
    assert.equal(row?.row === "entry" && row.last, true);
  });

  it("shows pins as rows of their own, between runs", () => {
    const pin = line(2, { kind: "pin", text: "pinned", reply: messageId(1) });
    assert.deepEqual(shape([line(1), pin, line(3)]), ["day", "entry last", "pin", "entry last"]);
  });

  it("shows a roll call that is said once more between runs, and the first as an entry", () => {
    const first = line(1, { kind: "rollCall", tool: { kind: "rollCall", text: "x" } });
    const again = line(2, { kind: "rollCall", tool: { kind: "rollCall", text: "x", again: first.message } });
    assert.deepEqual(shape([first, again, line(3)]), ["day", "entry last", "again", "entry last"]);
  });

  it("says once where what was granted begins, and where this device came in", () => {
    const granted = [1, 2].map((n) => line(n, { granted: true }));
    assert.deepEqual(shape([...granted, line(3), line(4)]), [
      "day",
      "granted",
      "entry",
      "entry on last",
      "granted",
      "entry",
      "entry on last",
    ]);
    const dividers = rowsOf([...granted, line(3)]).flatMap((row) => (row.row === "granted" ? [row.before] : []));
    assert.deepEqual(dividers, [true, false]);
    assert.ok(!shape([line(1), line(2)]).includes("granted"));
  });

  it("is broken by days, notices, gaps and the unread marker", () => {
    const late = line(2, { sentAt: NOON + 86_400_000 });
    assert.deepEqual(shape([line(1), late]), ["day", "entry last", "day", "entry last"]);
    assert.deepEqual(shape([line(1), line(2, { kind: "notice" }), line(3)]), [
      "day",
      "entry last",
      "note",
      "entry last",
    ]);
    assert.deepEqual(shape([line(1), line(2, { missing: 2 })]), ["day", "entry last", "gap", "entry last"]);
    const marked = line(2);
    assert.deepEqual(shape([line(1), marked, line(3)], marked), [
      "day",
      "entry last",
      "unread",
      "entry",
      "entry on last",
    ]);
  });

  it("orders what is sealed by time and id, and what is only saved here after it", () => {
    const saved = line(1, { state: "saved" });
    const twin = line(3, { sentAt: line(2).sentAt });
    assert.deepEqual([saved, twin, line(2)].toSorted(inOrder), [line(2), twin, saved]);
  });
});

describe("reactions", () => {
  const mark = (n: number, by: string, text: string): MessageView =>
    line(n, { kind: "reaction", sender: personId(by), text, reply: messageId(1) });

  it("count one a person, the latest; an empty one takes it back", () => {
    const all = reactionsOf([
      mark(2, "A", "👍"),
      mark(3, "B", "👍"),
      mark(4, "A", "🤝"),
      mark(5, "C", "🕊️"),
      mark(6, "C", ""),
    ]);
    assert.deepEqual(all.get(messageId(1)), [
      { emoji: "👍", people: [personId("B")] },
      { emoji: "🤝", people: [personId("A")] },
    ]);
    assert.equal(reactionsOf([mark(2, "A", "👍"), mark(3, "A", "")]).size, 0);
  });

  it("are one emoji and no prose", () => {
    for (const emoji of ["👍", "🤝", "🕊️", "🇭🇷", "👩🏽‍⚖️"]) assert.ok(isEmoji(emoji), emoji);
    for (const text of ["", "yes", "👍👍", "<b>", "1", "👍".repeat(50)]) assert.ok(!isEmoji(text), text);
  });
});

describe("what a placard, a receipt and the strip say", () => {
  it("two letters of a country, up to three of an organisation", () => {
    assert.equal(codeOf({ flag: "HR", delegation: "" }), "HR");
    assert.equal(codeOf({ flag: "", delegation: "International Committee of the Red Cross" }), "ICO");
    assert.equal(codeOf({ flag: "", delegation: "UNICEF" }), "UNI");
    assert.equal(codeOf({ flag: "<b", delegation: "" }), "—");
  });

  it("how far an entry has come", () => {
    assert.equal(progressOf(line(1, { state: "saved" }), false), "waiting");
    assert.equal(progressOf(line(1, { state: "saved" }), true), "saved");
    assert.equal(progressOf(line(1, { state: "sent" }), true), "sent");
    assert.equal(progressOf(line(1, { state: "sent", reached: 1 }), false), "reached");
    assert.equal(progressOf(line(1, { state: "sent", reached: 1, read: 1 }), false), "read");
  });

  it("who is in reach, and how", () => {
    const who = (path: PersonView["path"]): PersonView => ({
      person: personId(path),
      name: path,
      flag: "",
      delegation: "",
      trust: "unverified",
      verified: false,
      app: "unchecked",
      vouchedBy: [],
      looksLike: [],
      guest: false,
      blocked: false,
      online: path !== "none",
      path,
    });
    const [near, far, away] = [who("direct"), who("mesh"), who("none")];
    assert.deepEqual(reachOf([near, far, away], { peers: 3, viaHub: 1, direct: 1 }), { people: 2, path: "both" });
    assert.deepEqual(reachOf([far], { peers: 1, viaHub: 1, direct: 0 }), { people: 1, path: "hub" });
    assert.deepEqual(reachOf([near], { peers: 1, viaHub: 0, direct: 1 }), { people: 1, path: "direct" });
    assert.deepEqual(reachOf([near, far], { peers: 1, viaHub: 0, direct: 1 }), { people: 2, path: "mesh" });
    assert.deepEqual(reachOf([away], { peers: 1, viaHub: 1, direct: 0 }), { people: 0, path: "alone" });
    for (const one of [away, near, far])
      assert.deepEqual(reachOf([one], { peers: 0, viaHub: 0, direct: 0 }), { people: 0, path: "none" });
  });
});
