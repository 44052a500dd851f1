import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Emoji } from "./emojiSet.ts";
import { toned } from "./skinTone.ts";

interface EmojiGridProps {
  readonly label: string;
  readonly emoji: readonly Emoji[];
  readonly tone: number;
  /** The reaction that there is. */
  readonly chosen?: string | undefined;
  readonly onPick: (one: Emoji) => void;
  /** Upward from the first row. */
  readonly onLeave: () => void;
}

/** Where a key leads from one of `count`, in rows of `columns`; below 0 upward out of them. */
const stepTo = (
  key: string,
  { at, count, columns, rtl }: Readonly<Record<"at" | "count" | "columns", number>> & { readonly rtl: boolean },
): number | undefined => {
  const last = count - 1;
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight":
      return Math.min(last, Math.max(0, (key === "ArrowRight") === rtl ? at - 1 : at + 1));
    case "ArrowUp":
      return at - columns;
    case "ArrowDown":
      // From above a last row that is shorter to its end.
      return Math.floor(at / columns) < Math.floor(last / columns) ? Math.min(last, at + columns) : at;
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
};

/** Emoji in rows, one of them in the order of Tab; arrows go to the others. Flags have their letters beside them. */
export const EmojiGrid = ({ label, emoji, tone, chosen, onPick, onLeave }: EmojiGridProps) => {
  const grid = useRef<HTMLDivElement>(null);
  const current = useSignal(0);
  const now = Math.min(current.value, emoji.length - 1);
  const press = (event: KeyboardEvent) => {
    const keys = Array.from(grid.current?.querySelectorAll("button") ?? []);
    const at = keys.findIndex((one) => one === event.target);
    const [first] = keys;
    if (!first || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const below = keys.findIndex((one) => one.offsetTop > first.offsetTop);
    const columns = below < 0 ? keys.length : below;
    const rtl = getComputedStyle(first).direction === "rtl";
    const to = stepTo(event.key, { at, count: keys.length, columns, rtl });
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) onLeave();
    else keys[to]?.focus();
  };
  return (
    <div class="emoji-grid" role="group" aria-label={label} ref={grid} onKeyDown={press}>
      {emoji.map((one, at) => {
        const shown = toned(one.emoji, tone);
        const name = one.iso ? `${one.name} · ${one.iso}` : one.name;
        return (
          <button
            type="button"
            key={one.emoji}
            aria-label={name}
            title={name}
            aria-pressed={shown === chosen || undefined}
            tabIndex={at === now ? 0 : -1}
            onFocus={() => {
              current.value = at;
            }}
            onClick={() => onPick(one)}
          >
            <span>{shown}</span>
            {one.iso && <small>{one.iso}</small>}
          </button>
        );
      })}
    </div>
  );
};
