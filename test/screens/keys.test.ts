/** All by keys: going anywhere by name, through the caucuses and the record, and what a stroke offers. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

describe("keys", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
    // What heeds them is loaded apart, with this.
    await page.getByRole("button", { name: "Quiet", exact: true }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(pages.browser.wrongs, []);
  });

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const title = () => page.locator(".pane--main h1").first().innerText();
  const chosen = () => page.locator('[role=option][aria-selected="true"]').innerText();
  const writing = () => page.locator(".composer textarea:focus").waitFor();
  const gone = () => page.locator("dialog[open]").waitFor({ state: "detached" });

  it("go to a caucus, a person or a screen by a part of its name, whatever its accents", async () => {
    await press("Control+k");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("dráft");
    assert.match(await chosen(), /Draft 7/u);
    await press("Enter");
    await page.locator(".record").waitFor();
    assert.match(await title(), /Draft 7/u);
    await press("Control+k");
    await page.keyboard.type("settings");
    await press("Enter");
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await press("Control+k");
    await page.keyboard.type("chen");
    await press("ArrowDown", "ArrowUp", "End", "Escape");
    await gone();
    await press("Control+k");
    await page.keyboard.type("chen");
    const people = page.getByRole("option", { name: /Chen Jing/u });
    await people.last().click();
    await page.locator(".pane--main", { hasText: "Chen Jing" }).waitFor();
    await press("Control+k");
    await page.keyboard.type("zzz");
    await page.getByText("Nothing here is called that.").waitFor();
  });

  it("go from caucus to caucus in the order of the list", async () => {
    const names = await page.locator(".line .line__name, .line b").allInnerTexts();
    assert.ok(names.length > 2);
    await press("Alt+ArrowDown");
    await page.locator(".record").waitFor();
    const first = await title();
    await press("Alt+ArrowDown");
    await page.waitForFunction(
      (was) => document.querySelector<HTMLElement>(".pane--main h1")?.innerText !== was,
      first,
    );
    await press("Alt+ArrowUp");
    await page.waitForFunction(
      (was) => document.querySelector<HTMLElement>(".pane--main h1")?.innerText === was,
      first,
    );
  });

  it("go through the record, answer and react there, and come back to the message", async () => {
    await press("Control+k");
    await page.keyboard.type("draft");
    await press("Enter");
    await page.locator(".entry").first().waitFor();
    await page.locator(".record__pane").focus();
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset["message"]);
    await press("ArrowUp");
    const last = await focused();
    assert.ok(last);
    await press("ArrowUp");
    const before = await focused();
    assert.ok(before && before !== last);
    await press("ArrowDown");
    assert.equal(await focused(), last);
    await press("e");
    await page.locator("dialog[open] .faces").waitFor();
    await press("Escape");
    await gone();
    assert.equal(await focused(), last, "the entry has the focus again");
    await press("r");
    await page.locator(".answering").waitFor();
    await writing();
    await page.keyboard.type("rest?");
    assert.equal(
      await page.locator(".composer textarea").inputValue(),
      "rest?",
      "letters are letters where one writes",
    );
  });

  it("offer by a stroke in an empty message what can be done, and let one write a stroke", async () => {
    await press("Control+k");
    await page.keyboard.type("draft");
    await press("Enter");
    await writing();
    await press("/");
    await page.getByRole("combobox").waitFor();
    await page.keyboard.type("hud");
    await press("Enter");
    await page.getByRole("heading", { name: "Huddle" }).waitFor();
    await press("Escape");
    await gone();
    await writing();
    await press("/");
    await page.keyboard.type("etc/hosts");
    await page.getByRole("button", { name: "Write “/etc/hosts”" }).waitFor();
    await press("Enter");
    await gone();
    assert.equal(await page.locator(".composer textarea").inputValue(), "/etc/hosts");
  });

  it("are all listed", async () => {
    await press("?");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
    assert.ok((await page.locator("dialog[open] kbd").count()) > 10);
  });
});
