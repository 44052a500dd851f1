import assert from "node:assert/strict";
import fc from "fast-check";
import { exifTells } from "../../web/app/photo/exif.ts";
import { isDecodable, pictureHeader } from "../../web/app/photo/header.ts";
import { exifApp1, gif, jpegHeader, pngHeader, webpLossy, webpLossless, webpExtended } from "./pictures.ts";

const size = (bytes: Uint8Array): unknown => {
  const header = pictureHeader(bytes);
  return header && [header.type, header.width, header.height];
};

describe("a picture's header", () => {
  it("gives the size that the file itself states, in every kind that is taken", () => {
    assert.deepEqual(size(jpegHeader(4032, 3024)), ["image/jpeg", 4032, 3024]);
    assert.deepEqual(size(jpegHeader(640, 480, { progressive: true })), ["image/jpeg", 640, 480]);
    assert.deepEqual(size(pngHeader(50_000, 50_000)), ["image/png", 50_000, 50_000]);
    assert.deepEqual(size(webpLossy(1000, 700)), ["image/webp", 1000, 700]);
    assert.deepEqual(size(webpLossless(16_383, 9)), ["image/webp", 16_383, 9]);
    assert.deepEqual(size(webpExtended(12, 34)), ["image/webp", 12, 34]);
    assert.deepEqual(size(gif(20, 10)), ["image/gif", 20, 10]);
  });

  it("believes the larger size where a file states two", () => {
    assert.deepEqual(size(gif(2, 2, { frame: [60_000, 3] })), ["image/gif", 60_000, 3]);
    assert.deepEqual(size(webpExtended(8, 8, { frame: [16_000, 16_000] })), ["image/webp", 16_000, 16_000]);
    assert.deepEqual(size(jpegHeader(8, 8, { again: [20_000, 20_000] })), ["image/jpeg", 20_000, 20_000]);
  });

  it("refuses what no phone can hold, before anybody decodes it", () => {
    assert.ok(isDecodable({ width: 8000, height: 5000 }));
    assert.ok(isDecodable({ width: 16_384, height: 1000 }));
    assert.ok(!isDecodable({ width: 8001, height: 5000 }));
    assert.ok(!isDecodable({ width: 16_385, height: 1 }));
    assert.ok(!isDecodable({ width: 50_000, height: 50_000 }));
  });

  it("takes no other kind, nothing without a size, and no size that comes after the scan", () => {
    for (const text of ["<svg xmlns='x' width='1' height='1'/>", "BM", "\0\0\0 ftypheic", "%PDF-1.7", "", "GIF89a"]) {
      assert.equal(pictureHeader(Buffer.from(text, "latin1")), undefined, text);
    }
    assert.equal(size(pngHeader(0, 5)), undefined);
    assert.equal(size(jpegHeader(5, 0)), undefined);
    assert.equal(pictureHeader(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2)), undefined);
    assert.equal(pictureHeader(jpegHeader(5, 5).subarray(0, 12)), undefined);
  });

  it("tells a place from other data", () => {
    assert.equal(pictureHeader(jpegHeader(9, 9))?.hidden, "nothing");
    for (const order of ["II", "MM"] as const) {
      assert.equal(pictureHeader(jpegHeader(9, 9, { segments: [exifApp1({ order, gps: true })] }))?.hidden, "place");
      assert.equal(pictureHeader(jpegHeader(9, 9, { segments: [exifApp1({ order, gps: false })] }))?.hidden, "data");
    }
    assert.equal(exifTells(Buffer.from("nonsense")), "data");
  });

  it("never throws and never hangs, whatever the bytes", () => {
    const whole = [
      jpegHeader(100, 100, { segments: [exifApp1({ order: "II", gps: true })] }),
      pngHeader(3, 3),
      webpExtended(8, 8),
      webpLossless(3, 3),
      gif(4, 4),
    ];
    const spoilt = fc
      .tuple(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 8 }),
        fc.uint8Array({ maxLength: 64 }),
      )
      .map(([bytes, changes, tail]) => {
        const copy = Buffer.concat([bytes, tail]);
        for (const [at, value] of changes) copy[at % copy.length] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const header = pictureHeader(bytes);
        assert.ok(!header || (header.width > 0 && header.height > 0));
      }),
      { numRuns: 3_000, seed: 7 },
    );
    const many = new Uint8Array(4 * 1024 * 1024).fill(0xff);
    many[1] = 0xd8;
    assert.equal(pictureHeader(many), undefined);
  });
});
