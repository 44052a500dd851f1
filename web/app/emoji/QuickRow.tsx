import type { GroupId, MessageId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { handyOf } from "./handy.ts";
import { QUICK } from "./quick.ts";
import { toned } from "./skinTone.ts";

interface QuickRowProps {
  readonly label: string;
  readonly caucus: GroupId;
  /** To which the emoji is a reaction; without it one is written. */
  readonly message?: MessageId;
  /** The reaction that there is; absent where emoji are written. */
  readonly chosen?: string | undefined;
  readonly onPick: (emoji: string) => void;
}

/** A row of emoji, and the key to all others. */
export const QuickRow = ({ label, caucus, message, chosen, onPick }: QuickRowProps) => {
  const app = useController();
  const tone = handyOf(app).tone.value;
  const row: readonly string[] = QUICK.map((emoji) => toned(emoji, tone));
  const all = chosen !== undefined && !row.includes(chosen) ? [...row, chosen] : row;
  const more = () => app.router.open({ over: "emoji", caucus, ...(message && { message }) });
  return (
    <div class="faces" role="group" aria-label={label}>
      {all.map((emoji) => (
        <button
          type="button"
          key={emoji}
          aria-pressed={message === undefined ? undefined : emoji === chosen}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
      <button type="button" aria-label={t("emoji-all")} title={t("emoji-all")} onClick={more}>
        <Icon name="search" />
      </button>
    </div>
  );
};
