import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { QUICK } from "./quick.ts";

interface FacesProps {
  readonly caucus: GroupId;
  readonly onPick: (emoji: string) => void;
}

/** Over the composer: a row of emoji, and how to say what is written on record. */
export const Faces = ({ caucus, onPick }: FacesProps) => {
  const app = useController();
  return (
    <>
      <div class="faces" role="group" aria-label={t("emoji")}>
        {QUICK.map((emoji) => (
          <button type="button" key={emoji} onClick={() => onPick(emoji)}>
            {emoji}
          </button>
        ))}
      </div>
      <Key kind="plain" icon="clause" onPress={() => app.router.open({ over: "on-record", caucus })}>
        {t("say-on-record")}
      </Key>
    </>
  );
};
