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
  const copied = useSignal<boolean | undefined>(undefined);
  const said = copied.value === undefined ? undefined : t(copied.value ? "invite-copied" : "invite-not-copied");
  return (
    <>
      <button
        type="button"
        class="key"
        onClick={({ currentTarget }) => {
          void copyText(text, currentTarget.closest("section, dialog") ?? document.body).then((done) => {
            copied.value = done;
          });
        }}
      >
        <Icon name={copied.value === true ? "check" : "copy"} size="m" />
        {said ?? label}
      </button>
      <span class="vh" role="status">
        {said}
      </span>
    </>
  );
};
