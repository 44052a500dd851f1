import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";
import type { IconName } from "../parts/icons.ts";
import { Key } from "../parts/Key.tsx";

interface SureProps {
  readonly icon: IconName;
  readonly label: string;
  readonly hint: string;
  /** The second question, and the key that says yes. */
  readonly question: string;
  readonly yes: string;
  readonly onYes: () => void;
}

/** A row that asks once more before it acts. */
export const Sure = ({ icon, label, hint, question, yes, onYes }: SureProps) => {
  const asking = useSignal(false);
  if (!asking.value) {
    return (
      <button type="button" class="set" onClick={() => (asking.value = true)}>
        <Icon name={icon} />
        <span class="grow">
          {label}
          <small>{hint}</small>
        </span>
        <Icon name="onward" size="s" />
      </button>
    );
  }
  return (
    <div class="stack stack--tight set--asks" role="alert">
      <p>{question}</p>
      <div class="keys keys--even">
        <Key onPress={() => (asking.value = false)}>{t("cancel")}</Key>
        <Key
          kind="seal"
          onPress={() => {
            asking.value = false;
            onYes();
          }}
        >
          {yes}
        </Key>
      </div>
    </div>
  );
};
