/** Mail goes into a file and comes out of one on the screens. Needs Chromium. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

describe("mail by file on the screens", function () {
  this.timeout(30_000);
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
    await pages.go(page, { at: "settings" });
    await page.getByRole("button", { name: /^Mail by file/u }).click();
  });
  afterEach(async () => page.close());

  it("is saved, and said to hold what is here", async () => {
    await page.getByText("214 sealed envelopes are here, for whomever.").waitFor();
    const coming = page.waitForEvent("download");
    await page.getByRole("dialog").getByRole("button", { name: "Save a file" }).click();
    const file = await coming;
    assert.equal(file.suggestedFilename(), "mail.couloir");
    assert.equal(await readFile(await file.path(), "utf8"), "couloir mail 1\n");
    await page.getByText("Saved. On the other device, choose it here.").waitFor();
  });

  it("is taken in, with every envelope accounted for", async () => {
    const choose = page.waitForEvent("filechooser");
    await page.getByText("Take mail in from a file").click();
    await (await choose).setFiles({ name: "mail.couloir", mimeType: "", buffer: Buffer.from("couloir mail 1\n") });
    for (const line of ["32 new envelopes were taken in.", "Known already: 4.", "Past their time: 1."])
      await page.getByText(line).waitFor();
  });
});
