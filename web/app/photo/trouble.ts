import { troubleId } from "../trouble.ts";

/** Why a photo cannot be used. Screens have a sentence for each code. */
export type TroubleCode =
  /** No picture, or of a kind that browsers do not share. */
  | "unknown"
  /** More pixels than a phone can hold. */
  | "too-large"
  /** It says it is a picture and cannot be decoded. */
  | "broken"
  /** The browser hands out altered pixels, against fingerprinting. */
  | "withheld";

/** The id of the message for what came of a photo. */
export const photoTroubleId = (error: unknown): string =>
  error instanceof PhotoTrouble ? `photo-trouble-${error.code}` : troubleId(error);

export class PhotoTrouble extends Error {
  readonly code: TroubleCode;
  constructor(code: TroubleCode, options?: { cause?: unknown }) {
    super(`The photo cannot be used: ${code}.`, options);
    this.name = "PhotoTrouble";
    this.code = code;
  }
}
