import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { between, type Box, type Point } from "./box.ts";
import { BlackBoxes } from "./BlackBoxes.tsx";
import { CropFrame } from "./CropFrame.tsx";
import type { PhotoDesk } from "./desk.ts";
import { LEAST_BLACK, type Stroke } from "./edit.ts";
import { place } from "./place.ts";
import { follow } from "./pointer.ts";

/** Points closer than this add nothing to a stroke. */
const NEAR = 0.002;

const isFar = (a: Point | undefined, b: Point): boolean => !a || Math.hypot(a.x - b.x, a.y - b.y) > NEAR;

/** The picture, and what a finger or a key does on it. */
export const Stage = ({ desk }: { readonly desk: PhotoDesk }) => {
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useSignal<Stroke | undefined>(undefined);
  const newBox = useSignal<Box | undefined>(undefined);
  const { now } = desk.history.value;
  const tool = desk.tool.value;
  const live = stroke.value;
  useLayoutEffect(() => {
    if (canvas.current) desk.draw(canvas.current, live);
  }, [now, live]);

  const write = (down: PointerEvent, on: Element): void => {
    const pen = desk.pen.peek();
    follow(down, on, {
      move: (point) => {
        const points = stroke.peek()?.points ?? [];
        if (isFar(points.at(-1), point)) stroke.value = { pen, points: [...points, point] };
      },
      end: (cancelled) => {
        const written = stroke.peek();
        stroke.value = undefined;
        if (written && !cancelled) desk.do({ do: "stroke", stroke: written });
      },
    });
  };
  const drawBox = (down: PointerEvent, on: Element): void => {
    desk.selected.value = -1;
    follow(down, on, {
      move: (point, from) => (newBox.value = between(from, point)),
      end: (cancelled) => {
        const box = newBox.peek();
        newBox.value = undefined;
        if (box && !cancelled && box.w > LEAST_BLACK && box.h > LEAST_BLACK) desk.do({ do: "black", box });
      },
    });
  };

  return (
    <div class="editor__stage">
      <div
        class="editor__pic editor__pic--fit"
        ref={area}
        style={{ "--ratio": desk.ratio }}
        onPointerDown={(event) => {
          if (tool === "pen") write(event, event.currentTarget);
          if (tool === "black") drawBox(event, event.currentTarget);
        }}
      >
        <canvas ref={canvas} role="img" aria-label={t("photo-alt")} />
        <CropFrame desk={desk} area={area} />
        {tool === "black" && <BlackBoxes desk={desk} area={area} />}
        {newBox.value && <span class="black" style={place(newBox.value)} />}
      </div>
    </div>
  );
};
