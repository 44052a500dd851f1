/** A second browser becomes a device of somebody's: by the code on its screen, and signs that both compare. */
import assert from "node:assert/strict";
import type { GroupId, PersonId } from "../../src/types.ts";
import { LAPTOP, type Delegate } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import { describeWeb, WebVenue } from "../helpers/webVenue.ts";

describeWeb("web: linked", function () {
  this.timeout(120_000);
  this.bail(true);
  let web: WebVenue;
  let ana: Delegate;
  let desk: Delegate;
  let finance: GroupId;
  const hub = () => web.node("Hub");
  const signs = (who: Delegate): Promise<string[]> => who.page.locator("dialog .signs li").allInnerTexts();

  before(async () => {
    web = await WebVenue.open("Hub", "Ana", "Desk");
    const url = await web.hub("Hub");
    ana = await web.sits("Ana");
    await ana.opens(url);
    await ana.joins({ name: "Ana Kovač", country: "HR" });
    desk = await web.sits("Desk", LAPTOP);
    await desk.opens(url);
    const person = await until(
      "the hub sees her",
      async () => (await hub().people()).find(({ name, online }) => online && name === "Ana Kovač")?.person,
    );
    finance = (
      await hub().ask<{ caucus: GroupId }>("caucus", "new", "Finance, small table", "--with", person as PersonId)
    ).caucus;
    await ana.presses("Look");
    await ana.presses("Accept");
    await hub().ask("send", finance, "Shall we say “should”?");
    await ana.enters("Finance, small table");
    await ana.sees("Shall we say “should”?");
    await ana.presses("Back");
  });
  after(async () => web?.close());

  it("the new one shows a code, her phone reads it, and both compare", async () => {
    await desk.presses("I use Couloir on another device already");
    await desk.page.getByLabel("What this device is called").fill("The desk");
    await desk.presses("Show the code");
    await desk.page.locator("dialog .qr__code").waitFor();
    const buffer = await desk.page.locator("dialog .qr").screenshot();

    await ana.page.getByRole("button", { name: "Settings" }).click();
    await ana.presses(/^Devices/u);
    await ana.presses("Link a device");
    const photo = { name: "desk.png", mimeType: "image/png", buffer };
    await ana.page.locator("dialog input[type=file]").last().setInputFiles(photo);
    await ana.finds("The desk becomes a device of yours");
    await desk.finds("This becomes a device of Ana Kovač");
    const seen = await signs(ana);
    assert.equal(seen.length, 7);
    assert.deepEqual(await signs(desk), seen);
  });

  it("both say yes, and the desk reads what was said", async () => {
    await ana.presses("The same on both");
    await desk.presses("The same on both");
    await ana.finds("The desk is a device of yours now");
    await ana.presses("Done");
    await ana.page.getByRole("dialog").getByText("The desk").waitFor();
    await desk.finds("This is a device of yours now");
    await desk.presses("Go on");
    await desk.enters("Finance, small table");
    await desk.sees("Shall we say “should”?");
    await desk.says("We can live with it.");
    await until("the hub has it from her", async () =>
      (await hub().history(finance)).some((line) => line.text === "We can live with it." && line.name === "Ana Kovač"),
    );
    desk.browser.assertWell();
  });

  it("she takes it out, for ever", async () => {
    await ana.presses("Take out");
    await ana.presses("Take it out");
    await ana.page.getByRole("dialog").getByText("Taken out", { exact: true }).waitFor();
    await desk.finds("This device was taken out by another device of yours.");
    ana.browser.assertWell();
  });
});
