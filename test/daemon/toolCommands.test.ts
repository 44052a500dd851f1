/** The command line about calls and boards, and how transcripts say them. */
import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { boardCsv } from "../../src/content/boardCsv.ts";
import { Quotes, talkLine } from "../../src/daemon/lines.ts";
import type { MessageView, ToolWord } from "../../src/types.ts";
import type { BoardView, CallView, HuddleView, RollCallView, RowView } from "../../src/types/tools.ts";
import { groupId, messageId, personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, couloir, done, failed, json, serve, type Ended, type Served } from "./harness.ts";

const ANA = { person: personId("aa11"), name: "Ana" };
const BO = { person: personId("bb22"), name: "Bo\u001b[31m" };
const AT = Date.UTC(2026, 10, 22, 12);
const CAUCUS = groupId("ca");
const none = { own: 0, hearsay: 0 };
const terms = { needs: 3, delegations: ["KE", "CL"], closed: false };

const rows: readonly RowView[] = [
  {
    delegation: "KE",
    stand: "sponsor",
    firstHand: true,
    said: { message: messageId("1a"), delegation: "KE", stand: "sponsor", by: ANA, at: AT },
    askedBy: [],
    changes: 1,
  },
  {
    delegation: '=CL,"x"',
    stand: "awaiting",
    firstHand: false,
    said: {
      message: messageId("1b"),
      delegation: "CL",
      stand: "awaiting",
      by: BO,
      at: AT,
      told: { by: "BR", to: ANA },
      due: AT + 3_600_000,
    },
    askedBy: [ANA, BO],
    changes: 2,
  },
  { delegation: "FJ", stand: "silent", firstHand: false, askedBy: [], changes: 0 },
];
const board: BoardView = {
  tool: "board",
  caucus: CAUCUS,
  message: messageId("b0a4d0"),
  by: ANA,
  at: AT,
  text: "“should” for “shall”",
  terms,
  tally: { sponsor: { own: 1, hearsay: 0 }, support: none, leaning: none, awaiting: none, silent: none, against: none },
  for: { own: 1, hearsay: 2 },
  short: 2,
  changes: 3,
  rows,
  history: rows.flatMap(({ said }) => said ?? []),
};
const call: CallView = {
  tool: "call",
  caucus: CAUCUS,
  message: messageId("ca11"),
  by: BO,
  at: AT,
  text: "paragraph 4",
  act: "floor",
  state: "open",
  until: AT + 90_000,
  rings: true,
  answers: [],
  reached: 7,
  of: 8,
};

const huddle: HuddleView = {
  tool: "huddle",
  caucus: CAUCUS,
  message: messageId("4d"),
  by: ANA,
  at: AT,
  text: "who speaks",
  plan: { place: "Corridor B", starts: AT, minutes: 10, off: false },
  ends: AT + 600_000,
  dissolves: AT + 1_500_000,
  state: "ahead",
  answers: [
    { ...ANA, answer: "coming", at: AT },
    { ...BO, answer: "late", at: AT },
  ],
  silent: [{ person: personId("cc"), name: "Cy" }],
};
const rollCall: RollCallView = {
  tool: "rollCall",
  caucus: CAUCUS,
  message: messageId("7c"),
  by: ANA,
  at: AT,
  text: "Be in the room at 15:50.",
  reached: 1,
  read: 1,
  of: 2,
  people: [
    { ...BO, reached: true, read: true, saidSo: AT },
    { person: personId("cc"), name: "Cy", reached: false, read: false },
  ],
  missing: [{ person: personId("cc"), name: "Cy" }],
  again: 1,
};

