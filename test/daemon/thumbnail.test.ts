/** Small pictures of photos that are sent from the command line. */
import assert from "node:assert/strict";
import { cleanPhoto } from "../../src/daemon/photo/photo.ts";
import { MAX_THUMBNAIL, shrink, thumbnailOf } from "../../src/daemon/photo/thumbnail.ts";
import { JPEG, PNG, WEBP } from "../helpers/photos.ts";
import { exifApp1, jpegHeader, png, withSegments } from "../photo/pictures.ts";

/** Width and height from the frame header of a JPEG. */
const sizeOf = (jpeg: Uint8Array): [number, number] => {
  const bytes = Buffer.from(jpeg);
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2))
    if (bytes[at + 1] === 0xc0 || bytes[at + 1] === 0xc2)
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  throw new Error("no frame");
};

describe("a thumbnail from the command line", () => {
  it("is a small JPEG of each format", async () => {
    for (const file of [JPEG, PNG, WEBP]) {
      const small = await thumbnailOf(cleanPhoto(file));
      assert.equal(Buffer.from(small).readUInt16BE(0), 0xffd8);
      assert.deepEqual(sizeOf(small), [12, 8]);
    }
  });

  it("is at most 320 pixels long and 12 KiB, also of noise", async () => {
    let state = 1;
    const noise = (): number => (state = (state * 48_271) % 2_147_483_647) & 255;
    const small = await thumbnailOf(cleanPhoto(png(900, 600, () => [noise(), noise(), noise()])));
    const [width, height] = sizeOf(small);
    assert.ok(small.length > 0 && small.length <= MAX_THUMBNAIL, String(small.length));
    assert.ok(width <= 320 && Math.abs(width * 2 - height * 3) <= 3, `${width} × ${height}`);
  });

  it("stands the right way up", async () => {
    const lying = withSegments(JPEG, exifApp1({ order: "II", gps: true, orientation: 6 }));
    const photo = cleanPhoto(lying);
    assert.deepEqual([photo.width, photo.height], [8, 12]);
    const small = await thumbnailOf(photo);
    assert.deepEqual(sizeOf(small), [8, 12]);
    assert.ok(!Buffer.from(small).includes("Exif"));
  });

  it("is the mean of what it stands for, on white paper", () => {
    const data = Uint8ClampedArray.from([0, 0, 0, 255, 100, 100, 100, 255, 0, 0, 0, 0, 50, 50, 50, 255]);
    assert.deepEqual([...shrink({ data, width: 4, height: 1 }, 2).data], [50, 50, 50, 255, 152, 152, 152, 255]);
  });

  it("is left away where the photo cannot be opened", async () => {
    const broken = { type: "image/jpeg", bytes: jpegHeader(600, 400), width: 600, height: 400 } as const;
    assert.equal((await thumbnailOf(broken)).length, 0);
  });
});
