/** Naming somebody in what one writes, and being named. Needs Chromium. */
import assert from "node:assert/strict";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("a name with @", function () {
  let pages: DemoPages;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());

  it("is chosen by keys alone, and Enter takes it before it sends", async () => {
    const page = await pages.open();
    await page.locator(".line", { hasText: "Draft 7" }).first().click();
    const field = page.locator(".composer textarea");
    await field.pressSequentially("Ask @");
    await page.locator(".name-choice [role=option]").nth(3).waitFor();
    await field.press("ArrowDown");
    await page.locator(".name-choice li:nth-child(2)[aria-selected=true]").waitFor();
    await field.pressSequentially("lea");
    await page.locator(".name-choice li:only-child").waitFor();
    await field.press("Enter");
    await page.locator(".name-choice").waitFor({ state: "detached" });
    assert.equal(await field.inputValue(), "Ask @Léa Martin ");
    await field.pressSequentially("and @");
    await page.locator(".name-choice").waitFor();
    await field.press("Escape");
    await page.locator(".name-choice").waitFor({ state: "detached" });
    assert.equal(await field.inputValue(), "Ask @Léa Martin and @");
    assert.equal(await page.locator(".entry", { hasText: "Ask @" }).count(), 0);
    await page.close();
  });

  it("is shown as who it is by now, marked where it is the reader, and as plain words where it names nobody", async () => {
    const page = await pages.open();
    const line = page.locator(".line", { hasText: "Draft 7" }).first();
    assert.match((await line.locator(".count").textContent()) ?? "", /@\s*4.*Names you/u);
    await line.click();
    const entry = page.locator(".entry", { has: page.locator(".named") });
    assert.equal(await entry.locator(".named[data-own]").textContent(), "@Ana Kovač");
    await entry.locator(".names-you").waitFor();
    await page.close();
  });

  it("lets a caucus stand out only where it names one", async () => {
    const page = await pages.open();
    const counts = (count: string) => page.waitForFunction((start) => document.title.startsWith(start), `(${count})`);
    await counts("5");
    await page.evaluate(() => {
      const stage = demo.boot.stage.value;
      const [first] = stage.stage === "in" ? stage.controller.sorted.value : [];
      if (first) demo.boot.router.open({ over: "menu", caucus: first.caucus });
    });
    for (const [choice, count] of [
      ["My name", "2"],
      ["Nothing", "1"],
      ["All", "5"],
    ] as const) {
      await page.getByRole("button", { name: choice, exact: true }).click();
      await counts(count);
    }
    await page.close();
  });
});
