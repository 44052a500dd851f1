import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { GroupId, MessageId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";

interface OnRecordSheetProps {
  readonly caucus: GroupId;
  /** Of one's own, whose words are said again; the draft without it. */
  readonly message?: MessageId;
}

/** Asks before something is said on record: whoever gets it has evidence, for ever. */
export const OnRecordSheet = ({ caucus, message }: OnRecordSheetProps) => {
  const app = useController();
  const conversation = app.conversation.value;
  const id = useId();
  const text = useSignal(message ? (conversation?.line(message)?.text ?? "") : app.drafts.of(caucus));
  const busy = useSignal(false);
  const empty = text.value.trim() === "";
  const say = async (): Promise<void> => {
    if (busy.peek() || !conversation || conversation.caucus !== caucus) return;
    busy.value = true;
    const nonce = message ? undefined : app.drafts.nonceOf(caucus);
    const done = await app.act(async () => {
      await conversation.send(text.peek().trim(), nonce, true);
      return true;
    });
    busy.value = false;
    if (!done) return;
    if (!message) app.drafts.set(caucus, "");
    app.router.closes("on-record");
  };
  return (
    <Sheet
      title={t("say-on-record")}
      body="stack"
      foot={
        <>
          <Key tall onPress={() => app.router.back()}>
            {t("cancel")}
          </Key>
          <Key tall kind="seal" disabled={empty || busy.value} onPress={() => void say()}>
            {t("record-sign")}
          </Key>
        </>
      }
    >
      <div class="field">
        <label for={id}>{t("record-words")}</label>
        <textarea
          class="input"
          id={id}
          dir="auto"
          rows={4}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            if (!message) app.drafts.set(caucus, text.peek());
          }}
        />
      </div>
      <NoticeBox tone="amber" icon={<Icon name="clause" size="m" />} title={t("record-for-ever")}>
        {t("record-for-ever-hint")}
      </NoticeBox>
    </Sheet>
  );
};
