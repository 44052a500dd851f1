import { useSignal } from "@preact/signals";
import { offer } from "../download.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { wayToLock } from "../parts/ownCertificate.ts";
import { QrCode } from "../qr/QrCode.tsx";
import { troubleId } from "../trouble.ts";
import { CopyKey } from "./CopyKey.tsx";

/** Shorter ones fall to whoever finds the file and tries. */
const SHORTEST = 8;

/** Saves the identity as a locked file, or shows it as a locked code. */
export const MoveAway = () => {
  const { backend, kind } = useController();
  const passphrase = useSignal("");
  const again = useSignal("");
  const wrong = useSignal<"short" | "differs" | undefined>(undefined);
  const busy = useSignal<"file" | "code" | undefined>(undefined);
  const said = useSignal<string | undefined>(undefined);
  const link = useSignal<string | undefined>(undefined);

  const run = async (what: "file" | "code"): Promise<void> => {
    if (busy.peek()) return;
    const secret = passphrase.peek();
    wrong.value = secret.length < SHORTEST ? "short" : secret === again.peek() ? undefined : "differs";
    if (wrong.peek()) return;
    busy.value = what;
    said.value = undefined;
    try {
      if (what === "code") link.value = await backend.moveLink(secret);
      else {
        const file = await backend.exportIdentity(secret);
        offer(new Blob([new Uint8Array(file)], { type: "application/octet-stream" }), "identity.couloir");
        said.value = "move-saved";
      }
    } catch (error) {
      said.value = troubleId(error);
    }
    busy.value = undefined;
  };

  if (link.value !== undefined) {
    // On the same device nobody scans, and the link would lead back here.
    const way = wayToLock(backend.hub);
    return (
      <>
        <QrCode text={link.value} label={t("move-qr")} />
        <p class="quiet t-side mid">{t("move-scan")}</p>
        <div class="keys keys--even">
          <CopyKey text={link.value} label={t("invite-copy-link")} />
          <Key onPress={() => (link.value = undefined)}>{t("move-hide")}</Key>
        </div>
        {way !== undefined && (
          <a
            class="key key--tall key--wide"
            href={`${way}/${link.value.slice(link.value.indexOf("#"))}`}
            target="_blank"
            rel="noopener noreferrer"
          >
            <Icon name="lock" size="m" />
            {t("move-to-lock")}
          </a>
        )}
        <p class="hint">{t("move-code-hint")}</p>
      </>
    );
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run("file");
      }}
    >
      <Field
        label={t("move-passphrase")}
        secret
        autocomplete="new-password"
        hint={t("move-passphrase-hint")}
        value={passphrase.value}
        {...(wrong.value === "short" && { wrong: t("move-short") })}
        onInput={(value) => {
          passphrase.value = value;
        }}
      />
      <Field
        label={t("move-again")}
        secret
        autocomplete="new-password"
        value={again.value}
        {...(wrong.value === "differs" && { wrong: t("move-differs") })}
        onInput={(value) => {
          again.value = value;
        }}
      />
      <Key submit kind="go" tall wide icon="keep" disabled={busy.value !== undefined}>
        {t(busy.value === "file" ? "move-locking" : "move-save")}
      </Key>
      <p class="hint">{t("move-file-hint")}</p>
      {kind.value !== "daemon" && (
        <>
          <Key tall wide icon="qr" disabled={busy.value !== undefined} onPress={() => void run("code")}>
            {t(busy.value === "code" ? "move-locking" : "move-show")}
          </Key>
          <p class="hint">{t("move-code-hint")}</p>
        </>
      )}
      <p role="status">{said.value && t(said.value)}</p>
    </form>
  );
};
