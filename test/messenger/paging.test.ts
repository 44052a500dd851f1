/** Reading a record by pages, and looking for words in it, on one device alone. */
import assert from "node:assert/strict";
import { MemoryLevel } from "memory-level";
import { createGroup } from "../../src/messenger/changes.ts";
import { history } from "../../src/messenger/history.ts";
import { Messenger } from "../../src/messenger/messenger.ts";
import { openSession, startSession } from "../../src/messenger/opening.ts";
import { byPlace, pagingQuery, readPlace, writePlace, type HistoryOptions } from "../../src/messenger/paging.ts";
import { sayText } from "../../src/messenger/saying.ts";
import { search } from "../../src/messenger/searching.ts";
import type { Link } from "../../src/net/link.ts";
import { Store } from "../../src/store/store.ts";
import { Vault } from "../../src/store/vault.ts";
import type { GroupId, MessageView } from "../../src/types.ts";
import { nthMessage, writeLines } from "../helpers/manyLines.ts";
import { fileOf } from "../helpers/simFile.ts";
import { SimClock } from "../helpers/simClock.ts";
import { SimRandom } from "../helpers/simRandom.ts";

const nobody: Link = {
  start: async () => undefined,
  stop: async () => undefined,
  subscribe: () => undefined,
  publish: async () => 0,
  hint: () => undefined,
  status: () => ({ peerId: "alone", addresses: [], peers: 0 }),
  neighbours: () => [],
  ask: async function* () {},
};
const views = { storeEncoding: "view", keyEncoding: "view", valueEncoding: "view" } as const;

const host = async () => {
  const { bytes: random } = new SimRandom("paging");
  const clock = new SimClock();
  const level = new MemoryLevel<Uint8Array, Uint8Array>(views);
  const store = await Store.open(level, new Vault(new Uint8Array(32).fill(5), random));
  return { store, link: nobody, clock, random };
};

const anew = { name: "Caucus", open: false, direct: false, guests: "ask", with: [] } as const;

/** `count` lines in the store, "line 0" and so on, a second from each other; and "now", which nobody was there to hear. */
const filled = async (count: number) => {
  const options = await host();
  const { store, clock } = options;
  const session = await openSession(options);
  await startSession(session);
  const group = await session.step((step) => createGroup(step, anew));
  const { member: author } = session.groups.get(group)!.state.seat;
  const from = clock.now() - 36_000_000;
  const { person } = session;
  await writeLines(store, { group, count, from, apart: 1000, text: (n) => `line ${n}`, author, person });
  await sayText(session, group, { text: "now" });
  const lines = (how: HistoryOptions = {}) => Array.fromAsync(history(session, group, how));
  const read = async (how?: HistoryOptions) => (await lines(how)).map(({ text }) => text);
  return { session, store, group, from, lines, read };
};
const placeOf = ({ sentAt, message }: MessageView) => ({ at: sentAt, message });

describe("a record", () => {
  it("is read by pages backwards and forwards, and every line comes once", async () => {
    const { lines } = await filled(25);
    const all = await lines();
    assert.equal(all.length, 26);
    const back: MessageView[] = [];
    for (let before = undefined as HistoryOptions["before"]; ;) {
      const page = await lines({ limit: 7, ...(before && { before }) });
      back.unshift(...page);
      if (page.length < 7) break;
      before = placeOf(page[0]!);
    }
    assert.deepEqual(back, all);
    const on: MessageView[] = [];
    for (let after = { at: 0 } as HistoryOptions["after"]; ;) {
      const page = await lines({ limit: 7, ...(after && { after }) });
      on.push(...page);
      if (page.length < 7) break;
      after = placeOf(page.at(-1)!);
    }
    assert.deepEqual(on, all);
  });

  it("begins at a moment or at a line, and ends before one", async () => {
    const { read, lines, from } = await filled(10);
    assert.deepEqual(await read({ after: { at: from + 3000 }, limit: 2 }), ["line 3", "line 4"]);
    assert.deepEqual(await read({ after: { at: from + 3000, message: nthMessage(3) }, limit: 1 }), ["line 4"]);
    assert.deepEqual(await read({ before: { at: from + 3000 }, limit: 2 }), ["line 1", "line 2"]);
    assert.deepEqual(await read({ before: { at: from + 3000, message: nthMessage(3) }, limit: 1 }), ["line 2"]);
    assert.deepEqual(await read({ after: { at: from + 2000 }, before: { at: from + 4000 } }), ["line 2", "line 3"]);
    assert.deepEqual(await read({ after: { at: from + 8000 } }), ["line 8", "line 9", "now"]);
    const saved = placeOf((await lines({ limit: 1 }))[0]!);
    assert.deepEqual(await read({ before: saved, limit: 1 }), ["line 9"]);
    assert.deepEqual(await read({ after: saved }), []);
  });

  it("reads no more of the store than the page needs", async () => {
    const { read, store, from } = await filled(1000);
    const range = store.range.bind(store);
    let looked = 0;
    store.range = async function* (scope, bounds) {
      for await (const entry of range(scope, bounds)) {
        looked += 1;
        yield entry as never;
      }
    };
    await read({ limit: 50 });
    await read({ limit: 50, before: { at: from + 500_000 } });
    await read({ limit: 50, after: { at: from + 500_000 } });
    assert.equal(looked, 49 + 50 + 50);
  });

  it("has its places as words of an address, and takes no others", () => {
    for (const place of [{ at: 0 }, { at: 1_764_320_400_000, message: nthMessage(7) }])
      assert.deepEqual(readPlace(writePlace(place)), place);
    for (const word of ["", "x", "-1", "1.5", "1.", `1.${"A".repeat(32)}`, "9".repeat(16), "1 "])
      assert.equal(readPlace(word), undefined, word);
    assert.equal(pagingQuery({}), "");
    assert.equal(pagingQuery({ words: "a&b", limit: 3, after: { at: 5 } }), "?words=a%26b&limit=3&after=5");
    assert.ok(byPlace({ at: 5 }, { at: 5, message: nthMessage(0) }) < 0);
  });
});

