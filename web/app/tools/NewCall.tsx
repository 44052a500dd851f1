import { useSignal } from "@preact/signals";
import type { CallAct, GroupId } from "../../../src/types.ts";
import { number } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Choice, Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { readersOf } from "../reading.ts";
import { useDraft } from "./useDraft.ts";
import { useSay } from "./useSay.ts";

const ACTS: readonly CallAct[] = ["interrupt", "floor", "support", "outside"];
const SECONDS = ["60", "90", "120"] as const;

/** Calling everybody who is here: what to do, what for, how long it rings. */
export const NewCall = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const act = useSignal<CallAct>("floor");
  const text = useDraft(id, "call");
  const seconds = useSignal<(typeof SECONDS)[number]>("90");
  const { busy, say } = useSay(id);
  const caucus = app.caucus(id);
  const here = caucus ? readersOf(caucus, app.me).filter(({ online }) => online).length : 0;
  const call = async (): Promise<void> => {
    const word = { act: act.peek(), text: text.peek().trim(), seconds: Number(seconds.peek()) };
    if (!(await say({ kind: "call", ...word }))) return;
    text.value = "";
    app.router.back();
  };
  return (
    <Sheet
      title={t("tool-call")}
      body="stack"
      foot={
        <Key kind="seal" tall wide disabled={busy || here === 0} onPress={() => void call()}>
          {t("call-go", { here })}
        </Key>
      }
    >
      <Choice
        legend={t("call-act")}
        across={2}
        value={act.value}
        onChoose={(value) => (act.value = value)}
        options={ACTS.map((value) => ({ value, label: t(`call-${value}`) }))}
      />
      <Field
        label={t("call-text")}
        hint={t("call-text-hint")}
        value={text.value}
        matter
        maxLength={280}
        onInput={(value) => (text.value = value)}
      />
      <Choice
        legend={t("call-seconds")}
        value={seconds.value}
        onChoose={(value) => (seconds.value = value)}
        options={SECONDS.map((value) => ({ value, label: t("seconds-short", { seconds: number(Number(value)) }) }))}
        hint={t(here === 0 ? "call-none-here" : "call-rules")}
      />
    </Sheet>
  );
};
