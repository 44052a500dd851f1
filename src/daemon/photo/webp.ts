/**
 * WebP (RFC 9649) without what a program wrote beside the picture. Pure; not a pixel changes. Browsers show it as it is
 * stored whatever its EXIF says, so nothing of that is kept.
 */
import { concat } from "../../protocol/codec.ts";
import { damaged, textAt, type CleanPhoto } from "./photoBytes.ts";

const HEAD_BYTES = 12;
const KEPT = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Flags of VP8X. */
const HAS_XMP = 0x04;
const HAS_EXIF = 0x08;

const chunk = (type: string, body: Uint8Array): Uint8Array => {
  const head = new Uint8Array(8);
  head.set(Buffer.from(type, "latin1"));
  new DataView(head.buffer).setUint32(4, body.length, true);
  return concat(head, body, new Uint8Array(body.length % 2));
};

const three = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);

const sizeOf = (type: string, body: Uint8Array): readonly [number, number] | undefined => {
  if (type === "VP8X" && body.length >= 10) return [three(body, 4) + 1, three(body, 7) + 1];
  if (type === "VP8 " && body.length >= 10) return [three(body, 6) & 0x3fff, three(body, 8) & 0x3fff];
  if (type !== "VP8L" || body.length < 5) return undefined;
  const bits = (three(body, 1) | ((body[4] ?? 0) << 24)) >>> 0;
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
};

/** The picture alone; what follows it in the file is left out as well. */
export const cleanWebp = (file: Uint8Array): CleanPhoto => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const total = 8 + view.getUint32(4, true);
  if (total > file.length) throw damaged();
  const parts: Uint8Array[] = [];
  let size: readonly [number, number] | undefined;
  for (let at = HEAD_BYTES; at + 8 <= total;) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > total) throw damaged();
    const type = textAt(file, at, 4);
    const body = file.slice(at + 8, at + 8 + length);
    size ??= sizeOf(type, body);
    if (type === "VP8X" && body.length > 0) body[0] = (body[0] ?? 0) & ~(HAS_XMP | HAS_EXIF);
    if (KEPT.has(type)) parts.push(chunk(type, body));
    at += 8 + length + (length % 2);
  }
  if (size === undefined) throw damaged();
  const riff = concat(Buffer.from("WEBP", "latin1"), ...parts);
  return { type: "image/webp", bytes: chunk("RIFF", riff), width: size[0], height: size[1] };
};
