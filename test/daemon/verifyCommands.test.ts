/** Verification in person on the command line and over the local API. */
import { strict as assert } from "node:assert";
import { EMOJI } from "../../src/content/emoji.ts";
import { refused } from "../../src/errors.ts";
import { main } from "../../src/daemon/main.ts";
import type { GroupId } from "../../src/types.ts";
import { personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, couloir, done, failed, json, outside, serve, streams, type Ended, type Served } from "./harness.ts";

const ANA = personId("aa11");
const BO = personId("bb22");

describe("the table of emoji", () => {
  it("has 64 that nobody takes for one another, each with a word", () => {
    assert.equal(EMOJI.length, 64);
    assert.equal(new Set(EMOJI.map(({ emoji }) => emoji)).size, 64);
    assert.equal(new Set(EMOJI.map(({ name }) => name)).size, 64);
    for (const { emoji, name } of EMOJI) assert.ok(/^\p{Emoji}\ufe0f?$/u.test(emoji) && /^[a-z ]+$/.test(name), name);
  });
});

describe("verification on the command line", function () {
  this.timeout(10_000);
  let served: Served;
  let fish: GroupId;
  beforeEach(async () => {
    served = await serve();
    served.messenger.meet("Ana", ANA);
    served.messenger.meet("Bo", BO);
    fish = await served.messenger.createCaucus("Fish", { with: [ANA] });
    served.messenger.asked.length = 0;
  });
  afterEach(cleanUp);
  const run = (...args: string[]): Promise<Ended> => couloir(served, ...args);

  it("shows one's own code, as a QR code on a terminal", async () => {
    const code = "couloir-verify:5e1f0000";
    assert.deepEqual(json(done(await run("verify", "--json"))), { code, url: code });
    const terminal = streams({ columns: 100, rows: 50 });
    assert.equal(await main(["--data", served.folder, "verify"], outside(terminal.io)), 0);
    assert.match(terminal.stdout(), /█|▀|▄/u);
    assert.ok(terminal.stdout().includes(code));
  });

  it("takes the code that somebody shows, and refuses another's with 4", async () => {
    const view = json(done(await run("verify", "ana", "couloir-verify:abc", "--json"))) as { trust: string };
    assert.deepEqual(served.messenger.asked, [["verify", "couloir-verify:abc", ANA]]);
    assert.equal(view.trust, "verified");
    assert.equal(
      done(await run("verify", "ana", "couloir-verify:abc", "--app")).stdout,
      "Ana is verified. Somebody has looked at the app that they use.\n",
    );
    served.messenger.failing = { method: "verify", error: refused("code-of-another", "this is the code of Bo") };
    failed(await run("verify", "ana", "couloir-verify:abc"), 4, /^couloir: this is the code of Bo\n$/u);
    failed(await run("verify", "Cyd", "couloir-verify:abc"), 2, /Cyd/u);
  });

  it("asks for emoji or agrees to them, waits, and says what the two said", async () => {
    const alone = await run("verify", "ana", "--wait", "1");
    assert.deepEqual([alone.code, alone.stdout], [5, ""]);
    assert.match(alone.stderr, /^Waiting for Ana; .*\ncouloir: they have not agreed to compare yet.*\n$/u);
    served.messenger.compares({ person: ANA, name: "Ana", caucus: fish, state: "asked", expires: 9e12 });
    const { stdout } = done(await run("verify", "ana"));
    assert.match(stdout, /^🐶 dog +🐱 cat +🦁 lion +🐎 horse\n🦄 unicorn +🐷 pig +📌 pin\n/u);
    assert.match(stdout, /couloir verify aa110000 --match/u);
    const match = json(done(await run("verify", "ana", "--match", "--json"))) as { trust: string };
    assert.equal(match.trust, "verified");
    assert.match(done(await run("verify", "ana", "--differ")).stdout, /^Ana is marked/u);
    assert.match(done(await run("verify", "ana", "--accept")).stdout, /^Ana is not verified; nothing is held/u);
    assert.deepEqual(
      served.messenger.asked.map(([method, , outcome]) => [method, outcome]),
      [
        ["compare", undefined],
        ["compare", undefined],
        ["endComparison", "match"],
        ["endComparison", "differ"],
        ["acceptKeys", undefined],
      ],
    );
    failed(await run("verify", "ana", "--match", "--differ"), 2, /one of/u);
    failed(await run("verify", "--match"), 2, /whom/u);
  });

  it("says that a comparison was ended by the other, or that their device cheated", async () => {
    const running = run("verify", "ana", "--wait", "9");
    while (served.messenger.comparing.length === 0) await new Promise(setImmediate);
    const [view] = served.messenger.comparing;
    served.messenger.compares({ ...view!, state: "ended", reason: "broken" });
    const { code, stderr } = await running;
    assert.equal(code, 4);
    assert.match(stderr, /\ncouloir: a device did not open .*do not trust it.*\n$/u);
  });

  it("compares a room's emoji, and names whose list is another", async () => {
    const round = await served.messenger.roomCode(fish);
    const alone = await run("room", "fish", "--wait", "1");
    assert.deepEqual([alone.code, alone.stdout], [5, ""]);
    assert.match(alone.stderr, /^Waiting for the others; .*\ncouloir: not everybody takes part yet.*\n$/u);
    const running = run("room", "fish", "--close");
    while (!served.messenger.asked.some(([method]) => method === "closeRoomCode")) await new Promise(setImmediate);
    served.messenger.inRoom({ ...round, state: "compare", emoji: [0, 1, 2, 3, 4, 5, 6, 63], differs: [ANA] });
    const { stdout } = done(await running);
    assert.match(stdout, /🐶 dog .*\n.*📌 pin\nOther persons or devices than here are shown to Ana!\n/u);
    assert.match(done(await run("room", "fish", "--match")).stdout, /^“Fish” is the same for all/u);
    assert.match(done(await run("caucus", "ls")).stdout, /compared \d\d:\d\d/u);
  });

  it("shows in people and caucuses how far each is known, and what is held", async () => {
    const { messenger } = served;
    messenger.peopleHere = messenger.peopleHere.map((one) =>
      one.person === ANA
        ? { ...one, trust: "changed", knownAs: "Anna", looksLike: [BO] }
        : { ...one, trust: "verified", verified: true, app: "vouched", vouchedBy: [ANA] },
    );
    const { stdout } = done(await run("people"));
    assert.match(stdout, /aa110000 .*here, directly +LOOKS LIKE bb220000, KEYS CHANGED, was Anna\n/u);
    assert.match(stdout, /bb220000 .*here, directly +verified, app looked at\n/u);
    await messenger.add(fish, BO);
    messenger.groups = messenger.groups.map((one) => ({
      ...one,
      heldFor: [ANA],
      members: one.members.map((who) => (who.person === ANA ? { ...who, trust: "mismatch" } : who)),
    }));
    const { stdout: listed } = done(await run("caucus", "ls"));
    assert.match(listed, /Ana \(invited, DID NOT MATCH\)/u);
    assert.match(listed, /WHAT YOU WRITE IS HELD/u);
  });

  it("is in the local API, checked before anything happens", async () => {
    const call = (method: string, path: string, body?: unknown): Promise<Response> =>
      fetch(`http://127.0.0.1:${served.port}${path}`, {
        method,
        headers: { authorization: `Bearer ${"ab".repeat(32)}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    for (const [path, body] of [
      ["/api/verification", {}],
      ["/api/verification", { code: "x", person: "aa" }],
      [`/api/people/${ANA}/comparison/end`, { outcome: "perhaps" }],
      [`/api/caucuses/${fish}/room-code/end`, {}],
    ] as const)
      assert.equal((await call("POST", path, body)).status, 400, path);
    assert.equal((await call("PUT", `/api/people/${ANA}/vouch`, { looked: "yes" })).status, 400);
    assert.deepEqual(served.messenger.asked, []);
    assert.equal((await call("PUT", `/api/people/${ANA}/vouch`, { looked: false })).status, 200);
    assert.deepEqual(await (await call("GET", "/api/comparisons")).json(), []);
    assert.deepEqual(await (await call("GET", "/api/room-codes")).json(), []);
  });
});
