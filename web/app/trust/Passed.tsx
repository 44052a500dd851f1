import type { PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { OwnCode } from "./OwnCode.tsx";

interface PassedProps {
  readonly person: PersonView;
  readonly name: string;
  readonly by: "code" | "emoji";
}

/** "Have you looked at the app they use?" Asked where two people stand together, for they can look now. */
const AppQuestion = ({ person, name }: Omit<PassedProps, "by">) => {
  const { me, verification } = useController();
  if (person.app === "guest") {
    return (
      <NoticeBox tone="amber" icon={<Icon name="door" size="m" />} title={t("app-guest", { name })}>
        {t("app-guest-hint")}
      </NoticeBox>
    );
  }
  if (person.vouchedBy.includes(me)) {
    return (
      <p role="status" class="row">
        <Icon name="check" size="m" />
        {t("app-vouched-by-you", { name })}
      </p>
    );
  }
  return (
    <div class="stack stack--tight">
      <h2 class="t-name">{t("app-question", { name })}</h2>
      <p class="quiet t-side">{t("app-question-hint")}</p>
      <div class="keys">
        <Key onPress={() => void verification.vouch(person.person, true)}>{t("app-looked")}</Key>
      </div>
    </div>
  );
};

/** This person has checked the other. What is left: to be checked, and to look at the app. */
export const Passed = ({ person, name, by }: PassedProps) => (
  <>
    <div role="status">
      <NoticeBox tone="go" icon={<Icon name="seal" size="m" />} title={t("verify-passed", { name })}>
        {t(by === "code" ? "verify-now-you" : "verify-now-you-emoji", { name })}
      </NoticeBox>
    </div>
    {by === "code" && <OwnCode words={t("verify-show", { name })} />}
    <AppQuestion person={person} name={name} />
  </>
);
