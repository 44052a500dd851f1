/** Picking emoji: by words and by groups, by keys alone, to write and to react; and flags where the system has none. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("emoji", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  /** The first caucus; `wish` as the demo takes it. */
  const opens = async (wish = ""): Promise<void> => {
    page = await pages.open(wish);
    await page.locator(".line", { hasText: "Draft 7" }).first().click();
    await page.locator(".entry").first().waitFor();
  };
  const field = () => page.locator(".composer textarea");
  const search = () => page.locator(".emoji input");
  const picker = async (): Promise<void> => {
    if (!(await page.locator(".faces").isVisible())) await page.locator(".composer__field .key").click();
    await page.locator(".faces button").last().press("Enter");
    await page.locator(".emoji-grid").waitFor();
  };
  const gone = () => page.locator("dialog").waitFor({ state: "detached" });
  /** What has the focus, by its name. */
  const focused = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  const kept = (): Promise<unknown> => page.evaluate(() => demo.backend.messenger.kept.get("emoji"));

  it("are found by words and written at the caret, by keys alone", async () => {
    await opens();
    await field().pressSequentially("From  us");
    for (const _ of "·us") await field().press("ArrowLeft");
    await picker();
    await page.locator(".emoji input:focus").waitFor();
    await page.keyboard.type("DOVE");
    await page.locator(".emoji [role=status]", { hasText: "1 found" }).waitFor();
    await page.keyboard.press("Enter");
    await gone();
    assert.equal(await field().inputValue(), "From 🕊️ us");
    // The focus is back, and the caret after what was written.
    await page.keyboard.type("!");
    assert.equal(await field().inputValue(), "From 🕊️! us");
    assert.deepEqual(await kept(), { recent: ["🕊️"], tone: 0 });
    assert.equal(await page.evaluate(() => demo.backend.messenger.shared.has("emoji")), false);
  });

  it("are gone through by arrows, one of them in the order of Tab, and Escape leaves", async () => {
    await opens();
    await picker();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "grinning face");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "grinning face with big eyes");
    const below = await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>(".emoji-grid button")];
      const columns = all.findIndex((one) => one.offsetTop > all[0]!.offsetTop);
      return [all[columns + 1], all.at(-1)].map((one) => one?.ariaLabel);
    });
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), below[0]);
    assert.equal(await page.locator(".emoji-grid [tabindex='0']").count(), 1);
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), below[1]);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "Search emoji");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowLeft");
    const flags = page.locator(".emoji-grid button", { hasText: "HR" });
    assert.equal(await flags.getAttribute("aria-label"), "Croatia · HR");
    assert.equal(await flags.textContent(), "🇭🇷HR");
    await page.keyboard.press("Escape");
    await gone();
    assert.equal(await focused(), "All emoji, with search");
    assert.equal(await field().inputValue(), "");
    assert.equal(await kept(), undefined);
  });

  it("go from right to left where one reads so, under names of that language", async () => {
    await opens("lang=ar");
    await picker();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(), "وجه مبتسم بعينين كبيرتين");
    await page.keyboard.press("ArrowRight");
    assert.equal(await focused(), "وجه بابتسامة عريضة");
    await search().fill("حَمَامَة");
    await page.locator(".emoji-grid button:only-child").waitFor();
    assert.equal(await page.locator(".emoji-grid button").textContent(), "🕊️");
  });

  it("keep the tone that was chosen, and come back first when they were used", async () => {
    await opens();
    await picker();
    await page.locator(".emoji-groups button", { hasText: "People" }).click();
    await page.getByRole("button", { name: "medium skin tone", exact: true }).click();
    await page.getByRole("button", { name: "handshake", exact: true }).click();
    await gone();
    assert.equal(await field().inputValue(), "🤝🏽");
    assert.deepEqual(await kept(), { recent: ["🤝"], tone: 3 });
    assert.equal(await page.locator(".faces button").first().textContent(), "👍🏽");
    await picker();
    assert.equal(await page.locator(".emoji-groups [aria-pressed=true]").textContent(), "Last used");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await gone();
    assert.equal(await field().inputValue(), "🤝🏽🤝🏽");
  });

  it("are there when whoever served the page is gone, in the language that was chosen", async () => {
    await opens();
    const fetched = page.waitForResponse(/\/ru-\w+\.js$/u);
    await page.evaluate(() => demo.boot.preferences.setLanguage("ru"));
    await (await fetched).finished();
    await page.route("**", (route) => route.abort());
    await picker();
    await search().fill("рукопожатие");
    await page.locator(".emoji-grid button", { hasText: "🤝" }).waitFor();
    await page.unroute("**");
  });

  it("are reactions, too, and are taken back the same way", async () => {
    await opens();
    const entry = page.locator(".entry", { hasText: "The chair takes paragraph 4" });
    const more = async (): Promise<void> => {
      await entry.getByRole("button", { name: "React, copy, more" }).click();
      await page.locator("dialog .faces").waitFor();
    };
    await more();
    await page.locator("dialog .faces button").last().click();
    await search().fill("kenya");
    await page.getByRole("button", { name: "Kenya · KE" }).click();
    await entry.locator(".reactions", { hasText: "🇰🇪" }).waitFor();
    await more();
    // Its letters stand beside it, with those who said so.
    assert.match((await page.locator("dialog dt").allTextContents()).join(), /🇰🇪 KE/u);
    await page.locator("dialog .faces [aria-pressed=true]", { hasText: "🇰🇪" }).click();
    await entry.locator(".reactions", { hasText: "🇰🇪" }).waitFor({ state: "detached" });
  });

  it("bring flags along where the system writes letters for them, and there alone", async () => {
    const fonts = () => page.evaluate(() => Array.from(document.fonts, ({ family, status }) => `${family} ${status}`));
    page = await pages.browser.context.newPage();
    // As on Windows: text has the colour in which it is written.
    const lettersForFlags = () => {
      CanvasRenderingContext2D.prototype.fillText = function (_, x, y) {
        this.fillRect(x, y, 100, 100);
      };
    };
    await page.addInitScript(lettersForFlags);
    const { href } = new URL((await pages.open()).url());
    await page.goto(href);
    await page.waitForFunction(() => document.fonts.size > 0);
    assert.deepEqual(await fonts(), ["Couloir Flags loaded"]);
    // As on a telephone: a picture has colours of its own.
    const picturesForFlags = () => {
      CanvasRenderingContext2D.prototype.fillText = function (_, x, y) {
        this.fillStyle = "#c60";
        this.fillRect(x, y, 100, 100);
      };
    };
    const other = await pages.browser.context.newPage();
    await other.addInitScript(picturesForFlags);
    await other.goto(href);
    await other.locator(".line").first().waitFor();
    assert.equal(await other.evaluate(() => document.fonts.size), 0);
    await other.close();
  });
});
