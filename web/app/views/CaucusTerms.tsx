import type { CaucusView } from "../../../src/types.ts";
import { heal, setPolicy } from "../governing.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { FadingChoice } from "./FadingChoice.tsx";
import { Sure } from "../trust/Sure.tsx";

/** What admins set for everybody, and new keys for all. */
export const CaucusTerms = ({ caucus }: { readonly caucus: CaucusView }) => {
  const app = useController();
  const { caucus: id } = caucus;
  return (
    <>
      {caucus.admin && <FadingChoice caucus={caucus} />}
      {caucus.admin && !caucus.direct && (
        <>
          <label class="set">
            <Icon name="key" />
            <span class="grow">
              {t("menu-admins")}
              <small>{t("menu-admins-hint")}</small>
            </span>
            <input
              class="switch"
              type="checkbox"
              checked={caucus.adminsInvite === true}
              onChange={({ currentTarget }) =>
                void setPolicy(app, id, { invite: currentTarget.checked ? "admins" : "members" })
              }
            />
          </label>
          <label class="set">
            <Icon name="stop" />
            <span class="grow">
              {t("menu-no-guests")}
              <small>{t("menu-no-guests-hint")}</small>
            </span>
            <input
              class="switch"
              type="checkbox"
              checked={caucus.noGuests === true}
              onChange={({ currentTarget }) =>
                void setPolicy(app, id, { guests: currentTarget.checked ? "refuse" : "ask" })
              }
            />
          </label>
        </>
      )}
      <Sure
        icon="again"
        label={t("heal")}
        hint={t("heal-hint")}
        question={t("heal-sure")}
        yes={t("heal-yes")}
        onYes={() => void heal(app, id)}
      />
    </>
  );
};
