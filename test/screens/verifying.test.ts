/**
 * Verifying in person on the screen: a code is read off another screen, what is not theirs is said loudly, and nothing is
 * taken at one press. Needs Chromium.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("verifying in person", function () {
  this.timeout(30_000);
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
    page = await pages.open("held=1");
  });
  after(async () => pages?.close());
  afterEach(async () => {
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  });

  const key = (name: string | RegExp) => page.getByRole("dialog").getByRole("button", { name, exact: true });
  const calls = (name: string): Promise<string[]> =>
    page.evaluate((wanted) => demo.backend.calls.filter((call) => call.startsWith(wanted)), name);
  /** The sheet for the first of the venue, from their page. */
  const begins = (): Promise<string> =>
    page.evaluate(() => {
      const [first] = demo.backend.messenger.venue.people;
      if (!first) throw new Error("nobody is here");
      demo.boot.router.go({ at: "person", person: first.person });
      demo.boot.router.open({ over: "verify", person: first.person });
      return first.person;
    });
  const refusing = (code: string): Promise<void> =>
    page.evaluate((wanted) => {
      const failure = Object.assign(new Error(wanted), { code: wanted, fault: "refused" as const });
      demo.backend.messenger.failing.set("verify", failure);
    }, code);
  const types = async (code: string): Promise<void> => {
    await page.getByText("Type or paste it").click();
    await page.getByLabel("Their code or link").fill(code);
    await key("Check it").click();
  };

  it("reads the code off a screen, and asks what is left to do", async () => {
    const person = await begins();
    await page.locator("dialog .qr__code").waitFor();
    const shown = await page.locator("dialog .qr").screenshot();
    const photo = { name: "screen.png", mimeType: "image/png", buffer: shown };
    await page.locator("dialog input[type=file]").last().setInputFiles(photo);
    await page.getByText(/^You have checked/).waitFor();
    const [call] = await calls("verify");
    assert.match(call ?? "", new RegExp(`^verify http://192\\.168\\.8\\.20:4700/#couloir-verify:\\S+ ${person}$`));
    assert.deepEqual(await calls("vouch"), []);
    await key("I have looked at it").click();
    await page.getByText(/^You have looked at the app/).waitFor();
    assert.deepEqual(await calls("vouch"), [`vouch ${person} true`]);
  });

  it("says aloud that a code is somebody else's, and quietly that it was mistyped", async () => {
    await begins();
    await refusing("code-of-another");
    await types("couloir-verify:AAAA");
    await page
      .getByRole("alert")
      .getByText(/^This is not .*’s code$/)
      .waitFor();
    assert.equal(await page.locator("dialog .refusal").count(), 1);
    await key("Close").last().click();
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await begins();
    await refusing("bad-code");
    await types("nonsense");
    await page.getByRole("alert").getByText("That is no code of a person").waitFor();
    assert.equal(await page.locator("dialog .refusal").count(), 0);
    await key("Try again").click();
    await page.locator("dialog .qr__code").waitFor();
  });

  it("takes nothing from a link before it is said to be scanned, and takes it back for somebody else", async () => {
    await page.evaluate(() => {
      const stage = demo.boot.stage.value;
      if (stage.stage === "in") stage.controller.verification.bring("couloir-verify:LINK");
    });
    await page.getByText("You opened somebody’s code").waitFor();
    assert.deepEqual(await calls("verify couloir-verify:LINK"), []);
    await key("I scanned it").click();
    await key("Somebody else").waitFor();
    // The key that was pressed is gone: whoever hears the screen goes on from what is new.
    await page.waitForFunction(() => document.activeElement?.matches("dialog .sheet__body") === true);
    await key("Somebody else").click();
    await page.getByRole("alert").getByText("This is not who showed it to you").waitFor();
    assert.equal((await calls("acceptKeys")).length, 1);
  });

  it("shows who holds a conversation up, and accepts or removes them only when asked twice", async () => {
    const draft = await page.evaluate(() => {
      const stage = demo.boot.stage.value;
      if (stage.stage !== "in") throw new Error("nobody is in");
      const held = stage.controller.sorted.value.find((one) => one.heldFor);
      if (!held) throw new Error("nothing is held");
      return held.caucus;
    });
    await pages.go(page, { at: "caucus", caucus: draft });
    await page.getByText("Held until you verify Ingrid Dahl again").waitFor();
    await page.getByRole("button", { name: /^Held\. Verify Ingrid Dahl/ }).click();
    await key(/^Accept unchecked/).click();
    await key("Cancel").click();
    await key(/^Remove Ingrid Dahl/).click();
    await key("Cancel").click();
    assert.deepEqual([await calls("remove"), (await calls("acceptKeys")).length], [[], 1]);
    await key(/^Accept unchecked/).click();
    await key("Accept it").click();
    await page.waitForFunction(() => demo.backend.calls.filter((call) => call.startsWith("acceptKeys")).length === 2);
    pages.browser.assertWell();
  });
});
