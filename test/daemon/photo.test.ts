/** Photos from Node: nothing of the file but the picture goes out. */
import { strict as assert } from "node:assert";
import fc from "fast-check";
import { CouloirError } from "../../src/errors.ts";
import { readOrientation } from "../../src/daemon/photo/orientation.ts";
import { cleanPhoto } from "../../src/daemon/photo/photo.ts";
import * as photos from "../helpers/photos.ts";
import { pngHeader } from "../photo/pictures.ts";

const { JPEG, PNG, WEBP, SECRET, segment, jpegWith, pngChunk, pngWith, tiff, webpChunk, webpWith } = photos;

const exif = (orientation: number, little = true): Buffer =>
  segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff(orientation, little)]));

const clean = (file: Buffer) => {
  const photo = cleanPhoto(file);
  const out = Buffer.from(photo.bytes);
  for (const word of [SECRET, "http://ns.adobe", "Photoshop", "xmpmeta", "MPF"])
    assert.ok(!out.includes(word, 0, "latin1"), word);
  return { ...photo, out };
};

describe("photos: JPEG", () => {
  it("leaves a picture that has nothing to hide as it is", () => {
    const { out, type, width, height } = clean(JPEG);
    assert.deepEqual([type, width, height], ["image/jpeg", 12, 8]);
    assert.deepEqual(out, JPEG);
  });

  it("cuts out EXIF, XMP, IPTC, comments, thumbnails and whatever else, and what follows the picture", () => {
    const spoilt = jpegWith(
      [
        exif(1),
        segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}`),
        segment(0xed, `Photoshop 3.0\0${SECRET}`),
        segment(0xfe, SECRET),
        segment(0xe0, `JFXX\0\u0010${SECRET}`),
        segment(0xe2, `MPF\0${SECRET}`),
        segment(0xe2, `urn:iso:std:iso:ts:21496:-1\0${SECRET}`),
        segment(0xef, SECRET),
        // A marker may be filled up to any length.
        Buffer.from([0xff]),
      ],
      Buffer.concat([JPEG, Buffer.from(SECRET)]),
    );
    assert.ok(spoilt.includes(SECRET));
    assert.deepEqual(clean(spoilt).out, JPEG);
  });

  it("cuts a thumbnail out of JFIF's own head", () => {
    const body = Buffer.concat([JPEG.subarray(6, 6 + 12), Buffer.from([2, 3]), Buffer.from(SECRET.padEnd(18, "x"))]);
    const spoilt = Buffer.concat([JPEG.subarray(0, 2), segment(0xe0, body), JPEG.subarray(20)]);
    assert.deepEqual(clean(spoilt).out, JPEG);
  });

  it("finds them between the scans of a progressive picture", () => {
    const scan = JPEG.lastIndexOf(Buffer.from([0xff, 0xda]));
    const again = JPEG.subarray(scan, -2);
    const spoilt = Buffer.concat([JPEG.subarray(0, -2), segment(0xfe, SECRET), again, exif(1), JPEG.subarray(-2)]);
    assert.deepEqual(clean(spoilt).out, Buffer.concat([JPEG.subarray(0, -2), again, JPEG.subarray(-2)]));
  });

  for (const little of [true, false])
    it(`keeps which way up it is, and nothing else of EXIF (${little ? "II" : "MM"})`, () => {
      const { out, width, height } = clean(jpegWith([exif(6, little)]));
      assert.deepEqual([width, height], [8, 12], "as it is seen");
      const at = out.indexOf("Exif\0\0", 0, "latin1");
      const length = out.readUInt16BE(at - 2);
      assert.equal(length, 2 + 6 + 26, "no more than one entry");
      assert.equal(readOrientation(out.subarray(at + 6, at - 2 + length)), 6);
      assert.deepEqual(Buffer.concat([out.subarray(0, 2), out.subarray(at - 2 + length)]), JPEG);
      assert.deepEqual(clean(out).out, out, "and is as it is when cleaned again");
    });
});

describe("photos: PNG", () => {
  it("leaves a picture that has nothing to hide as it is", () => {
    const { out, type, width, height } = clean(PNG);
    assert.deepEqual([type, width, height], ["image/png", 12, 8]);
    assert.ok(out.equals(PNG) || PNG.includes("tEXt"));
  });

  it("cuts out words, times, EXIF, what it does not know, and what follows the picture", () => {
    const spoilt = pngWith(
      [
        pngChunk("tEXt", `Comment\0${SECRET}`),
        pngChunk("zTXt", SECRET),
        pngChunk("iTXt", `XML:com.adobe.xmp\0${SECRET}`),
        pngChunk("tIME", SECRET),
        pngChunk("eXIf", tiff(1)),
        pngChunk("prVt", SECRET),
      ],
      Buffer.from(SECRET),
    );
    assert.deepEqual(clean(spoilt).out, clean(PNG).out);
  });

  it("keeps which way up it is", () => {
    const { out, width, height } = clean(pngWith([pngChunk("eXIf", tiff(8))]));
    assert.deepEqual([width, height], [8, 12]);
    const at = out.indexOf("eXIf");
    assert.ok(at < out.indexOf("IDAT"));
    const whole = out.subarray(at - 4, at + 4 + out.readUInt32BE(at - 4) + 4);
    assert.deepEqual(whole, pngChunk("eXIf", whole.subarray(8, -4)), "with its checksum");
    assert.equal(readOrientation(whole.subarray(8, -4)), 8);
  });
});

describe("photos: WebP", () => {
  it("leaves a picture that has nothing to hide as it is", () => {
    const { out, type, width, height } = clean(WEBP);
    assert.deepEqual([type, width, height], ["image/webp", 12, 8]);
    assert.deepEqual(out, WEBP);
  });

  it("cuts out EXIF, XMP, what it does not know, and what follows the picture", () => {
    // Browsers show a WebP as it is stored, whichever way EXIF turns it.
    const hidden = ["EXIF", "XMP ", "SECR"].map((type) =>
      webpChunk(type, type === "EXIF" ? tiff(6) : Buffer.from(SECRET)),
    );
    assert.deepEqual(clean(webpWith(hidden, 0x0c, Buffer.from(SECRET))).out, WEBP);
  });
});

describe("photos: what is none, or is hostile", () => {
  const refusal = (file: Buffer): CouloirError => {
    try {
      cleanPhoto(file);
    } catch (error) {
      assert.ok(error instanceof CouloirError, String(error));
      assert.equal(error.fault, "usage");
      return error;
    }
    throw new Error("it was taken");
  };

  it("refuses what it cannot clean, and says what to do", () => {
    for (const [file, words] of [
      [Buffer.from("\0\0\0\u0018ftypheic\0\0\0\0", "latin1"), /^HEIC cannot be cleaned here.*JPEG.*--file$/u],
      [Buffer.from("\0\0\0\u0018ftypavif\0\0\0\0", "latin1"), /^AVIF/u],
      [Buffer.from("GIF89a"), /^GIF/u],
      [Buffer.from("<svg/>"), /^this is no JPEG, PNG or WebP/u],
      [Buffer.alloc(0), /^this is no JPEG/u],
    ] as const) {
      const { code, message } = refusal(file);
      assert.equal(code, "photo-format");
      assert.match(message, words);
    }
  });

  it("refuses what is cut off, anywhere", () => {
    for (const whole of [JPEG, PNG, WEBP])
      for (let length = 0; length < whole.length; length += 1) refusal(whole.subarray(0, length));
  });

  it("refuses what says it is larger than others could see, and what has no pixels", () => {
    for (const [width, height] of [
      [50_000, 50_000],
      [16_385, 1],
      [6_400, 6_251],
    ] as const) {
      const { code, message } = refusal(pngHeader(width, height));
      assert.equal(code, "photo-too-large");
      assert.match(message, new RegExp(`^this photo is ${width} × ${height} pixels.*40 megapixels.*--file$`, "u"));
    }
    assert.equal(cleanPhoto(pngHeader(6_400, 6_250)).width, 6_400);
    const empty = Buffer.concat([PNG.subarray(0, 8 + 25), pngChunk("IDAT", ""), pngChunk("IEND", "")]);
    assert.equal(refusal(empty).code, "photo-damaged");
  });

  it("ends for any bytes, with a photo or with a refusal, and lets no secret out of a segment", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          jpegWith([exif(6)]),
          pngWith([pngChunk("eXIf", tiff(3))]),
          webpWith([webpChunk("EXIF", tiff(5))], 8),
        ),
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }),
        (photo, changes) => {
          const changed = Buffer.from(photo);
          for (const [at, value] of changes) changed[at % changed.length] = value;
          try {
            cleanPhoto(changed);
          } catch (error) {
            assert.ok(error instanceof CouloirError, String(error));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
