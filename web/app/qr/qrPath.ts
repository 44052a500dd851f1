/** A QR code as one path, so that it is drawn without markup made of strings. ISO/IEC 18004. */
import { encodeQR } from "qr";

/** White around the code, in modules; readers need it. */
const QUIET = 4;

export interface QrPath {
  /** Modules of a side, the quiet zone included: the view box. */
  readonly side: number;
  /** Dark modules, as an SVG path. */
  readonly path: string;
}

/** `undefined` where the text is too long for a code that a phone reads. */
export const qrPath = (text: string): QrPath | undefined => {
  // Version 25 at low correction: beyond it modules on a phone's screen are smaller than a camera sees.
  if (new TextEncoder().encode(text).length > 1_270) return undefined;
  const rows = encodeQR(text, "raw", { ecc: "low", border: QUIET });
  const path = rows
    .map((row, y) =>
      runs(row)
        .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
        .join(""),
    )
    .join("");
  return { side: rows.length, path };
};

/** Where dark modules begin in a row, and how many follow. */
const runs = (row: readonly boolean[]): readonly (readonly [number, number])[] => {
  const found: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = found.at(-1);
    if (!dark) return;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else found.push([x, 1]);
  });
  return found;
};
