/** What lies on a table, without a document: how often it is read, what rings, how it is counted and said. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { effect } from "@preact/signals";
import { CouloirError } from "../../src/errors.ts";
import { Controller } from "../../web/app/controller.ts";
import { install } from "../../web/app/i18n/index.ts";
import { Preferences } from "../../web/app/preferences.ts";
import { Router } from "../../web/app/router.ts";
import { FakeBackend } from "../../web/app/testing/fakeBackend.ts";
import { groupId, ME } from "../../web/app/testing/persons.ts";
import { call, layLarge, layTables, take } from "../../web/app/testing/tables.ts";
import {
  delegationsIn,
  distinct,
  groupsOf,
  ownDelegation,
  shortWords,
  stretchesOf,
} from "../../web/app/tools/boards.ts";
import { callWords, minutesAndSeconds } from "../../web/app/tools/callWords.ts";
import { countdown, phaseOf } from "../../web/app/tools/huddleTime.ts";
import { momentOf, timeText } from "../../web/app/tools/moments.ts";
import { Ringer } from "../../web/app/tools/ringer.ts";
import { Table } from "../../web/app/tools/table.ts";
import { toolGist } from "../../web/app/tools/toolGist.ts";
import type { BoardView, HuddleView } from "../../src/types/tools.ts";

const DRAFT = groupId("Draft 7: paragraph 4");
const MINUTE = 60_000;

const still = {
  history: { state: null, pushState: () => {}, replaceState: () => {}, go: () => {} },
  addEventListener: () => {},
};

const started = async () => {
  const backend = new FakeBackend();
  const app = new Controller(backend, new Router(still), new Preferences(undefined, "en"));
  await app.start();
  return { app, backend, messenger: backend.messenger };
};

/** When a signal says so. */
const when = (holds: () => unknown): Promise<void> =>
  new Promise((resolve) => {
    const stop = effect(() => {
      if (!holds()) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** When what was set off has run, and timers without time. */
const idle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((done) => setTimeout(done, 0));
};

const laid = async () => {
  const venue = await started();
  const caucus = venue.app.caucus(DRAFT);
  assert.ok(caucus);
  layTables(venue.messenger, caucus);
  const tools = [...venue.messenger.onTable.values()];
  const board = tools.find((one) => one.tool === "board") as BoardView;
  const huddle = tools.find((one) => one.tool === "huddle") as HuddleView;
  return { ...venue, board, huddle };
};

const words = (): void => {
  const read = (name: string): string =>
    readFileSync(new URL(`../../web/app/i18n/en/${name}.ftl`, import.meta.url), "utf8");
  install({ en: ["common", "conversation", "tools"].map(read) });
};

/** How often one thing on a table is read. */
const counting = (messenger: FakeBackend["messenger"]): (() => number) => {
  let read = 0;
  const { tool } = messenger.api;
  Object.assign(messenger.api, {
    tool: (...args: Parameters<typeof tool>) => {
      read += 1;
      return tool(...args);
    },
  });
  return () => read;
};

describe("a table", () => {
  it("is read once for many changes at a time, and no more when nothing shows it", async () => {
    const { app, messenger, board } = await laid();
    const table = new Table(app);
    const read = counting(messenger);
    const [shown, end] = table.tool(DRAFT, board.message);
    await when(() => shown.value);
    assert.equal(read(), 1);
    const changed = { ...board, changes: 3_000 };
    messenger.onTable.set(board.message, changed);
    for (let n = 0; n < 1_000; n += 1) messenger.emit("tool", { caucus: DRAFT, message: board.message });
    await when(() => shown.value === changed);
    assert.equal(read(), 2);
    end();
    messenger.emit("tool", { caucus: DRAFT, message: board.message });
    await settled();
    assert.equal(read(), 2);
    table.stop();
  });

  it("says what is not here, and takes it when it comes", async () => {
    const { app, messenger, board } = await laid();
    const table = new Table(app);
    messenger.onTable.delete(board.message);
    const [shown, end] = table.tool(DRAFT, board.message);
    await when(() => shown.value === null);
    messenger.onTable.set(board.message, board);
    messenger.emit("tool", { caucus: DRAFT, message: board.message });
    await when(() => shown.value);
    end();
    table.stop();
  });

  it("is read anew when somebody has joined or left, and not when somebody is only here", async () => {
    const { app, messenger, huddle } = await laid();
    const table = new Table(app, 0);
    const caucus = app.caucus(DRAFT)!;
    messenger.emit("caucus", caucus);
    const read = counting(messenger);
    const [shown, end] = table.tool(DRAFT, huddle.message);
    await when(() => shown.value);
    await idle();
    messenger.emit("caucus", { ...caucus, members: caucus.members.map((one) => ({ ...one, online: !one.online })) });
    await idle();
    assert.equal(read(), 1);
    const gone = { ...huddle, silent: [] };
    messenger.onTable.set(huddle.message, gone);
    messenger.emit("caucus", { ...caucus, members: caucus.members.slice(1) });
    await when(() => shown.value === gone);
    assert.equal(read(), 2);
    end();
    table.stop();
  });

  it("says why a word was not said", async () => {
    const { app, messenger } = await laid();
    const table = new Table(app);
    messenger.failing.set("sayTool", new CouloirError("refused", "too-soon", "one call a minute; wait a little"));
    assert.equal(await table.say(DRAFT, { kind: "call", act: "floor", text: "", seconds: 60 }), undefined);
    assert.equal(app.notice.value?.id, "notice-too-soon");
    table.stop();
  });
});

describe("what rings", () => {
  it("is shown until somebody has it, and then who, and after that nothing", async () => {
    const { app, messenger } = await started();
    const ringer = new Ringer(app);
    const rings = call(messenger, DRAFT);
    await when(() => ringer.shown.value?.rings);
    take(messenger, rings);
    await when(() => ringer.shown.value?.taken);
    assert.equal(ringer.shown.value?.taken?.name, "Lucas Prado");
    ringer.quiet(rings.message);
    assert.equal(ringer.shown.value, undefined);
    ringer.stop();
  });

  it("is not shown again once it was quieted here, nor when it is too late", async () => {
    const { app, messenger } = await started();
    const ringer = new Ringer(app);
    const rings = call(messenger, DRAFT);
    await when(() => ringer.shown.value);
    ringer.quiet(rings.message);
    await ringer.begin();
    call(messenger, DRAFT, { until: Date.now() - 1 });
    await settled();
    assert.equal(ringer.shown.value, undefined);
    ringer.stop();
  });

  it("is what the messenger says rings, in no muted caucus, and nothing that somebody has already", async () => {
    const { app, messenger } = await started();
    const ringer = new Ringer(app);
    call(messenger, DRAFT, { rings: false });
    take(messenger, call(messenger, DRAFT, { rings: false }));
    app.preferences.setAlert(DRAFT, "none");
    call(messenger, DRAFT);
    await settled();
    assert.equal(ringer.shown.value, undefined);
    ringer.stop();
  });

  it("is what rang before the page was there, the oldest first, and no longer than it is open", async () => {
    const { app, messenger } = await started();
    const later = call(messenger, DRAFT, { at: Date.now() - 1_000 });
    const first = call(messenger, DRAFT, { at: Date.now() - 2_000, until: Date.now() + 400 });
    const ringer = new Ringer(app);
    await when(() => ringer.shown.value?.message === first.message);
    await when(() => ringer.shown.value?.message === later.message);
    ringer.stop();
  });

  it("is nothing that somebody's flood of calls keeps from being seen", async () => {
    const { app, messenger } = await started();
    const ringer = new Ringer(app);
    const looked: string[] = [];
    const { tool } = messenger.api;
    Object.assign(messenger.api, {
      tool: (...args: Parameters<typeof tool>) => {
        looked.push(args[1]);
        return tool(...args);
      },
    });
    const lea = messenger.venue.people.find(({ name }) => name === "Léa Martin")!;
    const hers = call(messenger, DRAFT, { by: lea });
    for (let n = 0; n < 100; n += 1) call(messenger, DRAFT, { rings: false });
    await when(() => ringer.shown.value?.message === hers.message);
    await settled();
    assert.ok(looked.length <= 4, `${looked.length} were looked at`);
    ringer.stop();
  });

  it("is quiet once this person has answered, on whichever device", async () => {
    const { app, messenger } = await started();
    const ringer = new Ringer(app);
    const rings = call(messenger, DRAFT);
    await when(() => ringer.shown.value);
    await messenger.api.sayTool(DRAFT, { kind: "answer", to: rings.message, answer: "cannot" });
    await when(() => ringer.shown.value === undefined);
    ringer.stop();
  });
});

describe("a board", () => {
  before(words);

  it("counts towards its threshold what comes first on its scale: own words for it", async () => {
    const { board } = await laid();
    const stretches = stretchesOf(board);
    const own = stretches.filter(({ is, told }) => (is === "sponsor" || is === "support") && !told);
    assert.deepEqual(stretches.slice(0, own.length), own);
    assert.equal(
      own.reduce((sum, { count }) => sum + count, 0),
      board.for.own,
    );
    assert.equal(
      stretches.reduce((sum, { count }) => sum + count, 0),
      board.rows.length,
    );
    assert.equal(stretches.at(-1)?.is, "against");
    assert.equal(shortWords(board), `Needs ${12 - board.for.own} more`);
    assert.equal(shortWords({ ...board, short: 0 }), "Enough");
    assert.equal(shortWords({ ...board, terms: { ...board.terms, needs: 0 } }), `${board.for.own} for`);
  });

  it("sorts each position by the names that the reader reads", async () => {
    const { board, app } = await laid();
    const silent = groupsOf(board).get("silent") ?? [];
    assert.deepEqual(
      silent.map(({ delegation }) => delegation),
      ["AR", "BD", "CN", "DE", "ID", "International Committee of the Red Cross", "JP", "MA", "ZA"],
    );
    assert.equal(ownDelegation(app.profile.value, board.rows), "HR");
    const named = { name: "", flag: "HR", delegation: "Red Cross" };
    assert.equal(ownDelegation(named, [{ ...board.rows[0]!, delegation: "Red Cross" }]), "Red Cross");
    assert.equal(ownDelegation({ ...named, flag: "", delegation: "" }, board.rows), undefined);
  });

  it("takes delegations as people type them, each once, and none that is too long", () => {
    assert.deepEqual(delegationsIn("ke, no；Red Cross، fr"), ["KE", "NO", "Red Cross", "FR"]);
    assert.deepEqual(distinct(["KE", "", "KE", "é".repeat(33), "é".repeat(32)]), ["KE", "é".repeat(32)]);
    assert.equal(distinct(Array.from({ length: 300 }, (_, n) => `${n}`)).length, 256);
  });

  it("of all states is counted in one look", async () => {
    const { messenger } = await started();
    const large = messenger.onTable.get(layLarge(messenger, DRAFT)) as BoardView;
    assert.equal(
      stretchesOf(large).reduce((sum, { count }) => sum + count, 0),
      195,
    );
  });
});

describe("a huddle", () => {
  before(words);

  it("is told by how long it is to it, and is over when it is, whenever it was read", async () => {
    const { huddle } = await laid();
    const { starts } = huddle.plan;
    const told = (now: number): string => countdown(huddle, now);
    assert.equal(told(starts - 6 * MINUTE), "in 6 min");
    assert.equal(told(starts - 5.5 * MINUTE), "in 6 min");
    assert.equal(told(starts - 1), "in less than a minute");
    assert.equal(told(starts), "now");
    assert.equal(told(huddle.ends), "over");
    assert.equal(phaseOf(huddle, huddle.dissolves), "gone");
    const off = { ...huddle, plan: { ...huddle.plan, off: true } };
    assert.equal(countdown(off, starts - MINUTE), "does not take place");
  });

  it("is at the next such time of the clock", () => {
    const noon = new Date(2026, 10, 19, 12).getTime();
    assert.equal(momentOf(timeText(noon + 5 * MINUTE), noon), noon + 5 * MINUTE);
    assert.equal(momentOf("11:30", noon), noon - 30 * MINUTE, "a little ago is meant");
    assert.equal(momentOf("09:00", noon), new Date(2026, 10, 20, 9).getTime());
    assert.equal(momentOf("", noon), undefined);
  });
});

describe("a call", () => {
  before(words);

  it("is said by what has become of it", async () => {
    const { app, messenger } = await started();
    const open = call(messenger, DRAFT, { reached: 0 });
    const now = Date.now();
    assert.equal(callWords(app, open, now), "Nobody has it yet.");
    assert.equal(callWords(app, { ...open, reached: 7 }, now), "Reached 7 of 8. Nobody has it yet.");
    assert.equal(callWords(app, open, open.until), "Too late. Nobody had it.");
    assert.equal(callWords(app, { ...open, state: "over" }, now), "No longer needed.");
    const taken = { person: ME, name: "Ana", answer: "has", at: now } as const;
    assert.equal(callWords(app, { ...open, state: "taken", taken }, now), "You have it");
    assert.deepEqual([0, 999, 48_000, 120_000].map(minutesAndSeconds), ["0:00", "0:01", "0:48", "2:00"]);
  });

  it("is one line in a list, as everything that was laid on the table", () => {
    const terms = { needs: 0, delegations: [], closed: false };
    const plan = { place: "Corridor B", starts: 0, minutes: 5, off: false };
    assert.equal(toolGist({ kind: "call", act: "floor", text: "a\n b", seconds: 60 }), "Now! Take the floor: a b");
    assert.equal(toolGist({ kind: "call", act: "outside", text: "", seconds: 60 }), "Now! Come outside");
    assert.equal(toolGist({ kind: "board", text: "x", terms }), "Count me in: x");
    assert.equal(toolGist({ kind: "huddle", text: "", plan }), "Huddle: Corridor B");
    assert.equal(toolGist({ kind: "rollCall", text: "x" }), "Roll call: x");
  });
});
