import { useId } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { Choice } from "../parts/Field.tsx";

const MOST = 999;
const RULES = ["half", "thirds", "none"] as const;
type Rule = (typeof RULES)[number];

/** How many a rule asks for, of so many. */
const asked = (rule: Rule, of: number): number =>
  rule === "none" ? 0 : rule === "half" ? Math.floor(of / 2) + 1 : Math.ceil((of * 2) / 3);

interface NeedsFieldProps {
  /** Delegations. */
  readonly of: number;
  readonly value: number;
  readonly onInput: (value: number) => void;
}

/** How many have to be for it: by a rule, or any number. */
export const NeedsField = ({ of, value, onInput }: NeedsFieldProps) => {
  const id = useId();
  return (
    <>
      <Choice
        legend={t("board-needs")}
        value={RULES.find((rule) => asked(rule, of) === value) ?? ("" as Rule)}
        onChoose={(rule) => onInput(asked(rule, of))}
        options={RULES.map((rule) => ({ value: rule, label: t(`board-needs-${rule}`) }))}
      />
      <div class="field">
        <label for={id}>{t("board-needs-number", { count: of })}</label>
        <input
          class="input"
          id={id}
          type="number"
          inputmode="numeric"
          min={0}
          max={MOST}
          value={value}
          onInput={({ currentTarget }) =>
            onInput(Math.max(0, Math.min(MOST, Math.floor(Number(currentTarget.value) || 0))))
          }
        />
      </div>
    </>
  );
};
