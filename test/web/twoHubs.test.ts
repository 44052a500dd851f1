/** Two phones that cannot see each other talk through two hubs at once: one is killed in the middle, and nobody notices. */
import type { GroupId } from "../../src/types.ts";
import type { Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

const TITLE = "Coffee, corridor B";

describeWeb("web: two hubs", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let caucus: GroupId;
  let [ana, omar] = [] as unknown as [Delegate, Delegate];
  const linked = async (name: string): Promise<number> => (await web.node(name).ask<{ peers: number }>("status")).peers;

  before(async () => {
    web = await WebVenue.open("Hub", "Second", "Ana", "Omar");
    // All that is between the phones goes through a hub.
    await web.venue.cut([web.node("Ana")], [web.node("Omar")]);
    await web.hub("Hub");
    caucus = await web.caucus("Hub", TITLE);
    [ana, omar] = [await web.sits("Ana"), await web.sits("Omar")];
    await ana.opens(await web.link("Hub", caucus));
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    await omar.opens(await web.link("Hub", caucus));
    await omar.joins({ name: "Omar Haddad", country: "JO" });
    await ana.finds("2 of 2 here");
  });
  after(() => web?.close());

  it("both pages come to the second one by themselves", async () => {
    await web.hub("Second");
    await until("the second hub has the first one and both phones", async () => (await linked("Second")) === 3);
    await ana.says("Are you at the coffee?");
    await omar.sees("Are you at the coffee?");
  });

  it("when the first is killed, they go on in the same breath", async () => {
    web.node("Hub").daemon.kill("SIGKILL");
    await omar.says("Yes, second table");
    await ana.sees("Yes, second table");
    await ana.says("Coming");
    await omar.sees("Coming");
  });

  it("when it is back it has all, and the second may go", async () => {
    await web.node("Hub").daemon.ended;
    await web.hub("Hub");
    await until("the first hub has everybody", async () => (await linked("Hub")) === 3);
    await until("and everything", async () => (await web.node("Hub").texts(caucus)).length === 3);
    web.node("Second").daemon.kill("SIGKILL");
    await ana.says("Two sugars?");
    await omar.sees("Two sugars?");
    // A hub that is only starting says that it has nothing to say yet.
    for (const { browser } of [ana, omar]) browser.assertWell(/ERR_|WebSocket connection|status of 503/u);
  });
});
