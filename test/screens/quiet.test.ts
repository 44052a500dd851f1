/** Plenary and pocket mode. Needs Chromium. */
import assert from "node:assert/strict";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("a device that is to be silent", function () {
  let pages: DemoPages;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());

  it("shows a call as a line, fills no screen, shakes nothing, and says so until it is ended with one press", async () => {
    const page = await pages.open("tables=1");
    await page.evaluate(() => {
      const [caucus] = demo.backend.messenger.venue.caucuses;
      if (caucus) demo.play.call(demo.backend.messenger, caucus.caucus, { until: Date.now() + 120_000 });
    });
    await page.locator("dialog.now[open]").waitFor();
    await page.evaluate(() => {
      Object.assign(navigator, { vibrate: () => void Object.assign(globalThis, { shaken: true }) });
      const stage = demo.boot.stage.value;
      if (stage.stage === "in") stage.controller.preferences.quiet.set({ plenary: Date.now() + 3_600_000 });
    });
    await page.locator(".plenary__line--call").waitFor();
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await page.getByText(/^Plenary: silent until/u).waitFor();
    await page.locator(".line").first().click();
    await page.locator(".composer").waitFor();
    assert.ok(await page.locator(".plenary").isVisible());
    assert.equal(await page.evaluate(() => "shaken" in globalThis), false);
    await page.getByRole("button", { name: "End", exact: true }).click();
    await page.locator(".plenary").waitFor({ state: "detached" });
    await page.locator("dialog.now[open]").waitFor();
    await page.close();
  });

  it("covers everything, over a reload, until a key is held", async () => {
    const page = await pages.open("kept=1");
    await page.getByRole("button", { name: "Quiet", exact: true }).waitFor();
    await page.locator(".line", { hasText: "Draft 7" }).first().click();
    await page.keyboard.press("Alt+KeyP");
    const covered = async () => {
      await page.locator("dialog.pocket[open]").waitFor();
      await page.waitForFunction(() => document.title === "Couloir");
      // What a screen reader finds, and what can be seen.
      assert.doesNotMatch(await page.locator("body").ariaSnapshot(), /Draft|Lucas|Caucuses/u);
      assert.equal(await page.locator(".app").isVisible(), false);
    };
    await covered();
    await page.reload();
    await covered();
    const key = page.locator(".pocket__key");
    await key.click();
    await page.mouse.click(5, 5);
    await covered();
    await key.hover();
    await page.mouse.down();
    await page.locator("dialog.pocket").waitFor({ state: "detached" });
    await page.mouse.up();
    await page.locator(".app").waitFor();
    await page.close();
  });

  it("is uncovered by Esc or Enter where there is a keyboard", async () => {
    const page = await pages.open();
    await page.getByRole("button", { name: "Quiet", exact: true }).waitFor();
    for (const key of ["Escape", "Enter"]) {
      await page.keyboard.press("Alt+KeyP");
      await page.locator("dialog.pocket[open]").waitFor();
      await page.keyboard.press(key);
      await page.locator("dialog.pocket").waitFor({ state: "detached" });
    }
    await page.close();
  });

  it("asks the browser for notifications when its person switches them on, and says plainly where there are none", async () => {
    await pages.browser.context.grantPermissions(["notifications"]);
    const page = await pages.open();
    await page.evaluate(() => {
      const ask = Notification.requestPermission.bind(Notification);
      Object.assign(globalThis, { asked: 0 });
      Notification.requestPermission = () => {
        Object.assign(globalThis, { asked: 1 });
        return ask();
      };
    });
    const asked = () => page.evaluate(() => (globalThis as { asked?: number }).asked);
    await pages.go(page, { at: "settings" });
    const notify = page.getByRole("checkbox", { name: /^Notifications/u });
    await notify.waitFor();
    assert.deepEqual([await asked(), await notify.isChecked()], [0, false]);
    await notify.check();
    await page.getByRole("checkbox", { name: /^Show what was said/u }).waitFor();
    assert.equal(await asked(), 1);
    assert.equal(await page.getByRole("checkbox", { name: /^Show what was said/u }).isChecked(), false);
    await pages.go(page, { at: "people" });
    await page.evaluate(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
    await pages.go(page, { at: "settings" });
    await page.getByText(/^This page cannot notify/u).waitFor();
    assert.equal(await notify.count(), 0);
    await page.close();
    await pages.browser.context.clearPermissions();
  });
});
