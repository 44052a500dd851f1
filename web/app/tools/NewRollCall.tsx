import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { LongField } from "./LongField.tsx";
import { useDraft } from "./useDraft.ts";
import { useSay } from "./useSay.ts";

/** Calling the roll: what everybody has to read. */
export const NewRollCall = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const text = useDraft(id, "roll");
  const { busy, say } = useSay(id);
  const begin = async (): Promise<void> => {
    if (!(await say({ kind: "rollCall", text: text.peek().trim() }))) return;
    text.value = "";
    app.router.back();
  };
  return (
    <Sheet
      title={t("tool-roll")}
      body="stack"
      foot={
        <Key kind="go" tall wide disabled={busy || text.value.trim() === ""} onPress={() => void begin()}>
          {t("roll-go")}
        </Key>
      }
    >
      <LongField
        label={t("roll-new-text")}
        hint={t("roll-new-hint")}
        value={text.value}
        onInput={(v) => (text.value = v)}
      />
    </Sheet>
  );
};
