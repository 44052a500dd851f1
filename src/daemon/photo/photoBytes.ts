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

/** So many bytes as text, one character each. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Whether bytes begin with this text. */
export const startsWith = (bytes: Uint8Array, text: string): boolean => textAt(bytes, 0, text.length) === text;
