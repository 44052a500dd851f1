import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Field } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { plainFileName } from "../text.ts";
import { troubleId } from "../trouble.ts";

/** Bytes of an identity file at most: more is some other file. */
const LARGEST = 512 * 1024 * 1024;
const MAX_LINK = 8_000;

/** Takes over an identity from a file or a link, in place of the one that is here. */
export const MoveHere = () => {
  const { backend, kind, moving } = useController();
  const file = useSignal<File | undefined>(undefined);
  const link = useSignal(moving.value ?? "");
  const passphrase = useSignal("");
  const trouble = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);

  const take = async (): Promise<void> => {
    if (busy.peek()) return;
    const chosen = file.peek();
    const fragment = link
      .peek()
      .slice(link.peek().indexOf("#") + 1)
      .trim();
    trouble.value = undefined;
    if (chosen ? chosen.size > LARGEST : !fragment.startsWith("move=")) {
      trouble.value = "move-no-file";
      return;
    }
    busy.value = true;
    moving.value = undefined;
    try {
      await backend.importIdentity(chosen ? new Uint8Array(await chosen.arrayBuffer()) : fragment, passphrase.peek());
    } catch (error) {
      trouble.value = troubleId(error);
    }
    busy.value = false;
  };

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <label class="key key--tall key--file">
        <Icon name="move" size="m" />
        <span class="cut">{file.value ? plainFileName(file.value.name) : t("move-choose")}</span>
        <input
          class="vh"
          type="file"
          onChange={(event) => {
            file.value = event.currentTarget.files?.[0];
          }}
        />
      </label>
      {!file.value && kind.value !== "daemon" && (
        <Field
          label={t("move-link")}
          maxLength={MAX_LINK}
          value={link.value}
          onInput={(value) => {
            link.value = value;
          }}
        />
      )}
      <Field
        label={t("move-its-passphrase")}
        secret
        value={passphrase.value}
        {...(trouble.value !== undefined && { wrong: t(trouble.value) })}
        onInput={(value) => {
          passphrase.value = value;
        }}
      />
      <NoticeBox tone="wax" icon={<Icon name="warn" size="m" />} title={t("move-replaces")}>
        {t("move-replaces-hint")}
      </NoticeBox>
      <Key submit kind="wax" tall wide disabled={busy.value}>
        {t(busy.value ? "move-taking" : "move-take")}
      </Key>
    </form>
  );
};
