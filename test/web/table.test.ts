/** Two phones and a daemon with its own page: each of the negotiation's tools once, from one to the other. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { GroupId } from "../../src/types.ts";
import type { BoardView, CallView, HuddleView, RollCallView, TableView } from "../../src/types/tools.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

describeWeb("web: what lies on the table", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let caucus: GroupId;
  let [ana, omar] = [] as unknown as [Delegate, Delegate];

  before(async () => {
    web = await WebVenue.open("Hub", "Ana", "Omar");
    await web.hub("Hub");
    caucus = await web.caucus("Hub", "Draft 7");
    [ana, omar] = [await web.sits("Ana"), await web.sits("Omar")];
    await ana.opens(await web.link("Hub", caucus));
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await omar.opens(await web.link("Hub", caucus));
    await omar.joins({ name: "Omar Haddad", country: "JO" });
    for (const one of [ana, omar]) await one.finds("2 of 2 here");
  });
  after(() => web?.close());

  const hub = <T>(...args: readonly string[]): Promise<T> => web.node("Hub").ask<T>(...args);
  const table = (): Promise<TableView> => hub<TableView>("table", caucus);
  /** Begins one, from the key beside the composer. */
  const begins = async (one: Delegate, tool: RegExp): Promise<void> => {
    await one.presses("Lay on the table, files");
    await one.presses(tool, one.page.getByRole("dialog"));
  };

  it("a roll call is read, and says so where it was called", async () => {
    const { message } = await hub<RollCallView>("roll", "call", caucus, "Be in the room at 15:50");
    for (const one of [ana, omar]) await one.finds("Be in the room at 15:50");
    await ana.presses("I have read it");
    await ana.finds("You have said that you read it.");
    await until("the hub knows who says that they read it", async () => {
      const { people } = await hub<RollCallView>("roll", "show", caucus, message);
      return people.some(({ name, saidSo }) => name === "Ana Kovač" && saidSo !== undefined);
    });
  });

  it("people come to a huddle, late, or not at all", async () => {
    await begins(ana, /^Huddle/u);
    await ana.page.getByLabel("What about").fill("Who speaks first");
    await ana.page.getByLabel("Where", { exact: true }).fill("Corridor B");
    await ana.presses("Call the huddle");
    await omar.finds("Who speaks first");
    await omar.presses("5 min late");
    const answered = (words: string, code: string): Promise<void> =>
      ana.page.locator(".answers > div", { hasText: words }).getByText(code).waitFor();
    await answered("5 min late", "JO");
    await answered("Coming", "HR");
    const huddle = await until("the hub has it", async () => (await table()).huddles[0]);
    await hub<HuddleView>("answer", caucus, huddle.message, "absent");
    await ana.page.locator(".answers > div", { hasText: "Can’t" }).getByText("1", { exact: true }).waitFor();
  });

  it("a board counts what delegations say themselves, and hearsay apart", async () => {
    await begins(ana, /^Count me in/u);
    await ana.page.getByLabel("The proposition").fill("Keep 31 March.");
    await ana.page.getByLabel("More delegations").fill("KE, NO");
    await ana.page.getByLabel(/^Or a number/u).fill("2");
    await ana.presses("Lay it on the table");
    await omar.finds("Keep 31 March.");
    await omar.finds("Needs 2 more");
    await omar.presses("Open the board");
    const board = omar.page.getByRole("dialog");
    await omar.presses("Support", board);
    await omar.finds("Needs 1 more");
    await board.getByRole("button", { name: "Support", exact: true, pressed: true }).waitFor();
    await omar.presses(/^I’ll ask\s+Norway$/u, board);
    await omar.finds("Asked by You");
    const { message } = await until("the hub has it", async () => (await table()).boards[0]);
    const said = await hub<BoardView>("board", "stand", caucus, message, "KE", "support", "--by", "JO");
    assert.deepEqual(said.for, { own: 1, hearsay: 1 });
    await ana.finds("2 for: 1 said so, 1 by hearsay");
    await ana.presses("Open the board");
    await ana.finds("Asked by Omar Haddad");
    const download = ana.page.waitForEvent("download");
    await ana.presses("Save as CSV");
    const csv = await readFile(await (await download).path(), "utf8");
    assert.match(csv, /^JO,support,own,Omar Haddad,/mu);
    assert.match(csv, /^KE,support,hearsay,/mu);
    for (const one of [ana, omar]) await one.presses("Close", one.page.getByRole("dialog"));
  });

  it("a call fills every screen until the first has it, on a daemon's page as well", async () => {
    const desk = await web.sits("Hub", LAPTOP);
    await desk.opens(web.node("Hub").daemon.ui);
    await desk.finds("Draft 7");
    await ana.page.getByRole("textbox", { name: "Write" }).focus();
    await begins(omar, /^Now!/u);
    await omar.page.getByLabel("What for").fill("Keep the date");
    await omar.presses("Call now (2 here)");
    for (const one of [ana, desk]) {
      const full = one.page.getByRole("alertdialog", { name: "Take the floor" });
      await full.getByText("Keep the date").waitFor();
      await one.page.locator("dialog.now:focus-within").waitFor();
    }
    assert.equal((await web.node("Hub").lines<CallView>("ringing")).flat().length, 1);
    await ana.presses("I’ve got it", ana.page.getByRole("alertdialog"));
    await desk.page.getByRole("alertdialog", { name: "Ana Kovač has it" }).waitFor();
    await omar.finds("Ana Kovač has it");
    assert.deepEqual((await web.node("Hub").lines<CallView>("ringing")).flat(), []);
    await ana.presses("Close", ana.page.getByRole("alertdialog", { name: "You have it" }));
    assert.equal(await ana.page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Write");
    await begins(omar, /^Now!/u);
    await omar.presses("Call now (2 here)");
    await omar.finds("One call a minute. Wait a little.");
    for (const { browser } of [ana, omar, desk]) browser.assertWell();
  });
});