describe("searching", () => {
  it("finds all words of a text, a file's name and a sender's name, newest first, here or everywhere", async () => {
    const options = await host();
    const messenger = await Messenger.open(options);
    const caucus = await messenger.createCaucus("Caucus");
    await messenger.setProfile({ name: "Ana Kovač", flag: "HR", delegation: "" });
    const other = await messenger.createCaucus("Other");
    const said: string[] = [];
    for (const [where, text] of [
      [caucus, "The Annexe, first"],
      [other, "annexe second"],
      [caucus, "nothing of it"],
    ] as const) {
      said.push((await messenger.send(where, text)).message);
      await options.clock.pass(1000);
    }
    const { message } = await messenger.sendFile(caucus, { ...fileOf("x", 10), name: "Annexe III.pdf" });
    await messenger.react(caucus, message, "👍");
    const found = async (words: string, where?: GroupId) =>
      (await messenger.search(words, where ? { caucus: where } : {})).lines.map((line) => line.message);
    assert.deepEqual(await found("annexe"), [message, said[1], said[0]]);
    assert.deepEqual(await found("ÁNNEXE kovac", caucus), [message, said[0]]);
    assert.deepEqual(await found("annexe first"), [said[0]]);
    assert.deepEqual(await found("👍"), []);
    const tool = await messenger.sayTool(caucus, { kind: "rollCall", text: "Herring at four" });
    assert.deepEqual([await found("herring"), await found("roll call")], [[tool.message], []]);
    await assert.rejects(messenger.search(" \u200b"), { code: "no-words" });
    await assert.rejects(messenger.search("x", { caucus: nthMessage(1) as string as GroupId }), {
      code: "unknown-caucus",
    });
  });

  it("goes through several caucuses in one order, page by page", async () => {
    const { session, store, group, from } = await filled(30);
    const other = await session.step((step) => createGroup(step, anew));
    const { member: author } = session.groups.get(other)!.state.seat;
    const text = (n: number): string => `line ${n} elsewhere`;
    const { person } = session;
    await writeLines(store, { group: other, count: 30, from: from + 500, apart: 1000, text, author, person });
    const times: number[] = [];
    for (let answer = await search(session, "line", { limit: 7 }); ;) {
      times.push(...answer.lines.map(({ sentAt }) => sentAt));
      if (!answer.next) break;
      answer = await search(session, "line", { limit: 7, before: answer.next });
    }
    assert.deepEqual(times, Array.from({ length: 60 }, (_, n) => from + n * 500).toReversed());
    assert.equal((await search(session, "line elsewhere", { caucus: group })).lines.length, 0);
  });

  it("reads a bounded number of lines at a time, says where to go on, and misses none", async () => {
    const { session, group } = await filled(4500);
    const first = await search(session, "herring", {});
    assert.deepEqual([first.looked, first.next === undefined], [2000, false]);
    const found = new Set<string>();
    let [calls, looked] = [0, 0];
    for (let answer = await search(session, "line 99", { limit: 3, caucus: group }); ;) {
      calls += 1;
      looked += answer.looked;
      assert.ok(answer.lines.length <= 3 && answer.looked <= 2000);
      for (const { text } of answer.lines) found.add(text);
      if (!answer.next) break;
      answer = await search(session, "line 99", { limit: 3, caucus: group, before: answer.next });
    }
    const expected = Array.from({ length: 4500 }, (_, n) => `line ${n}`).filter((text) => text.includes("99"));
    assert.deepEqual([...found].sort(), expected.sort());
    assert.equal(looked, 4500);
    assert.ok(calls > 3);
  });
});
