import { strict as assert } from "node:assert";
import { CouloirError, refused } from "../../src/errors.ts";
import { main } from "../../src/daemon/main.ts";
import type { GroupId, MessageView } from "../../src/types.ts";
import { personId } from "../helpers/fakeMessenger.ts";
import {
  cleanUp,
  eventually,
  jsonLines,
  later,
  outside,
  serve,
  streams,
  type Served,
  type Streams,
  type Terminal,
} from "./harness.ts";
import { Screen } from "./screen.ts";

const ANA = personId("aa11");
const BO = personId("bb22");
const SMALL = { columns: 44, rows: 10 };

interface Chatting extends Streams {
  readonly served: Served;
  readonly caucus: GroupId;
  readonly ended: Promise<number>;
  /** What a person sees by now. */
  seen(): string;
  screen(): Screen;
  /** Resolves once a person sees it. */
  untilSeen(what: RegExp): Promise<void>;
}

const chat = async (
  terminal: Terminal | undefined,
  {
    before = async () => undefined,
    args = [],
  }: { before?: (served: Served, caucus: GroupId) => Promise<unknown>; args?: string[] } = {},
): Promise<Chatting> => {
  const served = await serve();
  served.messenger.peers = 2;
  served.messenger.meet("Ana", ANA);
  served.messenger.meet("Bo", BO);
  const caucus = await served.messenger.createCaucus("Fish", { with: [ANA, BO] });
  await before(served, caucus);
  const all = streams(terminal);
  const ended = main(["--data", served.folder, "chat", "fish", ...args], outside(all.io));
  later(async () => {
    all.stdin.end();
    await ended;
  });
  await eventually(
    () => served.api.streams.size > 0,
    () => "a listener",
  );
  const screen = (): Screen => new Screen(terminal ?? { columns: 1000, rows: 1000 }).write(all.stdout());
  const seen = (): string => screen().text();
  const untilSeen = async (what: RegExp): Promise<void> => {
    await eventually(
      () => what.test(seen()),
      () => `${String(what)} in
${seen()}`,
    );
  };
  return { ...all, served, caucus, ended, screen, seen, untilSeen };
};

const hears = ({ served, caucus }: Chatting, text: string, more: Partial<MessageView> = {}): MessageView =>
  served.messenger.hear({ caucus, sender: ANA, text, ...more });

