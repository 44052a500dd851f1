/** Canvases of a page. `OffscreenCanvas` is not everywhere, and nothing here is slow enough to need it. */
import { PhotoTrouble } from "./trouble.ts";

export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly pen: CanvasRenderingContext2D;
}

/** A white sheet: what is transparent in a picture becomes paper. */
export const sheet = (width: number, height: number, canvas = document.createElement("canvas")): Sheet => {
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const pen = canvas.getContext("2d", { alpha: false });
  if (!pen) throw new PhotoTrouble("too-large");
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, pen };
};

/** Gives the memory back at once; the collector would take its time over 50 MB. */
export const discard = ({ canvas }: Pick<Sheet, "canvas">): void => {
  canvas.width = 0;
  canvas.height = 0;
};

/** Whether this browser gives back the pixels that were drawn. Some answer with noise. */
export const keepsPixels = (): boolean => {
  const test = sheet(4, 4);
  for (let i = 0; i < 16; i += 1) {
    test.pen.fillStyle = i % 2 === 0 ? "#c01020" : "#1020c0";
    test.pen.fillRect(i % 4, Math.floor(i / 4), 1, 1);
  }
  const { data } = test.pen.getImageData(0, 0, 4, 4);
  return Array.from({ length: 16 }, (_, i) => data[4 * i] === (i % 2 === 0 ? 0xc0 : 0x10)).every(Boolean);
};

/** The canvas as a JPEG, at once: the page stands still meanwhile. Nothing where the canvas is gone. */
export const toJpegNow = (canvas: HTMLCanvasElement, quality: number): Uint8Array<ArrayBuffer> | undefined => {
  const [kind, base64] = canvas.toDataURL("image/jpeg", quality).split(",");
  if (kind !== "data:image/jpeg;base64" || !base64) return undefined;
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
};

/** The canvas as a JPEG. */
export const toJpeg = async (canvas: HTMLCanvasElement, quality: number): Promise<Blob> => {
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, "image/jpeg", quality);
  const blob = await promise;
  if (blob?.type !== "image/jpeg") throw new PhotoTrouble("too-large");
  return blob;
};
