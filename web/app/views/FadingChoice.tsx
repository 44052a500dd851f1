import type { CaucusView } from "../../../src/types.ts";
import { lastsChoices, lastsWord } from "../fading.ts";
import { setPolicy } from "../governing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";

/** For how long what is said stays, chosen by admins for everybody; and what that means. */
export const FadingChoice = ({ caucus }: { readonly caucus: CaucusView }) => {
  const app = useController();
  const { caucus: id, lasts = 0 } = caucus;
  return (
    <div class="set set--stack">
      <Icon name="clock" />
      <div class="grow">
        <Choice
          legend={t("fades")}
          value={String(lasts)}
          options={lastsChoices(lasts).map((one) => ({
            value: String(one),
            label: one === 0 ? t("fades-off") : lastsWord(one),
          }))}
          onChoose={(value) => void setPolicy(app, id, { lasts: Number(value) })}
          hint={lasts === 0 ? t("fades-off-hint") : t("fades-on-hint", { span: lastsWord(lasts) })}
        />
        {lasts !== 0 && <p class="hint">{t("fades-not-hint")}</p>}
      </div>
    </div>
  );
};

/** Says above what one writes how long it stays. */
export const FadingNote = ({ caucus }: { readonly caucus: CaucusView }) => {
  const app = useController();
  if (caucus.lasts === undefined) return null;
  return (
    <button
      type="button"
      class="reading-along reading-along--quiet"
      onClick={() => app.router.open({ over: "readers", caucus: caucus.caucus })}
    >
      <Icon name="clock" size="s" />
      <span>{t("fades-note", { span: lastsWord(caucus.lasts) })}</span>
    </button>
  );
};
