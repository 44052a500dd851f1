/** Two phones that a hub brought together talk directly, go on when it dies, and find it again when it is back. */
import type { GroupId } from "../../src/types.ts";
import type { Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

describeWeb("web: without the hub", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let url: string;
  let caucus: GroupId;
  let [ana, omar] = [] as unknown as [Delegate, Delegate];

  before(async () => {
    web = await WebVenue.open("Hub", "Ana", "Omar");
    url = await web.hub("Hub");
    caucus = await web.caucus("Hub", "Coffee, corridor B");
    [ana, omar] = [await web.sits("Ana"), await web.sits("Omar")];
    await ana.opens(await web.link("Hub", caucus));
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await omar.opens(await web.link("Hub", caucus));
    await omar.joins({ name: "Omar Haddad", country: "JO" });
  });
  after(() => web?.close());

  it("they reach each other directly", async () => {
    // A newcomer reads what is said from then on.
    await ana.finds("2 of 2 here");
    await ana.says("Are you at the coffee?");
    await omar.sees("Are you at the coffee?");
    for (const one of [ana, omar]) {
      await one.presses("Back");
      await one.finds("by hub and directly");
      await one.enters("Coffee, corridor B");
    }
  });

  it("and go on when the hub is killed", async () => {
    web.node("Hub").daemon.kill("SIGKILL");
    await web.node("Hub").daemon.ended;
    await omar.says("Yes, second table");
    await ana.sees("Yes, second table");
    await ana.says("Coming");
    await omar.sees("Coming");
    await ana.finds("Reached 1 of 2");
  });

  it("and find it again, with what it missed", async () => {
    await web.hub("Hub");
    await until("the hub has everything", async () => {
      const texts = await web.node("Hub").texts(caucus);
      return ["Are you at the coffee?", "Yes, second table", "Coming"].every((text) => texts.includes(text));
    });
    await ana.finds("Reached 2 of 2");
    await web.node("Hub").ask("send", caucus, "I am back");
    for (const one of [ana, omar]) await one.sees("I am back");
    for (const { browser } of [ana, omar]) browser.assertWell(/ERR_|WebSocket connection|status of 503/u);
  });

  it("a newcomer finds the app where it was", async () => {
    await ana.page.goto(url);
    await ana.enters("Coffee, corridor B");
    await ana.sees("I am back");
  });
});
