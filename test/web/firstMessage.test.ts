/** A delegate with nothing but a phone: from a colleague's code to words that are read. */
import assert from "node:assert/strict";
import type { GroupId } from "../../src/types.ts";
import type { Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

/** What the product promises, from the page's address to the first message read on the other side. */
const WITHIN_MS = 30_000;
/** Name, country, Join, the words, Send. */
const TAPS = 6;

describeWeb("web: the first message from a phone", function () {
  this.timeout(120_000);
  let web: WebVenue | undefined;
  let caucus: GroupId;
  let ana: Delegate;

  before(async () => {
    web = await WebVenue.open("Hub", "Phone");
    await web.hub("Hub");
  });
  after(() => web?.close());

  it("is read on the other side half a minute after the code was scanned", async () => {
    caucus = await web!.caucus("Hub", "Draft 7: paragraph 4");
    const link = await web!.link("Hub", caucus);
    ana = await web!.sits("Phone");
    const began = performance.now();
    await ana.opens(link);
    await ana.finds("A locked phone receives nothing");
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await ana.says("We can live with 31 March.");
    await until("the hub reads it", async () => (await web!.node("Hub").texts(caucus)).length === 1);
    const took = Math.round(performance.now() - began);
    console.log(`      ${took} ms, ${ana.taps} taps`);
    assert.ok(took <= WITHIN_MS, `it took ${took} ms`);
    assert.ok(ana.taps <= TAPS, `it took ${ana.taps} taps`);
    assert.equal(await ana.isTrusted(), false);
    await web!.node("Hub").ask("send", caucus, "Welcome, Ana.");
    await ana.sees("Welcome, Ana.");
    await ana.finds("Whoever runs this Wi-Fi could alter the page");
    ana.browser.assertWell();
  });

  it("is given other words by its author, and what the other side takes back leaves the page", async () => {
    await ana.page.locator(".entry[data-own]").last().click();
    await ana.presses(/^Change the words/u);
    await ana.page.locator("dialog textarea").fill("We can live with 1 April.");
    await ana.presses("Change", ana.page.getByRole("dialog"));
    const texts = async () => (await web!.node("Hub").texts(caucus)).join("; ");
    await until("the hub reads it", async () => (await texts()) === "We can live with 1 April.; Welcome, Ana.");
    const welcome = (await web!.node("Hub").history(caucus)).find(({ text }) => text === "Welcome, Ana.")!.message;
    await web!.node("Hub").ask("withdraw", caucus, welcome);
    await ana.sees(/took this back/u);
    assert.equal(await ana.page.getByText("Welcome, Ana.").count(), 0);
    ana.browser.assertWell();
  });

  it("and closed to a later quantum computer soon after, by what the page loads for that alone", async () => {
    await until("it is", async () => (await web!.node("Hub").caucus(caucus))?.quantum === true, 60_000);
  });
});
