import type { CaucusView, PersonId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Sure } from "./Sure.tsx";

interface WaysOutProps {
  readonly person: PersonId;
  readonly name: string;
  /** Where they may be removed from. */
  readonly caucus?: CaucusView | undefined;
}

/** What can be done when somebody's keys are not those any more: verify again, accept them unchecked, remove them. */
export const WaysOut = ({ person, name, caucus }: WaysOutProps) => {
  const { membership, router, verification } = useController();
  return (
    <div class="rows rows--open">
      <button type="button" class="set" onClick={() => router.open({ over: "verify", person })}>
        <Icon name="seal" />
        <span class="grow">
          {t("held-verify", { name })}
          <small>{t("held-verify-hint")}</small>
        </span>
        <Icon name="onward" size="s" />
      </button>
      <Sure
        icon="unsealed"
        label={t("held-accept")}
        hint={t("held-accept-hint", { name })}
        question={t("held-accept-sure", { name })}
        yes={t("held-accept-yes")}
        onYes={() => void verification.acceptKeys(person)}
      />
      {caucus?.admin && !caucus.direct && caucus.state === "joined" && (
        <Sure
          icon="door"
          label={t("held-remove", { name })}
          hint={t("held-remove-hint")}
          question={t("held-remove-sure", { name })}
          yes={t("held-remove-yes")}
          onYes={() => void membership.remove(caucus.caucus, person)}
        />
      )}
    </div>
  );
};
