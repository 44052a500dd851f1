/** What stands above and below what was said: for whose key words wait, and for whom one writes. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

describe("a conversation", function () {
  let pages: DemoPages;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());

  const opens = async (wish: string, name: string): Promise<Page> => {
    const page = await pages.open(wish);
    await page.locator(".line", { hasText: name }).first().click();
    await page.locator(".record").waitFor();
    return page;
  };

  it("waits for a key of whoever sent something that cannot be opened, and of nobody who has only not spoken", async () => {
    const chen = await opens("", "Chen Jing");
    await chen.getByText(/^Waiting for .*’s key\. It opens by itself\.$/u).waitFor();
    await chen.close();
    const coffee = await opens("", "Coffee");
    assert.equal(await coffee.getByText("It opens by itself").count(), 0);
    await coffee.close();
  });

  it("lets the browser ask before the page goes with a photo or a file that is not saved yet", async () => {
    const page = await opens("", "Draft 7");
    const asks = (): Promise<boolean> =>
      page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
    assert.equal(await asks(), false);
    const base64 = await page.evaluate(
      () => document.createElement("canvas").toDataURL("image/png").split(",")[1] ?? "",
    );
    const photo = { name: "page.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") };
    await page.locator(".composer input[type=file]").setInputFiles(photo);
    await page.getByRole("button", { name: "Send photo", exact: true }).waitFor();
    assert.equal(await asks(), true);
    await page.getByRole("button", { name: "Send photo", exact: true }).click();
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    assert.equal(await asks(), false);
    await page.close();
  });

  it("does not count who is here beside a caucus that one is out of", async () => {
    const beside = async (name: string): Promise<string> => {
      const page = await pages.open("");
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.locator(".line", { hasText: name }).first().click();
      const label = await page.locator(".pane--rail .label").first().innerText();
      await page.close();
      return label;
    };
    assert.equal(await beside("Finance (closed round)"), "You are no longer in it");
    assert.equal(await beside("Draft 7"), "Here, 5 of 8");
  });

  it("says where one writes who reads it, and whose keys hold it back", async () => {
    const words = async (wish: string, name: string): Promise<readonly [string | null, string | null]> => {
      const page = await opens(wish, name);
      const said = [
        await page.locator(".composer textarea").getAttribute("placeholder"),
        await page.locator(".composer [type=submit]").getAttribute("aria-label"),
      ] as const;
      await page.close();
      return said;
    };
    assert.deepEqual(await words("", "Draft 7"), ["To 8 people, 5 here", "Send"]);
    assert.deepEqual(await words("held=1", "Draft 7"), ["Held for Ingrid Dahl", "Keep and send later"]);
  });
});
