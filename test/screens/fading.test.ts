/** Messages that do not stay, on the screen: chosen, said, marked, gone. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Over } from "../../web/app/router.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";
import { wear } from "../helpers/looks.ts";

declare const demo: Demo;

describe("messages that disappear", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
    await page.locator(".line", { hasText: "Draft 7" }).click();
    await page.locator(".entry").first().waitFor();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const menu = (): Promise<void> =>
    page.evaluate(() => {
      const { place } = demo.boot.router.route.value;
      if (place.at === "caucus") demo.boot.router.open({ over: "menu", caucus: place.caucus } satisfies Over);
    });

  it("are chosen by an admin, with what that means, and said to whoever writes and reads", async () => {
    await menu();
    const dialog = page.getByRole("dialog");
    const choice = dialog.getByRole("group", { name: "Messages disappear" });
    const off = choice.getByRole("button", { name: "Off" });
    assert.equal(await off.getAttribute("aria-pressed"), "true");
    await choice.getByRole("button", { name: "8 hours" }).click();
    await dialog.getByText(/goes from everybody’s devices after 8 hours\. Others can keep what they saw/).waitFor();
    await dialog.getByText(/on record stays, and so does what is laid on the table/).waitFor();
    assert.ok(await page.evaluate(() => demo.backend.calls.includes("setPolicy   28800")));
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByText("You set messages to disappear after 8 hours.").waitFor();
    await page.getByRole("button", { name: "What you write goes after 8 hours" }).click();
    await dialog.getByText("Messages go after 8 hours").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await page.locator(".composer textarea").fill("Until tonight.");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const entry = page.locator(".entry", { hasText: "Until tonight." });
    await entry.getByText("Goes by itself").waitFor({ state: "attached" });
    assert.equal(await page.getByText("Goes by itself").count(), 1, "what was said before stays");
    await entry.getByRole("button", { name: "React, copy, more" }).press("Enter");
    await dialog.getByText(/^Goes (at|on .* at) \d\d:\d\d$/).waitFor();
    await dialog.getByText(/Who saw it can have kept it/).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await page.evaluate(() => {
      const stage = demo.boot.stage.value;
      const line = stage.stage === "in" ? stage.controller.conversation.value?.lines.value.at(-1) : undefined;
      if (line) demo.backend.messenger.erases(line.caucus, line.message);
    });
    await entry.waitFor({ state: "detached" });

    for (const [language, words] of [
      ["ar", "ما تكتبه يختفي بعد"],
      ["zh", "您写的内容将在8小时后消失"],
      ["fr", "Ce que vous écrivez s’efface au bout de 8"],
      ["ru", "Написанное исчезнет через 8 часов"],
      ["es", "Lo que escribe desaparece tras 8 horas"],
    ] as const) {
      await wear(page, { language, theme: "light", textSize: 100 });
      await page.locator(".reading-along", { hasText: words }).waitFor();
    }
  });
});
