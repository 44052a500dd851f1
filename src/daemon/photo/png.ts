/** PNG (W3C PNG, third edition) without what a program wrote beside the picture. Pure; not a pixel changes. */
import { crc32 } from "node:zlib";
import { concat } from "../../protocol/codec.ts";
import { readOrientation, turned, writeOrientation, type Orientation } from "./orientation.ts";
import { damaged, textAt, type CleanPhoto } from "./photoBytes.ts";

const SIGNATURE_BYTES = 8;
/** The picture, its transparency, its colours, its density, its animation. All else is somebody's words or unknown. */
const KEPT = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split(" "),
);

const chunk = (type: string, body: Uint8Array): Uint8Array => {
  const named = concat(Buffer.from(type, "latin1"), body);
  const [length, check] = [new Uint8Array(4), new Uint8Array(4)];
  new DataView(length.buffer).setUint32(0, body.length);
  new DataView(check.buffer).setUint32(0, crc32(named));
  return concat(length, named, check);
};

/** The picture alone; what follows its end in the file is left out as well. */
export const cleanPng = (file: Uint8Array): CleanPhoto => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts: Uint8Array[] = [file.subarray(0, SIGNATURE_BYTES)];
  let orientation: Orientation = 1;
  let size: readonly [number, number] | undefined;
  let pixels = false;
  for (let at = SIGNATURE_BYTES, type = ""; type !== "IEND";) {
    if (at + 12 > file.length) throw damaged();
    const end = at + 12 + view.getUint32(at);
    if (end > file.length) throw damaged();
    type = textAt(file, at + 4, 4);
    const body = file.subarray(at + 8, end - 4);
    if (type === "IHDR" && body.length === 13) size ??= [view.getUint32(at + 8), view.getUint32(at + 12)];
    pixels ||= type === "IDAT" && body.length > 0;
    if (type === "eXIf") orientation = readOrientation(body);
    if (KEPT.has(type)) parts.push(file.subarray(at, end));
    at = end;
  }
  if (size === undefined || !pixels || textAt(file, SIGNATURE_BYTES + 4, 4) !== "IHDR") throw damaged();
  // It has to come before the picture's data.
  if (orientation !== 1) parts.splice(2, 0, chunk("eXIf", writeOrientation(orientation)));
  return { type: "image/png", bytes: concat(...parts), ...turned(orientation, size) };
};
