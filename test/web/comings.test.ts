/** Pages come and go: closed and opened, loaded anew in the middle of a sentence, opened twice; daemons restart. */
import assert from "node:assert/strict";
import type { GroupId, PersonView } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const TITLE = "Timetables";
const MINUTES = 14;

describeWeb("web: pages that come and go", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let url: string;
  let caucus: GroupId;
  let ana: Delegate;
  const hub = () => web.node("Hub");
  const count = async (text: string): Promise<number> =>
    (await hub().texts(caucus)).filter((one) => one === text).length;

  before(async () => {
    web = await WebVenue.open("Hub", "Ana");
    url = await web.hub("Hub");
    caucus = await web.caucus("Hub", TITLE);
    ana = await web.sits("Ana");
    await ana.opens(await web.link("Hub", caucus));
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await ana.says("Ana is here");
    await until("the hub reads her", async () => (await count("Ana is here")) === 1);
  });
  after(() => web?.close());

  it("words that are sent right after joining are not lost with the page", async () => {
    // Much goes to disk at that moment; what was told to go does not wait for it.
    await ana.writes("and another thing");
    await ana.page.getByRole("button", { name: "Send", exact: true }).click({ noWaitAfter: true });
    await ana.page.reload();
    await ana.enters(TITLE);
    await ana.sees("and another thing");
    await until("the hub reads it", async () => (await count("and another thing")) === 1);
  });

  it("a page that was closed while others wrote fetches it and says how much", async () => {
    const old = ana.page;
    ana.page = await ana.browser.context.newPage();
    ana.page.setDefaultTimeout(30_000);
    await old.close();
    for (let n = 1; n <= 5; n += 1) await hub().ask("send", caucus, `while she was away ${n}`);
    await ana.page.clock.setSystemTime(Date.now() + MINUTES * 60_000);
    await ana.opens(url);
    await ana.finds(`You were away ${MINUTES} minutes. 5 messages fetched.`);
    await ana.enters(TITLE);
    await ana.finds(/^5 new since/u);
    await ana.sees("while she was away 5");
    await ana.presses("Close", ana.page.locator(".away-note").filter({ visible: true }));
  });

  it("a page behind a locked screen is back at once, with what came meanwhile, and says how much", async () => {
    const linked = async (): Promise<number> => (await hub().ask<{ peers: number }>("status")).peers;
    await until("the hub has her", async () => (await linked()) === 1);
    // The page's clock is ahead by the first absence already.
    await ana.page.clock.setSystemTime(Date.now() + 2 * MINUTES * 60_000);
    ana.browser.sleep();
    await until("the hub has lost her", async () => (await linked()) === 0);
    for (let n = 1; n <= 3; n += 1) await hub().ask("send", caucus, `behind the locked screen ${n}`);
    ana.browser.wake();
    // What a browser tells its page when the screen is unlocked.
    await ana.page.evaluate(() => document.dispatchEvent(new Event("resume")));
    await ana.sees("behind the locked screen 3");
    await ana.finds(/^You were away 1[34] minutes\. 3 messages fetched\.$/u);
  });

  it("a page that is loaded anew in the middle of sending loses and doubles nothing", async () => {
    await ana.opens(url);
    await ana.enters(TITLE);
    // Her clock was set on twice: in so long a time the hub had shown itself again. What it has to show makes it do so now.
    await hub().ask("caucus", "new", "Corridor B", "--open");
    await ana.finds("1 of 1 here");
    const said = Array.from({ length: 8 }, (_, at) => `said ${at + 1}`);
    for (const [at, text] of said.entries()) {
      await ana.writes(text);
      await ana.page.getByRole("button", { name: /^(Send|Keep and send later)$/u }).click({ noWaitAfter: true });
      // At another moment each time: before anything, and well into it.
      await ana.page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), at * 7);
      await ana.page.reload();
      await ana.enters(TITLE);
      const field = ana.page.getByRole("textbox", { name: "Write" });
      await until("it is said, or still to be said", async () => {
        const [draft, lines] = [await field.inputValue(), await ana.reads()];
        return draft === text || lines.includes(text);
      });
      if ((await field.inputValue()) === text) await ana.presses(/^(Send|Keep and send later)$/u);
      await ana.sees(text);
    }
    for (const text of said) await until(`the hub has "${text}"`, async () => (await count(text)) > 0);
    await ana.says("that was all");
    await until("the hub has all", async () => (await count("that was all")) === 1);
    for (const text of said) assert.equal(await count(text), 1, text);
    assert.deepEqual((await ana.reads()).slice(-9), [...said, "that was all"]);
  });

  it("a second tab is the same person, and stays when the first one goes", async () => {
    const first = ana.page;
    const second = await ana.browser.context.newPage();
    second.setDefaultTimeout(30_000);
    ana.page = second;
    await ana.opens(url);
    await ana.enters(TITLE);
    await ana.says("from the second tab");
    ana.page = first;
    await ana.sees("from the second tab");
    await ana.says("from the first tab");
    ana.page = second;
    await ana.sees("from the first tab");
    await first.close();
    await ana.says("the second tab alone");
    for (const text of ["from the second tab", "from the first tab", "the second tab alone"]) {
      await until(`the hub has "${text}"`, async () => (await count(text)) > 0);
      assert.equal(await count(text), 1, text);
    }
    const others = (await hub().people()).filter(({ name }: PersonView) => name === "Ana Kovač");
    assert.equal(others.length, 1);
    ana.browser.assertWell();
  });

  it("a daemon's page goes on when its daemon was started again", async () => {
    const owner = await web.sits("Hub", LAPTOP);
    await owner.opens(hub().daemon.ui);
    await owner.enters(TITLE);
    await owner.sees("the second tab alone");
    await hub().down();
    await web.hub("Hub");
    await ana.says("welcome back");
    await owner.sees("welcome back");
    await owner.says("thank you");
    await ana.sees("thank you");
    owner.browser.assertWell(
      /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|503/u,
    );
  });
});
