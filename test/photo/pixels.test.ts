/** Photos in a real browser: what goes out is looked at byte by byte and pixel by pixel. Needs Chromium. */
import assert from "node:assert/strict";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type * as Bench from "./bench.ts";
import { Chromium, whyNoChromium } from "../helpers/chromium.ts";
import { exifApp1, jpegHeader, png, pngHeader, withSegments } from "./pictures.ts";

type Rgb = readonly [number, number, number];
const RED: Rgb = [220, 20, 30];
const BLUE: Rgb = [20, 30, 220];
const near = (a: readonly number[], b: readonly number[], by = 24): boolean =>
  b.every((value, i) => Math.abs(value - (a[i] ?? -999)) <= by);

describe("a photo in a browser", function () {
  let browser: Chromium;
  let page: Page;

  before(async function () {
    if (whyNoChromium() !== undefined) this.skip();
    const { outputFiles } = await build({
      entryPoints: [new URL("bench.ts", import.meta.url).pathname],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "bench",
      target: "es2024",
    });
    browser = await Chromium.open();
    page = await browser.page();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  });
  after(async () => browser?.close());

  type Request = Parameters<typeof Bench.work>[0];
  const work = async (file: Uint8Array, request: Omit<Request, "file"> = {}): Promise<Bench.Worked> =>
    page.evaluate((given) => (globalThis as unknown as { bench: typeof Bench }).bench.work(given), {
      ...request,
      file: Buffer.from(file).toString("base64"),
    });
  const jpeg = async (source: Uint8Array): Promise<Buffer> => {
    const { bytes } = await work(source);
    assert.ok(bytes);
    return Buffer.from(bytes, "base64");
  };

  it("goes out without EXIF and place, the right way up", async () => {
    const plain = await jpeg(png(64, 32, (x) => (x < 32 ? RED : BLUE)));
    // Orientation 6: what is stored on the left is shown at the top.
    const taken = withSegments(plain, exifApp1({ order: "MM", gps: true, orientation: 6 }));
    assert.ok(taken.includes("Exif") && taken.includes("GPS"));

    const worked = await work(taken, {
      look: [
        [16, 12],
        [16, 52],
      ],
    });
    assert.equal(worked.hidden, "place");
    assert.deepEqual([worked.width, worked.height], [32, 64]);
    assert.ok(near(worked.looked?.[0] ?? [], RED), String(worked.looked));
    assert.ok(near(worked.looked?.[1] ?? [], BLUE), String(worked.looked));
    for (const base64 of [worked.bytes, worked.thumbnail]) {
      const bytes = Buffer.from(base64 ?? "", "base64");
      assert.equal(bytes.readUInt16BE(0), 0xffd8);
      for (const word of ["Exif", "GPS", "46.2044", "http://ns.adobe"]) assert.ok(!bytes.includes(word), word);
    }
  });

  it("is black and nothing else where it was blacked out", async () => {
    // The secret is a colour that is nowhere else, in stripes, under an uneven box.
    const secret = (x: number, y: number): Rgb => {
      const inside = x >= 203 && x < 397 && y >= 101 && y < 199;
      if (inside) return (x >> 3) % 2 === 0 ? [255, 0, 255] : [0, 255, 0];
      return [240, 240, 230];
    };
    const box = { x: 203 / 600, y: 101 / 300, w: 194 / 600, h: 98 / 300 };
    for (const more of [
      [],
      [{ do: "turn" }] as const,
      [{ do: "crop", box: { x: 0.2, y: 0.1, w: 0.6, h: 0.8 } }] as const,
    ]) {
      const worked = await work(png(600, 300, secret), { actions: [{ do: "black", box }, ...more], census: true });
      const { black, saturated, pixels } = worked.census ?? { black: 0, saturated: -1, pixels: 0 };
      assert.ok(black >= 194 * 98, `${black} of ${pixels} pixels are black`);
      assert.equal(saturated, 0, "a colour of the original shows");
      assert.equal(worked.thumbnailSaturated, 0, "a colour of the original shows in the thumbnail");
      assert.equal(worked.blackIsUniform, true);
    }
    const untouched = await work(png(600, 300, secret), { census: true });
    assert.ok((untouched.census?.saturated ?? 0) > 10_000, "the count would notice");
  });

  it("shows what the pen wrote, and black over it", async () => {
    const white = png(400, 400, () => [255, 255, 255]);
    const stroke = {
      pen: "#a0201b",
      points: [
        { x: 0.1, y: 0.25 },
        { x: 0.9, y: 0.25 },
      ],
    } as const;
    const worked = await work(white, {
      actions: [
        { do: "stroke", stroke },
        { do: "black", box: { x: 0.5, y: 0.1, w: 0.3, h: 0.3 } },
      ],
      look: [
        [100, 100],
        [260, 100],
        [100, 110],
      ],
    });
    assert.ok(near(worked.looked?.[0] ?? [], [160, 32, 27], 60), String(worked.looked));
    assert.ok(near(worked.looked?.[1] ?? [], [0, 0, 0]));
    assert.ok(near(worked.looked?.[2] ?? [], [255, 255, 255]));
  });

  it("is refused undecoded when it is too large, and in words when it is no picture", async () => {
    const bomb = await work(pngHeader(50_000, 50_000));
    assert.deepEqual([bomb.trouble, bomb.decodes], ["too-large", 0]);
    const wide = await work(jpegHeader(65_000, 1));
    assert.deepEqual([wide.trouble, wide.decodes], ["too-large", 0]);
    const svg = await work(Buffer.from("<svg xmlns='x' onload='boom()'/>"));
    assert.deepEqual([svg.trouble, svg.decodes], ["unknown", 0]);
    const cut = await work(jpegHeader(30, 30));
    assert.deepEqual([cut.trouble, cut.decodes], ["broken", 1]);
  });

  it("is at most 2560 wide or high, with a thumbnail of at most 12 KiB whatever it shows", async () => {
    let seed = 1;
    const noise = (): number => ((seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16) & 255;
    const worked = await work(png(3_000, 700, () => [noise(), noise(), noise()]));
    assert.deepEqual([worked.width, worked.height], [2_560, 597]);
    const thumbnail = Buffer.from(worked.thumbnail ?? "", "base64");
    assert.ok(thumbnail.length > 1_000 && thumbnail.length <= 12 * 1024, `${thumbnail.length} bytes`);
  });

  it("opens upright where the browser has no createImageBitmap, or one that knows no options", async () => {
    const plain = await jpeg(png(64, 32, (x) => (x < 32 ? RED : BLUE)));
    const taken = withSegments(plain, exifApp1({ order: "II", gps: false, orientation: 6 }));
    for (const without of ["createImageBitmap", "options"] as const) {
      const worked = await work(taken, { without, look: [[16, 12]] });
      assert.deepEqual([worked.width, worked.height, worked.trouble], [32, 64, undefined]);
      assert.ok(near(worked.looked?.[0] ?? [], RED));
    }
    const cut = await work(jpegHeader(30, 30), { without: "createImageBitmap" });
    assert.equal(cut.trouble, "broken");
  });

  it("says so where the browser hands out altered pixels", async () => {
    const worked = await work(
      png(8, 8, () => RED),
      { without: "true pixels" },
    );
    assert.deepEqual([worked.trouble, worked.decodes], ["withheld", 0]);
  });
});
