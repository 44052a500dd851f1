import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { GroupId, MessageId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { fine } from "../pointer.ts";

interface ChangeSheetProps {
  readonly caucus: GroupId;
  readonly message: MessageId;
}

/** Gives an entry of one's own other words. */
export const ChangeSheet = ({ caucus, message }: ChangeSheetProps) => {
  const app = useController();
  const line = app.conversation.value?.line(message);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useSignal(line?.text ?? "");
  const busy = useSignal(false);
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  const words = text.value.trim();
  const empty = words === "" && !line?.file;
  const change = async (): Promise<void> => {
    if (busy.peek() || empty) return;
    busy.value = true;
    const done = await app.act(async () => app.backend.api.revise(caucus, message, words));
    busy.value = false;
    if (done) app.router.closes("change");
  };
  if (!line || line.kind === "withdrawn") return <Sheet title={t("saying-change")}>{t("quote-not-here")}</Sheet>;
  return (
    <Sheet
      title={t("saying-change")}
      body="stack"
      foot={
        <>
          <Key tall onPress={() => app.router.back()}>
            {t("cancel")}
          </Key>
          <Key tall kind="go" disabled={empty || busy.value} onPress={() => void change()}>
            {t("saying-change-yes")}
          </Key>
        </>
      }
    >
      <div class="field">
        <label for={id}>{t("saying-change-words")}</label>
        <textarea
          ref={field}
          class="input"
          id={id}
          dir="auto"
          rows={4}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.isComposing || event.key !== "Enter" || event.shiftKey) return;
            if (!event.ctrlKey && !event.metaKey && !fine()) return;
            event.preventDefault();
            void change();
          }}
        />
      </div>
      <p class="quiet">{t("saying-change-hint")}</p>
    </Sheet>
  );
};
