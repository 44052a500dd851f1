import { useSignal } from "@preact/signals";
import type { GroupId, MessageId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { NoticeBox } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { gist } from "./Entry.tsx";

interface EraseSheetProps {
  /** For everybody, as far as that goes, or on this device alone. */
  readonly how: "take-back" | "forget";
  readonly caucus: GroupId;
  readonly message: MessageId;
}

/** Asks before nothing is left of an entry, and says where something may be. */
export const EraseSheet = ({ how, caucus, message }: EraseSheetProps) => {
  const app = useController();
  const line = app.conversation.value?.line(message);
  const busy = useSignal(false);
  const erase = async (): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    const done = await app.act(async () => {
      await (how === "forget" ? app.backend.api.forget(caucus, message) : app.backend.api.withdraw(caucus, message));
      return true;
    });
    busy.value = false;
    // The sheet that this one came from is about what is not there any more.
    if (done) app.router.go({ at: "caucus", caucus });
  };
  if (!line) return <Sheet title={t(`saying-${how}`)}>{t("quote-not-here")}</Sheet>;
  return (
    <Sheet
      title={t(`saying-${how}`)}
      body="stack"
      foot={
        <>
          <Key tall onPress={() => app.router.back()}>
            {t("cancel")}
          </Key>
          <Key tall kind="danger" disabled={busy.value} onPress={() => void erase()}>
            {t(`saying-${how}-yes`)}
          </Key>
        </>
      }
    >
      <p class="quiet cut" dir="auto">
        {gist(line)}
      </p>
      <NoticeBox tone="amber" icon={<Icon name="info" size="m" />} title={t(`saying-${how}-hint`)}>
        {t(`saying-${how}-more`)}
      </NoticeBox>
    </Sheet>
  );
};
