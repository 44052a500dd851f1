/** Opening a photo that somebody took or chose: looked at before it is decoded, upright, no larger than can be worked on. */
import { discard, keepsPixels, sheet, type Sheet } from "./canvas.ts";
import type { Hidden } from "./exif.ts";
import { HEADER_BYTES, isDecodable, pictureHeader } from "./header.ts";
import { PhotoTrouble } from "./trouble.ts";

/** Longest side that is worked on: above what goes out, so that a part cut out of it stays sharp. */
const WORKING_SIDE = 4_096;
/** Bytes of a file that are handed to a decoder. */
const MAX_FILE = 64 * 1024 * 1024;

export interface Photo {
  /** Upright. */
  readonly canvas: HTMLCanvasElement;
  /** Bytes of the file as it was. */
  readonly size: number;
  /** What the file carried besides the picture, and the photo no longer does. */
  readonly hidden: Hidden;
}

interface Decoded {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  close(): void;
}

const byElement = async (file: Blob): Promise<Decoded> => {
  const url = URL.createObjectURL(file);
  try {
    const source = new Image();
    source.src = url;
    await source.decode();
    return {
      source,
      width: source.naturalWidth,
      height: source.naturalHeight,
      close: () => source.removeAttribute("src"),
    };
  } finally {
    URL.revokeObjectURL(url);
  }
};

/** Browsers without the option throw a TypeError; an image element turns the picture upright by itself. */
const decode = async (file: Blob): Promise<Decoded> => {
  try {
    if (typeof createImageBitmap !== "function") return await byElement(file);
    const source = await createImageBitmap(file, { imageOrientation: "from-image" });
    return { source, width: source.width, height: source.height, close: () => source.close() };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw new PhotoTrouble("broken", { cause });
  }
  return byElement(file).catch((cause: unknown) => {
    throw new PhotoTrouble("broken", { cause });
  });
};

/** Opens a photo. Rejects with a `PhotoTrouble` and nothing else; a picture that is too large is never decoded. */
export const openPhoto = async (file: Blob): Promise<Photo> => {
  const beginning = await file
    .slice(0, HEADER_BYTES)
    .arrayBuffer()
    .catch((cause: unknown) => {
      throw new PhotoTrouble("broken", { cause });
    });
  const header = pictureHeader(new Uint8Array(beginning));
  if (!header) throw new PhotoTrouble("unknown");
  if (!isDecodable(header) || file.size > MAX_FILE) throw new PhotoTrouble("too-large");
  if (!keepsPixels()) throw new PhotoTrouble("withheld");
  // The type that the bytes have, not the one that a name claims: it decides which decoder sees them.
  const picture = await decode(new Blob([file], { type: header.type }));
  let working: Sheet | undefined;
  try {
    if (!isDecodable(picture) || picture.width === 0 || picture.height === 0) throw new PhotoTrouble("too-large");
    const scale = Math.min(1, WORKING_SIDE / Math.max(picture.width, picture.height));
    working = sheet(picture.width * scale, picture.height * scale);
    working.pen.drawImage(picture.source, 0, 0, working.canvas.width, working.canvas.height);
    return { canvas: working.canvas, size: file.size, hidden: header.hidden };
  } catch (cause) {
    if (working) discard(working);
    throw cause instanceof PhotoTrouble ? cause : new PhotoTrouble("broken", { cause });
  } finally {
    picture.close();
  }
};
