/** The commands about invite codes, over a fake messenger: what they ask for, print, write and refuse. */
import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { POSTER_WORDS } from "../../src/content/posterWords.ts";
import { posterPage } from "../../src/daemon/poster.ts";
import { NEVER } from "../../src/messenger/api.ts";
import type { GroupId, WaitingView } from "../../src/types.ts";
import { inviteId, personId } from "../helpers/fakeMessenger.ts";
import { cleanUp, couloir, done, emptyFolder, failed, json, serve, type Ended, type Served } from "./harness.ts";

describe("commands about invite codes", () => {
  let served: Served;
  let caucus: GroupId;

  beforeEach(async () => {
    served = await serve();
    caucus = await served.messenger.createCaucus("Fish");
  });
  afterEach(cleanUp);
  const run = (...words: readonly string[]): Promise<Ended> => couloir(served, ...words);

  const options = (): unknown => served.messenger.asked.at(-1)?.[2];

  it("invite says what the code is to be, and nothing else", async () => {
    done(await run("invite", "Fish"));
    assert.deepEqual(options(), {});
    done(await run("invite", "Fish", "--uses", "5", "--expires", "2h", "--approval", "--history", "all"));
    assert.deepEqual(options(), { uses: 5, ttl: 7_200_000, approval: true, history: "all" });
    for (const [words, ms] of [
      ["90s", 90_000],
      ["30m", 1_800_000],
      ["366d", 366 * 86_400_000],
    ] as const) {
      done(await run("invite", "Fish", "--expires", words));
      assert.deepEqual(options(), { ttl: ms });
    }
    for (const words of ["0h", "367d", "2", "h", "-2h", "2w", "1e3h", "always"])
      assert.equal((await run("invite", "Fish", "--expires", words)).code, 2, words);
    for (const uses of ["0", "10001", "x"]) assert.equal((await run("invite", "Fish", "--uses", uses)).code, 2, uses);
  });

  it("invite --poster is for a hundred, until it is revoked; what is said besides wins", async () => {
    const { stdout } = done(await run("invite", "Fish", "--poster"));
    assert.deepEqual(options(), { uses: 100, ttl: "never" });
    assert.match(stdout, /Good for 100 persons until it is revoked\.\n$/u);
    const made = json(done(await run("invite", "Fish", "--poster", "--uses", "9", "--expires", "3d", "--json")));
    assert.deepEqual(options(), { uses: 9, ttl: 3 * 86_400_000 });
    assert.deepEqual(made, {
      code: `couloir:${caucus.slice(0, 8)}`,
      url: `couloir:${caucus.slice(0, 8)}`,
      expires: Date.UTC(2026, 10, 25, 12),
      invite: inviteId("c0de1"),
    });
  });

  it("invite --page writes a poster that asks for nothing from anywhere, and overwrites none", async () => {
    const page = join(await emptyFolder(), "poster.html");
    const title = "Fish & <b>chips</b> سمك";
    done(await run("invite", "Fish", "--poster", "--approval", "--page", page, "--title", title));
    const written = await readFile(page, "utf8");
    assert.ok(written.includes("Fish &#38; &#60;b&#62;chips&#60;/b&#62; سمك"));
    assert.ok(!written.includes("<b>chips"));
    assert.ok(written.includes(`couloir:${caucus.slice(0, 8)}`));
    for (const { wait, scanInApp } of POSTER_WORDS) assert.ok(written.includes(`${scanInApp} ${wait}`));
    const named = written.replaceAll('xmlns="http://www.w3.org/2000/svg"', "");
    assert.doesNotMatch(named, /https?:|url\(|<script|<link|<img|@import/iu);
    // No code is left over that nobody was shown, and no file that has none.
    served.messenger.asked.length = 0;
    failed(await run("invite", "Fish", "--poster", "--page", page), 2, /there already/u);
    assert.deepEqual(served.messenger.asked, []);
    assert.equal(await readFile(page, "utf8"), written);
    const other = `${page}.other`;
    failed(await run("invite", "Cod", "--poster", "--page", other), 2, /no caucus “Cod”/u);
    await assert.rejects(readFile(other), { code: "ENOENT" });
  });

  it("a poster with a hub's link is read by a camera, one with a bare code by the app", () => {
    const english = POSTER_WORDS.find(({ lang }) => lang === "en");
    const linked = posterPage({ title: "Fish", url: "http://192.168.1.7:8020/#couloir:abc", approval: false });
    assert.ok(
      linked.includes(english!.scan) && !linked.includes(english!.scanInApp) && !linked.includes(english!.wait),
    );
    assert.match(linked, /<svg [^>]*viewBox/u);
  });

  it("invite ls, show and revoke, by id, by its beginning and by the code itself", async () => {
    done(await run("invite", "Fish", "--history", "last", "--last", "20"));
    done(await run("invite", "Fish", "--poster", "--approval"));
    const codes = await served.messenger.codes(caucus);
    assert.deepEqual(json(done(await run("invite", "ls", "Fish", "--json"))), codes);
    const { stdout } = done(await run("invite", "ls", "Fish"));
    assert.match(stdout, /c0de0000 +one person +Me +0 of 1 +.*2026 +last 20/u);
    assert.match(stdout, /c0de1000 +poster +Me +0 of 100 +revoked +approval/u);
    const { code } = codes[1]!;
    const again = json(done(await run("invite", "show", "Fish", "c0de1", "--json")));
    assert.deepEqual(again, { code, url: code, expires: NEVER, invite: codes[1]!.invite });
    failed(await run("invite", "revoke", "Fish", "c0de"), 2, /can mean/u);
    failed(await run("invite", "revoke", "Fish", "couloir:other"), 2, /name it by its id/u);
    const revoked = { caucus, invite: codes[0]!.invite, state: "revoked" };
    assert.deepEqual(json(done(await run("invite", "revoke", "Fish", "c0de0", "--json"))), revoked);
    done(await run("invite", "revoke", "Fish", `http://192.168.1.7:8020/#${code}`));
    assert.deepEqual(served.messenger.asked.at(-1), ["revokeCode", caucus, codes[1]!.invite]);
    const empty = await run("invite", "ls", "Fish");
    assert.equal(empty.stdout, "");
    assert.match(empty.stderr, /No code is open/u);
  });

  it("invite show is refused for a code that another device made", async () => {
    const { invite } = await served.messenger.invite(caucus);
    served.messenger.codesHere = served.messenger.codesHere.map((view) => {
      const { code, ...others } = view;
      assert.ok(code);
      return { ...others, name: "Bo" };
    });
    failed(await run("invite", "show", "Fish", invite.slice(0, 8)), 4, /one of Bo/u);
    assert.match(done(await run("invite", "ls", "Fish")).stdout, /made elsewhere/u);
  });

  it("invite waiting, approve and refuse", async () => {
    const [eve, gus] = ["e0e0", "9a59"].map((seed, i): WaitingView => {
      const profile = { name: ["Eve", "Gus"][i]!, flag: "FR", delegation: "" };
      const heard = { since: 0, lastHeard: 0, invite: inviteId("c0de") };
      return { person: personId(seed), ...profile, ...heard, trust: "unverified", guest: i === 1 };
    }) as [WaitingView, WaitingView];
    served.messenger.waitingHere = [eve, gus];
    assert.deepEqual(json(done(await run("invite", "waiting", "Fish", "--json"))), [eve, gus]);
    assert.match(done(await run("invite", "waiting", "Fish")).stdout, /9a590000 +Gus +FR +\S+ +unverified, guest/u);
    const approved = json(done(await run("invite", "approve", "Fish", "eve", "--json")));
    assert.deepEqual(approved, { caucus, person: eve.person, state: "approved" });
    const refused = json(done(await run("invite", "refuse", "Fish", "9a59", "--json")));
    assert.deepEqual(refused, { caucus, person: gus.person, state: "refused" });
    assert.deepEqual(served.messenger.asked.slice(-2), [
      ["approve", caucus, eve.person],
      ["refuse", caucus, gus.person],
    ]);
    failed(await run("invite", "approve", "Fish", "Eve"), 2, /no person who waits “Eve”: there is none yet/u);
    assert.match((await run("invite", "waiting", "Fish")).stderr, /Nobody waits/u);
  });
});
