/** Giving one's words another form, taking them back, and being rid of another's. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

describe("what was said", function () {
  let pages: DemoPages;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());

  const opens = async (): Promise<Page> => {
    const page = await pages.open();
    await page.locator(".line", { hasText: "Draft 7" }).first().click();
    const field = page.locator(".composer textarea");
    await field.fill("The text stands.");
    await field.press("Enter");
    await page.locator(".entry", { hasText: "The text stands." }).waitFor();
    return page;
  };
  const closed = (page: Page) => page.locator("dialog[open]").waitFor({ state: "detached" });

  it("is changed by keys alone: up in an empty field, Escape leaves it, Enter says it; and shows all that it said", async () => {
    const page = await opens();
    const field = page.locator(".composer textarea");
    await field.press("ArrowUp");
    const words = page.locator("dialog textarea");
    assert.equal(await words.inputValue(), "The text stands.");
    await page.keyboard.press("Escape");
    await closed(page);
    await field.fill("x");
    await field.press("ArrowUp");
    assert.equal(await page.locator("dialog[open]").count(), 0, "the field is not empty");
    await field.fill("");
    await field.press("ArrowUp");
    await words.fill("The text stands, in brackets.");
    await words.press("Enter");
    await closed(page);
    const entry = page.locator(".entry", { hasText: "in brackets" });
    await entry.getByRole("button", { name: /^Changed,/u }).click();
    const said = page.getByRole("region", { name: "What it has said" }).locator("dd");
    await said.nth(1).waitFor();
    assert.deepEqual(await said.allTextContents(), ["The text stands.", "The text stands, in brackets."]);
    await page.close();
  });

  it("is taken back, or leaves this device alone, once one has agreed", async () => {
    const page = await opens();
    const entries = page.locator(".entry[data-message]");
    await entries.last().hover();
    await entries.last().locator(".entry__keys button").last().click();
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText("Whoever got it may have read it, and kept it.").waitFor();
    await page.locator("dialog").getByRole("button", { name: "Take it back", exact: true }).click();
    await closed(page);
    await page.getByText(/^You took this back, /u).waitFor();
    assert.equal(await page.locator(".entry", { hasText: "The text stands." }).count(), 0);
    const other = page.locator(".entry[data-message]:not([data-own])").last();
    const message = await other.getAttribute("data-message");
    await other.hover();
    await other.locator(".entry__keys button").last().click();
    assert.equal(await page.getByRole("button", { name: "Take it back" }).count(), 0, "another's");
    await page.getByRole("button", { name: "Delete on this device" }).click();
    await page.locator("dialog").getByRole("button", { name: "Delete here", exact: true }).click();
    await closed(page);
    await page.locator(`[data-message="${message}"]`).waitFor({ state: "detached" });
    await page.close();
  });
});
