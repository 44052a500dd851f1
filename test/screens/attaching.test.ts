/** Several photos, photos to see once, and voice notes, with a microphone that is none. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { FileView } from "../../src/types.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { whyNoChromium } from "../helpers/chromium.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";

declare const demo: Demo;

const MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];

describe("what is attached", function () {
  this.timeout(60_000);
  let pages: DemoPages;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo(MICROPHONE);
  });
  after(async () => pages?.close());

  const opens = async (): Promise<Page> => {
    const page = await pages.open();
    await page.locator(".line", { hasText: "Draft 7" }).first().click();
    await page.locator(".record").waitFor();
    return page;
  };
  /** Files that this person has sent, as the record has them. */
  const sent = (page: Page): Promise<readonly (FileView & { readonly text: string })[]> =>
    page.evaluate(() => {
      const stage = demo.boot.stage.value;
      const lines = stage.stage === "in" ? (stage.controller.conversation.value?.lines.value ?? []) : [];
      return lines.flatMap(({ file, name, text }) => (file && name === "Ana Kovač" ? [{ ...file, text }] : []));
    });
  const photos = async (page: Page, count: number) => {
    const base64 = await page.evaluate(
      () => document.createElement("canvas").toDataURL("image/png").split(",")[1] ?? "",
    );
    const buffer = Buffer.from(base64, "base64");
    return Array.from({ length: count }, (_, at) => ({ name: `IMG ${at}.png`, mimeType: "image/png", buffer }));
  };

  it("may be up to ten photos at once, each drawn anew, shown as one", async () => {
    const page = await opens();
    await page.locator(".composer input[type=file]").setInputFiles(await photos(page, 12));
    await page.getByText("At most 10 photos go together").waitFor();
    await page.getByRole("button", { name: "Leave out IMG 0.png" }).click();
    await page.getByRole("textbox", { name: "Add words" }).fill("All pages");
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await page.locator(".photos .photo").nth(9).waitFor();
    const all = await sent(page);
    assert.deepEqual([all.length, new Set(all.map(({ together }) => together)).size], [10, 1]);
    assert.deepEqual(
      all.map(({ text }) => text),
      ["All pages", ...Array.from({ length: 9 }, () => "")],
    );
    for (const { name, type, picture } of all)
      assert.deepEqual([name, type, picture?.width, picture?.thumbnail !== ""], ["photo.jpg", "image/jpeg", 300, true]);
    assert.equal(await page.locator(".photos").count(), 1);
    await page.close();
  });

  it("go once, whatever is touched while the sheet over them closes", async () => {
    const page = await opens();
    await page.locator(".composer input[type=file]").setInputFiles(await photos(page, 3));
    await page.evaluate(() => {
      const go = history.go.bind(history);
      history.go = (by) => {
        const [leaveOut] = document.querySelectorAll<HTMLElement>(".sheet .rows button");
        leaveOut?.click();
        setTimeout(() => go(by), 300);
      };
    });
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.locator(".photos .photo").nth(2).waitFor();
    assert.equal((await sent(page)).length, 3);
    await page.close();
  });

  it("leave their words to be sent where the photo that was to bring them is none", async () => {
    const page = await opens();
    const [good] = await photos(page, 1);
    const broken = { name: "IMG 7.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n", "latin1") };
    await page.locator(".composer input[type=file]").setInputFiles([broken, good!]);
    await page.getByRole("textbox", { name: "Add words" }).fill("Both pages");
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await page.locator(".entry[data-own] .photo").last().waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>(".composer textarea")?.value !== "");
    assert.equal(await page.locator(".composer textarea").inputValue(), "Both pages");
    assert.equal((await sent(page)).length, 1);
    await page.close();
  });

  it("may be a photo to see once, of which nothing is seen before", async () => {
    const page = await opens();
    await page.locator(".composer input[type=file]").setInputFiles(await photos(page, 1));
    const once = page.getByRole("button", { name: "View once" });
    await once.click();
    assert.equal(await once.getAttribute("aria-pressed"), "true");
    await page.getByText("Nothing can keep somebody from photographing the screen").waitFor();
    await page.getByRole("button", { name: "Send photo", exact: true }).click();
    await page.getByText("You sent it. You cannot open it again.").waitFor();
    const [photo] = await sent(page);
    assert.deepEqual([photo?.once, photo?.picture?.thumbnail], [true, ""]);
    await page.close();
  });

  it("may be a voice note, which is recorded, heard, sent and played by keys alone", async () => {
    const page = await opens();
    const presses = async (name: string | RegExp): Promise<void> => {
      const key = page.getByRole("button", { name }).last();
      await key.waitFor();
      await key.focus();
      await page.keyboard.press("Enter");
    };
    await presses("Lay on the table, files");
    await presses(/^Voice note/u);
    await presses("Record");
    await page.getByText("0:01 / 5:00").waitFor();
    await presses("Stop");
    await presses("Play");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await presses("Send voice note");
    const note = page.locator(".record .voice");
    await note.waitFor();
    const [file] = await sent(page);
    assert.deepEqual([file?.name, file?.type, file?.voice?.bars.length], ["voice.webm", "audio/webm", 64]);
    assert.ok((file?.voice?.length ?? 0) >= 1000 && file?.voice?.bars.includes(255), JSON.stringify(file?.voice));
    assert.ok((file?.size ?? 0) > 500, "nothing was recorded");
    await presses("Speed 1×");
    await page.getByRole("button", { name: "Speed 1.5×" }).waitFor();
    await note.getByRole("slider").focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await note.getByRole("slider").inputValue(), "1");
    // The pretended backend has a picture where the sound would be: what cannot be played says so.
    await presses("Play");
    await page.getByText("That could not be played here").waitFor();
    await page.close();
  });

  it("is no voice note on a plain address, and a word says why instead of a key", async () => {
    const page = await opens();
    await page.evaluate(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
    await page.getByRole("button", { name: "Lay on the table, files" }).click();
    await page.getByRole("button", { name: /^Voice note/u }).click();
    await page.getByText("A browser lends its microphone only to pages with a secure address").waitFor();
    assert.equal(await page.getByRole("button", { name: "Record" }).count(), 0);
    await page.close();
  });
});
