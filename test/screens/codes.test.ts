/** Who waits is let in or turned away, a poster is made, printed and revoked, on the screen. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { POSTER_WORDS } from "../../src/content/posterWords.ts";
import type { Demo } from "../../web/app/demo.tsx";
import type { Over } from "../../web/app/router.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("codes on the screens", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open("doorway=1");
    await page.locator(".line", { hasText: "Draft 7" }).click();
    await page.locator(".entry").first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const calls = (): Promise<string[]> =>
    page.evaluate(() => demo.backend.calls.filter((call) => !call.startsWith("markRead")));
  const lay = (over: "menu" | "codes" | "poster"): Promise<void> =>
    page.evaluate((wanted) => {
      const { place } = demo.boot.router.route.value;
      if (place.at === "caucus") demo.boot.router.open({ over: wanted, caucus: place.caucus } satisfies Over);
    }, over);
  const dialog = () => page.getByRole("dialog");
  const press = (name: string | RegExp) =>
    dialog()
      .getByRole("button", { name, exact: typeof name === "string" })
      .click();

  it("says in the menu that people wait, lets one in and turns the other away", async () => {
    await lay("menu");
    await press(/2 people wait to be let in/);
    const rows = dialog().locator("li", { has: page.locator(".person") });
    await rows.filter({ hasText: "Omar Haddad" }).getByRole("button", { name: "Let in" }).click();
    await rows.filter({ hasText: "Omar Haddad" }).waitFor({ state: "detached" });
    await rows.filter({ hasText: "Red Cross" }).getByRole("button", { name: "Turn away" }).click();
    await dialog().getByText("Red Cross observer was turned away, and told so.").waitFor();
    assert.equal(await rows.count(), 0);
    assert.deepEqual(
      (await calls()).map((call) => call.split(" ")[0]),
      ["approve", "refuse"],
    );
  });

  it("shows what each code is for, and only the device's own can be shown again or revoked by who may", async () => {
    await lay("codes");
    await press(/^For one person/);
    await dialog()
      .getByText("Only the device that made it can show it again, and that was one of Léa Martin.")
      .waitFor();
    assert.equal(await dialog().locator(".qr").count(), 0);
    assert.equal(
      await dialog()
        .getByRole("button", { name: /Revoke/ })
        .count(),
      0,
    );
    await lay("codes");
    await press(/7 of 1,000 used/);
    assert.equal(await dialog().locator(".qr").count(), 0);
    await press(/Revoke this code/);
    assert.deepEqual(await calls(), [], "asked once more first");
    await press("Revoke this code");
    await dialog().getByText("Ways into").waitFor();
    assert.deepEqual(await calls(), ["revokeCode"]);
    await dialog().getByText("7 of 1,000 used").waitFor({ state: "detached" });
  });

  it("makes a poster as it is chosen, and paper shows nothing else", async () => {
    await lay("poster");
    await dialog().getByText("Until revoked").click();
    await dialog().getByText("200", { exact: true }).click();
    await dialog().getByRole("switch").or(dialog().locator(".switch")).first().click();
    await press("Make the poster");
    await dialog().locator(".qr__code").first().waitFor();
    const made = await page.evaluate(() =>
      [...demo.backend.messenger.codes.values()].flat().find(({ uses }) => uses === 200),
    );
    const terms = [made?.uses, made?.expires, made?.approval, made?.history];
    assert.deepEqual(terms, [200, 281_474_976_710_656, false, "none"]);
    await dialog().getByLabel("Heading of the poster").fill("Join us");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".poster h1").innerText(), "Join us");
    assert.ok(await page.locator(".poster .qr__code").isVisible());
    // The words of both languages, as the command line prints them; no link, so the bare code.
    const text = await page.locator(".poster").innerText();
    const linked = await page.evaluate(() => demo.backend.inviteLink("couloir:x") !== undefined);
    for (const words of POSTER_WORDS) assert.ok(text.includes(linked ? words.scan : words.scanInApp), words.lang);
    assert.ok(!text.includes(POSTER_WORDS[0]!.wait), "nobody has to let them in");
    assert.equal(await page.locator(".composer").isVisible(), false);
    assert.equal(await dialog().getByRole("button").first().isVisible(), false);
    await page.emulateMedia({ media: "screen" });
    assert.equal(await page.locator(".poster h1").isVisible(), false);
  });
});
