/** Beginnings of pictures for tests, written byte by byte, and whole ones where a decoder has to read them. */
import { crc32, deflateSync } from "node:zlib";

const be16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value & 0xffff)];
const le16 = (value: number): number[] => be16(value).toReversed();
const le24 = (value: number): number[] => [...le16(value & 0xffff), value >> 16];
const le32 = (value: number): number[] => be32(value).toReversed();
const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const join = (...parts: readonly (readonly number[] | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => Uint8Array.from(part)));

/** A JPEG's segment of EXIF: an orientation, and a position in Geneva if asked for. */
export const exifApp1 = (options: { order: "II" | "MM"; gps: boolean; orientation?: number }): Buffer => {
  const { order, gps, orientation = 1 } = options;
  const [two, four] = order === "II" ? [le16, le32] : [be16, be32];
  const short = (tag: number, value: number): number[] => [...two(tag), ...two(3), ...four(1), ...two(value), 0, 0];
  const place = gps ? [...two(0x8825), ...two(4), ...four(1), ...four(38)] : [];
  const directory = [...two(gps ? 2 : 1), ...short(0x0112, orientation), ...place, ...four(0)];
  const north = [...two(1), ...two(0x0001), ...two(2), ...four(2), 0x4e, 0, 0, 0, ...four(0)];
  const tiff = join(latin(order), two(42), four(8), directory, gps ? north : [], latin("GPS 46.2044N 6.1432E"));
  return join([0xff, 0xe1], be16(2 + 6 + tiff.length), latin("Exif\0\0"), tiff);
};

export const jpegHeader = (
  width: number,
  height: number,
  options: { progressive?: boolean; again?: readonly [number, number]; segments?: readonly Uint8Array[] } = {},
): Buffer => {
  const frame = (w: number, h: number): number[] => [
    0xff,
    options.progressive === true ? 0xc2 : 0xc0,
    ...be16(11),
    8,
    ...be16(h),
    ...be16(w),
    1,
    1,
    0x11,
    0,
  ];
  return join(
    [0xff, 0xd8, 0xff, 0xe0, ...be16(16)],
    latin("JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
    ...(options.segments ?? []),
    [0xff, 0xff, 0xdb, ...be16(4), 0, 0],
    frame(width, height),
    options.again ? frame(...options.again) : [],
    [0xff, 0xda, ...be16(8), 1, 1, 0, 0, 63, 0],
  );
};

/** The JPEG with segments put behind its beginning, as a camera writes them. */
export const withSegments = (jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

const chunk = (name: string, body: Uint8Array): Buffer => {
  const named = Buffer.concat([latin(name), body]);
  return join(be32(body.length), named, be32(crc32(named)));
};
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A PNG that says it has this size, with as little behind it as a real one can have. */
export const pngHeader = (width: number, height: number): Buffer =>
  join(
    PNG,
    chunk("IHDR", Uint8Array.from([...be32(width), ...be32(height), 8, 2, 0, 0, 0])),
    chunk("IDAT", deflateSync(new Uint8Array(1))),
    chunk("IEND", new Uint8Array(0)),
  );

/** A whole PNG; `colour` gives red, green and blue of each pixel. */
export const png = (
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Buffer => {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows.set(colour(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  return join(
    PNG,
    chunk("IHDR", Uint8Array.from([...be32(width), ...be32(height), 8, 2, 0, 0, 0])),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array(0)),
  );
};

const riff = (...chunks: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat([latin("WEBP"), ...chunks]);
  return join(latin("RIFF"), le32(body.length), body);
};
const webpChunk = (name: string, body: readonly number[]): Buffer =>
  join(latin(name), le32(body.length), body, body.length % 2 === 1 ? [0] : []);
const lossy = (width: number, height: number): Buffer =>
  webpChunk("VP8 ", [0x30, 1, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height)]);

export const webpLossy = (width: number, height: number): Buffer => riff(lossy(width, height));
export const webpLossless = (width: number, height: number): Buffer =>
  riff(webpChunk("VP8L", [0x2f, ...le32((((height - 1) << 14) | (width - 1)) >>> 0)]));
export const webpExtended = (
  width: number,
  height: number,
  options: { frame?: readonly [number, number] } = {},
): Buffer =>
  riff(
    webpChunk("VP8X", [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]),
    webpChunk("ICCP", [1, 2, 3]),
    lossy(...(options.frame ?? [width, height])),
  );

export const gif = (width: number, height: number, options: { frame?: readonly [number, number] } = {}): Buffer => {
  const [w, h] = options.frame ?? [width, height];
  return join(
    latin("GIF89a"),
    [...le16(width), ...le16(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    [0x2c, 0, 0, 0, 0, ...le16(w), ...le16(h), 0, 2, 2, 0x44, 1, 0, 0x3b],
  );
};
