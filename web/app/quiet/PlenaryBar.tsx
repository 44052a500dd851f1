import type { MessageId } from "../../../src/types.ts";
import type { CallView } from "../../../src/types/tools.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey, Key } from "../parts/Key.tsx";
import { nameOf } from "../tools/who.ts";
import { OPEN_END } from "./quiet.ts";

interface PlenaryBarProps {
  /** What would ring. */
  readonly call: CallView | undefined;
  readonly onQuiet: (message: MessageId) => void;
}

/** That this device is silent, how long, and one press to end it. A call is a line more, and nothing else. */
export const PlenaryBar = ({ call, onQuiet }: PlenaryBarProps) => {
  const app = useController();
  const { quiet } = app.preferences;
  const { plenary, pocket } = quiet.now;
  return (
    <aside class="plenary" aria-label={t("plenary")}>
      <div class="plenary__line">
        <Icon name="mute" size="m" />
        <span class="grow" role="status">
          {plenary === OPEN_END ? t("plenary-now") : t("plenary-until", { time: clock(plenary) })}
        </span>
        <Key onPress={() => quiet.set({ plenary: 0 })}>{t("plenary-end")}</Key>
      </div>
      {call && !call.taken && !pocket && (
        <div class="plenary__line plenary__line--call">
          <Icon name="now" size="m" />
          <span class="grow" role="status">
            {t("plenary-call", { name: nameOf(app, call.by), act: t(`call-${call.act}`) })}
          </span>
          <Key onPress={() => app.router.open({ over: "tool", caucus: call.caucus, message: call.message })}>
            {t("plenary-look")}
          </Key>
          <IconKey icon="close" label={t("close")} onPress={() => onQuiet(call.message)} />
        </div>
      )}
    </aside>
  );
};
