import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { Field } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { PhotoSource } from "../photo/PhotoSource.tsx";

/** Longest text that is read; a link with a code is a tenth of it. */
const MAX_LINK = 4_000;

interface TheirCodeProps {
  readonly busy: boolean;
  /** Of the field to type in. */
  readonly label: string;
  readonly hint: string;
  readonly onCode: (code: string) => void;
}

/** The code on another screen: photographed, or typed. */
export const TheirCode = ({ busy, label, hint, onCode }: TheirCodeProps) => {
  const code = useSignal("");
  const scan = useSignal<"reading" | "none" | undefined>(undefined);
  const read = async (photo: File): Promise<void> => {
    scan.value = "reading";
    const { readQr } = await import("../qr/readQr.ts");
    const found = await readQr(photo).catch(() => undefined);
    scan.value = found ? undefined : "none";
    if (found) onCode(found);
  };
  return (
    <div class="stack stack--tight">
      <PhotoSource onChoose={(photo) => void read(photo)} />
      <p class="hint" role="status">
        {scan.value && t(scan.value === "reading" ? "code-reading" : "code-none")}
      </p>
      <details class="unfold">
        <summary class="set">
          <span class="grow">{t("verify-type")}</span>
          <Icon name="down" size="s" class="unfold__sign" />
        </summary>
        <form
          class="stack stack--tight"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy && code.peek().trim() !== "") onCode(code.peek());
          }}
        >
          <Field
            label={label}
            hint={hint}
            value={code.value}
            maxLength={MAX_LINK}
            onInput={(value) => {
              code.value = value;
            }}
          />
          <Key submit disabled={busy || code.value.trim() === ""}>
            {t("verify-check")}
          </Key>
        </form>
      </details>
    </div>
  );
};
