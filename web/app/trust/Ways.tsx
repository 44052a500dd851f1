import type { ComparisonView, PersonView } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { when } from "../i18n/format.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { OwnCode } from "./OwnCode.tsx";
import { TheirCode } from "./TheirCode.tsx";

interface WaysProps {
  readonly person: PersonView;
  readonly name: string;
  readonly busy: boolean;
  /** A comparison that came to nothing. */
  readonly ended: ComparisonView | undefined;
  readonly onCode: (code: string) => void;
}

/** Two ways to make sure of somebody: each other's code, or seven emoji. */
export const Ways = ({ person, name, busy, ended, onCode }: WaysProps) => {
  const { verification } = useController();
  return (
    <>
      {ended && (
        <NoticeBox
          tone="amber"
          icon={<Icon name="clock" size="m" />}
          title={t(ended.reason === "expired" ? "compare-expired" : "compare-cancelled")}
        />
      )}
      {!ended && person.checkedAt !== undefined && person.verified && (
        <NoticeBox
          tone="go"
          icon={<Icon name="seal" size="m" />}
          title={t("verify-done-before", { name, time: when(person.checkedAt, Date.now()) })}
        />
      )}
      <div class="verify">
        <div class="stack">
          <OwnCode words={t("verify-show", { name })} />
          <div class="stack stack--tight">
            <p>{t("verify-scan", { name })}</p>
            <TheirCode busy={busy} label={t("verify-field")} hint={t("verify-field-hint")} onCode={onCode} />
          </div>
        </div>
        <div class="verify__or">
          <span>{t("verify-or")}</span>
        </div>
        <div class="stack">
          <p>{t("compare-explain", { name })}</p>
          <Key tall wide onPress={() => void verification.compare(person.person)}>
            {t("compare-ask", { name })}
          </Key>
        </div>
      </div>
    </>
  );
};
