/**
 * A small picture of a photo, which others see before they have fetched it. There is no canvas here: Squoosh's codecs in
 * WebAssembly open and write it. They are loaded when the first photo is sent.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { CleanPhoto } from "./photoBytes.ts";

/** Bytes that a thumbnail may have. */
export const MAX_THUMBNAIL = 12_288;
/** The longest side, and the quality of JPEG, from the best that fits. */
const ATTEMPTS = [
  { side: 320, quality: 72 },
  { side: 320, quality: 50 },
  { side: 320, quality: 30 },
  { side: 160, quality: 40 },
  { side: 80, quality: 30 },
] as const;

/** Pixels, four bytes each: red, green, blue, opacity. */
interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

const wasm = async (name: string): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve(name))));

const open = async ({ type, bytes }: CleanPhoto): Promise<Pixels> => {
  const buffer = new Uint8Array(bytes).buffer;
  if (type === "image/png") {
    const { default: decode, init } = await import("@jsquash/png/decode.js");
    await init(await wasm("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
    return (await decode(buffer)) as Pixels;
  }
  if (type === "image/webp") {
    const { default: decode, init } = await import("@jsquash/webp/decode.js");
    await init(await wasm("@jsquash/webp/codec/dec/webp_dec.wasm"));
    return (await decode(buffer)) as Pixels;
  }
  const { default: decode, init } = await import("@jsquash/jpeg/decode.js");
  await init(await wasm("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
  // The right way up: the thumbnail says nothing of its orientation.
  return (await decode(buffer, { preserveOrientation: true })) as Pixels;
};

/** Each pixel the mean of those that it stands for, on white paper. */
export const shrink = ({ data, width, height }: Pixels, side: number): Pixels => {
  const scale = Math.min(1, side / Math.max(width, height));
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const small = new Uint8ClampedArray(w * h * 4);
  for (let y = 0; y < h; y += 1) {
    const [top, bottom] = [Math.floor((y * height) / h), Math.floor(((y + 1) * height) / h)];
    for (let x = 0; x < w; x += 1) {
      const [left, right] = [Math.floor((x * width) / w), Math.floor(((x + 1) * width) / w)];
      const sum = [0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        for (let at = (row * width + left) * 4; at < (row * width + right) * 4; at += 4) {
          const opacity = (data[at + 3] as number) / 255;
          for (const colour of [0, 1, 2])
            sum[colour] = (sum[colour] as number) + 255 + ((data[at + colour] as number) - 255) * opacity;
        }
      }
      const count = (bottom - top) * (right - left);
      small.set([...sum.map((one) => one / count), 255], (y * w + x) * 4);
    }
  }
  return { data: small, width: w, height: h };
};

/** A JPEG of at most `MAX_THUMBNAIL` bytes, of a photo as `cleanPhoto` lets it through; empty if no codec here opens it. */
export const thumbnailOf = async (photo: CleanPhoto): Promise<Uint8Array> => {
  try {
    const pixels = await open(photo);
    const { default: encode, init } = await import("@jsquash/jpeg/encode.js");
    await init(await wasm("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
    for (const { side, quality } of ATTEMPTS) {
      const jpeg = new Uint8Array(
        await encode({ ...shrink(pixels, side), colorSpace: "srgb" } as ImageData, { quality }),
      );
      if (jpeg.length <= MAX_THUMBNAIL) return jpeg;
    }
  } catch {
    // Others may open what these codecs do not: it goes out without a small picture.
  }
  return new Uint8Array();
};
