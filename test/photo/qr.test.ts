/** Codes that a page shows and reads. The part in a page needs Chromium. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";
import { qrPath } from "../../web/app/qr/qrPath.ts";
import { whyNoChromium } from "../helpers/chromium.ts";
import type { Demo } from "../../web/app/demo.tsx";
import { openDemo, type DemoPages } from "../helpers/demoPage.ts";
import { png } from "./pictures.ts";

declare const demo: Demo;

const SCALE = 6;

/** Paints the runs of a path as a raster would. */
const painted = ({
  side,
  path,
}: {
  side: number;
  path: string;
}): { width: number; height: number; data: Uint8Array } => {
  const width = side * SCALE;
  const data = new Uint8Array(4 * width * width).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let py = Number(y) * SCALE; py < (Number(y) + 1) * SCALE; py += 1) {
      const from = 4 * (py * width + Number(x) * SCALE);
      data.fill(0, from, from + 4 * Number(length) * SCALE);
    }
  }
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width, height: width, data };
};

describe("a code as a path", () => {
  it("is read back as what it says, short or long, with white around it", () => {
    for (const text of ["couloir:7KQ4", `http://192.168.8.20:4700/#couloir:${"aZ9_-".repeat(80)}`, "é漢".repeat(50)]) {
      const code = qrPath(text);
      assert.ok(code);
      assert.ok(!/M[0-3] |M\d+ [0-3]h/.test(code.path), "four white modules at the edge");
      assert.equal(decodeQR(painted(code)), text);
    }
  });

  it("is none where the text is too long for a phone's camera", () => {
    assert.ok(qrPath("x".repeat(1_270)));
    assert.equal(qrPath("x".repeat(1_271)), undefined);
    assert.equal(qrPath("漢".repeat(500)), undefined);
  });
});

describe("joining by a photo of a code", function () {
  let pages: DemoPages;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    pages = await openDemo();
    page = await pages.open();
    await pages.lay(page, "code");
  });
  after(async () => pages?.close());

  const choose = (buffer: Buffer): Promise<void> =>
    page.locator("dialog input[type=file]").last().setInputFiles({ name: "a.png", mimeType: "image/png", buffer });

  it("says when there is none in it", async () => {
    await choose(png(300, 300, (x, y) => [(x * y) % 256, x % 256, y % 256]));
    await page.getByText("No code was found in it.").waitFor();
  });

  it("follows the one that is", async () => {
    const rows = encodeQR("http://192.168.8.20:4700/#couloir:7KQ4M2XP", "raw", { ecc: "low", border: 4 });
    const dark = (x: number, y: number): boolean => rows[Math.floor(y / 7)]?.[Math.floor(x / 7)] === true;
    // Lying on a grey desk, off the middle.
    const side = 7 * rows.length;
    await choose(
      png(side + 240, side + 90, (x, y) => {
        const [cx, cy] = [x - 200, y - 30];
        if (cx < 0 || cy < 0 || cx >= side || cy >= side) return [140, 150, 145];
        return dark(cx, cy) ? [10, 10, 10] : [245, 245, 240];
      }),
    );
    await page.waitForFunction(() => demo.backend.calls.some((call) => call.startsWith("join http")));
    await page.waitForSelector("dialog", { state: "detached" });
    pages.browser.assertWell();
  });
});
