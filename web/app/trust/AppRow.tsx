import type { PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { plainName } from "../text.ts";

interface AppRowProps {
  readonly person: PersonView;
  readonly name: string;
}

/** How far the app that somebody uses is known. Whoever has verified them may say that they have looked at it. */
export const AppRow = ({ person, name }: AppRowProps) => {
  const app = useController();
  const { me, verification } = app;
  const own = person.vouchedBy.includes(me);
  const names = person.vouchedBy
    .map((one) => (one === me ? t("app-you") : plainName(app.person(one)?.name ?? "")))
    .filter(Boolean);
  const words =
    person.app === "guest"
      ? t("app-guest-hint")
      : names.length > 0
        ? t("app-vouched", { names: names })
        : t("app-unchecked");
  const text = (
    <>
      <Icon name={person.app === "guest" ? "door" : "lock"} />
      <span class="grow">
        {t(person.app === "guest" ? "app-guest-row" : "app-row", { name })}
        <small>{words}</small>
      </span>
    </>
  );
  if (person.app === "guest" || !person.verified) return <div class="set">{text}</div>;
  return (
    <div>
      <div class="set">{text}</div>
      <label class="set set--under">
        <span class="grow">{t("app-looked")}</span>
        <input
          class="switch"
          type="checkbox"
          checked={own}
          onChange={() => void verification.vouch(person.person, !own)}
        />
      </label>
    </div>
  );
};
