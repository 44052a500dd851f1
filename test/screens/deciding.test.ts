/** What cannot be taken back is asked about on the screen: words on record, and admins' decisions. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Over } from "../../web/app/router.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("what is asked about first", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open("governed=1");
    await page.locator(".line", { hasText: "Draft 7" }).click();
    await page.locator(".entry").first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const calls = (): Promise<string[]> =>
    page.evaluate(() => demo.backend.calls.filter((call) => !call.startsWith("markRead")));
  const lay = (over: "readers" | "menu" | "invite"): Promise<void> =>
    page.evaluate((wanted) => {
      const { place } = demo.boot.router.route.value;
      if (place.at === "caucus") demo.boot.router.open({ over: wanted, caucus: place.caucus } satisfies Over);
    }, over);
  const press = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" }).click();

  it("says a draft on record only after it has said what that means", async () => {
    const field = page.locator(".composer textarea");
    await field.fill("We agree to should.");
    await press("Emoji");
    await press("Say it on record");
    const dialog = page.getByRole("dialog");
    assert.equal(await dialog.getByRole("textbox").inputValue(), "We agree to should.");
    assert.match(await dialog.innerText(), /cannot be taken back/);
    assert.deepEqual(await calls(), []);
    await press("Sign and say it");
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(await calls(), ["send We agree to should. on record"]);
    assert.equal(await field.inputValue(), "");
    await page.locator(".entry", { hasText: "We agree to should." }).getByText("signed by your own key").waitFor();
  });

  it("lets a second admin do the same, and not the first one again", async () => {
    await lay("readers");
    await page.getByText("Léa Martin wants to remove Amina Njoroge.").waitFor();
    assert.equal(await page.getByRole("button", { name: /Make an admin too/ }).count(), 0);
    await press(/^Remove too\s+Amina Njoroge$/);
    assert.ok((await calls()).some((call) => call.startsWith("remove ")));
  });

  it("asks once more before somebody becomes an admin, and says that it takes two", async () => {
    await lay("readers");
    await press(/^BR Lucas Prado/);
    await press(/Make an admin/);
    await page.getByText("It takes two admins").waitFor();
    assert.deepEqual(await calls(), []);
    await press("Make an admin");
    assert.match((await calls()).join(), /^setRole \w+ admin$/);
  });

  it("grants nothing of the past unless it is chosen", async () => {
    await lay("invite");
    await page.locator("dialog .qr__code").waitFor();
    assert.deepEqual(await calls(), ["invite none"]);
    await page.getByText("What they may read of before").first().click();
    await page.getByText("Pinned", { exact: true }).last().click();
    await page.getByText("They also read what is pinned").waitFor();
    await page.waitForFunction(() => demo.backend.calls.includes("invite pinned"));
    assert.deepEqual(await calls(), ["invite none", "invite pinned"]);
  });
});
