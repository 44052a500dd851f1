/** Following one pointer over a picture, in fractions of it. */
import { clamp, type Point } from "./box.ts";

interface Follower {
  /** Where it is now, and where it was pressed. */
  move(now: Point, from: Point): void;
  /** It was lifted; `cancelled` when the system took it away. */
  end?(cancelled: boolean): void;
}

/** From the press to the lift. The pointer stays ours even when it leaves the picture. */
export const follow = (down: PointerEvent, area: Element, follower: Follower): void => {
  const target = down.currentTarget;
  if (!(target instanceof Element) || down.button !== 0 || !down.isPrimary) return;
  const { left, top, width, height } = area.getBoundingClientRect();
  const at = (event: PointerEvent): Point => ({
    x: clamp((event.clientX - left) / width, 0, 1),
    y: clamp((event.clientY - top) / height, 0, 1),
  });
  const from = at(down);
  const over = new AbortController();
  const listen = (type: "pointermove" | "pointerup" | "pointercancel", handler: (event: PointerEvent) => void): void =>
    target.addEventListener(
      type,
      (event) => {
        if (event instanceof PointerEvent && event.pointerId === down.pointerId) handler(event);
      },
      { signal: over.signal },
    );
  const end = (cancelled: boolean): void => {
    over.abort();
    follower.end?.(cancelled);
  };
  target.setPointerCapture(down.pointerId);
  down.stopPropagation();
  listen("pointermove", (event) => follower.move(at(event), from));
  listen("pointerup", () => end(false));
  listen("pointercancel", () => end(true));
  follower.move(from, from);
};

/** How far an arrow key moves something: a hundredth, with Shift five. `undefined` for other keys. */
export const step = (event: KeyboardEvent): Point | undefined => {
  const by = event.shiftKey ? 0.05 : 0.01;
  switch (event.key) {
    case "ArrowLeft":
      return { x: -by, y: 0 };
    case "ArrowRight":
      return { x: by, y: 0 };
    case "ArrowUp":
      return { x: 0, y: -by };
    case "ArrowDown":
      return { x: 0, y: by };
    default:
      return undefined;
  }
};
