import { t } from "../i18n/index.ts";
import { TONES } from "./skinTone.ts";

interface SkinTonesProps {
  /** Of the five, from light to dark. */
  readonly names: readonly string[];
  readonly tone: number;
  readonly onChoose: (tone: number) => void;
}

/** The tone in which hands and persons are shown and written from now on. */
export const SkinTones = ({ names, tone, onChoose }: SkinTonesProps) => (
  <div class="faces" role="group" aria-label={t("emoji-tone")}>
    {TONES.map((one, at) => {
      const name = names[at - 1] ?? t("emoji-tone-none");
      return (
        <button
          type="button"
          key={one}
          aria-label={name}
          title={name}
          aria-pressed={at === tone}
          onClick={() => onChoose(at)}
        >
          {`\u270b${one}`}
        </button>
      );
    })}
  </div>
);
