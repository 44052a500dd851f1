import type { RefObject } from "preact";
import { t } from "../i18n/index.ts";
import { inside, pull, type Box, type Edge } from "./box.ts";
import type { PhotoDesk } from "./desk.ts";
import { LEAST_CROP } from "./edit.ts";
import { place } from "./place.ts";
import { follow, step } from "./pointer.ts";

const CORNERS: readonly { readonly edges: readonly [Edge, Edge]; readonly label: string }[] = [
  { edges: ["top", "left"], label: "photo-top-left" },
  { edges: ["top", "right"], label: "photo-top-right" },
  { edges: ["bottom", "left"], label: "photo-bottom-left" },
  { edges: ["bottom", "right"], label: "photo-bottom-right" },
];

interface CropFrameProps {
  readonly desk: PhotoDesk;
  readonly area: RefObject<HTMLElement | null>;
}

/** What stays of the picture. A corner follows the finger or the arrow keys; the frame itself can be dragged. */
export const CropFrame = ({ desk, area }: CropFrameProps) => {
  const { crop } = desk.history.value.now;
  const active = desk.tool.value === "crop";
  const drag = (down: PointerEvent, change: (before: Box, dx: number, dy: number) => Box): void => {
    const before = crop;
    let more = false;
    if (!area.current) return;
    follow(down, area.current, {
      move: (now, from) => {
        if (now === from) return;
        desk.do({ do: "crop", box: change(before, now.x - from.x, now.y - from.y), more });
        more = true;
      },
    });
  };
  return (
    <div
      class="frame frame--box"
      style={place(crop)}
      data-active={active ? "" : undefined}
      onPointerDown={(event) =>
        active && drag(event, (box, dx, dy) => inside({ ...box, x: box.x + dx, y: box.y + dy }, LEAST_CROP))
      }
    >
      {CORNERS.map(({ edges, label }) =>
        active ? (
          <button
            type="button"
            class="frame__corner"
            data-at={edges.join(" ")}
            aria-label={t(label)}
            aria-describedby="photo-keys"
            onPointerDown={(event) => drag(event, (box, dx, dy) => pull(box, edges, dx, dy, LEAST_CROP))}
            onKeyDown={(event) => {
              const by = step(event);
              if (!by) return;
              event.preventDefault();
              desk.do({ do: "crop", box: pull(crop, edges, by.x, by.y, LEAST_CROP), more: event.repeat });
            }}
          />
        ) : (
          <span class="frame__corner" data-at={edges.join(" ")} />
        ),
      )}
    </div>
  );
};
