/**
 * A photo as it may leave this machine: the same pixels, and nothing of where, when, by whom and with what it was taken.
 * There is no canvas here to draw it anew on, so what is not the picture is cut out of the file.
 */
import { usage, type CouloirError } from "../../errors.ts";
import { cleanJpeg } from "./jpeg.ts";
import { checkSize, damaged, startsWith, textAt, type CleanPhoto } from "./photoBytes.ts";
import { cleanPng } from "./png.ts";
import { cleanWebp } from "./webp.ts";

const PNG = "\u0089PNG\r\n\u001a\n";
const JPEG = "\u00ff\u00d8\u00ff";

const unknown = (bytes: Uint8Array): CouloirError => {
  const brand = textAt(bytes, 4, 4) === "ftyp" ? textAt(bytes, 8, 4) : "";
  const name = /^(?:hei|hev|mif|msf)/u.test(brand) ? "HEIC" : brand.startsWith("avi") ? "AVIF" : "";
  const what = startsWith(bytes, "GIF8") ? "GIF" : name;
  return usage(
    "photo-format",
    `${what === "" ? "this is no JPEG, PNG or WebP" : `${what} cannot be cleaned here`}, so it may say where it was taken: save it as JPEG, or send it as it is with --file`,
  );
};

const clean = (file: Uint8Array): CleanPhoto => {
  if (startsWith(file, JPEG)) return cleanJpeg(file);
  if (startsWith(file, PNG)) return cleanPng(file);
  if (startsWith(file, "RIFF") && textAt(file, 8, 4) === "WEBP") return cleanWebp(file);
  throw unknown(file);
};

/** The photo without EXIF, position, thumbnails and comments; refuses what it cannot clean, and what nobody could see. */
export const cleanPhoto = (file: Uint8Array): CleanPhoto => {
  const photo = clean(file);
  if (photo.width === 0 || photo.height === 0) throw damaged();
  checkSize(photo);
  return photo;
};
