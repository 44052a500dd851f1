/** What cannot be taken back, and whom a closed caucus lets in: the screens ask first. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { PersonId } from "../../src/types.ts";
import type { Demo } from "../../web/app/demo.tsx";
import type { RemoteApi } from "../../web/peer/backend.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("screens that ask first", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
  });
  afterEach(async () => page.close());

  const key = (name: string | RegExp) => page.getByRole("button", { name });
  const calls = (name: string): Promise<readonly string[]> =>
    page.evaluate((wanted) => demo.backend.calls.filter((call) => call.startsWith(wanted)), name);
  const guest = (): Promise<PersonId> =>
    page.evaluate(async () => {
      const found = (await demo.backend.api.people()).find((person) => person.guest && person.online);
      if (!found) throw new Error("the pretended venue has no guest");
      return found.person;
    });

  it("a closed caucus asks before it opens with a guest", async () => {
    await pages.go(page, { at: "new-caucus", with: [await guest()] });
    await page.getByLabel("Name").fill("Paragraph 4");
    await key("Open with 1").click();
    await page.getByText("the caucus is readable by whoever runs this Wi-Fi").waitFor();
    assert.deepEqual(await calls("createCaucus"), []);
    await key("Leave them out").click();
    await page.waitForSelector(".composer");
    assert.deepEqual(await calls("createCaucus"), ["createCaucus Paragraph 4 0"]);
  });

  it("opens with the guest when told so, and does not ask for an open caucus", async () => {
    for (const open of [false, true]) {
      const name = open ? "Coffee" : "Small table";
      await pages.go(page, { at: "new-caucus", with: [await guest()] });
      await page.getByLabel("Name").fill(name);
      if (open) await page.getByText("Open", { exact: true }).click();
      await key("Open with 1").click();
      if (!open) await key("Open all the same").click();
      await page.waitForSelector(".composer");
      assert.deepEqual(await calls(`createCaucus ${name}`), [`createCaucus ${name} 1`]);
    }
  });

  it("asks before a guest is brought into a closed caucus", async () => {
    await page.evaluate(() => {
      const add = (): Promise<never> => {
        demo.backend.calls.push("add");
        return new Promise(() => {});
      };
      Object.assign<RemoteApi, object>(demo.backend.api, { add });
    });
    await pages.go(page, { at: "person", person: await guest() });
    await page.getByText("Bring into a caucus").click();
    // A closed caucus that the guest is not in.
    await page.getByRole("group").getByRole("button").first().click();
    await page.getByText("They come on a guest link").waitFor();
    assert.deepEqual(await calls("add"), []);
    await key("Let them in").click();
    assert.deepEqual(await calls("add"), ["add"]);
  });

  it("blocks nobody by one press", async () => {
    await pages.go(page, { at: "person", person: await guest() });
    await key(/^Block /).click();
    await key("Cancel").click();
    assert.deepEqual(await calls("block"), []);
    await key(/^Block /).click();
    await key(/^Block$/).click();
    await page.getByText("Their invitations do not reach you.").waitFor();
    assert.equal((await calls("block")).length, 1);
  });

  it("wipes only after the word was typed, and shows nothing of what was there", async () => {
    await pages.go(page, { at: "settings" });
    await pages.lay(page, "wipe");
    await page.getByText("214 messages").waitFor();
    await key("Wipe now").click({ force: true });
    await page.getByLabel(/Type/).fill("wip");
    await key("Wipe now").click({ force: true });
    assert.deepEqual(await calls("wipe"), []);
    await page.getByLabel(/Type/).fill(" Wipe");
    await key("Wipe now").click();
    await page.getByText("Nothing of yours is left here.").waitFor();
    assert.deepEqual(await calls("wipe"), ["wipe"]);
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("main").innerText(), "Wiped\n\nNothing of yours is left here.\n\nBegin anew");
    assert.equal(await page.locator(":focus").getAttribute("class"), "app on-sheet", "it is read out");
  });

  it("sends no identity away under a passphrase that is short or mistyped", async () => {
    await pages.lay(page, "move");
    const words = [
      ["short", "short", "At least 8 characters."],
      ["four words of mine", "four words of yours", "The two are not the same."],
    ] as const;
    for (const [first, second, wrong] of words) {
      await page.getByLabel("Passphrase", { exact: true }).fill(first);
      await page.getByLabel("The same again").fill(second);
      await key("Show a code").click();
      await page.getByText(wrong).waitFor();
      assert.equal(await page.locator(".qr__code").count(), 0);
    }
    await page.getByLabel("The same again").fill("four words of mine");
    await key("Show a code").click();
    await page.waitForSelector(".qr__code");
    pages.browser.assertWell();
  });
});
