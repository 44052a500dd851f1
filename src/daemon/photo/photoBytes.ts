/** What the formats of photos share. Pure. */
import { usage, type CouloirError } from "../../errors.ts";

/** A photo without anything beside it. */
export interface CleanPhoto {
  readonly type: "image/jpeg" | "image/png" | "image/webp";
  readonly bytes: Uint8Array;
  /** Pixels, as it is seen. */
  readonly width: number;
  readonly height: number;
}

/** The file is no whole picture. */
export const damaged = (): CouloirError =>
  usage(
    "photo-damaged",
    "this photo is damaged or cut off; send it as it is with --file, which keeps all that is in it",
  );

/** Pixels of a photo, and of one side: what apps show of others' photos, as phones open no larger ones. */
const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 16_384;

/** Throws `usage` for a photo that says it is larger than others could see. */
export const checkSize = ({ width, height }: Pick<CleanPhoto, "width" | "height">): void => {
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_PIXELS) return;
  throw usage(
    "photo-too-large",
    `this photo is ${width} × ${height} pixels, and others see at most ${MAX_PIXELS / 1_000_000} megapixels and ${MAX_SIDE} on a side: make it smaller, or send it as it is with --file`,
  );
};

/** So many bytes as text, one character each. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Whether bytes begin with this text. */
export const startsWith = (bytes: Uint8Array, text: string): boolean => textAt(bytes, 0, text.length) === text;
