/** The photo that goes out: new pixels in a new JPEG, so that nothing else of the file comes along, and its thumbnail. */
import type { Picture } from "../../../src/types.ts";
import { discard, sheet, toJpeg } from "./canvas.ts";
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

export interface FinishedPhoto {
  readonly blob: Blob;
  readonly picture: Picture;
}

const toBase64 = async (blob: Blob): Promise<string> =>
  btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""));

const thumbnail = async (source: HTMLCanvasElement): Promise<string> => {
  for (const side of THUMBNAIL_SIDES) {
    const scale = Math.min(1, side / Math.max(source.width, source.height));
    const small = sheet(source.width * scale, source.height * scale);
    small.pen.drawImage(source, 0, 0, small.canvas.width, small.canvas.height);
    for (const quality of THUMBNAIL_QUALITIES) {
      const blob = await toJpeg(small.canvas, quality);
      if (blob.size <= MAX_THUMBNAIL) return await toBase64(blob);
    }
    discard(small);
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
