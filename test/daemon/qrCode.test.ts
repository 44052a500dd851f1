import { strict as assert } from "node:assert";
import { stripVTControlCharacters } from "node:util";
import { decodeQR } from "qr/decode.js";
import { terminalQr } from "../../src/daemon/qrCode.ts";

/** As long as invites are, with one address. */
const CODE = `couloir:${"hlBi2CTwCMu0x96qEIWw6ejqWCCErYudgixKU3MOseVu".repeat(5)}`.slice(0, 210);
const SCALE = 4;

/** What a camera sees: each character as two squares, the upper and the lower one. */
const photograph = (shown: string): Parameters<typeof decodeQR>[0] => {
  const lines = stripVTControlCharacters(shown).trimEnd().split("\n");
  const rows = lines.flatMap((line) => {
    const characters = Array.from(line);
    return [characters.map((one) => "█▀".includes(one)), characters.map((one) => "█▄".includes(one))];
  });
  const width = rows[0]!.length * SCALE;
  const height = rows.length * SCALE;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data.fill(
        rows[Math.floor(y / SCALE)]![Math.floor(x / SCALE)]! ? 255 : 0,
        (y * width + x) * 3,
        (y * width + x + 1) * 3,
      );
  return { width, height, data };
};

describe("a QR code on a terminal", () => {
  it("is read by a camera, and an invite fits 80 columns", () => {
    const shown = terminalQr(CODE, 80);
    assert.equal(decodeQR(photograph(shown!)), CODE);
  });

  it("is left away where it would be broken", () => {
    assert.equal(terminalQr(CODE, 40), undefined);
  });
});