describe("command line: calls, boards, huddles, roll calls", function () {
  this.timeout(10_000);
  let served: Served;
  let caucus: string;
  beforeEach(async () => {
    served = await serve();
    served.messenger.meet("Ana", ANA.person);
    caucus = await served.messenger.createCaucus("Draft 7");
    served.messenger.onTable = [
      { ...board, caucus: caucus as never },
      { ...call, caucus: caucus as never },
      { ...huddle, caucus: caucus as never },
      { ...rollCall, caucus: caucus as never },
    ];
    for (const { message } of served.messenger.onTable)
      served.messenger.hear({ caucus: caucus as never, sender: BO.person, text: "x", message });
    served.messenger.asked.length = 0;
  });
  afterEach(cleanUp);
  const run = (...args: string[]): Promise<Ended> => couloir(served, ...args);
  const said = (): unknown => served.messenger.asked.findLast(([name]) => name === "sayTool")?.[2];

  it("now, answer, ringing, table", async () => {
    assert.deepEqual(json(done(await run("ringing", "--json"))), [served.messenger.onTable[1]]);
    assert.match(done(await run("ringing")).stdout, /floor +paragraph 4 +reached 7 of 8, nobody has it yet/u);
    done(await run("answer", "Draft 7", call.message, "has"));
    assert.deepEqual(said(), { kind: "answer", to: call.message, answer: "has" });
    const { stdout } = done(await run("table", "Draft 7"));
    assert.match(stdout, /“should” for “shall” +1 \(and 2 by hearsay\) for, needs 2 more/u);
    assert.ok(!stdout.includes("\u001b"), "what others wrote moves no cursor");
    failed(await run("now", "Draft 7", "shout"), 2, /choices are interrupt, floor, support, outside/u);
    failed(await run("now", "Draft 7", "floor", "--seconds", "600"), 2, /60 to 120/u);
    failed(await run("answer", "Draft 7", "9999", "has"), 2, /no message/u);
  });

  it("board put, show, stand, ask, terms, csv", async () => {
    const id = board.message;
    assert.deepEqual(json(done(await run("board", "show", "Draft 7", id, "--json"))), served.messenger.onTable[0]);
    const { stdout } = done(await run("board", "show", "Draft 7", id));
    assert.match(stdout, /KE +sponsor +Ana, \d\d:\d\d\n/u);
    assert.match(stdout, /awaiting capital +told to Ana by BR, \d\d:\d\d \(hearsay\) +by \d\d:\d\d +Ana, Bo.* ask\n/u);
    assert.match(
      done(await run("board", "show", "Draft 7", id, "--history")).stdout,
      /CL +awaiting capital +told to Ana by BR/u,
    );
    done(await run("board", "stand", "Draft 7", id, "CL", "support", "--by", "BR", "--to", "Ana"));
    assert.deepEqual(said(), {
      kind: "stand",
      to: id,
      delegation: "CL",
      stand: "support",
      told: { by: "BR", to: ANA.person },
    });
    done(await run("board", "stand", "Draft 7", id, "CH", "awaiting", "--due", "2026-11-22T15:00Z"));
    assert.deepEqual(said(), { kind: "stand", to: id, delegation: "CH", stand: "awaiting", due: AT + 3 * 3_600_000 });
    failed(await run("board", "stand", "Draft 7", id, "CL", "support", "--to", "Ana"), 2, /--by/u);
    failed(await run("board", "stand", "Draft 7", id, "CL", "awaiting", "--due", "25:00"), 2, /like 15:00/u);
    done(await run("board", "ask", "Draft 7", id, "FJ", "--off"));
    assert.deepEqual(said(), { kind: "asking", to: id, delegation: "FJ", on: false });
    done(await run("board", "terms", "Draft 7", id, "--needs", "5", "--close"));
    assert.deepEqual(said(), { kind: "terms", to: id, terms: { ...terms, needs: 5, closed: true } });
    failed(await run("board", "show", "Draft 7", call.message), 2, /no board/u);
    const file = join(served.folder, "board.csv");
    done(await run("board", "csv", "Draft 7", id, "-o", file));
    assert.equal(await readFile(file, "utf8"), boardCsv(board));
    assert.deepEqual(json(done(await run("board", "csv", "Draft 7", id, "--json"))), { csv: boardCsv(board) });
    failed(await run("board", "csv", "Draft 7", id, "-o", file), 2, /it is there already/u);
  });

  it("huddle call, move, show; roll call, again, show", async () => {
    const shown = done(await run("huddle", "show", "Draft 7", huddle.message)).stdout;
    assert.match(
      shown,
      /^4d000000 Corridor B, \d\d:\d\d for 10 minutes, ahead\nwho speaks\ncoming: Ana\nfive minutes late: Bo.*\nno answer: Cy\n$/u,
    );
    assert.deepEqual(
      json(done(await run("huddle", "show", "Draft 7", huddle.message, "--json"))),
      served.messenger.onTable[2],
    );
    done(await run("huddle", "move", "Draft 7", huddle.message, "--minutes", "5", "--off"));
    const plan = { ...huddle.plan, minutes: 5, off: true };
    assert.deepEqual(said(), { kind: "plan", to: huddle.message, plan });
    failed(await run("huddle", "call", "Draft 7", "Corridor B"), 2, /--at/u);
    failed(await run("huddle", "call", "Draft 7", "Corridor B", "--at", "soon"), 2, /like 15:00, 10m or 2h/u);
    const before = Date.now();
    await run("huddle", "call", "Draft 7", "Corridor B", "--at", "10m", "--topic", "who speaks");
    const called = said() as Extract<ToolWord, { kind: "huddle" }>;
    assert.deepEqual([called.text, called.plan.place, called.plan.minutes], ["who speaks", "Corridor B", 10]);
    assert.ok(called.plan.starts >= before + 600_000 && called.plan.starts <= Date.now() + 600_000);
    done(await run("answer", "Draft 7", huddle.message, "late"));
    assert.deepEqual(said(), { kind: "answer", to: huddle.message, answer: "late" });

    const roll = done(await run("roll", "show", "Draft 7", rollCall.message)).stdout;
    assert.equal(roll, "7c000000 reached 1 of 2, read 1, not here 1, said 2 times\nnot here: Cy\n");
    assert.deepEqual(
      json(done(await run("roll", "show", "Draft 7", rollCall.message, "--json"))),
      served.messenger.onTable[3],
    );
    done(await run("roll", "again", "Draft 7", rollCall.message));
    assert.deepEqual(said(), { kind: "rollCall", text: rollCall.text, again: rollCall.message });
    await run("roll", "call", "Draft 7", "Room 5 now");
    assert.deepEqual(said(), { kind: "rollCall", text: "Room 5 now" });
    failed(await run("roll", "show", "Draft 7", huddle.message), 2, /something else/u);
    const { stdout } = done(await run("table", "Draft 7"));
    for (const words of ["Corridor B", "reached 1 of 2", "“should” for “shall”", "paragraph 4"])
      assert.ok(stdout.includes(words), words);
  });

  it("takes no word of another shape over the API", async () => {
    const stand = { kind: "stand", to: board.message, delegation: "CL", stand: "support" };
    const bad: readonly unknown[] = [
      { kind: "text", text: "x" },
      { ...stand, stand: "maybe" },
      { ...stand, to: "b0" },
      { ...stand, delegation: "x".repeat(65) },
      { ...stand, told: { by: "BR", to: "Ana" } },
      { ...stand, told: "BR" },
      { ...stand, more: 1 },
      { kind: "call", act: "floor", text: "", seconds: 59 },
      { kind: "board", text: "x", terms: { ...terms, needs: 1000 } },
      { kind: "board", text: "x", terms: { ...terms, delegations: Array(257).fill("KE") } },
      null,
    ];
    for (const word of bad) {
      const sent = served.client.sayTool(caucus as never, word as never);
      await assert.rejects(sent, (error) => (error as { code?: string }).code === "bad-request", JSON.stringify(word));
    }
    assert.equal(said(), undefined);
    await served.client.sayTool(caucus as never, stand as never);
    assert.deepEqual(said(), stand);
  });

  it("says them in a transcript, without what the words of others could do to a terminal", () => {
    const line = (tool: ToolWord, text = ""): string => {
      const view = { sender: BO.person, name: "Bo", sentAt: AT, kind: tool.kind, text, tool, message: messageId("aa") };
      const quotes = new Quotes();
      quotes.note({ message: messageId("b0"), text: "Count me in: “should”" } as MessageView);
      const nameOf = (person: string) => (person === ANA.person ? "Ana" : undefined);
      const whole = { ...view, caucus: CAUCUS, reached: 0, read: 0, of: 0, state: "received", missing: 0 } as const;
      return talkLine(whole, { self: ANA.person, style: (_, words) => words, quotes, nameOf }).replace(/^.*?Bo: /u, "");
    };
    const to = messageId("b0");
    assert.equal(line({ kind: "call", act: "floor", text: "§4\u001b[2J", seconds: 60 }), "Now! take the floor: §4");
    assert.equal(line({ kind: "answer", to, answer: "has" }), "has it · “Count me in: “should””");
    const told = { by: "BR", to: ANA.person };
    const stand = { kind: "stand", to, delegation: "CL", stand: "awaiting" } as const;
    assert.match(
      line({ ...stand, told, due: AT }),
      /^CL: awaiting capital, told to Ana by BR, expected by \d\d:\d\d · “Count me in/u,
    );
    assert.equal(line({ ...stand, stand: "none" }), "CL: taken back · “Count me in: “should””");
    assert.equal(line({ kind: "asking", to, delegation: "CL", on: true }), "asks CL · “Count me in: “should””");
    const plan = { place: "Corridor B", starts: AT, minutes: 10, off: false };
    assert.match(
      line({ kind: "huddle", text: "who speaks", plan }),
      /^Huddle: who speaks, Corridor B, \d\d:\d\d for 10 minutes$/u,
    );
    assert.match(line({ kind: "plan", to, plan: { ...plan, off: true } }), /^it does not take place · /u);
    assert.equal(line({ kind: "rollCall", text: "at four", again: to }), "Roll call, again: at four");
    assert.equal(line({ kind: "terms", to, terms }), "needs 3, 2 delegations · “Count me in: “should””");
  });
});

describe("a board for a spreadsheet", () => {
  it("has a row a delegation, and nothing that a spreadsheet would take for a formula", () => {
    const lines = boardCsv(board).split("\r\n");
    assert.equal(lines[0], "delegation,stand,word,said by,told by,told to,at,due,asked by,changes");
    assert.equal(lines[1], "KE,sponsor,own,Ana,,,2026-11-22T12:00:00.000Z,,,1");
    assert.equal(
      lines[2],
      `"'=CL,""x""",awaiting,hearsay,${BO.name},BR,Ana,2026-11-22T12:00:00.000Z,2026-11-22T13:00:00.000Z,Ana; ${BO.name},2`,
    );
    assert.equal(lines[3], "FJ,silent,,,,,,,,0");
    const named = (delegation: string) => boardCsv({ rows: [{ ...rows[2]!, delegation }] }).split("\r\n")[1];
    for (const formula of ["=1+1", "+1", "-1", "@x", " =1", "\t=1"]) assert.match(named(formula)!, /^"?'/u, formula);
    assert.equal(named("a\nb"), '"a\nb",silent,,,,,,,,0');
  });
});