describe("chat: on a terminal", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("shows in the place of a message that it has gone, and quotes it no more", async () => {
    const one = await chat(SMALL);
    const line = hears(one, "until noon");
    await one.untilSeen(/until noon/u);
    one.served.messenger.emit("erased", { caucus: one.caucus, message: line.message });
    await one.untilSeen(/\(gone by itself\)/u);
    assert.doesNotMatch(one.seen(), /until noon/u);
    hears(one, "👍", { kind: "reaction", reply: line.message });
    await one.untilSeen(/👍/u);
    assert.doesNotMatch(one.seen(), /until noon/u);
  });

  it("shows the last 20 lines, a head for each day, and the prompt below", async () => {
    const talk = await chat(
      { columns: 60, rows: 40 },
      {
        before: async ({ messenger }, caucus) => {
          for (let at = 1; at <= 25; at += 1)
            messenger.hear({
              caucus,
              sender: ANA,
              text: `line ${at}.`,
              sentAt: Date.UTC(2026, 10, at < 24 ? 21 : 22, 12),
            });
        },
      },
    );
    await talk.untilSeen(/line 25\.\nFish ›$/u);
    const lines = talk.seen().split("\n");
    assert.match(lines[0]!, /^— Saturday, 21 November 2026 —$/u);
    assert.match(lines[1]!, /^\d\d:\d\d [0-9a-f]{4} {2}Ana: line 6\.$/u);
    assert.equal(lines.filter((line) => line.startsWith("—")).length, 2);
    assert.equal(lines.length, 23);
  });

  it("shows what its person is warned of, whichever caucus it is about, and nothing less", async () => {
    const talk = await chat(SMALL);
    await talk.untilSeen(/^Fish ›$/u);
    talk.served.messenger.emit("notice", { level: "info", code: "renamed", text: "Ana is called Anna now." });
    talk.served.messenger.emit("notice", { level: "warn", code: "backdated", text: "A device of Bo\u001b lies." });
    await talk.untilSeen(/^! A device of Bo.* lies\.\nFish ›$/u);
    assert.doesNotMatch(talk.seen(), /Anna/u);
  });

  it("says who came or went, and by whom", async () => {
    const talk = await chat(SMALL);
    await talk.untilSeen(/^Fish ›$/u);
    await talk.served.messenger.remove(talk.caucus, BO);
    await talk.untilSeen(/^\d\d:\d\d {2}You removed Bo\nFish ›$/u);
  });

  it("puts what arrives above what is being typed, and leaves that alone", async () => {
    const talk = await chat(SMALL);
    await talk.untilSeen(/^Fish ›$/u);
    talk.stdin.write("half a sent");
    await talk.untilSeen(/^Fish › half a sent$/u);
    hears(talk, "Ask for the floor now");
    await talk.untilSeen(/Ana: Ask for the floor now\nFish › half a sent$/u);
    talk.stdin.write("ence\u001b[D\u001b[D");
    hears(talk, "again");
    await talk.untilSeen(/Ana: again\nFish › half a sentence$/u);
    assert.deepEqual(talk.screen().cursor(), ["Fish › half a sentence", "Fish › half a sentence".length - 2]);
    talk.stdin.write("\r");
    await talk.untilSeen(/Me: half a sentence/u);
  });

  it("does so when what is typed is longer than a line", async () => {
    const talk = await chat(SMALL);
    const typed = "one two three four five six seven eight nine ten eleven twelve thirteen";
    talk.stdin.write(typed);
    const shown = (): string => talk.seen().replaceAll("\n", "");
    await eventually(() => shown().endsWith(typed), shown);
    for (const text of ["first", "second", "third"]) hears(talk, text);
    await talk.untilSeen(/third/u);
    const lines = talk.seen().split("\n").slice(1);
    assert.deepEqual(
      lines.slice(0, 3).map((line) => line.replace(/^.*Ana: /u, "")),
      ["first", "second", "third"],
    );
    assert.equal(lines.slice(3).join(""), `Fish › ${typed}`);
    talk.stdin.write("\r");
    await talk.untilSeen(/· saved/u);
    assert.equal(talk.seen().split("Fish ›").length, 2, "the typed line is not there twice");
  });

  it("changes a line in its place as it reaches more", async () => {
    const talk = await chat(SMALL);
    talk.stdin.write("Support us\r");
    await talk.untilSeen(/Me: Support us {2}· saved\nFish ›$/u);
    hears(talk, "Yes");
    talk.stdin.write("typ");
    await talk.untilSeen(/Ana: Yes\nFish › typ$/u);
    const own = talk.served.messenger.lines.find(({ text }) => text === "Support us")!;
    for (const reached of [1, 2]) {
      talk.served.messenger.reach(own.message, reached);
      await talk.untilSeen(new RegExp(`✓ reached ${reached} of 2`, "u"));
    }
    const lines = talk.seen().split("\n");
    assert.equal(lines.length, 5, talk.seen());
    assert.match(lines[1]!, /Me: Support us$/u);
    assert.match(lines[2]!, /^ +✓ reached 2 of 2$/u);
    assert.match(lines[3]!, /Ana: Yes$/u);
    assert.equal(lines[4], "Fish › typ");
  });

  it("does so when what came after it is wider than the screen", async () => {
    const talk = await chat({ columns: 24, rows: 20 });
    talk.stdin.write("Hello\r");
    await talk.untilSeen(/saved/u);
    talk.stdin.write("/invite\r");
    await talk.untilSeen(/Good for one/u);
    const before = talk.seen();
    talk.served.messenger.reach(talk.served.messenger.lines[0]!.message, 1);
    await talk.untilSeen(/reached/u);
    assert.equal(talk.seen().replace(/✓ reached\s+1 of 2/u, "· saved"), before);
  });

  it("leaves a line alone that has left the screen", async () => {
    const talk = await chat(SMALL);
    talk.stdin.write("Support us\r");
    await talk.untilSeen(/saved/u);
    for (let at = 0; at < 12; at += 1) hears(talk, `line ${at}.`);
    await talk.untilSeen(/line 11\.\nFish ›$/u);
    const before = talk.seen();
    talk.served.messenger.reach(talk.served.messenger.lines[0]!.message, 2);
    hears(talk, "after");
    await talk.untilSeen(/after\nFish ›$/u);
    assert.ok(talk.seen().startsWith(before.slice(0, before.lastIndexOf("\n"))));
  });

  it("breaks long lines at blanks, under the text", async () => {
    const talk = await chat(SMALL);
    hears(talk, "The brackets in paragraph four stay until capital says otherwise");
    await talk.untilSeen(/otherwise\nFish ›$/u);
    for (const line of talk.seen().split("\n")) assert.ok(line.length < SMALL.columns, line);
    assert.match(talk.seen(), /Ana: The brackets in paragraph\n {12}four stay until capital says\n/u);
  });

  it("lets no stranger's text near the terminal", async () => {
    const talk = await chat(SMALL);
    talk.served.messenger.peopleHere = [];
    talk.served.messenger.meet("A\u001b[2Jna\u202e", ANA);
    hears(talk, "\u001b[2J\u001b]0;owned\u0007\u009b31mhello");
    await talk.untilSeen(/Ana: hello/u);
    for (const harm of ["\u001b[2J", "\u001b]", "owned", "\u009b", "\u202e"]) assert.ok(!talk.stdout().includes(harm));
  });

  it("answers, reacts, and tells who is here", async () => {
    const talk = await chat({ columns: 80, rows: 30 });
    const first = hears(talk, "Who supports us?");
    const second = hears(talk, "Anyone?");
    await talk.untilSeen(/Anyone/u);
    const last = () => talk.served.messenger.asked.findLast(([method]) => method === "send" || method === "react");
    talk.stdin.write("/reply We do\r");
    await talk.untilSeen(/Me: ↳ “Anyone\?”\n {12}We do/u);
    assert.deepEqual(last(), ["send", talk.caucus, "We do", { reply: second.message }]);
    talk.stdin.write(`/react ${first.message.slice(0, 8)} 👍\r`);
    await talk.untilSeen(/Me: 👍 to “Who supports us\?”/u);
    assert.deepEqual(last(), ["react", talk.caucus, first.message, "👍"]);
    talk.stdin.write("/who\r");
    await talk.untilSeen(/ {2}Me \(admin\)\n {2}Ana \(invited\)\n {2}Bo \(invited\)\n/u);
    talk.stdin.write("/invite\r");
    await talk.untilSeen(/couloir join couloir:/u);
    talk.stdin.write("/help\r");
    await talk.untilSeen(/\/quit +leave the chat/u);
    talk.stdin.write("/nonsense\r");
    await talk.untilSeen(/there is no \/nonsense/u);
    talk.stdin.write("/quit\r");
    assert.equal(await talk.ended, 0);
  });

  it("says what went wrong and goes on", async () => {
    const talk = await chat(SMALL);
    talk.served.messenger.failing = { method: "send", error: refused("not-a-member", "you were removed") };
    talk.stdin.write("hello\r");
    await talk.untilSeen(/couloir: you were removed\nFish ›$/u);
    talk.served.messenger.failing = undefined;
    talk.stdin.write("hello again\r");
    await talk.untilSeen(/Me: hello again/u);
    talk.stdin.write("\u0003");
    assert.equal(await talk.ended, 0);
  });

  it("says when nobody is in range, and that it saw what it showed", async () => {
    const talk = await chat({ columns: 100, rows: 20 }, { before: async ({ messenger }) => (messenger.peers = 0) });
    await talk.untilSeen(/No one in range/u);
    hears(talk, "hello");
    await talk.untilSeen(/hello/u);
    await eventually(
      () => talk.served.messenger.asked.filter(([method]) => method === "markRead").length >= 2,
      () => "read",
    );
  });

  it("ends with 1 when the daemon does", async () => {
    const talk = await chat(SMALL);
    await talk.untilSeen(/Fish ›$/u);
    await talk.served.close();
    assert.equal(await talk.ended, 1);
    assert.match(talk.stderr(), /couloir: the daemon stopped/u);
  });
});

