/** JPEG (ITU-T T.81) without what a camera or a program wrote beside the picture. Pure; not a pixel changes. */
import { concat } from "../../protocol/codec.ts";
import { readOrientation, turned, writeOrientation, type Orientation } from "./orientation.ts";
import { damaged, startsWith, type CleanPhoto } from "./photoBytes.ts";

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const COM = 0xfe;
const EXIF = "Exif\0\0";

const isApp = (marker: number): boolean => marker >= APP0 && marker <= 0xef;
/** Start of a frame; the four others of the range are tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** A marker without a segment: restarts, and one for arithmetic coding. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;

const segment = (marker: number, body: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff), body);

/** What is kept of a segment: tables and frames whole; of application data, what decoders need to get the colours right. */
const kept = (marker: number, body: Uint8Array): Uint8Array | undefined => {
  if (!isApp(marker) && marker !== COM) return segment(marker, body);
  // JFIF may carry a small picture of what this one was before: its head has the density alone.
  if (marker === APP0 && startsWith(body, "JFIF\0") && body.length >= 14)
    return segment(marker, concat(body.subarray(0, 12), Uint8Array.of(0, 0)));
  if (marker === APP2 && startsWith(body, "ICC_PROFILE\0")) return segment(marker, body);
  if (marker === APP14 && startsWith(body, "Adobe")) return segment(marker, body.subarray(0, 12));
  return undefined;
};

/** Where the coded data that begin here end: at a marker that is neither stuffing nor a restart. */
const scanEnd = (file: Uint8Array, from: number): number => {
  for (let at = from; at + 1 < file.length; at += 1) {
    const next = file[at + 1] ?? 0;
    if (file[at] === 0xff && next !== 0 && next !== 0xff && !isBare(next)) return at;
  }
  throw damaged();
};

/** The picture alone; what follows it in the file (more pictures, a video) is left out as well. */
export const cleanJpeg = (file: Uint8Array): CleanPhoto => {
  const parts: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  let orientation: Orientation = 1;
  let size: readonly [number, number] | undefined;
  for (let at = 2; ;) {
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1;
    const marker = file[at + 1];
    if (file[at] !== 0xff || marker === undefined) throw damaged();
    if (marker === EOI) break;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    const body = file.subarray(at + 4, at + 2 + length);
    if (length < 2 || body.length !== length - 2) throw damaged();
    if (marker === APP1 && startsWith(body, EXIF)) orientation = readOrientation(body.subarray(EXIF.length));
    if (isFrame(marker) && body.length >= 6)
      size ??= [((body[3] ?? 0) << 8) | (body[4] ?? 0), ((body[1] ?? 0) << 8) | (body[2] ?? 0)];
    const keep = kept(marker, body);
    if (keep !== undefined) parts.push(keep);
    at += 2 + length;
    if (marker !== SOS) continue;
    const end = scanEnd(file, at);
    parts.push(file.subarray(at, end));
    at = end;
  }
  if (size === undefined) throw damaged();
  parts.push(Uint8Array.of(0xff, EOI));
  if (orientation !== 1)
    parts.splice(1, 0, segment(APP1, concat(Buffer.from(EXIF, "latin1"), writeOrientation(orientation))));
  return { type: "image/jpeg", bytes: concat(...parts), ...turned(orientation, size) };
};
