import { strict as assert } from "node:assert";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base64urlnopad } from "@scure/base";
import { makeRecord } from "../../src/content/record.ts";
import { hex } from "../../src/protocol/codec.ts";
import { signingPair } from "../../src/protocol/signature.ts";
import type { DeviceId, PersonId } from "../../src/types.ts";
import { groupId, inviteId, messageId, personId } from "../helpers/fakeMessenger.ts";
import {
  cleanUp,
  eventually,
  couloir,
  jsonLines,
  serve,
  type Ended,
  type Served,
  done,
  failed,
  json,
} from "./harness.ts";

const ANA = personId("aa11");
const BO = personId("bb22");

describe("command line: commands", function () {
  this.timeout(10_000);
  let served: Served;
  beforeEach(async () => {
    served = await serve();
    served.messenger.meet("Ana", ANA, { flag: "PT", delegation: "Portugal" });
    served.messenger.meet("Bo", BO, { online: false, path: "none" });
    served.messenger.asked.length = 0;
  });
  afterEach(cleanUp);
  const run = (...args: string[]): Promise<Ended> => couloir(served, ...args);

  it("status", async () => {
    assert.deepEqual(json(done(await run("status", "--json"))), {
      state: "running",
      version: "0.0.0-test",
      person: served.messenger.person,
      name: "Me",
      peerId: "12D3KooWFake",
      addresses: ["/ip4/192.0.2.7/tcp/4001"],
      peers: 0,
      venue: "test",
      buckets: 1,
      keyed: false,
      hub: [],
      code: "ZG00-083W-7T3N",
    });
    const { stdout } = done(await run("status"));
    assert.match(stdout, /^Me \(5e1f0000\): running, no one in range/u);
    assert.match(stdout, /your page http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}\n/u);
  });

  it("people", async () => {
    const people = json(done(await run("people", "--json"))) as Record<string, unknown>[];
    assert.deepEqual(
      people.map(({ person, name, flag, delegation, verified, online, path }) => [
        person,
        name,
        flag,
        delegation,
        verified,
        online,
        path,
      ]),
      [
        [ANA, "Ana", "PT", "Portugal", false, true, "direct"],
        [BO, "Bo", "", "", false, false, "none"],
      ],
    );
    assert.match(done(await run("people")).stdout, /aa110000 {2}PT {2}Ana {3}Portugal {4}here, directly\n/u);
  });

  it("caucus new, with others at once, and caucus ls", async () => {
    const made = json(done(await run("caucus", "new", "Fish", "--open", "--with", "ana", "--with", "BB22", "--json")));
    assert.deepEqual(served.messenger.asked, [["createCaucus", "Fish", { open: true, with: [ANA, BO] }]]);
    const [caucus] = json(done(await run("caucus", "ls", "--json"))) as Record<string, unknown>[];
    assert.deepEqual(made, { caucus: caucus?.["caucus"], name: "Fish" });
    assert.equal(caucus?.["open"], true);
    assert.equal(caucus["unread"], 0);
    const members = caucus["members"] as Record<string, unknown>[];
    assert.deepEqual(
      members.map(({ person, name, role }) => [person, name, role]),
      [
        [served.messenger.person, "Me", "admin"],
        [ANA, "Ana", "member"],
        [BO, "Bo", "member"],
      ],
    );
    // Who is not in yet does not look like a member.
    assert.match(done(await run("caucus", "ls")).stdout, /Me, Ana \(invited\), Bo \(invited\) +open\n/u);
    served.messenger.groups = served.messenger.groups.map((one) => ({ ...one, quantum: true }));
    assert.match(done(await run("caucus", "ls")).stdout, /open, closed to a later quantum computer\n/u);
    assert.equal((json(done(await run("caucus", "ls", "--json"))) as Record<string, unknown>[])[0]?.["quantum"], true);
  });

  it("invite, join, invitations, accept, decline, block", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    const code = `couloir:${caucus.slice(0, 8)}`;
    assert.deepEqual(json(done(await run("invite", "Fish", "--json"))), {
      code,
      url: code,
      expires: Date.UTC(2026, 10, 22, 13),
      invite: inviteId("c0de0"),
    });
    assert.deepEqual(json(done(await run("join", code, "--json"))), { caucus: groupId("101e"), state: "joined" });
    assert.deepEqual(served.messenger.asked.at(-1), ["join", code, 30_000]);
    for (const seed of ["e0e0", "e1e1"])
      served.messenger.invited({
        caucus: groupId(seed),
        name: seed,
        from: ANA,
        fromName: "Ana",
        direct: false,
        members: 3,
        receivedAt: 0,
      });
    assert.equal((json(done(await run("invitations", "--json"))) as unknown[]).length, 2);
    assert.deepEqual(json(done(await run("accept", "e0e0", "--json"))), { caucus: groupId("e0e0"), state: "joined" });
    assert.deepEqual(json(done(await run("decline", "e1e1", "--json"))), { caucus: groupId("e1e1") });
    assert.deepEqual(json(done(await run("block", "Bo", "--json"))), { person: BO, blocked: true });
    assert.deepEqual(served.messenger.asked.slice(-3), [
      ["accept", groupId("e0e0")],
      ["decline", groupId("e1e1")],
      ["block", BO],
    ]);
  });

  it("say what of the past newcomers may read", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    done(await run("invite", "Fish", "--history", "last", "--last", "20"));
    assert.deepEqual(served.messenger.asked.at(-1), ["invite", caucus, { history: "last", last: 20 }]);
    done(await run("caucus", "new", "Coast", "--with", "ana", "--history", "pinned"));
    assert.deepEqual(served.messenger.asked.at(-1), [
      "createCaucus",
      "Coast",
      { open: false, with: [ANA], history: "pinned" },
    ]);
    done(await run("add", "Fish", "Bo", "--history", "all"));
    assert.deepEqual(served.messenger.asked.at(-1), ["add", caucus, BO, { history: "all" }]);
    assert.equal((await run("invite", "Fish", "--history", "some")).code, 2);
    assert.equal((await run("invite", "Fish", "--last", "2001")).code, 2);
    failed(await run("invite", "Fish", "--last", "20"), 2, /add --history last/u);
  });

  it("heal, pin, unpin, pins, send --on-record, export-record, check-record", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    const { message } = await served.messenger.send(caucus, "clause 4");
    done(await run("heal", "Fish"));
    assert.deepEqual(served.messenger.asked.at(-1), ["heal", caucus]);
    assert.deepEqual(json(done(await run("pin", "Fish", message.slice(0, 8), "--json"))), {
      caucus,
      message,
      pinned: true,
    });
    done(await run("unpin", "Fish", message.slice(0, 8)));
    const asked = served.messenger.asked.filter(([method]) => method === "pin");
    assert.deepEqual(asked, [
      ["pin", caucus, message, true],
      ["pin", caucus, message, false],
    ]);
    assert.match(done(await run("pins", "Fish")).stdout, /clause 4 +pinned by Ana/u);
    done(await run("send", "Fish", "so be it", "--on-record"));
    assert.deepEqual(served.messenger.asked.at(-1), ["send", caucus, "so be it", { onRecord: true }]);
    assert.deepEqual(json(done(await run("export-record", "Fish", message.slice(0, 8), "--json"))), {
      record: "cmVjb3Jk",
    });
    // What was exported is checked from the file alone.
    const seed = new Uint8Array(32).fill(7);
    const person = hex(signingPair(seed).public) as PersonId;
    const said = { person, group: caucus, nonce: new Uint8Array(16), at: 1_770_000_000_000, text: "so be it" };
    const file = join(tmpdir(), `couloir-record-${process.pid}`);
    await writeFile(file, base64urlnopad.encode(makeRecord(said, seed)));
    assert.deepEqual(json(done(await run("check-record", file, "--json"))), {
      person,
      caucus,
      at: said.at,
      text: "so be it",
    });
    await writeFile(file, base64urlnopad.encode(makeRecord(said, seed).with(40, 0)));
    assert.equal((await run("check-record", file)).code, 4);
    await rm(file);
    assert.equal((await run("check-record", file)).code, 2);
  });

  it("edit, wordings, withdraw, forget", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    const { message } = await served.messenger.send(caucus, "clause 4");
    const id = message.slice(0, 8);
    const changed = json(done(await run("edit", "Fish", id, "clause 5", "--json"))) as Record<string, unknown>;
    assert.deepEqual([changed["caucus"], changed["message"], typeof changed["revisedAt"]], [caucus, message, "number"]);
    assert.deepEqual(served.messenger.asked.at(-1), ["revise", caucus, message, "clause 5"]);
    const all = json(done(await run("wordings", "Fish", id, "--json"))) as { readonly text: string }[];
    assert.deepEqual(
      all.map(({ text }) => text),
      ["clause 4", "clause 5"],
    );
    assert.match(done(await run("wordings", "Fish", id)).stdout, /clause 4\n.*clause 5\n/u);
    assert.match(done(await run("history", "Fish")).stdout, /clause 5 .*\(changed at \d\d:\d\d\)/u);
    assert.deepEqual(json(done(await run("withdraw", "Fish", id, "--json"))), { caucus, message });
    assert.match(done(await run("history", "Fish")).stdout, /took this back/u);
    assert.match((await run("wordings", "Fish", id)).stderr, /nothing of it is here/u);
    assert.deepEqual(json(done(await run("forget", "Fish", id, "--json"))), { caucus, message });
    assert.deepEqual(served.messenger.asked.at(-1), ["forget", caucus, message]);
    assert.doesNotMatch(done(await run("history", "Fish")).stdout, /took this back/u);
  });

  it("join by the name of an open caucus, which nobody can pass off as a code", async () => {
    const code = "couloir:abcd";
    served.messenger.listedHere = [
      { caucus: groupId("0be1"), name: "Plenary", code: "couloir:open" },
      { caucus: groupId("0be2"), name: code, code: "couloir:trap" },
    ];
    assert.equal((json(done(await run("caucus", "ls", "--open", "--json"))) as unknown[]).length, 2);
    const joined = async (typed: string): Promise<unknown> => {
      done(await run("join", typed));
      return served.messenger.asked.at(-1)?.[1];
    };
    assert.equal(await joined("plenary"), "couloir:open");
    assert.equal(await joined("0be1"), "couloir:open");
    assert.equal(await joined(code), code);
    assert.equal(await joined("garbled"), "garbled");
  });

  it("add, remove, leave", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    const who = (ended: Ended): unknown => {
      const { caucus: id, members } = json(done(ended)) as { caucus: string; members: { name: string }[] };
      return [id, ...members.map(({ name }) => name)];
    };
    assert.deepEqual(who(await run("add", "fish", "ana", "--json")), [caucus, "Me", "Ana"]);
    assert.deepEqual(who(await run("remove", "fish", "ana", "--json")), [caucus, "Me"]);
    assert.deepEqual(who(await run("leave", "fish", "--json")), [caucus]);
  });

  it("role and remove say when a second admin is awaited", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    await served.messenger.add(caucus, ANA);
    const moved = json(done(await run("role", "fish", "ana", "admin", "--json"))) as Record<string, unknown>;
    assert.equal(moved["state"], "awaiting");
    const [motion] = moved["motions"] as Record<string, unknown>[];
    assert.deepEqual([motion?.["by"], motion?.["about"], motion?.["to"]], [served.messenger.person, ANA, "admin"]);
    assert.deepEqual(served.messenger.asked.at(-1), ["setRole", caucus, ANA, "admin"]);
    const { stdout } = done(await run("role", "fish", "ana", "admin"));
    assert.match(
      stdout,
      /\nMe wants to make an admin of Ana; a second admin has until \d\d:\d\d on .+ to do the same\./u,
    );
    assert.match(done(await run("caucus", "ls")).stdout, /a second admin is awaited/u);
    const removed = json(done(await run("remove", "fish", "ana", "--json"))) as Record<string, unknown>;
    assert.equal(removed["state"], "done");
    assert.equal((await run("role", "fish", "ana", "boss")).code, 2);
  });

  it("a caucus without guests, and a change of who may come in", async () => {
    done(await run("caucus", "new", "Fish", "--no-guests"));
    assert.deepEqual(served.messenger.asked.at(-1), [
      "createCaucus",
      "Fish",
      { open: false, with: [], guests: "refuse" },
    ]);
    const caucus = served.messenger.groups.at(-1)!.caucus;
    const changed = json(
      done(await run("caucus", "policy", "fish", "--guests", "refuse", "--invite", "admins", "--json")),
    );
    assert.deepEqual(changed, { caucus, guests: "refuse", invite: "admins", lasts: 0 });
    assert.match(done(await run("caucus", "ls")).stdout, /no guests, admins invite/u);
    const { stdout } = done(await run("caucus", "policy", "fish", "--guests", "ask"));
    assert.match(stdout, /every member brings people in, guests too/u);
    assert.deepEqual(served.messenger.asked.at(-1), ["setPolicy", caucus, { guests: "ask" }]);
    assert.equal((await run("caucus", "policy", "fish")).code, 2, "nothing to change");
    assert.equal((await run("caucus", "policy", "fish", "--guests", "maybe")).code, 2);
  });

  it("how long messages stay, and on each line when it goes", async () => {
    done(await run("caucus", "new", "Fish"));
    const { caucus } = served.messenger.groups.at(-1)!;
    const changed = json(done(await run("caucus", "policy", "fish", "--lasts", "8h", "--json")));
    assert.deepEqual(changed, { caucus, guests: "ask", invite: "members", lasts: 28_800 });
    assert.deepEqual(served.messenger.asked.at(-1), ["setPolicy", caucus, { lasts: 28_800 }]);
    assert.match(done(await run("caucus", "ls")).stdout, /messages go after 8h/u);
    for (const wrong of ["4m", "31d", "8", "1s", "never"])
      assert.equal((await run("caucus", "policy", "fish", "--lasts", wrong)).code, 2, wrong);
    const line = served.messenger.hear({ caucus, sender: ANA, text: "for a while" });
    const goesAt = line.sentAt + 3_600_000;
    served.messenger.lines[served.messenger.lines.indexOf(line)] = { ...line, goesAt };
    assert.match(done(await run("history", "fish")).stdout, /for a while {2}\(goes \d\d:\d\d/u);
    assert.match(done(await run("export", "fish")).stdout, /for a while {2}\(goes \d\d:\d\d/u);
    const [shown] = done(await run("history", "fish", "--json"))
      .stdout.trim()
      .split("\n")
      .map((one) => JSON.parse(one));
    assert.equal(shown.goesAt, goesAt);
    assert.match(done(await run("caucus", "policy", "fish", "--lasts", "off")).stdout, /what is said stays/u);
  });

  it("history says who could read a line though they were out", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    await served.messenger.add(caucus, ANA);
    const line = served.messenger.hear({ caucus, sender: ANA, text: "not for Bo" });
    served.messenger.lines[served.messenger.lines.indexOf(line)] = { ...line, alsoRead: [BO] };
    const { stdout } = done(await run("history", "fish"));
    assert.match(stdout, /\(sent before its sender learned that Bo was out, who could read it\)/u);
    const [shown] = jsonLines(done(await run("history", "fish", "--json")).stdout) as Record<string, unknown>[];
    assert.deepEqual(shown?.["alsoRead"], [BO]);
  });

  it("says on which lost devices a message could be read", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    await served.messenger.add(caucus, ANA);
    const line = served.messenger.hear({ caucus, sender: ANA, text: "too early" });
    const device = "d0".repeat(32) as DeviceId;
    const lostDevices = [
      { person: BO, device },
      { person: served.messenger.person, device, name: "phone" },
    ];
    served.messenger.lines[served.messenger.lines.indexOf(line)] = { ...line, lostDevices };
    const { stdout } = done(await run("history", "fish"));
    assert.match(stdout, /also readable on a lost device of Bo, your lost device “phone”/u);
    const [shown] = jsonLines(done(await run("history", "fish", "--json")).stdout) as Record<string, unknown>[];
    assert.deepEqual(shown?.["lostDevices"], lostDevices);
  });

  it("send to a caucus and to a person, reply, react", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    await served.messenger.add(caucus, ANA);
    const first = served.messenger.hear({ caucus, sender: ANA, text: "Support us?" });
    const sent = json(done(await run("send", "Fish", "Yes", "--reply", first.message.slice(0, 8), "--json")));
    const answer = served.messenger.lines.at(-1)!;
    assert.deepEqual(sent, { message: answer.message, caucus, reached: 0, of: 1 });
    assert.deepEqual([answer.text, answer.reply], ["Yes", first.message]);
    done(await run("send", "ana", "psst"));
    const direct = served.messenger.groups.find((group) => group.direct)!;
    assert.equal(served.messenger.lines.at(-1)?.caucus, direct.caucus);
    done(await run("send", direct.caucus.slice(0, 8), "again"));
    assert.equal(served.messenger.lines.at(-1)?.caucus, direct.caucus);
    done(await run("react", "Fish", first.message, "👍", "--json"));
    assert.deepEqual(served.messenger.asked.at(-1), ["react", caucus, first.message, "👍"]);
    failed(await run("send", "Fish", " "), 2, /nothing to send/u);
    failed(await run("send", "Fish", "x", "--reply", "beefbeef"), 2, /no message of this caucus begins with beefbeef/u);
    failed(await run("send", "Fish", "x", "--reply", "be"), 2, /no message id/u);
    failed(await run("send", "Fish", "x", "--reply", messageId("be")), 2, /no such message/u);
  });

  it("history as NDJSON, in order, whole or the newest", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    for (const text of ["one", "two\n\u2028\u009b2J", "three"]) served.messenger.hear({ caucus, sender: ANA, text });
    const { stdout } = done(await run("history", "fish", "--json"));
    assert.equal(stdout.split("\n").length, 4);
    assert.doesNotMatch(stdout, /[\u2028\u009b]/u);
    const lines = jsonLines(stdout) as Record<string, unknown>[];
    assert.deepEqual(
      lines.map(({ text }) => text),
      ["one", "two\n\u2028\u009b2J", "three"],
    );
    for (const key of ["message", "sender", "name", "sentAt", "kind", "text", "reached", "of"])
      assert.ok(key in lines[0]!, key);
    assert.deepEqual(served.messenger.asked.at(-1), ["history", caucus, {}]);
    assert.equal(jsonLines(done(await run("history", "fish", "--json", "--limit", "1")).stdout).length, 1);
  });

  it("search here and everywhere, newest first, as often as the daemon has to be asked", async () => {
    const fish = await served.messenger.createCaucus("Fish");
    const trade = await served.messenger.createCaucus("Trade");
    const at = new Date(2026, 10, 22, 14, 5).getTime();
    for (const [n, [caucus, text]] of [
      [fish, "The Annexe, first"] as const,
      [trade, "annexe second \u001b[2J"] as const,
      [fish, "nothing of it"] as const,
    ].entries())
      served.messenger.hear({ caucus, sender: ANA, name: "Ana", text, sentAt: at + n });
    served.messenger.reads = 1;
    const texts = async (...args: string[]): Promise<unknown[]> =>
      jsonLines(done(await run("search", ...args, "--json")).stdout).map((line) => (line as { text: string }).text);
    assert.deepEqual(await texts("ANNEXE"), ["annexe second \u001b[2J", "The Annexe, first"]);
    assert.deepEqual(await texts("annexe", "ana", "--limit", "1"), ["annexe second \u001b[2J"]);
    assert.deepEqual(await texts("annexe", "--in", "fish"), ["The Annexe, first"]);
    const { stdout } = done(await run("search", "annexe"));
    assert.match(stdout, /^Trade, Sunday, 22 November 2026\n14:05 [0-9a-f]{4} .*Ana: annexe second \nFish, /u);
    assert.match((await run("search", "herring")).stderr, /Nothing was found/u);
    failed(await run("search"), 2, /missing required argument/u);
    failed(await run("search", "x".repeat(201)), 2, /200/u);
  });

  it("history from a moment on, and before one", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    for (const day of [20, 21, 22])
      served.messenger.hear({ caucus, sender: ANA, text: `day ${day}`, sentAt: new Date(2026, 10, day, 9).getTime() });
    const texts = async (...args: string[]): Promise<unknown[]> =>
      jsonLines(done(await run("history", "fish", ...args, "--json")).stdout).map(
        (line) => (line as { text: string }).text,
      );
    assert.deepEqual(await texts("--since", "2026-11-21T00:00"), ["day 21", "day 22"]);
    assert.deepEqual(await texts("--since", "2026-11-21T00:00", "--limit", "1"), ["day 21"]);
    assert.deepEqual(await texts("--until", "2026-11-22T00:00", "--limit", "1"), ["day 21"]);
  });

  it("history for a person, with nothing that a terminal obeys", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    served.messenger.peopleHere = [];
    served.messenger.meet("\u001b[31mAna\u202e", ANA);
    const first = served.messenger.hear({ caucus, sender: ANA, text: "\u001b]0;owned\u0007line one\nline two" });
    served.messenger.hear({ caucus, sender: ANA, text: "👍", kind: "reaction", reply: first.message });
    const { stdout } = done(await run("history", "fish"));
    assert.doesNotMatch(stdout, /[[\p{Cc}\u202e]--\n]/v);
    assert.match(stdout, /— .*2026 —\n\d\d:\d\d [0-9a-f]{4} {2}Ana: line one\n {12}line two\n/u);
    assert.match(stdout, /Ana: 👍 to “line one line two”\n$/u);
  });

  it("export: a transcript, NDJSON, and never over a file that is there", async () => {
    const caucus = await served.messenger.createCaucus("Fish");
    await served.messenger.send(caucus, "one");
    assert.match(
      done(await run("export", "fish")).stdout,
      /^“Fish”, as Me has it\. Members: Me\n— .* —\n\d\d:\d\d [0-9a-f]{4} {2}Me: one {2}· saved\n$/u,
    );
    const path = join(served.folder, "out.ndjson");
    const ended = await run("export", "fish", "--json", "-o", path);
    assert.deepEqual([ended.code, ended.stdout], [0, ""]);
    assert.deepEqual(jsonLines(await readFile(path, "utf8")).length, 1);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    failed(await run("export", "fish", "-o", path), 2, /nothing is overwritten/u);
  });

  it("names: by id, by its beginning, by name in any case; never by guess", async () => {
    const pick = (who: string) => run("block", who, "--json");
    served.messenger.meet("ana", personId("aa99"));
    served.messenger.meet("AA11", personId("cc33"));
    const got = async (who: string): Promise<unknown> => (json(done(await pick(who))) as { person: string }).person;
    assert.equal(await got(ANA), ANA);
    assert.equal(await got(ANA.toUpperCase()), ANA);
    assert.equal(await got("aa110"), ANA);
    assert.equal(await got("BO"), BO);
    failed(await pick("ana"), 2, /“Ana” \(aa110000\), “ana” \(aa990000\)/u);
    failed(await pick("aa11"), 2, /“aa11” can mean “Ana” \(aa110000\), “AA11” \(cc330000\)/u);
    failed(await pick("aa1"), 2, /no person “aa1”; there is “Ana” \(aa110000\)/u);
    failed(await pick("An"), 2, /no person “An”/u);
    assert.deepEqual(
      served.messenger.asked.map(([method]) => method),
      ["block", "block", "block", "block"],
    );
  });

  it("names: the caucus that goes on before one of the same name that was left", async () => {
    const left = await served.messenger.createCaucus("Fish");
    await served.messenger.leave(left);
    assert.deepEqual((json(done(await run("leave", "fish", "--json"))) as { caucus: string }).caucus, left);
    const going = await served.messenger.createCaucus("fish");
    assert.deepEqual((json(done(await run("add", "Fish", "ana", "--json"))) as { caucus: string }).caucus, going);
    await served.messenger.createCaucus("FISH");
    failed(await run("add", "Fish", "ana"), 2, /can mean/u);
  });

  it("names: a person and a caucus of one name are two", async () => {
    await served.messenger.createCaucus("Ana");
    failed(await run("send", "ana", "hello"), 2, /“ana” can mean “Ana” \(c00001/u);
  });

  it("says what to do where there is nothing yet", async () => {
    for (const [args, words] of [
      [["caucus", "ls"], /couloir caucus new NAME/u],
      [["invitations"], /No invitation/u],
    ] as const) {
      const ended = await run(...args);
      assert.deepEqual([ended.code, ended.stdout], [0, ""]);
      assert.match(ended.stderr, words);
    }
  });

  it("fails in one line when the daemon goes away in the middle", async () => {
    const tailing = run("tail");
    await eventually(
      () => served.api.streams.size > 0,
      () => "a listener",
    );
    await served.close();
    const { code, stderr } = await tailing;
    assert.equal(code, 1);
    assert.match(stderr, /couloir: the daemon stopped/u);
  });
});
