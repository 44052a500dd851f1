import type { ComparisonView } from "../../../src/types.ts";
import { clock } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { emojiOf, Signs } from "./Signs.tsx";

interface ComparingProps {
  readonly view: ComparisonView;
  readonly name: string;
}

/** Two persons comparing seven emoji: who is waited for, then what to read aloud. */
export const Comparing = ({ view, name }: ComparingProps) => (
  <>
    <p role="status" class="t-name strong">
      {t(`compare-${view.state}`, { name })}
    </p>
    {view.state === "compare" && <Signs emoji={emojiOf(view.emoji ?? [])} />}
    <p class="quiet">{t(`compare-${view.state}-hint`, { name })}</p>
    <p class="faint">{t("compare-ends", { time: clock(view.expires) })}</p>
  </>
);

/** What can be answered to it. */
export const ComparingKeys = ({ view }: { readonly view: ComparisonView }) => {
  const { verification } = useController();
  const end = (outcome: "match" | "differ" | "cancel") => () => void verification.endComparison(view.person, outcome);
  switch (view.state) {
    case "asked":
      return (
        <>
          <Key tall onPress={end("cancel")}>
            {t("compare-not-now")}
          </Key>
          <Key tall kind="go" onPress={() => void verification.compare(view.person)}>
            {t("compare-together")}
          </Key>
        </>
      );
    case "waiting":
      return (
        <Key tall onPress={end("cancel")}>
          {t("compare-stop")}
        </Key>
      );
    case "compare":
      return (
        <>
          <Key tall kind="wax" onPress={end("differ")}>
            {t("compare-differ")}
          </Key>
          <Key tall kind="go" onPress={end("match")}>
            {t("compare-match")}
          </Key>
        </>
      );
    case "ended":
      return null;
  }
};
