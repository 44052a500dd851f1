/** A rectangle in a picture, in fractions of its width and height, so that it holds at any size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Box = { x: 0, y: 0, w: 1, h: 1 };

/** A number in a range; what is no number becomes the lower end. */
export const clamp = (value: number, low: number, high: number): number => (value >= low ? Math.min(value, high) : low);

/** The box moved and shrunk until it lies in the picture, each side at least `least` long. */
export const inside = ({ x, y, w, h }: Box, least: number): Box => {
  const [width, height] = [clamp(w, least, 1), clamp(h, least, 1)];
  return { x: clamp(x, 0, 1 - width), y: clamp(y, 0, 1 - height), w: width, h: height };
};

/** The box between two corners, in any order. */
export const between = (a: Point, b: Point): Box => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  w: Math.abs(a.x - b.x),
  h: Math.abs(a.y - b.y),
});

/** The four edges of a box; a picture is cropped by moving one or two. */
export type Edge = "left" | "right" | "top" | "bottom";

/** The box with some edges moved by so much; the others stay where they are. */
export const pull = (box: Box, edges: readonly Edge[], dx: number, dy: number, least: number): Box => {
  let [left, top, right, bottom] = [box.x, box.y, box.x + box.w, box.y + box.h];
  if (edges.includes("left")) left = clamp(left + dx, 0, right - least);
  if (edges.includes("right")) right = clamp(right + dx, left + least, 1);
  if (edges.includes("top")) top = clamp(top + dy, 0, bottom - least);
  if (edges.includes("bottom")) bottom = clamp(bottom + dy, top + least, 1);
  return inside({ x: left, y: top, w: right - left, h: bottom - top }, least);
};

/** Where a point comes to lie when the picture is turned a quarter to the right. */
export const turnPoint = ({ x, y }: Point): Point => ({ x: 1 - y, y: x });
export const turnBox = ({ x, y, w, h }: Box): Box => ({ x: 1 - y - h, y: x, w: h, h: w });
