/** The photo that goes out: new pixels in a new JPEG, so that nothing else of the file comes along, and its thumbnail. */
import type { Picture } from "../../../src/types.ts";
import type { Ready } from "../order.ts";
import type { Parcel } from "../parcel.ts";
import { discard, sheet, toJpeg, toJpegNow } from "./canvas.ts";
import type { Edit } from "./edit.ts";
import type { Photo } from "./open.ts";
import { drawPhoto, OUTPUT_SIDE } from "./render.ts";
import { PhotoTrouble } from "./trouble.ts";

/** Most bytes of a thumbnail. */
const MAX_THUMBNAIL = 12 * 1024;
const QUALITIES = [0.82, 0.74, 0.66];
/** Above so many bytes a photo is encoded once more, with less. */
const ENOUGH = 1_500_000;
const THUMBNAIL_SIDES = [320, 240, 160, 80];
const THUMBNAIL_QUALITIES = [0.7, 0.55, 0.4, 0.25];

export interface FinishedPhoto extends Ready {
  readonly picture: Picture;
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

const shrunk = (source: HTMLCanvasElement, side: number): HTMLCanvasElement => {
  const scale = Math.min(1, side / Math.max(source.width, source.height));
  const { canvas, pen } = sheet(source.width * scale, source.height * scale);
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const thumbnail = async (source: HTMLCanvasElement): Promise<string> => {
  for (const side of THUMBNAIL_SIDES) {
    const canvas = shrunk(source, side);
    for (const quality of THUMBNAIL_QUALITIES) {
      const blob = await toJpeg(canvas, quality);
      if (blob.size <= MAX_THUMBNAIL) return toBase64(new Uint8Array(await blob.arrayBuffer()));
    }
    discard({ canvas });
  }
  throw new PhotoTrouble("broken");
};

/** Draws and encodes. Rejects with a `PhotoTrouble`. */
export const finishPhoto = async (photo: Photo, edit: Edit): Promise<FinishedPhoto> => {
  const canvas = drawPhoto(photo, edit, { side: OUTPUT_SIDE });
  try {
    const { width, height } = canvas;
    const [first, ...lower] = QUALITIES;
    let blob = await toJpeg(canvas, first ?? 0.8);
    for (const quality of lower) if (blob.size > ENOUGH) blob = await toJpeg(canvas, quality);
    return { blob, picture: { width, height, thumbnail: await thumbnail(canvas) } };
  } finally {
    discard({ canvas });
  }
};

/** The thumbnail of a photo that has to be done at once: one try a size. */
const thumbnailNow = (source: HTMLCanvasElement): string | undefined => {
  for (const side of THUMBNAIL_SIDES) {
    const bytes = toJpegNow(shrunk(source, side), THUMBNAIL_QUALITIES[1] ?? 0.5);
    if (bytes && bytes.length <= MAX_THUMBNAIL) return toBase64(bytes);
  }
  return undefined;
};

/** The same at once, for a page that is going away: it is encoded only once. Nothing where that fails. */
export const finishNow = (photo: Photo, edit: Edit): Parcel | undefined => {
  // The desk is cleared: what is drawn of nothing is white.
  if (photo.canvas.width === 0) return undefined;
  try {
    const canvas = drawPhoto(photo, edit, { side: OUTPUT_SIDE });
    const { width, height } = canvas;
    const [bytes, small] = [toJpegNow(canvas, QUALITIES[1] ?? 0.7), thumbnailNow(canvas)];
    return bytes && small ? { bytes, type: "image/jpeg", picture: { width, height, thumbnail: small } } : undefined;
  } catch {
    return undefined;
  }
};
