/** Reads a QR code from a photo of it: a page on plain http gets no live camera. */
import { decodeQR } from "qr/decode.js";
import { discard } from "../photo/canvas.ts";
import { UNTOUCHED } from "../photo/edit.ts";
import { openPhoto } from "../photo/open.ts";
import { drawPhoto } from "../photo/render.ts";

/** Sizes to try, longest side in pixels: a code that fills the photo is found sooner when it is small. */
const SIDES = [900, 1_800];

/** What the code says; `undefined` where none is found. Rejects with a `PhotoTrouble` when it is no picture. */
export const readQr = async (file: Blob): Promise<string | undefined> => {
  const photo = await openPhoto(file);
  try {
    for (const side of SIDES) {
      const canvas = drawPhoto(photo, UNTOUCHED.now, { side });
      const { width, height } = canvas;
      const pixels = canvas.getContext("2d", { alpha: false })?.getImageData(0, 0, width, height);
      discard({ canvas });
      try {
        if (pixels) return decodeQR(pixels);
      } catch {
        // None at this size.
      }
    }
    return undefined;
  } finally {
    discard(photo);
  }
};
