import type { RefObject } from "preact";
import { t } from "../i18n/index.ts";
import { pull, type Box } from "./box.ts";
import type { PhotoDesk } from "./desk.ts";
import { LEAST_BLACK } from "./edit.ts";
import { place } from "./place.ts";
import { follow, step } from "./pointer.ts";

interface BlackBoxesProps {
  readonly desk: PhotoDesk;
  readonly area: RefObject<HTMLElement | null>;
}

const grow = (box: Box, dx: number, dy: number): Box => pull(box, ["right", "bottom"], dx, dy, LEAST_BLACK);
const shift = (box: Box, dx: number, dy: number): Box => ({ ...box, x: box.x + dx, y: box.y + dy });

/** What is blacked out, to move and to size. The picture below already has it black. */
export const BlackBoxes = ({ desk, area }: BlackBoxesProps) => {
  const { black } = desk.history.value.now;
  const selected = desk.selected.value;
  const drag = (down: PointerEvent, index: number, change: typeof grow): void => {
    const before = black[index];
    let more = false;
    if (!before || !area.current) return;
    desk.selected.value = index;
    follow(down, area.current, {
      move: (now, from) => {
        if (now === from) return;
        desk.do({ do: "move", index, box: change(before, now.x - from.x, now.y - from.y), more });
        more = true;
      },
    });
  };
  const press = (event: KeyboardEvent, index: number, box: Box, change: typeof grow): void => {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      desk.do({ do: "remove", index });
      return;
    }
    const by = step(event);
    if (!by) return;
    event.preventDefault();
    desk.do({ do: "move", index, box: change(box, by.x, by.y), more: event.repeat });
  };
  const chosen = black[selected];
  return (
    <>
      {black.map((box, index) => (
        <button
          type="button"
          class="black"
          style={place(box)}
          aria-label={t("photo-black-box", { number: index + 1 })}
          aria-describedby="photo-keys"
          aria-pressed={index === selected}
          onFocus={() => (desk.selected.value = index)}
          onPointerDown={(event) => drag(event, index, shift)}
          onKeyDown={(event) => press(event, index, box, shift)}
        />
      ))}
      {chosen && (
        <button
          type="button"
          class="black__grip"
          style={{
            insetInlineStart: `${100 * (chosen.x + chosen.w)}%`,
            insetBlockStart: `${100 * (chosen.y + chosen.h)}%`,
          }}
          aria-label={t("photo-black-size", { number: selected + 1 })}
          aria-describedby="photo-keys"
          onPointerDown={(event) => drag(event, selected, grow)}
          onKeyDown={(event) => press(event, selected, chosen, grow)}
        />
      )}
    </>
  );
};
