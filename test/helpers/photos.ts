/** Small pictures of 12 × 8 pixels as Chromium writes them, and ways to spoil them. */
import { crc32 } from "node:zlib";

const base64 = (text: string): Buffer => Buffer.from(text, "base64");

export const JPEG = base64(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAA" +
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
    "AAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChn" +
    "VFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAA" +
    "b6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQA" +
    "AAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAg" +
    "ADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBD" +
    "ARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIAAwDASIAAhEB" +
    "AxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUG/8QAIRAAAQMBCQAAAAAAAAAAAAAAAAIEEQUSExVCYWRxouH/xAAVAQEBAAAAAAAAAAAAAAAA" +
    "AAADBf/EAB8RAAEEAQUBAAAAAAAAAAAAAAECAwQRAAUUIVHR8P/aAAwDAQACEQMRAD8AybWq2HCVXMxObTgoY7tu/gBQhadGfbKnE2b7PuDL" +
    "G5WFu8mq+rP/2Q==",
);

export const PNG = base64(
  "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAYAAADN5B7xAAAAMElEQVR4AbzPsQ0AAAgCwdeZ3H8Cd1IHoLGB5EoSyIZRaEZJnjEUCkKh7plg" +
    "mMQzCwAA//9514z4AAAABklEQVQDAIzxHNNcRqU5AAAAAElFTkSuQmCC",
);

export const WEBP = base64(
  "UklGRmYCAABXRUJQVlA4WAoAAAAwAAAACwAABwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAA" +
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
    "AAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChn" +
    "VFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAA" +
    "b6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQA" +
    "AAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAg" +
    "ADIAMAAxADZBTFBIFwAAAAEPMP8REUIh2wgQwvnbnNkPEdH/EJ4PAFZQOCBYAAAAEAIAnQEqDAAIAALATCWwAnQyk0EWW8U7AAD+8Nr+z2wf" +
    "1MU4fTPL3uxk/3b2olFhT/8Kex4IfIugx9f/k3/aR866b6bX/f/8f9YC5bSMf8ujzqYksy7wAA==",
);

/** What must not be found in a cleaned photo. */
export const SECRET = "46.2270N 6.1390E";

/** A TIFF block with an orientation and a secret, in either order of bytes. */
export const tiff = (orientation: number, little = true): Buffer => {
  const out = Buffer.alloc(200);
  const [u16, u32] = little
    ? [
        (value: number, at: number) => out.writeUInt16LE(value, at),
        (value: number, at: number) => out.writeUInt32LE(value, at),
      ]
    : [
        (value: number, at: number) => out.writeUInt16BE(value, at),
        (value: number, at: number) => out.writeUInt32BE(value, at),
      ];
  out.write(little ? "II" : "MM", 0, "latin1");
  u16(42, 2);
  u32(16, 4);
  u16(2, 16);
  // The maker, far away; then the orientation.
  u16(0x010f, 18);
  u16(2, 20);
  u32(SECRET.length, 22);
  u32(100, 26);
  u16(0x0112, 30);
  u16(3, 32);
  u32(1, 34);
  u16(orientation, 38);
  out.write(SECRET, 100, "latin1");
  return out;
};

/** A JPEG segment. */
export const segment = (marker: number, body: Buffer | string): Buffer => {
  const bytes = Buffer.from(body as string, "latin1");
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};

/** The JPEG with these segments after its beginning, and something after its end. */
export const jpegWith = (segments: readonly Buffer[], after = Buffer.alloc(0)): Buffer =>
  Buffer.concat([JPEG.subarray(0, 2), ...segments, JPEG.subarray(2), after]);

/** A PNG chunk. */
export const pngChunk = (type: string, body: Buffer | string): Buffer => {
  const named = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(body as string, "latin1")]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(named.length - 4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
};

const PNG_HEAD = 8 + 25;

/** The PNG with these chunks after its head, and something after its end. */
export const pngWith = (chunks: readonly Buffer[], after = Buffer.alloc(0)): Buffer =>
  Buffer.concat([PNG.subarray(0, PNG_HEAD), ...chunks, PNG.subarray(PNG_HEAD), after]);

/** A WebP chunk. */
export const webpChunk = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(type, 0, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};

/** The WebP with these chunks at its end, whose presence is said, and something after it. */
export const webpWith = (chunks: readonly Buffer[], flags: number, after = Buffer.alloc(0)): Buffer => {
  const out = Buffer.concat([WEBP, ...chunks]);
  out.writeUInt32LE(out.length - 8, 4);
  out[20] = out[20]! | flags;
  return Buffer.concat([out, after]);
};
