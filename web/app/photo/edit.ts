/** What somebody does to a photo before it goes: crop, turn, write on it, black things out. Pure, with undo. */
import { clamp, inside, turnBox, turnPoint, WHOLE, type Box, type Point } from "./box.ts";

/** Ink that shows on paper and on a photo. */
export const PENS = ["#a0201b", "#123a8c", "#0a5a43", "#131c18", "#ffffff"] as const;
export type Pen = (typeof PENS)[number];

export interface Stroke {
  readonly pen: Pen;
  readonly points: readonly Point[];
}

/** All positions are fractions of the picture as it is turned now. */
export interface Edit {
  /** Quarters to the right. */
  readonly turns: 0 | 1 | 2 | 3;
  readonly crop: Box;
  readonly strokes: readonly Stroke[];
  readonly black: readonly Box[];
}

export interface EditHistory {
  readonly past: readonly Edit[];
  readonly now: Edit;
  readonly future: readonly Edit[];
}

export type EditAction =
  | { readonly do: "crop"; readonly box: Box; readonly more?: boolean }
  | { readonly do: "turn" }
  | { readonly do: "stroke"; readonly stroke: Stroke }
  | { readonly do: "black"; readonly box: Box }
  /** `more` continues the step before, as a key held down does: one undo takes all of it back. */
  | { readonly do: "move"; readonly index: number; readonly box: Box; readonly more?: boolean }
  | { readonly do: "remove"; readonly index: number }
  | { readonly do: "undo" }
  | { readonly do: "redo" };

/** Shortest side of what is left of a photo, and of what is blacked out. */
export const LEAST_CROP = 0.05;
export const LEAST_BLACK = 0.01;
const MAX_STEPS = 200;
const MAX_STROKES = 500;
const MAX_POINTS = 2_000;
const MAX_BLACK = 200;

export const UNTOUCHED: EditHistory = {
  past: [],
  now: { turns: 0, crop: WHOLE, strokes: [], black: [] },
  future: [],
};

const turned = ({ turns, crop, strokes, black }: Edit): Edit => ({
  turns: ([1, 2, 3, 0] as const)[turns],
  crop: inside(turnBox(crop), LEAST_CROP),
  strokes: strokes.map(({ pen, points }) => ({ pen, points: points.map(turnPoint) })),
  black: black.map((box) => inside(turnBox(box), LEAST_BLACK)),
});

const tidy = ({ pen, points }: Stroke): Stroke => ({
  pen,
  points: points.slice(0, MAX_POINTS).map(({ x, y }) => ({ x: clamp(x, 0, 1), y: clamp(y, 0, 1) })),
});

/** The edit after an action that is no undo; the same one where there is nothing to do. */
const apply = (now: Edit, action: EditAction): Edit => {
  switch (action.do) {
    case "crop":
      return { ...now, crop: inside(action.box, LEAST_CROP) };
    case "turn":
      return turned(now);
    case "stroke":
      if (action.stroke.points.length === 0 || now.strokes.length >= MAX_STROKES) return now;
      return { ...now, strokes: [...now.strokes, tidy(action.stroke)] };
    case "black":
      if (now.black.length >= MAX_BLACK) return now;
      return { ...now, black: [...now.black, inside(action.box, LEAST_BLACK)] };
    case "move":
      if (now.black[action.index] === undefined) return now;
      return { ...now, black: now.black.with(action.index, inside(action.box, LEAST_BLACK)) };
    case "remove":
      if (now.black[action.index] === undefined) return now;
      return { ...now, black: now.black.filter((_, i) => i !== action.index) };
    default:
      return now;
  }
};

/** Total: an action that makes no sense changes nothing. */
export const edit = (history: EditHistory, action: EditAction): EditHistory => {
  const { past, now, future } = history;
  if (action.do === "undo") {
    const before = past.at(-1);
    return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : history;
  }
  if (action.do === "redo") {
    const [after, ...rest] = future;
    return after ? { past: [...past, now], now: after, future: rest } : history;
  }
  const next = apply(now, action);
  if (next === now) return history;
  const goesOn = "more" in action && action.more === true && past.length > 0;
  return { past: goesOn ? past : [...past, now].slice(-MAX_STEPS), now: next, future: [] };
};
