/** Invitations that are accepted, declined and blocked; answers and marks; one person who moves to another browser by a file, wipes the first, and comes back by a code. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMOJI } from "../../src/content/emoji.ts";
import type { ComparisonView, GroupId, PersonId, RoomCodeView } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { uniqueName } from "../helpers/venueNet.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const PASSPHRASE = "four words without relation";

describeWeb("web: invited", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let url: string;
  let folder: string;
  let [ana, desk] = [] as unknown as [Delegate, Delegate];
  let person: PersonId;
  let finance: GroupId;
  const hub = () => web.node("Hub");
  const invites = async (title: string): Promise<GroupId> =>
    (await hub().ask<{ caucus: GroupId }>("caucus", "new", title, "--with", person)).caucus;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), uniqueName("invited")));
    web = await WebVenue.open("Hub", "Ana", "Desk");
    url = await web.hub("Hub");
    ana = await web.sits("Ana");
    await ana.opens(url);
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    person = await until(
      "the hub sees her",
      async () => (await hub().people()).find(({ name, online }) => online && name === "Ana Kovač")?.person,
    );
  });
  after(async () => {
    await web?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("she accepts, answers, and marks what was said", async () => {
    finance = await invites("Finance, small table");
    await ana.finds("Hub invites you to “Finance, small table”");
    await ana.presses("Look");
    await ana.presses("Accept");
    await until("she is in", async () =>
      (await hub().caucus(finance))?.members.some((one) => one.person === person && one.state === "joined"),
    );
    const { message } = await hub().ask<{ message: string }>("send", finance, "Shall we say “should”?");
    await ana.enters("Finance, small table");
    await ana.sees("Shall we say “should”?");
    const entry = ana.page.locator("li[data-message]").filter({ hasText: "Shall we say" });
    await entry.getByText("Shall we say").tap();
    await ana.presses("🤝", ana.page.getByRole("dialog"));
    await entry.getByText("🤝").waitFor();
    await entry.getByText("Shall we say").tap();
    await ana.presses("Answer", ana.page.getByRole("dialog"));
    await ana.says("We can live with it.");
    await until("the hub has both", async () => {
      const lines = (await hub().history(finance)).filter((line) => line.reply === message);
      return lines.some((line) => line.kind === "reaction" && line.text === "🤝") && lines.length === 2;
    });
    await until("the hub knows that she has read it", async () =>
      (await hub().ask<{ person: PersonId; read: boolean }[]>("receipts", finance, message)).some(
        (one) => one.person === person && one.read,
      ),
    );
  });

  it("she verifies the hub by the code that it shows, and vouches for its app", async () => {
    const { url: shown } = await hub().ask<{ url: string }>("verify");
    // As a phone's camera does it: the page is opened anew.
    await ana.opens("about:blank");
    await ana.opens(shown);
    await ana.finds("You opened somebody’s code");
    await ana.presses("I scanned it");
    await ana.finds("Is it who showed it to you?");
    await ana.presses("It is them");
    await ana.finds("You have checked Hub");
    await ana.presses("I have looked at it");
    await ana.finds("You have looked at the app Hub uses.");
    await ana.presses("Done");
  });

  it("the hub verifies her by emoji that both read aloud", async () => {
    const read = hub().ask<ComparisonView>("verify", person);
    await ana.presses(/Hub wants to compare emoji with you/u);
    await ana.presses("We are together");
    const { emoji = [] } = await read;
    await ana.finds("Read the seven aloud");
    const seen = (await ana.page.locator("dialog .signs li").allInnerTexts()).map((text) => text.toLowerCase());
    assert.equal(seen.length, 7);
    for (const [at, one] of emoji.entries()) assert.ok(seen[at]?.endsWith(EMOJI[one]?.name ?? "?"), seen[at]);
    await ana.presses("The same");
    await ana.finds("You have checked Hub");
    await ana.presses("Done");
    await hub().ask("verify", person, "--match");
    const { members = [] } = (await hub().caucus(finance)) ?? {};
    assert.equal(members.find((one) => one.person === person)?.trust, "verified");
  });

  it("both read the room's code, and she sees in the roster what is known", async () => {
    const read = hub().ask<RoomCodeView>("room", finance);
    await ana.presses(/Hub began a room code in “Finance, small table”/u);
    await ana.presses("Take part");
    const { emoji = [] } = await read;
    await ana.finds("Read the eight aloud, in turn");
    const seen = (await ana.page.locator("dialog .signs li").allInnerTexts()).map((text) => text.toLowerCase());
    assert.equal(seen.length, 8);
    for (const [at, one] of emoji.entries()) assert.ok(seen[at]?.endsWith(EMOJI[one]?.name ?? "?"), seen[at]);
    await ana.presses("All the same");
    await ana.finds("All of you see the same people and devices in this caucus.");
    await ana.presses("Close", ana.page.getByRole("dialog"));
    await ana.enters("Finance, small table");
    await ana.presses(/^Finance, small table/u);
    const row = ana.page.getByRole("dialog").locator(".person").filter({ hasText: "Hub" });
    await row.getByRole("img", { name: "Verified in person" }).waitFor();
    await row.getByText("app looked at").waitFor();
    await ana.finds("Room code was the same");
    await ana.presses("Close", ana.page.getByRole("dialog"));
    ana.browser.assertWell();
  });

  it("she declines, and nobody is told", async () => {
    await ana.presses("Back");
    const caucus = await invites("Not for her");
    await ana.presses("Look");
    await ana.finds("Hub is not told if you decline.");
    await ana.presses("Decline");
    await ana.page.getByText("invites you to").waitFor({ state: "detached" });
    assert.equal(await ana.page.locator(".line").filter({ hasText: "Not for her" }).count(), 0);
    const seen = (await hub().caucus(caucus))?.members.find((one) => one.person === person);
    assert.equal(seen?.state, "invited");
  });

  it("she blocks, and hears of no further invitation", async () => {
    await invites("From a nuisance");
    await ana.presses("Look");
    await ana.presses("Block Hub");
    await ana.presses("Block");
    await ana.page.getByText("invites you to").waitFor({ state: "detached" });
    await invites("From a nuisance, again");
    // What is said in a caucus of both comes after it, by the same way.
    await hub().ask("send", finance, "still talking");
    await ana.enters("Finance, small table");
    await ana.sees("still talking");
    await ana.presses("Back");
    assert.equal(await ana.page.getByText("invites you to").count(), 0);
    ana.browser.assertWell();
  });

  it("she moves to the desk with her identity, her contacts and what was said", async () => {
    await ana.page.getByRole("button", { name: "Settings" }).click();
    await ana.page.getByText("Move to another device").click();
    await ana.page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await ana.page.getByLabel("The same again").fill(PASSPHRASE);
    const download = ana.page.waitForEvent("download");
    await ana.presses("Save a file");
    const path = join(folder, "identity.couloir");
    await (await download).saveAs(path);

    desk = await web.sits("Desk", LAPTOP);
    await desk.opens(url);
    await desk.page.getByText("I have an identity already").click();
    await desk.page.locator("input[type=file]").first().setInputFiles(path);
    await desk.page.getByLabel("Its passphrase").fill(PASSPHRASE);
    await desk.presses("Take it over");
    await desk.page.locator(".line").filter({ hasText: "Finance, small table" }).click();
    await desk.sees("We can live with it.");
    desk.browser.assertWell();
  });

  it("she wipes the phone: nothing is left there, and the others keep what she said", async () => {
    const before = await hub().texts(finance);
    await ana.presses("Close", ana.page.getByRole("dialog"));
    await ana.presses("Wipe this device…");
    await ana.page.getByLabel("Type “wipe” to go on").fill("wipe");
    await ana.presses("Wipe now");
    await ana.finds("Nothing of yours is left here.");
    assert.deepEqual(
      await ana.page.evaluate(async () => [
        (await indexedDB.databases()).map(({ name }) => name),
        Object.entries(localStorage),
        Object.entries(sessionStorage),
      ]),
      [[], [], []],
    );
    await ana.presses("Begin anew");
    await ana.page.getByLabel("Your name").waitFor();
    assert.equal(await ana.page.getByText("Finance, small table").count(), 0);
    assert.ok(before.includes("We can live with it."));
    assert.deepEqual(await hub().texts(finance), before);
    await desk.page.reload();
    await desk.page.locator(".line").filter({ hasText: "Finance, small table" }).click();
    await desk.sees("We can live with it.");
  });

  it("she comes back on it by the code on the desk's screen, and in again by invitation", async () => {
    await desk.presses("Settings");
    await desk.page.getByText("Move to another device").click();
    await desk.page.getByLabel("Passphrase", { exact: true }).fill(PASSPHRASE);
    await desk.page.getByLabel("The same again").fill(PASSPHRASE);
    await desk.presses("Show a code");
    await desk.finds("Scan it with the other device’s camera");
    const link = await desk.scans("Your identity as a code, locked by the passphrase");
    assert.ok(link.startsWith(`${url}#move=`), link);
    await desk.leaves();

    await ana.opens(link);
    await ana.page.reload();
    await ana.finds("Take over the identity whose code you have scanned.");
    await ana.page.getByLabel("Its passphrase").fill(PASSPHRASE);
    const heard = async (): Promise<number> => {
      const [one, ...others] = (await hub().people()).filter(({ name }) => name === "Ana Kovač");
      assert.deepEqual([one?.person, others], [person, []]);
      return one?.lastHeard ?? 0;
    };
    const last = await heard();
    await ana.presses("Take it over");
    await until("the hub hears her from there", async () => (await heard()) > last);
    // She was compared on the phone's keys, and these are others: the hub's person has to look again, or take them so.
    await hub().ask("verify", person, "--accept");
    const again = await invites("Finance, large table");
    await ana.finds("Hub invites you to “Finance, large table”");
    await ana.presses("Look");
    await ana.presses("Accept");
    await ana.enters("Finance, large table");
    await ana.says("Here again");
    await until("the hub reads her", async () => (await hub().texts(again)).includes("Here again"));
    ana.browser.assertWell();
  });
});
