/** The photo editor over a pretended backend: by keys alone, and what it hands over. Needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { whyNoChromium } from "../helpers/chromium.ts";
import type { NewFile } from "../../src/messenger/api.ts";
import type { Demo } from "../../web/app/demo.tsx";
import type { RemoteApi } from "../../web/peer/backend.ts";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";
import { png, pngHeader } from "./pictures.ts";

declare const demo: Demo;

interface Sent {
  readonly name: string;
  readonly type: string;
  readonly text: string | undefined;
  readonly size: number;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  /** Colours of the pixels that were asked for. */
  readonly looked: readonly (readonly number[])[];
}

describe("the photo editor", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
  });
  after(async () => pages?.close());
  beforeEach(async () => {
    page = await pages.open();
    await pages.lay(page, "photo");
  });
  afterEach(async () => page.close());

  const choose = (buffer: Buffer): Promise<void> =>
    page
      .locator(".editor input[type=file]")
      .last()
      .setInputFiles({ name: "IMG_0815 Geneva.png", mimeType: "image/png", buffer });
  const key = (name: string) => page.locator("dialog").getByRole("button", { name, exact: true });
  const send = async (...look: readonly (readonly [number, number])[]): Promise<Sent> => {
    const sent = page.evaluate(
      (wanted) =>
        new Promise<Sent>((resolve) => {
          const sendFile = async (_: string, file: NewFile): Promise<void> => {
            const parts: Uint8Array<ArrayBuffer>[] = [];
            for await (const part of file.bytes) parts.push(new Uint8Array(part));
            const blob = new Blob(parts, { type: file.type });
            const bitmap = await createImageBitmap(blob);
            const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
            pen?.drawImage(bitmap, 0, 0);
            resolve({
              name: file.name,
              type: file.type,
              text: file.text,
              size: file.size,
              bytes: blob.size,
              width: bitmap.width,
              height: bitmap.height,
              looked: wanted.map(([x, y]) => [...(pen?.getImageData(x, y, 1, 1).data ?? [])].slice(0, 3)),
            });
          };
          Object.assign<RemoteApi, object>(demo.backend.api, { sendFile });
        }),
      look,
    );
    await key("Send photo").click();
    return sent;
  };

  it("blacks out, takes back and does again by keys, and hands over a nameless picture with its caption", async () => {
    await choose(png(400, 200, () => [250, 0, 0]));
    await key("Black-out").press("Enter");
    await key("Add a box").press("Enter");
    const box = page.getByRole("button", { name: "Black-out 1", exact: true });
    // From the middle (30 to 70 %, 46 to 54 %) to the top: 40 % up, then grown by 10 % downward.
    for (let i = 0; i < 8; i += 1) await box.press("Shift+ArrowUp");
    const grip = page.getByRole("button", { name: "Size of black-out 1" });
    for (let i = 0; i < 2; i += 1) await grip.press("Shift+ArrowDown");
    await box.press("Delete");
    assert.equal(await box.count(), 0);
    await key("Undo").press("Enter");
    assert.equal(await box.count(), 1);
    await page.getByLabel("Add words").fill("Page 3, as agreed");

    const sent = await send([200, 30], [200, 150], [20, 30]);
    assert.deepEqual([sent.name, sent.type, sent.text], ["photo.jpg", "image/jpeg", "Page 3, as agreed"]);
    assert.deepEqual([sent.width, sent.height, sent.bytes], [400, 200, sent.size]);
    const [covered, below, beside] = sent.looked;
    assert.ok(Math.max(...(covered ?? [255])) < 12, String(covered));
    assert.ok((below?.[0] ?? 0) > 200 && (beside?.[0] ?? 0) > 200, String(sent.looked));
    await page.waitForSelector("dialog.editor", { state: "detached" });
  });

  it("crops and turns by keys and by numbers", async () => {
    await choose(png(400, 200, (x) => (x < 200 ? [250, 0, 0] : [0, 0, 250])));
    await key("Crop").press("Enter");
    const corner = page.getByRole("button", { name: "Top left corner" });
    for (let i = 0; i < 11; i += 1) await corner.press("Shift+ArrowRight");
    await key("Numbers").press("Enter");
    assert.equal(await page.getByLabel("Left %").inputValue(), "55");
    await page.getByLabel("Height %").fill("50");
    await page.getByLabel("Height %").press("Enter");
    await key("Turn").press("Enter");
    const sent = await send([50, 90]);
    // 45 % of 400 and half of 200, turned.
    assert.deepEqual([sent.width, sent.height], [100, 180]);
    assert.ok((sent.looked[0]?.[2] ?? 0) > 200, String(sent.looked));
  });

  it("says why a picture is not opened, and takes another", async () => {
    await choose(pngHeader(50_000, 50_000));
    await page.getByText("at most 40 megapixels").waitFor();
    assert.equal(await key("Send photo").count(), 0);
    await choose(Buffer.from("<svg xmlns='x' onload='boom()'/>"));
    await page.getByText("This kind of picture cannot be opened here.").waitFor();
    await choose(png(40, 40, () => [0, 0, 250]));
    await key("Send photo").waitFor();
  });

  it("draws a box where a finger draws one", async () => {
    await choose(png(400, 400, () => [250, 0, 0]));
    const picture = page.locator(".editor__pic");
    const area = (await picture.boundingBox()) ?? assert.fail("no picture");
    const at = (x: number, y: number): [number, number] => [area.x + area.width * x, area.y + area.height * y];
    await page.mouse.move(...at(0.25, 0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.4));
    await page.mouse.move(...at(0.75, 0.5));
    await page.mouse.up();
    const sent = await send([200, 150], [200, 300]);
    assert.ok(Math.max(...(sent.looked[0] ?? [255])) < 12, String(sent.looked));
    assert.ok((sent.looked[1]?.[0] ?? 0) > 200);
    pages.browser.assertWell();
  });
});
