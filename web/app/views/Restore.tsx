import { useSignal } from "@preact/signals";
import type { Boot } from "../boot.ts";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { t } from "../i18n/index.ts";

/** Bytes of an identity file at most: more is some other file. */
const LARGEST = 512 * 1024 * 1024;

interface RestoreProps {
  readonly boot: Boot;
  /** The identity came with the page's address. */
  readonly moved?: boolean;
}

/** Somebody who is already somebody, on another device: by their file, or by the code that was scanned. */
export const Restore = ({ boot, moved = false }: RestoreProps) => {
  const origin = boot.origin.value;
  const file = useSignal<File | undefined>(undefined);
  const passphrase = useSignal("");
  const trouble = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);

  const restore = async () => {
    const chosen = file.peek();
    const bytes = chosen && chosen.size <= LARGEST ? new Uint8Array(await chosen.arrayBuffer()) : undefined;
    const from = origin?.move ?? bytes;
    if (!from) {
      trouble.value = "restore-no-file";
      return;
    }
    busy.value = true;
    trouble.value = await boot.restore(from, passphrase.peek(), origin?.passphrase === "required");
    busy.value = false;
  };
  return (
    <details class="restore" open={moved}>
      <summary class="key key--plain">{t("restore-title")}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void restore();
        }}
      >
        <p class="quiet">{t(moved ? "restore-moved" : "restore-hint")}</p>
        {!moved && (
          <label class="key">
            <span class="cut">{file.value ? file.value.name : t("restore-choose")}</span>
            <input
              class="vh"
              type="file"
              accept=".couloir"
              onChange={(event) => {
                file.value = event.currentTarget.files?.[0];
              }}
            />
          </label>
        )}
        <Field
          label={t("restore-passphrase")}
          secret
          value={passphrase.value}
          onInput={(value) => {
            passphrase.value = value;
          }}
          {...(trouble.value && { wrong: t(trouble.value) })}
        />
        <Key submit disabled={busy.value || origin === undefined}>
          {t(busy.value ? "restoring" : "restore")}
        </Key>
      </form>
    </details>
  );
};
