/** A QR code for a terminal. */
import { encodeQR } from "qr";

// Of the 256 colours these two are what they are called in every terminal, dark or light; a theme may change the first 16.
const WHITE_ON_BLACK = "\u001b[38;5;231;48;5;16m";
const RESET = "\u001b[0m";

/** The text as a QR code, two rows of it in each line; `undefined` where it is too wide to be whole. */
export const terminalQr = (text: string, columns: number): string | undefined => {
  const lines = encodeQR(text, "ascii", { ecc: "low" }).trimEnd().split("\n");
  if (lines.some((line) => line.length > columns)) return undefined;
  return lines.map((line) => `${WHITE_ON_BLACK}${line}${RESET}\n`).join("");
};
