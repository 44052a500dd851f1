import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { Icon } from "../parts/Icon.tsx";
import { copyText } from "../qr/copyText.ts";

interface CopyKeyProps {
  readonly text: string;
  readonly label: string;
}

/** Copies, and says whether it did. Where nothing can be copied the text is on the screen to be selected. */
export const CopyKey = ({ text, label }: CopyKeyProps) => {
  const said = useSignal<"copied" | "failed" | undefined>(undefined);
  return (
    <button
      type="button"
      class="key"
      onClick={({ currentTarget }) => {
        void copyText(text, currentTarget.closest("section, dialog") ?? document.body).then((done) => {
          said.value = done ? "copied" : "failed";
        });
      }}
    >
      <Icon name={said.value === "copied" ? "check" : "copy"} size="m" />
      <span role="status">
        {said.value ? t(said.value === "copied" ? "invite-copied" : "invite-not-copied") : label}
      </span>
    </button>
  );
};
