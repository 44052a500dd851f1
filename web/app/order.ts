/** What somebody has told to go, and where its bytes come from. */
import type { NewFile } from "../../src/messenger/api.ts";
import type { Picture, Voice } from "../../src/types.ts";
import { bytesOf } from "./bytesOf.ts";
import type { Parcel } from "./parcel.ts";
import type { Departing } from "./sendings.ts";

/** A file or a photo that somebody has told to go. */
export interface Order extends Omit<Departing, "nonce"> {
  readonly name: string;
  /** Bytes; unknown of a photo that is still being made. */
  readonly size?: number;
  readonly photo?: boolean;
  readonly text?: string;
  /** Of photos that were chosen together: 16 hex digits. */
  readonly together?: string;
  /** Whoever gets it sees it once. */
  readonly once?: boolean;
}

/** A file as it is sent. */
export interface Ready {
  readonly blob: Blob;
  readonly picture?: Picture;
  readonly voice?: Voice;
}

/** Where it comes from. */
export interface Source {
  /** Rejects where there will be nothing to send. */
  ready(): Promise<Ready>;
  /** The same at once, for a page that is going away; the page stands still meanwhile. */
  now?(): Parcel | undefined;
}

/** The same with what it is known by. */
export type Going = Order & Departing;

/** What was kept of one, but for what it is known by; nothing where it is damaged. */
export const readOrder = (kept: Readonly<Record<string, unknown>>): Omit<Going, keyof Departing> | undefined => {
  const { name, size, photo, text, together, once } = kept;
  if (typeof name !== "string" || name === "") return undefined;
  return {
    name,
    ...(typeof size === "number" && { size }),
    ...(photo === true && { photo }),
    ...(typeof text === "string" && { text }),
    ...(typeof together === "string" && { together }),
    ...(once === true && { once }),
  };
};

/** A blob's bytes, as long as `goOn`, told how many have been read, says so. */
async function* counted(blob: Blob, goOn: (have: number) => boolean): AsyncGenerator<Uint8Array> {
  let have = 0;
  for await (const piece of bytesOf(blob)) {
    if (!goOn(have)) return;
    yield piece;
    have += piece.length;
  }
  goOn(have);
}

/** What the messenger is asked to send. */
export const fileOf = (
  { name, nonce, text, reply, together, once }: Going,
  { blob, picture, voice }: Ready,
  goOn: (have: number) => boolean,
): NewFile => ({
  name,
  nonce,
  type: blob.type || "application/octet-stream",
  size: blob.size,
  bytes: counted(blob, goOn),
  // Of what is seen once nothing is seen before.
  ...(picture && { picture: once ? { ...picture, thumbnail: "" } : picture }),
  ...(voice && { voice }),
  ...(text && { text }),
  ...(reply && { reply }),
  ...(together && { together }),
  ...(once && { once }),
});
