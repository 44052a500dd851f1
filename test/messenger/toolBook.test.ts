/** The words of tools that are here: read by their index, kept up with what comes, and bounded for each person. */
import assert from "node:assert/strict";
import { MemoryLevel } from "memory-level";
import { contents } from "../../src/content/message.ts";
import { Emitter } from "../../src/messenger/emitter.ts";
import type { Line } from "../../src/messenger/lines.ts";
import type { Held } from "../../src/messenger/parts.ts";
import type { Session } from "../../src/messenger/session.ts";
import { lineChanges } from "../../src/messenger/step.ts";
import { MAX_EACH, ToolBook } from "../../src/messenger/tools/toolBook.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import type { ChainId, GroupId, MemberId, MessageId, PersonId, ToolWord } from "../../src/types.ts";

const group = "ca".repeat(32) as GroupId;
const id = (n: number): MessageId => n.toString(16).padStart(32, "0") as MessageId;
const person = (n: number): PersonId => n.toString(16).padStart(64, "0") as PersonId;
const member = (n: number): MemberId => n.toString(16).padStart(64, "e") as MemberId;
const CALL: ToolWord = { kind: "call", act: "floor", text: "", seconds: 90 };

const line = (n: number, by: number, { time = n, word = CALL }: { time?: number; word?: ToolWord } = {}): Line => ({
  message: id(n),
  time,
  author: member(by),
  person: person(by),
  chain: "c0".repeat(16) as ChainId,
  index: 0,
  heads: [],
  again: [],
  content: contents.encode(word),
  parents: [],
  audience: [],
  reached: [],
  read: [],
  key: new Uint8Array(32),
});

/** A book of somebody who is in a group with these persons. */
const bookWith = async (
  lines: readonly Line[],
  { gone = [], blocked = [] }: { readonly gone?: readonly number[]; readonly blocked?: readonly number[] } = {},
) => {
  const store = await Store.open(
    new MemoryLevel({ keyEncoding: "view", valueEncoding: "view" }),
    new Vault(new Uint8Array(32)),
  );
  await store.commit(lines.flatMap((one) => lineChanges(group, one)));
  const clock = { at: 1_000_000, now: () => clock.at };
  const blockedPersons = new Set(blocked.map(person));
  const session = {
    store,
    clock,
    person: person(0),
    people: { blocked: (one: PersonId) => blockedPersons.has(one) },
    outbox: new Map(),
    events: new Emitter(),
  };
  const inGroup = [0, 1, 2, 3].filter((n) => !gone.includes(n)).map((n) => [member(n), {}] as const);
  const cut = { cut: new Map([["c0".repeat(16), 0]]), at: 0 };
  const view = { members: new Map(inGroup), gone: new Map(gone.map((n) => [member(n), cut])) };
  const held = { state: { group, view } } as unknown as Held;
  return { book: new ToolBook(session as unknown as Session), held, clock, session };
};

describe("words of tools", () => {
  it("are read from disk in order, without those of whoever is gone, and kept up with what comes", async () => {
    const text = { ...line(7, 1), content: contents.encode({ kind: "text", text: "no tool" }) };
    const { book, held, session } = await bookWith([line(3, 1), line(1, 2), line(2, 3), text], { gone: [3] });
    const there = async () => (await book.said(held)).map(({ message }) => message);
    assert.deepEqual(await there(), [id(1), id(3)]);
    const told: MessageId[] = [];
    session.events.on("tool", ({ message }) => told.push(message));
    await book.heard(group, line(4, 1, { time: 2, word: { kind: "answer", to: id(1), answer: "has" } }));
    assert.deepEqual(await there(), [id(1), id(4), id(3)]);
    assert.deepEqual(told, [id(1)], "told by what it belongs to");
    await book.heard(group, line(3, 1, { time: 1 }));
    assert.deepEqual(await there(), [id(1), id(3), id(4)], "at an earlier time than before");
    told.length = 0;
    await book.heard(group, line(4, 1, { time: 2, word: { kind: "answer", to: id(1), answer: "has" } }));
    assert.deepEqual(told, [], "who has an answer is nothing to look at");
    await book.heard(group, line(1, 2));
    assert.deepEqual(told, [id(1)], "who has a call is");
    await book.heard(group, text);
    assert.equal((await there()).length, 3);
  });

  it("are the newest of each person: nobody's flood hides what others said", async () => {
    const flood = Array.from({ length: MAX_EACH + 10 }, (_, n) => line(n + 100, 1));
    const { book, held } = await bookWith([line(1, 2), line(2, 1), ...flood]);
    const check = async (): Promise<void> => {
      const said = await book.said(held);
      assert.equal(said.length, MAX_EACH + 1);
      assert.equal(said[0]?.message, id(1), "the other's, older than all");
    };
    await check();
    await book.heard(group, line(9_000_000, 1));
    await check();
  }).timeout(20_000);
});

describe("what rings", () => {
  const judged = (n: number, by: number, at = 1_000_000) => ({ message: id(n), by: person(by), at, seconds: 60 });

  it("is judged once, by one's own clock, one a minute a person", async () => {
    const { book, clock } = await bookWith([], { blocked: [3] });
    assert.equal(book.judge(judged(1, 1)).rings, true);
    assert.equal(book.judge(judged(2, 1)).rings, false, "too soon, in whichever group");
    assert.equal(book.judge(judged(3, 2)).rings, true, "somebody else");
    assert.equal(book.judge(judged(4, 3)).rings, false, "blocked");
    assert.equal(book.judge(judged(5, 0)).rings, false, "one's own");
    clock.at += 60_000;
    assert.equal(book.judge(judged(6, 1)).rings, false, "late");
    assert.equal(book.judge(judged(7, 1, clock.at)).rings, true);
    assert.equal(book.judge(judged(2, 1)).rings, false, "once judged");
    assert.deepEqual(book.judge(judged(1, 1)), { by: person(1), heard: 1_000_000, rings: true });
  });

  it("is not forgotten because somebody else calls a thousand times", async () => {
    const { book, clock } = await bookWith([]);
    book.judge(judged(1, 1));
    for (let n = 0; n < 1000; n++) book.judge(judged(1000 + n, 2));
    clock.at += 30_000;
    assert.deepEqual(book.judge(judged(1, 1)), { by: person(1), heard: 1_000_000, rings: true });
  });
});
