/** Once this device is wiped, the page holds nothing of what it showed. Needs Chromium. */
import assert from "node:assert/strict";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("a page that was wiped", function () {
  let pages: DemoPages;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());

  it("has no name, word or picture left, on the screen, behind it or in its history", async () => {
    const page = await pages.open();
    await page.locator(".line", { hasText: "Draft 7" }).click();
    const photo = page.locator(".entry", { has: page.getByRole("button", { name: /^Photo/u }) }).first();
    await photo.getByRole("button", { name: /^Photo/u }).click();
    const full = page.locator("dialog img").first();
    await full.waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>("dialog img")?.src.startsWith("blob:"));
    const url = (await full.getAttribute("src")) ?? "";
    assert.match(url, /^blob:/u);
    await page.keyboard.press("Escape");
    const names = await page.evaluate(() => demo.backend.messenger.venue.people.map(({ name }) => name));
    const shown = (): Promise<string> => page.evaluate(() => document.documentElement.outerHTML + document.title);
    assert.ok(names.some((name) => name === "Ingrid Dahl"));
    assert.match(await shown(), /Ingrid Dahl/u);
    await page.evaluate(() => demo.boot.router.open({ over: "wipe" }));
    await page.getByLabel("Type “wipe” to go on").fill("wipe");
    await page.getByRole("button", { name: "Wipe now" }).click();
    await page.getByText("Nothing of yours is left here.").waitFor();
    const left = await shown();
    for (const name of [...names, "Draft 7", "Norway, then Brazil", "data:image", "blob:"])
      assert.ok(!left.includes(name), `${name} is left`);
    const gone = await page.evaluate(
      (address) =>
        new Promise<boolean>((done) => {
          const image = new Image();
          image.addEventListener("load", () => done(false));
          image.addEventListener("error", () => done(true));
          image.src = address;
        }),
      url,
    );
    assert.ok(gone, "the picture can still be had");
    assert.equal(await page.evaluate(() => demo.boot.stage.value.stage), "wiped");
    await page.goBack().catch(() => undefined);
    assert.deepEqual(await page.evaluate(() => history.state?.route), { place: { at: "caucuses" } });
    assert.equal(await page.getByRole("button", { name: "Begin anew" }).count(), 1);
    await page.close();
  });
});
