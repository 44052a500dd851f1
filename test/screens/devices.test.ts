/** A device is linked and taken out on the screens of both sides. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { DeviceView, LinkView } from "../../src/types.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { deviceParts } from "../../web/app/devices/deviceName.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

describe("what a device is called", () => {
  it("by its browser and its system", () => {
    const names = [
      ["Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox", "Android"],
      [
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36",
        "Chrome",
        "Linux",
      ],
      ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge", "Windows"],
      [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605 Version/18 Mobile Safari/604",
        "Safari",
        "iPhone",
      ],
      ["something else", "", ""],
    ] as const;
    for (const [userAgent, browser, system] of names) assert.deepEqual(deviceParts(userAgent), { browser, system });
  });
});

describe("devices on the screens", function () {
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
  });
  afterEach(async () => page.close());

  const key = (name: string | RegExp) => page.getByRole("dialog").getByRole("button", { name, exact: true });
  const calls = (): Promise<string[]> => page.evaluate(() => demo.backend.calls);
  /** The link goes on as the messenger tells it; at first both sides show the signs. */
  const goesOn = (change: Partial<LinkView>): Promise<void> =>
    page.evaluate((given) => {
      const { messenger } = demo.backend;
      const { link } = messenger.links.at(-1) ?? {};
      if (!link) throw new Error("there is no link");
      if (given.state === "compare") messenger.linkMeets(link, "Firefox on Android");
      messenger.linkIs({ link, ...given });
    }, change);

  for (const guest of [false, true]) {
    it(`takes ${guest ? "a guest's in, which is never a main one" : "one in, and gives it what was chosen"}`, async () => {
      await page.getByRole("button", { name: /^Devices/ }).click();
      await key("Link a device").click();
      await page.getByText("Type or paste it").click();
      await page.getByLabel("Its code").fill(" couloir-link:AAAA ");
      await key("Check it").click();
      await page.getByText("Looking for it").waitFor();
      await goesOn({ state: "compare", guest });
      await page.getByText("Firefox on Android becomes a device of yours").waitFor();
      assert.equal(await page.locator("dialog .signs li").count(), 7);
      await page.getByText("All", { exact: true }).click();
      const main = page.getByLabel("It may link and take out devices too");
      if (guest) assert.equal(await main.count(), 0);
      else await main.check();
      await key("The same on both").click();
      await page.getByText("Confirm on the other device as well").waitFor();
      await goesOn({ state: "linked" });
      await page.getByText("Firefox on Android is a device of yours now").waitFor();
      await key("Done").click();
      await key("Link a device").waitFor();
      assert.deepEqual(await calls(), ["readLink couloir-link:AAAA", `confirmLink 2000 ${!guest}`]);
    });
  }

  it("offers this one, shows its code, and stops where the signs differ", async () => {
    await page.evaluate(() => demo.boot.router.open({ over: "offer" }));
    await page.getByLabel("What this device is called").fill("Ana’s phone");
    await key("Show the code").click();
    await page.locator("dialog .qr__code").waitFor();
    await goesOn({ state: "compare", name: "Ana Kovač" });
    await page.getByText("This becomes a device of Ana Kovač").waitFor();
    await key("Not the same").click();
    await page.getByRole("alert").getByText("Stopped. Nothing was linked.").waitFor();
    await key("Show a new code").waitFor();
    assert.deepEqual(await calls(), ["offerLink Ana’s phone", "cancelLink"]);
  });

  it("takes one out only when asked twice, and only from a main device", async () => {
    await page.evaluate(() => {
      const { messenger } = demo.backend;
      const [here] = messenger.devices;
      if (here)
        messenger.devices = [here, { ...here, device: "d2" as DeviceView["device"], name: "Phone", here: false }];
    });
    await page.getByRole("button", { name: /^Devices/ }).click();
    await key("Take out").click();
    await page.getByText("Phone is taken out of every caucus, for ever.").waitFor();
    await key("Cancel").click();
    assert.deepEqual(await calls(), []);
    await key("Take out").click();
    await key("Take it out").click();
    await page.getByText("Taken out", { exact: true }).waitFor();
    assert.deepEqual(await calls(), ["revokeDevice d2"]);
    await page.evaluate(() => {
      const { messenger } = demo.backend;
      messenger.devices = messenger.devices.map((one) => ({ ...one, main: !one.here, state: "linked" as const }));
      messenger.emit("devices", messenger.devices);
    });
    await page.getByText("Only a main device links others").waitFor();
    assert.equal(await key("Take out").or(key("Link a device")).count(), 0);
    pages.browser.assertWell();
  });
});
