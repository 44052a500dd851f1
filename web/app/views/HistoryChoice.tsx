import type { GrantOptions } from "../../../src/messenger/api.ts";
import { t } from "../i18n/index.ts";
import { Choice } from "../parts/Field.tsx";

/** What of the past somebody who is brought in may read. */
export type Granted = NonNullable<GrantOptions["history"]>;
const ALL: readonly Granted[] = ["none", "pinned", "last", "all"];

interface HistoryChoiceProps {
  readonly value: Granted;
  readonly onChoose: (value: Granted) => void;
  /** What stands above it says what it is about. */
  readonly titled?: boolean;
}

/** Nothing by default, and what each choice means. */
export const HistoryChoice = ({ value, onChoose, titled = false }: HistoryChoiceProps) => (
  <Choice
    legend={titled ? <span class="vh">{t("grant")}</span> : t("grant")}
    across={titled ? 4 : 2}
    value={value}
    onChoose={onChoose}
    options={ALL.map((one) => ({ value: one, label: t(`grant-${one}`) }))}
    hint={t(`grant-${value}-hint`)}
  />
);
