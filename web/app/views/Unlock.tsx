import { useSignal } from "@preact/signals";
import type { Boot } from "../boot.ts";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { t } from "../i18n/index.ts";
import { JoinTop } from "./JoinTop.tsx";

/** There is somebody on this device, behind a passphrase. */
export const Unlock = ({ boot }: { readonly boot: Boot }) => {
  const passphrase = useSignal("");
  const wrong = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const forgotten = useSignal(false);

  const unlock = async () => {
    if (busy.peek() || passphrase.peek() === "") return;
    busy.value = true;
    wrong.value = undefined;
    wrong.value = await boot.unlock(passphrase.peek());
    busy.value = false;
  };
  const wipe = async () => {
    busy.value = true;
    const trouble = await boot.wipe();
    if (trouble) wrong.value = trouble;
    else location.reload();
    busy.value = false;
  };
  return (
    <div class="join">
      <JoinTop boot={boot} />
      <main class="join__main">
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void unlock();
          }}
        >
          <h1 class="matter t-title">{t("unlock-title")}</h1>
          <Field
            label={t("passphrase")}
            secret
            autofocus
            autocomplete="current-password"
            value={passphrase.value}
            onInput={(value) => {
              passphrase.value = value;
            }}
            {...(wrong.value && { wrong: t(wrong.value) })}
          />
          <Key kind="go" tall wide submit disabled={busy.value}>
            {t(busy.value ? "unlocking" : "unlock")}
          </Key>
          {forgotten.value ? (
            <div class="stack stack--tight">
              <p class="quiet">{t("unlock-wipe-hint")}</p>
              <div class="keys keys--even">
                <Key
                  onPress={() => {
                    forgotten.value = false;
                  }}
                >
                  {t("cancel")}
                </Key>
                <Key kind="wax" onPress={() => void wipe()}>
                  {t("unlock-wipe")}
                </Key>
              </div>
            </div>
          ) : (
            <Key
              kind="plain"
              onPress={() => {
                forgotten.value = true;
              }}
            >
              {t("unlock-forgotten")}
            </Key>
          )}
        </form>
      </main>
    </div>
  );
};
