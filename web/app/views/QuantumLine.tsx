import type { CaucusView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";

/** That everybody in it seals against a later quantum computer; nothing where anybody does not. */
export const QuantumLine = ({ caucus }: { readonly caucus: CaucusView }) =>
  caucus.quantum ? (
    <p class="row quiet t-side room-after">
      <Icon name="lock" size="m" />
      {t("quantum")}
    </p>
  ) : null;
