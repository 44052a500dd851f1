import type { GroupId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";

/**
 * How pictures begin: JPEG, PNG, GIF, WebP, JPEG XL; HEIF and AVIF (ISO/IEC 23008-12); TIFF and what cameras call raw, of
 * which Canon's is a film's box, and Fujifilm, Olympus and Panasonic begin theirs in their own way.
 */
const BEGINNINGS = [
  /^(\xff\xd8\xff|\x89PNG|GIF8|RIFF[^]{4}WEBP|[^]{4}JXL )/,
  /^[^]{4}ftyp(hei[cxms]|hev[cxms]|miaf|mif1|msf1|avi[fs]|crx )/,
  /^(II[*+]\0|MM\0[*+]|FUJIFILM|IIR[OS]|MMOR|IIU\0)/,
];

/** Photos say where they were taken. Browsers go by a file's name, so what it begins with counts as well. */
export const isPhoto = async (file: File): Promise<boolean> => {
  if (file.type === "image/svg+xml") return false;
  if (file.type.startsWith("image/")) return true;
  const beginning = await file
    .slice(0, 12)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const text = String.fromCharCode(...new Uint8Array(beginning));
  return BEGINNINGS.some((one) => one.test(text));
};

/** A photo goes to the editor first, several to where they are looked through; any other file is sent as it is. */
export const attachFiles = async (app: Controller, caucus: GroupId, files: readonly File[]): Promise<void> => {
  const { files: desk, router } = app;
  const are = await Promise.all(files.map(isPhoto));
  const photos = files.filter((_, at) => are[at]);
  const [first, ...more] = photos;
  if (more.length > 0) {
    desk.photos.value = photos;
    router.open({ over: "photos", caucus });
  } else if (first) {
    desk.photo.value = first;
    router.open({ over: "photo", caucus });
  } else if (files.length > 0 && router.route.peek().over) router.back();
  await app.act(async () => {
    for (const [at, file] of files.entries()) if (!are[at]) await desk.sendBlob(caucus, file);
  });
};
