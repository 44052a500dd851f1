/** Finding what was said: by words in a caucus and everywhere, and by its day. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { MessageView } from "../../src/types.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("finding what was said", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
    // A thousand lines of the first caucus, one a quarter of an hour since 1 November; some of another.
    await page.evaluate(() => {
      const { messenger } = demo.backend;
      const [first, second] = messenger.venue.caucuses;
      const model = messenger.venue.lines.get(first!.caucus)![0]!;
      const from = new Date(2026, 10, 1, 9).getTime();
      const made = (caucus: MessageView["caucus"], count: number, word: string) =>
        Array.from({ length: count }, (_, n) => ({
          ...model,
          caucus,
          message: `${word.length}${n.toString(16)}`.padStart(32, "0") as MessageView["message"],
          sentAt: from + n * 900_000,
          text: `${word} ${n}`,
        }));
      const { unreadFrom: _, unreadSince: __, ...read } = { ...first!, unread: 0 };
      messenger.venue = {
        ...messenger.venue,
        lines: new Map([
          [first!.caucus, made(first!.caucus, 1000, "Clause")],
          [second!.caucus, made(second!.caucus, 40, "Annexe")],
        ]),
        caucuses: [read, ...messenger.venue.caucuses.slice(1)],
      };
      messenger.emit("caucus", read);
    });
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const opens = async () => {
    await page.locator(".line", { hasText: "Draft 7" }).first().click();
    await page.locator(".entry", { hasText: "Clause 999" }).waitFor();
  };
  const found = () => page.locator(".entry[data-found]");
  /** Whether the line that was gone to is in sight. */
  const inSight = () =>
    found().evaluate((entry) => {
      const { top, bottom } = entry.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });

  it("by words in a caucus: the newest first, marked, and there by a tap", async () => {
    await opens();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("button", { name: "Search in this caucus" }).click();
    const field = page.locator("input[type=search]:focus");
    await field.waitFor();
    await field.fill("CLAÚSE 12");
    await page.locator("dialog").getByText("20 found").waitFor();
    const hits = page.locator("dialog li");
    assert.match((await hits.first().textContent()) ?? "", /Clause 912/u);
    assert.deepEqual(await hits.last().locator("mark").allTextContents(), ["Clause", "12"]);
    await hits.last().getByRole("button").click();
    await found().waitFor();
    assert.match((await found().textContent()) ?? "", /Clause 12/u);
    assert.ok(await inSight());
    await page.getByRole("button", { name: "To the end" }).click();
    await page.locator(".entry", { hasText: "Clause 999" }).waitFor();
  });

  it("everywhere from the list, and into the caucus where it was said", async () => {
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByRole("searchbox").fill("annexe");
    await page.getByRole("button", { name: "Search for “annexe” in all that was said" }).click();
    await page.locator("dialog").getByText("30 found").waitFor();
    await page.getByRole("button", { name: "Look further back" }).click();
    await page.locator("dialog").getByText("40 found").waitFor();
    await page.locator("dialog li button").last().click();
    await found().waitFor();
    assert.match((await found().textContent()) ?? "", /Annexe 0/u);
    assert.ok(await inSight());
  });

  it("by its day: the first line of it, or what came next, or the end", async () => {
    await opens();
    const goes = async (day: string): Promise<void> => {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name: "Go to a date" }).click();
      const field = page.locator("dialog input[type=date]");
      await field.evaluate((element) => element.removeAttribute("max"));
      await field.fill(day);
      await page.getByRole("button", { name: "Go there" }).click();
      await page.locator("dialog").waitFor({ state: "detached" });
    };
    await goes("2026-11-05");
    await found().waitFor();
    assert.match((await found().textContent()) ?? "", /Clause 348/u);
    assert.ok(await inSight());
    await goes("2026-10-01");
    await page.getByText("Nothing was said on that day. This came next.").waitFor();
    await page.locator("[data-found]", { hasText: "Clause 0" }).waitFor();
    await goes("2126-01-01");
    await page.getByText("Nothing was said on that day or later.").waitFor();
    await page.locator(".entry", { hasText: "Clause 999" }).waitFor();
  });
});
