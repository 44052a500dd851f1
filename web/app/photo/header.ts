/**
 * What a picture says of itself before anything is decoded: a decoder allocates by these numbers, so they are checked
 * first. JPEG (ITU T.81 B.2), PNG (W3C PNG 11.2.2), WebP (RFC 9649), GIF (GIF89a 18, 20). Total: no input throws.
 */
import { BytesView } from "./bytesView.ts";
import { exifTells, type Hidden } from "./exif.ts";

export interface PictureHeader {
  readonly type: "image/jpeg" | "image/png" | "image/webp" | "image/gif";
  /** Pixels as stored; a rotation by EXIF exchanges them. */
  readonly width: number;
  readonly height: number;
  /** What the file carries besides the picture. */
  readonly hidden: Hidden;
}

/** How much of a file's beginning `pictureHeader` needs at most. Cameras put tables and previews before a JPEG's size. */
export const HEADER_BYTES = 4 * 1024 * 1024;
/** Pictures beyond either limit are not decoded. */
const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 16_384;

type Found = Omit<PictureHeader, "type">;

const more = (a: Hidden, b: Hidden): Hidden => (a === "place" || b === "place" ? "place" : a === "nothing" ? b : a);

const jpeg = (view: BytesView): Found | undefined => {
  let hidden: Hidden = "nothing";
  let size: { width: number; height: number } | undefined;
  for (let at = 2; at + 4 <= view.length;) {
    if (view.u8(at) !== 0xff) return undefined;
    const marker = view.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // The scan begins: everything that counts came before. DNL, which says the height later, is not taken.
    if (marker === 0xda) return size && { ...size, hidden };
    const length = view.be16(at + 2);
    if (length < 2) return undefined;
    if (marker === 0xe1 && view.says(at + 4, "Exif\0\0")) {
      hidden = more(hidden, exifTells(view.bytes.subarray(at + 10, at + 2 + length)));
    } else if (marker === 0xe1 || marker === 0xed || marker === 0xfe) hidden = more(hidden, "data");
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.be16(at + 5), view.be16(at + 7)];
      size = { width: Math.max(width, size?.width ?? 0), height: Math.max(height, size?.height ?? 0) };
    }
    at += 2 + length;
  }
  return undefined;
};

const png = (view: BytesView): Found | undefined => {
  if (view.be32(8) !== 13 || !view.says(12, "IHDR")) return undefined;
  let hidden: Hidden = "nothing";
  for (let at = 33; at + 8 <= view.length; at += 12 + view.be32(at)) {
    if (view.says(at + 4, "IDAT")) break;
    if (view.says(at + 4, "eXIf")) {
      hidden = more(hidden, exifTells(view.bytes.subarray(at + 8, at + 8 + view.be32(at))));
    } else if (["tEXt", "iTXt", "zTXt"].some((name) => view.says(at + 4, name))) hidden = more(hidden, "data");
  }
  return { width: view.be32(16), height: view.be32(20), hidden };
};

const webp = (view: BytesView): Found | undefined => {
  let [width, height, hidden]: [number, number, Hidden] = [0, 0, "nothing"];
  const take = (w: number, h: number): void => {
    width = Math.max(width, w);
    height = Math.max(height, h);
  };
  for (let at = 12; at + 8 <= view.length;) {
    const [size, body] = [view.le32(at + 4), at + 8];
    if (view.says(at, "VP8X")) take(view.le24(body + 4) + 1, view.le24(body + 7) + 1);
    else if (view.says(at, "VP8 ")) take(view.le16(body + 6) & 0x3fff, view.le16(body + 8) & 0x3fff);
    else if (view.says(at, "VP8L")) {
      const bits = view.le32(body + 1);
      take((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    } else if (view.says(at, "ANMF")) take(view.le24(body + 6) + 1, view.le24(body + 9) + 1);
    else if (view.says(at, "EXIF")) hidden = more(hidden, exifTells(view.bytes.subarray(body, body + size)));
    else if (view.says(at, "XMP ")) hidden = more(hidden, "data");
    at = body + size + (size % 2);
  }
  return { width, height, hidden };
};

const gif = (view: BytesView): Found | undefined => {
  let [width, height, hidden]: [number, number, Hidden] = [view.le16(6), view.le16(8), "nothing"];
  const table = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  let at = 13 + table(view.u8(10));
  // Extensions come before the first frame; a frame may be larger than the screen that the header promises.
  while (view.u8(at) === 0x21) {
    if (view.u8(at + 1) === 0xfe) hidden = "data";
    at += 2;
    while (view.u8(at) !== 0) at += 1 + view.u8(at);
    at += 1;
  }
  if (view.u8(at) !== 0x2c) return undefined;
  width = Math.max(width, view.le16(at + 1) + view.le16(at + 5));
  height = Math.max(height, view.le16(at + 3) + view.le16(at + 7));
  return { width, height, hidden };
};

/** Reads a picture's own size from its beginning. `undefined`: no picture of a kind that is taken. */
export const pictureHeader = (beginning: Uint8Array): PictureHeader | undefined => {
  const view = new BytesView(beginning);
  const as = (type: PictureHeader["type"], found: Found | undefined): PictureHeader | undefined =>
    found && found.width > 0 && found.height > 0 ? { type, ...found } : undefined;
  if (view.be16(0) === 0xffd8) return as("image/jpeg", jpeg(view));
  if (view.be32(0) === 0x89504e47 && view.be32(4) === 0x0d0a1a0a) return as("image/png", png(view));
  if (view.says(0, "RIFF") && view.says(8, "WEBP")) return as("image/webp", webp(view));
  if (view.says(0, "GIF87a") || view.says(0, "GIF89a")) return as("image/gif", gif(view));
  return undefined;
};

/** Whether a device in a pocket can decode a picture of this size. */
export const isDecodable = ({ width, height }: Pick<PictureHeader, "width" | "height">): boolean =>
  width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS;
