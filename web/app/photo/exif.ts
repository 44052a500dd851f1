/** Whether a picture's EXIF block says where it was taken. TIFF 6.0, section 2; EXIF 2.32, tag 0x8825. Total. */
import { BytesView } from "./bytesView.ts";

/** `place`: a position. `data`: camera, time, comments or the like. */
export type Hidden = "place" | "data" | "nothing";

const GPS = 0x8825;
const MAX_ENTRIES = 512;

/** What this TIFF block (without `Exif\0\0` before it) tells. */
export const exifTells = (tiff: Uint8Array): Hidden => {
  const view = new BytesView(tiff);
  const little = view.says(0, "II");
  if (!little && !view.says(0, "MM")) return "data";
  const u16 = (at: number): number => (little ? view.le16(at) : view.be16(at));
  const directory = little ? view.le32(4) : view.be32(4);
  const entries = Math.min(u16(directory), MAX_ENTRIES);
  for (let i = 0; i < entries; i += 1) if (u16(directory + 2 + 12 * i) === GPS) return "place";
  return "data";
};
