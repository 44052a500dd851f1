/** The one thing of EXIF that a picture cannot do without: which way up it is. Pure. */

import { unhex } from "../../protocol/codec.ts";

/** EXIF's tag 0x0112: 1 is upright, 5 to 8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const TAG = 0x0112;
const SHORT = 3;

/** The orientation that a TIFF block (the inside of EXIF) tells; 1 where it tells none, or makes no sense. */
export const readOrientation = (tiff: Uint8Array): Orientation => {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  try {
    const little = view.getUint16(0) === 0x4949;
    if ((!little && view.getUint16(0) !== 0x4d4d) || view.getUint16(2, little) !== 42) return 1;
    const start = view.getUint32(4, little);
    const count = view.getUint16(start, little);
    for (let at = start + 2, left = count; left > 0; at += 12, left -= 1) {
      if (view.getUint16(at, little) !== TAG || view.getUint16(at + 2, little) !== SHORT) continue;
      const value = view.getUint16(at + 8, little);
      return value >= 1 && value <= 8 ? (value as Orientation) : 1;
    }
    return 1;
  } catch {
    // It points outside of itself.
    return 1;
  }
};

/** Little-endian; one directory, at 8; one entry of one short; no directory after it. The orientation goes to 18. */
const ONE_ENTRY = "49492a0008000000 0100 1201 0300 01000000 00000000 00000000".replaceAll(" ", "");
const VALUE_AT = 18;

/** A TIFF block that says the orientation and nothing else. */
export const writeOrientation = (orientation: Orientation): Uint8Array => {
  const block = unhex(ONE_ENTRY);
  block[VALUE_AT] = orientation;
  return block;
};

/** What is seen of a picture that is stored so wide and high. */
export const turned = (orientation: Orientation, [width, height]: readonly [number, number]) =>
  orientation >= 5 ? { width: height, height: width } : { width, height };
