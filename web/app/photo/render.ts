/** Draws an edited photo. What is blacked out is painted over before anything is encoded, so it is in no output. */
import { sheet } from "./canvas.ts";
import type { Edit, Stroke } from "./edit.ts";

/** Longest side of a photo that goes out. */
export const OUTPUT_SIDE = 2_560;
/** Width of the pen, as a part of the photo's longest side. */
const PEN_WIDTH = 1 / 160;
/** Pixels by which black reaches beyond its box: scaling has mixed what lies at its edge with its neighbours. */
const BLEED = 2;

interface Frame {
  /** Pixels of the turned picture, whole, at the scale of the output. */
  readonly width: number;
  readonly height: number;
}

const drawStroke = (pen: CanvasRenderingContext2D, { points, pen: colour }: Stroke, { width, height }: Frame): void => {
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(2, PEN_WIDTH * Math.max(width, height));
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  const [first, ...others] = points;
  if (!first) return;
  pen.moveTo(first.x * width, first.y * height);
  // A single point is a line of no length, which a round cap makes a dot.
  for (const point of others.length > 0 ? others : [first]) pen.lineTo(point.x * width, point.y * height);
  pen.stroke();
};

/** What parts of an edit to draw: the editor shows the frame and the black boxes by itself. */
export interface Drawing {
  /** Longest side of the result, in pixels. */
  readonly side: number;
  /** Draw the whole picture and not what the crop leaves. */
  readonly uncropped?: boolean;
  /** A stroke that is being drawn. */
  readonly live?: Stroke | undefined;
  /** A canvas to draw on again. */
  readonly canvas?: HTMLCanvasElement;
}

/** A canvas with the photo as edited, as large as `side` allows and never enlarged. */
export const drawPhoto = (
  photo: { readonly canvas: HTMLCanvasElement },
  { turns, crop, strokes, black }: Edit,
  { side, uncropped = false, live, canvas: again }: Drawing,
): HTMLCanvasElement => {
  const upright = turns % 2 === 0;
  const { width: w, height: h } = photo.canvas;
  const [fullWidth, fullHeight] = upright ? [w, h] : [h, w];
  const part = uncropped ? { x: 0, y: 0, w: 1, h: 1 } : crop;
  const scale = Math.min(1, side / Math.max(part.w * fullWidth, part.h * fullHeight));
  const frame = { width: fullWidth * scale, height: fullHeight * scale };
  const { canvas, pen } = sheet(part.w * frame.width, part.h * frame.height, again);
  pen.translate(-part.x * frame.width, -part.y * frame.height);

  pen.save();
  pen.translate(frame.width / 2, frame.height / 2);
  pen.rotate((turns * Math.PI) / 2);
  const [drawnWidth, drawnHeight] = upright ? [frame.width, frame.height] : [frame.height, frame.width];
  pen.drawImage(photo.canvas, -drawnWidth / 2, -drawnHeight / 2, drawnWidth, drawnHeight);
  pen.restore();

  for (const stroke of strokes) drawStroke(pen, stroke, frame);
  if (live) drawStroke(pen, live, frame);

  // Whole pixels and opaque: an edge that is half black would still show half of what was there.
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = "#000";
  for (const box of black) {
    const left = Math.floor((box.x - part.x) * frame.width) - BLEED;
    const top = Math.floor((box.y - part.y) * frame.height) - BLEED;
    const right = Math.ceil((box.x + box.w - part.x) * frame.width) + BLEED;
    const bottom = Math.ceil((box.y + box.h - part.y) * frame.height) + BLEED;
    pen.fillRect(left, top, right - left, bottom - top);
  }
  return canvas;
};
