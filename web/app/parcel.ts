/** The bytes of a file as they are sent, with what is shown of a picture. */
import type { Picture, Voice } from "../../src/types.ts";

export interface Parcel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly picture?: Picture;
  readonly voice?: Voice;
  /** A photo as it was chosen, with all that it says of its place: drawn anew before anything is sent. */
  readonly raw?: true;
}

/** Bytes of all parcels that a page which goes can note: browsers keep no more (web/peer/slip.ts). */
export const MOST_NOTED = 19_000_000;

const END = "\n".charCodeAt(0);

/** A parcel in one piece: a line of JSON, and the bytes. */
export const packed = ({ bytes, ...about }: Parcel): Uint8Array => {
  const head = new TextEncoder().encode(`${JSON.stringify(about)}\n`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
};

const isPicture = (value: unknown): value is Picture => {
  const { width, height, thumbnail } = (value ?? {}) as Partial<Record<keyof Picture, unknown>>;
  return typeof width === "number" && typeof height === "number" && typeof thumbnail === "string";
};

const isVoice = (value: unknown): value is Voice => {
  const { length, bars } = (value ?? {}) as Partial<Record<keyof Voice, unknown>>;
  return typeof length === "number" && Array.isArray(bars) && bars.every((bar) => typeof bar === "number");
};

/** What was packed; nothing where it is damaged. */
export const unpacked = (whole: Uint8Array): Parcel | undefined => {
  const end = whole.indexOf(END);
  try {
    const about = JSON.parse(new TextDecoder().decode(whole.subarray(0, end))) as Record<string, unknown>;
    const { type, picture, voice, raw } = about;
    if (typeof type !== "string") return undefined;
    return {
      bytes: whole.slice(end + 1),
      type,
      ...(isPicture(picture) && { picture }),
      ...(isVoice(voice) && { voice }),
      ...(raw === true && { raw }),
    };
  } catch {
    return undefined;
  }
};
