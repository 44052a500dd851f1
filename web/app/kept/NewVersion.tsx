import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { takeOver } from "./keeping.ts";

/** That there is a newer version, and a press that opens it. Nothing changes before. */
export const NewVersion = () => (
  <div class="plenary__line">
    <Icon name="again" size="m" />
    <span class="grow" role="status">
      {t("app-new")}
    </span>
    <Key onPress={takeOver}>{t("app-reload")}</Key>
  </div>
);
