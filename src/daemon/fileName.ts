/** Names of files that come from strangers, and what names say of a file's type. Pure. */
import { extname } from "node:path";
import { plainLine } from "./terminal.ts";

const MAX_BYTES = 200;
/** What Windows takes for a device, whatever comes after the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

const shorten = (name: string, end: string): string => {
  let kept = name;
  while (Buffer.byteLength(kept + end) > MAX_BYTES) kept = kept.slice(0, -1);
  return kept.toWellFormed().replaceAll("\ufffd", "") + end;
};

/**
 * A name to save a file under, made of what its sender calls it: no path, nothing that a terminal obeys or that turns
 * text around, nothing hidden, and nothing that some system takes for something else.
 */
export const safeName = (name: string): string => {
  const last = plainLine(name.split(/[/\\]/u).at(-1) ?? "");
  const clean = last
    .replaceAll(/[<>:"|?*]/gu, "_")
    .replace(/^[.\s]+/u, "")
    .replace(/[.\s]+$/u, "");
  if (clean === "") return "file";
  const end = extname(clean);
  const short = end.length > 0 && end.length <= 12 ? shorten(clean.slice(0, -end.length), end) : shorten(clean, "");
  return DEVICE.test(short) ? `_${short}` : short;
};

const TYPES: Readonly<Record<string, string>> = {
  ".csv": "text/csv",
  ".doc": "application/msword",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".gif": "image/gif",
  ".heic": "image/heic",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".md": "text/markdown",
  ".odt": "application/vnd.oasis.opendocument.text",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ".rtf": "application/rtf",
  ".txt": "text/plain",
  ".webp": "image/webp",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".zip": "application/zip",
};

/** The MIME type that the end of a name stands for. */
export const typeOf = (name: string): string => TYPES[extname(name).toLowerCase()] ?? "application/octet-stream";
