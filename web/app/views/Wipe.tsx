import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Holdings } from "../../peer/backend.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController, useEnded } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Field } from "../parts/Field.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";

/** Deletes everything here, after saying what that is and a word typed on purpose. */
export const Wipe = () => {
  const app = useController();
  const ended = useEnded();
  const holdings = useSignal<Holdings | undefined>(undefined);
  const typed = useSignal("");
  const state = useSignal<"asking" | "wiping" | "failed">("asking");
  useEffect(() => {
    app.backend.holdings().then(
      (value) => (holdings.value = value),
      () => undefined,
    );
  }, []);
  const word = t("wipe-word");
  const ready = typed.value.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  const wipe = async (): Promise<void> => {
    if (state.peek() === "wiping") return;
    state.value = "wiping";
    app.stop();
    try {
      await app.backend.wipe();
      ended();
    } catch {
      state.value = "failed";
    }
  };

  const held = holdings.value;
  return (
    <Sheet
      title={t("wipe-title")}
      body="stack"
      footBody="stack stack--tight"
      foot={
        <>
          <Key tall wide onPress={() => app.router.open({ over: "move" })}>
            {t("wipe-backup")}
          </Key>
          <Key kind="seal" tall wide disabled={!ready || state.value === "wiping"} onPress={() => void wipe()}>
            {t(state.value === "wiping" ? "wipe-wiping" : "wipe-now")}
          </Key>
        </>
      }
    >
      <p>
        {held
          ? t("wipe-gone", {
              caucuses: t("wipe-caucuses", { count: held.caucuses }),
              messages: t("wipe-messages", { count: held.messages }),
              files: t("wipe-files", { count: held.files }),
            })
          : t("wipe-gone-all")}
      </p>
      <p class="quiet">{t("wipe-stays")}</p>
      <NoticeBox
        icon={<Icon name="keep" size="m" />}
        title={
          held?.backup === undefined
            ? t("wipe-no-backup")
            : t("wipe-backed-up", { when: when(held.backup, Date.now()) })
        }
      >
        {t(held?.backup === undefined ? "wipe-no-backup-hint" : "wipe-backed-up-hint")}
      </NoticeBox>
      <Field
        label={t("wipe-type", { word })}
        value={typed.value}
        onInput={(value) => {
          typed.value = value;
        }}
      />
      {state.value === "failed" && (
        <p class="hint hint--wrong" role="alert">
          {t("wipe-failed")}
        </p>
      )}
    </Sheet>
  );
};
