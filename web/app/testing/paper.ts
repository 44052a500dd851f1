/** A photographed page, drawn here: a real JPEG for the screens to show. Needs a document. */
import type { Picture } from "../../../src/types.ts";

const LINES = [
  "Recalling paragraph 12, and taking",
  "note of the report of the co-facilitators,",
  "",
  "4. Decides that each Party shall communicate,",
  "by 31 March, an indicative timetable for the",
  "measures referred to in paragraph 3 above,",
  "[as appropriate] [in line with its capacities];",
];

const draw = (width: number): HTMLCanvasElement => {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = (width * 4) / 3;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("No canvas.");
  pen.scale(width / 360, width / 360);
  pen.fillStyle = "#5d6660";
  pen.fillRect(0, 0, 360, 480);
  pen.fillStyle = "#f4f4f0";
  pen.fillRect(24, 18, 316, 470);
  pen.fillStyle = "#1c1c1a";
  pen.font = "13px serif";
  for (const [at, line] of LINES.entries()) pen.fillText(line, 48, 70 + at * 26);
  pen.fillRect(48, 270, 180, 16);
  pen.strokeStyle = "#a0201b";
  pen.lineWidth = 2;
  pen.strokeRect(44, 210, 270, 28);
  return canvas;
};

const jpeg = async (canvas: HTMLCanvasElement): Promise<Uint8Array> => {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.7));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
};

export const paper = async (): Promise<{ readonly picture: Picture; readonly photo: Uint8Array }> => {
  const small = await jpeg(draw(240));
  const thumbnail = btoa(Array.from(small, (byte) => String.fromCharCode(byte)).join(""));
  return { picture: { width: 1_440, height: 1_920, thumbnail }, photo: await jpeg(draw(1_440)) };
};
