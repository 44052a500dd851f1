import { useId } from "preact/hooks";
import { t } from "../i18n/index.ts";
import type { Box } from "./box.ts";

const SIDES: readonly { readonly side: keyof Box; readonly label: string }[] = [
  { side: "x", label: "photo-from-left" },
  { side: "y", label: "photo-from-top" },
  { side: "w", label: "photo-width" },
  { side: "h", label: "photo-height" },
];

interface NumbersProps {
  readonly box: Box;
  readonly onChange: (box: Box) => void;
}

/** A box in per cent of the picture, for whoever does not drag. */
export const Numbers = ({ box, onChange }: NumbersProps) => {
  const id = useId();
  return (
    <div class="numbers">
      {SIDES.map(({ side, label }) => (
        <div>
          <label for={`${id}${side}`}>{t(label)}</label>
          <input
            id={`${id}${side}`}
            class="input"
            type="number"
            inputMode="numeric"
            min={0}
            max={100}
            step={1}
            value={Math.round(100 * box[side])}
            onChange={({ currentTarget }) => onChange({ ...box, [side]: currentTarget.valueAsNumber / 100 })}
          />
        </div>
      ))}
    </div>
  );
};
