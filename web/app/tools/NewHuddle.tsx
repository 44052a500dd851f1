import { useSignal } from "@preact/signals";
import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { momentOf, timeText } from "./moments.ts";
import { PlanFields } from "./PlanFields.tsx";
import { useDraft } from "./useDraft.ts";
import { useSay } from "./useSay.ts";

const SOON = 10 * 60_000;

/** Calling a huddle: what about, where, when. */
export const NewHuddle = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const topic = useDraft(caucus, "topic");
  const draft = {
    place: useDraft(caucus, "place"),
    time: useSignal(timeText(Date.now() + SOON)),
    minutes: useSignal(10),
  };
  const { busy, say } = useSay(caucus);
  const starts = momentOf(draft.time.value, Date.now());
  const ready = draft.place.value.trim() !== "" && starts !== undefined;
  const begin = async (): Promise<void> => {
    if (starts === undefined) return;
    const plan = { place: draft.place.peek().trim(), starts, minutes: draft.minutes.peek(), off: false };
    if (!(await say({ kind: "huddle", text: topic.peek().trim(), plan }))) return;
    topic.value = draft.place.value = "";
    app.router.back();
  };
  return (
    <Sheet
      title={t("tool-huddle")}
      body="stack"
      foot={
        <Key kind="go" tall wide disabled={busy || !ready} onPress={() => void begin()}>
          {t("huddle-go")}
        </Key>
      }
    >
      <Field
        label={t("huddle-topic")}
        value={topic.value}
        matter
        autofocus
        maxLength={280}
        onInput={(value) => (topic.value = value)}
      />
      <PlanFields draft={draft} />
    </Sheet>
  );
};