describe("chat: in a pipe", function () {
  this.timeout(10_000);
  afterEach(cleanUp);

  it("says each line, shows what comes, and ends with its input", async () => {
    const talk = await chat(undefined);
    talk.stdin.write("one\ntwo\n");
    await talk.untilSeen(/Me: two {2}· saved/u);
    talk.served.messenger.reach(talk.served.messenger.lines[0]!.message, 2);
    await talk.untilSeen(/Me: one {2}✓ reached 2 of 2/u);
    talk.stdin.end("three");
    assert.equal(await talk.ended, 0);
    assert.deepEqual(
      talk.served.messenger.lines.map(({ text }) => text),
      ["one", "two", "three"],
    );
    assert.ok(!talk.stdout().includes("\u001b") && !talk.stdout().includes("›"));
    assert.ok(talk.served.messenger.asked.every(([method]) => method !== "markRead"));
  });

  it("speaks JSON when asked", async () => {
    const talk = await chat(undefined, { args: ["--json"] });
    talk.stdin.write("one\n");
    await talk.until('"text":"one"');
    talk.stdin.end();
    assert.equal(await talk.ended, 0);
    for (const line of jsonLines(talk.stdout())) assert.equal((line as MessageView).text, "one");
  });

  it("ends with the code of what failed", async () => {
    const talk = await chat(undefined);
    talk.served.messenger.failing = { method: "send", error: new CouloirError("refused", "x", "you were removed") };
    talk.stdin.end("one\n");
    assert.equal(await talk.ended, 4);
  });
});
