import type { CaucusView } from "../../../src/types.ts";
import { lastsChoices, lastsWord } from "../fading.ts";
import { setPolicy } from "../governing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";

/** For how long what is said stays, chosen by admins for everybody; and what that means. */
export const FadingChoice = ({ caucus }: { readonly caucus: CaucusView }) => {
  const app = useController();
  const { caucus: id, lasts = 0 } = caucus;
  return (
    <div class="set set--stack" role="group" aria-label={t("fades")}>
      <Icon name="clock" />
      <span class="grow">
        {t("fades")}
        <small>{lasts === 0 ? t("fades-off-hint") : t("fades-on-hint", { span: lastsWord(lasts) })}</small>
        {lasts !== 0 && <small>{t("fades-not-hint")}</small>}
      </span>
      <div class="choice across-3">
        {lastsChoices(lasts).map((one) => (
          <button
            type="button"
            key={one}
            aria-pressed={one === lasts}
            onClick={() => void setPolicy(app, id, { lasts: one })}
          >
            {one === 0 ? t("fades-off") : lastsWord(one)}
          </button>
        ))}
      </div>
    </div>
  );
};

/** Before the time of what does not stay. */
export const FadingMark = () => (
  <>
    <Icon name="clock" size="s" />
    <span class="vh">{t("fades-mark")} </span>
  </>
);

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
